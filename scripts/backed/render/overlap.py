"""What reviews have in common, and what our own pool shares with a review, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..model import Answer, Overlap, Question
from . import words
from .site import Site


def overlap_words(overlap: Overlap | None, site: Site) -> list[str]:
    """Return what the page says of the studies its reviews share: nothing where fewer than two list theirs."""
    if overlap is None:
        return []
    names = _joined(_name(review, site) for review in overlap.reviews)
    shared = [f"{_name(study, site)} ({_joined(_name(r, site) for r in of)})" for study, of in overlap.shared.items()]
    lines = [f"The studies of {names} overlap: in more than one of them are {_joined(shared)}."]
    if not shared:
        lines = [f"No study recorded is in more than one of the reviews {names}."]
    if overlap.cca is None:
        partial = _joined(_name(review, site) for review in overlap.partial)
        lines.append(f"Not all studies of {partial} are recorded, so how far they overlap as a whole is not known.")
    else:
        percent = f"{100 * overlap.cca:.1f}"
        lines.append(
            f"Overlap: {overlap.degree} (corrected covered area {percent}%: {overlap.studies} different studies,"
            f" counted {overlap.inclusions} times in {len(overlap.reviews)} reviews)."
        )
    return lines


def pool_and_review_words(answers: Sequence[tuple[Question, Answer]], site: Site) -> list[str]:
    """Return, per review that answers, how many studies of our own pools beside it are also in that review."""
    both: dict[str, list[str]] = {}
    for question, answer in answers:
        study = site.evidence.studies.get(answer.study or "") if answer.basis == "anchor" else None
        covers = study.review if study else None
        if study is None or covers is None or answer.pool is None:
            continue
        pooled = {row.study for row in answer.pool.rows}
        if common := len(pooled.intersection(covers.includes)):
            label = words.mid_sentence(site.label("outcomes", question.outcome))
            both.setdefault(site.name(study), []).append(f"{common} of the {len(pooled)} pooled for {label}")
    return [
        f"Our own pool and {name} are not two proofs: {_joined(told)} stand in that review too."
        for name, told in both.items()
    ]


def _name(study_id: str, site: Site) -> str:
    study = site.evidence.studies.get(study_id)
    return site.name(study) if study else study_id


def _joined(names: Iterable[str]) -> str:
    listed = list(names)
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} and {listed[-1]}" if listed else ""
