"""One outcome of a comparison with its answer, and the words and units in which its numbers are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ...bibliography import short_cite
from ...model import Answer, Comparison, Evidence, Measure, Question

_UNITS = {
    Measure.STANDARDISED_MEAN_DIFFERENCE: "standard deviations",
    Measure.CORRELATION: "correlation coefficient",
    Measure.RISK_DIFFERENCE: "difference of proportions",
}


@dataclass(frozen=True)
class Answered:
    """An outcome of a comparison, the answer to it, and the evidence in which its studies are found."""

    evidence: Evidence
    comparison: Comparison
    question: Question
    answer: Answer

    @property
    def label(self) -> str:
        """Return the name of the outcome."""
        term = self.evidence.vocabularies.outcomes.get(self.question.outcome)
        return term.label.en if term else self.question.outcome

    @property
    def measure(self) -> Measure:
        """Return the effect measure of the pool, or of the question where there is no pool."""
        return self.answer.pool.measure if self.answer.pool else self.answer.measure

    @property
    def transform(self) -> Literal["none", "exp", "tanh"]:
        """Return what takes the analysis scale to the one that is read: exp for ratios, tanh for Fisher's z."""
        if self.measure.is_ratio:
            return "exp"
        return "tanh" if self.measure is Measure.CORRELATION else "none"

    @property
    def unit(self) -> str:
        """Return the unit of what is read: that of the scale of a mean difference, else the measure's own."""
        instrument = self.evidence.vocabularies.instruments.get(self.answer.scale or "")
        if self.measure.is_ratio:
            return self.measure.replace("-", " ")
        return _UNITS.get(self.measure) or (instrument.unit.en if instrument else self.measure.replace("-", " "))

    @property
    def analysis_unit(self) -> str:
        """Return the unit of yi."""
        wrapped = {"none": "{}", "exp": "natural logarithm of the {}", "tanh": "Fisher's z of the {}"}
        return wrapped[self.transform].format(self.unit)

    def cited(self, study_id: str) -> str:
        """Return a study's short citation, or its id where it has none."""
        study = self.evidence.studies.get(study_id)
        reference = self.evidence.main_reference(study) if study else None
        return short_cite(reference) if reference else study_id

    def instruments(self, study_id: str, effects: tuple[str, ...]) -> str:
        """Return the instruments on which the effects of a study were measured."""
        study = self.evidence.studies.get(study_id)
        found = [effect.instrument for one in effects if study and (effect := study.effect(one))]
        return "; ".join(dict.fromkeys(filter(None, found)))
