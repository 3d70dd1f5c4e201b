"""What the rules of the record builder need to know of the rules here: their limits and forms, as data.

The builder (`site_src/assets/builder/`) applies every rule marked ``in_browser``. Numbers and patterns are given to it,
so that they stand in one place; what it does with them is held against the rules here on every example.
"""

from __future__ import annotations

import re

from ..bibliography import doi
from ..bibliography.entry import WEB_TYPES
from ..bibliography.forms import PMCID, PMID
from ..bibliography.registers import REGISTERS
from ..model import Measure
from ..model.base import FIGURE, WEB
from . import people, printed, terms, timing
from .contrasts import MOST
from .identifiers import LAG


def facts() -> dict[str, object]:
    """Return, by name, the limits, tables and patterns (as JavaScript writes them) that rules in a browser need."""
    return {
        "figure": _pattern(FIGURE),
        "ratios": [measure for measure in Measure if measure.is_ratio],
        "singles": [measure for measure in Measure if not measure.is_contrast],
        "oldest": people.OLDEST,
        "youngMean": people.YOUNG,
        "oldMean": people.OLD,
        "missing": people.MISSING,
        "most": MOST,
        "sameTime": timing.SAME,
        "fewTerms": terms.FEW,
        "lag": LAG,
        "thousands": _pattern(printed.THOUSANDS),
        "number": _pattern(printed.NUMBER),
        "wordNumber": _pattern(printed.WORD_NUMBER),
        "marks": {chr(mark): sign for mark, sign in printed.MARKS.items()},
        "words": printed.WORDS,
        "doi": _pattern(doi.FORM),
        "doiWrapped": _pattern(doi.WRAPPED),
        "habits": [{"head": _pattern(h.head), "whole": _pattern(h.whole)} for h in doi.HABITS],
        "pmid": _pattern(PMID),
        "pmcid": _pattern(PMCID),
        "web": WEB,
        "webTypes": sorted(WEB_TYPES),
        "registers": [
            {"names": one.names, "form": _pattern(one.form), "letters": one.letters, "example": one.example}
            for one in REGISTERS
        ],
    }


def _pattern(pattern: re.Pattern[str]) -> str:
    """Return a pattern as JavaScript writes it: its groups are named without a P."""
    return pattern.pattern.replace("(?P<", "(?<")
