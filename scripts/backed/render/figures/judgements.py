"""Judgements of any risk-of-bias tool as lights: a glyph, a level that gives the colour, and the tool's own word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from ...model import Appraisal, Tool
from .. import words
from .entries import Lamp

GLYPHS: Final = {1: "+", 2: "+−", 3: "+!−", 4: "+!−✕"}
"""Glyphs by how many judgements a tool has, best first; a tool with more has numbers."""

UNTOLD: Final = frozenset(
    {"no-information", "unclear", "not-reported", "cannot-tell", "cant-tell", "not-applicable", "unknown"}
)
"""Judgements that say that nobody can tell: a question mark, outside the order from best to worst."""

NOT_JUDGED: Final = Lamp("", "none", "not judged")


@dataclass(frozen=True)
class Appraised:
    """A risk-of-bias tool and what it says of the studies of a figure, by study id."""

    tool: Tool
    appraisals: Mapping[str, Appraisal]

    @property
    def domains(self) -> tuple[str, ...]:
        """Return the names of the tool's domains, then of the overall judgement."""
        return (*(name.en for name in self.tool.domains.values()), "Overall judgement")

    @property
    def short(self) -> tuple[str, ...]:
        """Return the headings of the columns: D1, D2 and so on, then the overall judgement."""
        letter = "D" if len(self.tool.domains) < 10 else ""  # two digits need the room
        return (*(f"{letter}{n + 1}" for n in range(len(self.tool.domains))), "All")

    @property
    def legend(self) -> str:
        """Return what the short headings stand for, as a sentence without its stop."""
        named = (f"{short} {words.mid_sentence(name)}" for short, name in zip(self.short, self.domains, strict=True))
        return f"{self.tool.label.en}: {', '.join(named)}"

    def lamps(self, study: str) -> tuple[Lamp, ...]:
        """Return a study's lights, one a domain and the overall one last."""
        return self._lamps.get(study) or (NOT_JUDGED,) * (len(self.tool.domains) + 1)

    @cached_property
    def _lamps(self) -> Mapping[str, tuple[Lamp, ...]]:
        return {study: tuple(self._lit(appraisal)) for study, appraisal in self.appraisals.items()}

    def _lit(self, appraisal: Appraisal) -> Iterator[Lamp]:
        for key in self.tool.domains:
            domain = appraisal.domains.get(key)
            yield lamp(self.tool, domain.judgement if domain else None)
        yield lamp(self.tool, appraisal.overall)

    def key(self, studies: tuple[str, ...]) -> tuple[Lamp, ...]:
        """Return the lights that these studies have, each once, in the tool's order."""
        seen = {one for study in studies for one in self.lamps(study) if one.glyph}
        known = [lamp(self.tool, judgement) for judgement in self.tool.judgements]
        return tuple(one for one in known if one in seen) + tuple(
            sorted((one for one in seen if one not in known), key=lambda one: one.word)
        )


def lamp(tool: Tool, judgement: str | None) -> Lamp:
    """Return the light of a judgement; one that the tool does not name is shown as it stands, without a colour."""
    if not judgement:
        return NOT_JUDGED
    if judgement not in tool.judgements:
        return Lamp(judgement if len(judgement) <= 2 else "*", "none", judgement)
    word = tool.judgements[judgement].en
    if judgement in UNTOLD:
        return Lamp("?", "none", word)
    order = [one for one in tool.judgements if one not in UNTOLD]
    rank, count = order.index(judgement), len(order)
    glyph = GLYPHS[count][rank] if count in GLYPHS else str(rank + 1)
    if rank == 0:
        return Lamp(glyph, "good", word)
    return Lamp(glyph, "bad" if rank >= max(count - 2, 2) or rank == count - 1 else "part", word)
