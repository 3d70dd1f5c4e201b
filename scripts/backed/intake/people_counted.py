"""How many people there were, at which stage: as `randomised: 120`, or as people write it."""

from __future__ import annotations

import re

from ..model.study import Counts

_STAGES = {stage: stage for stage in Counts.model_fields} | {
    "randomized": "randomised",
    "analyzed": "analysed",
}
_STAGE = rf"(?P<stage>{'|'.join(_STAGES)})"
_NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})+|\d{1,10})(?![\d.%]|,\d)"
_EXACT = re.compile(rf"\s*(?:[-*] +)?{_STAGE}\s*[:=]\s*{_NUMBER}[\s.,;]*", re.IGNORECASE)
_AFTER = re.compile(rf"\b{_STAGE}(?:\s*[:=]\s*|\s+|\s*\(n\s*=\s*){_NUMBER}", re.IGNORECASE)
_BEFORE = re.compile(
    rf"(?<![\d.,]){_NUMBER}\s+(?:(?:people|adults|patients|participants|were|was)\s+){{0,3}}{_STAGE}\b", re.I
)


def counted(text: str) -> tuple[dict[str, str], tuple[str, ...], bool]:
    """Return the numbers by stage, the stages whose number was read out of a sentence, and whether lines are left.

    The first number of a stage counts, one that stands alone on its line before one in a sentence.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    exact = [_EXACT.fullmatch(line) for line in lines]
    found: dict[str, str] = {}
    for match in filter(None, exact):
        found.setdefault(*_said(match))
    doubts = []
    others = [line for line, match in zip(lines, exact, strict=True) if not match]
    read = [[one for form in (_AFTER, _BEFORE) for one in form.finditer(line)] for line in others]
    for line in read:
        line.sort(key=lambda one: one.start("number"))
    for stage, number in (_said(one) for line in read for one in line):
        if stage not in found:
            found[stage] = number
            doubts.append(stage)
    return found, tuple(doubts), not all(read)


def _said(match: re.Match[str]) -> tuple[str, str]:
    return _STAGES[match["stage"].lower()], match["number"].replace(",", "")
