"""DOIs: what they look like, where one was cut, and the year that many of them hold."""

from __future__ import annotations

import re
from dataclasses import dataclass

FORM = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
"""A DOI: directory 10, a registrant of at least four digits, a slash, a suffix without spaces (ISO 26324)."""

WRAPPED = re.compile(r"(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*)+", re.IGNORECASE)
_PAIRS = (("(", ")"), ("[", "]"), ("<", ">"))
_STOPS = ".,;:"


@dataclass(frozen=True)
class Habit:
    """How a publisher makes its DOIs: those that begin like ``head`` look as a whole like ``whole``.

    ``whole`` may hold a group ``year`` (two or four digits).
    """

    head: re.Pattern[str]
    whole: re.Pattern[str]
    example: str


def _habit(head: str, rest: str, example: str) -> Habit:
    return Habit(re.compile(head, re.IGNORECASE), re.compile(head + rest, re.IGNORECASE), example)


_SPRINGER = r"-0(?P<year>\d\d)-\d{4,5}-[0-9a-z]"

HABITS = (
    _habit(r"10\.1002/14651858\.", r"[A-Z]{2}\d{6}(?:\.pub\d+)?", "10.1002/14651858.CD009790.pub2"),
    _habit(
        r"10\.1016/S(?=\d{4}-\d)", r"\d{4}-\d{3}[\dX]\((?P<year>\d\d)\)\d{5}-[\dX]", "10.1016/S0140-6736(18)30480-X"
    ),
    _habit(r"10\.1016/j\.", r"[a-z]+\.(?P<year>\d{4})\.(?:\d\d\.\d{3}|\d{6})", "10.1016/j.jpain.2019.04.009"),
    _habit(r"10\.1097/01\.", r"[a-z]+\.\d{10}\.\d{5}\.[0-9a-f]{2}", "10.1097/01.brs.0000146464.23007.2a"),
    _habit(r"10\.1097/[a-z.]+\.0b013e", r"[0-9a-f]{10}", "10.1097/BRS.0b013e31815e3a10"),
    _habit(r"10\.1097/[a-z.]+\.0{6}", r"\d{10}", "10.1097/j.pain.0000000000002065"),
    _habit(r"10\.1007/s\d{5}", _SPRINGER, "10.1007/s00586-018-5788-5"),
    _habit(r"10\.1186/s\d{5}", _SPRINGER, "10.1186/s13063-022-06116-z"),
    _habit(r"10\.1136/[a-z]+-", r"(?P<year>\d{4})-\d{6}", "10.1136/bjsports-2016-097383"),
    _habit(r"10\.1001/jama[a-z]*\.(?=\d{4}\.)", r"(?P<year>\d{4})\.\d{1,5}", "10.1001/jama.2015.1871"),
    _habit(r"10\.1371/journal\.", r"[a-z]{4}\.\d{7}", "10.1371/journal.pone.0123456"),
    _habit(r"10\.2522/ptj\.(?=\d)", r"(?P<year>\d{4})\d{4}", "10.2522/ptj.20100251"),
    _habit(r"10\.3389/f[a-z]+\.", r"(?P<year>\d{4})\.\d{5,7}", "10.3389/fpain.2026.1687883"),
    _habit(r"10\.1155/(?=\d{4}/)", r"(?P<year>\d{4})/\d{6,7}", "10.1155/2019/4632946"),
)
"""Publishers whose DOIs have one look: read off the DOIs of this evidence base and of their journals."""


def meant(value: str) -> str:
    """Return the DOI that a value without the form of one was likely meant to be, or ''.

    An address or ``doi:`` before it is taken off; a first character that was lost (``0.1136/…``, ``.1136/…``) is
    put back.
    """
    bare = WRAPPED.sub("", value.strip())
    for start in ("", "1", "10", "10."):
        if FORM.fullmatch(start + bare):
            return start + bare
    found = FORM.search(bare)
    return found.group(0).rstrip(_STOPS) if found else ""


def loose_end(doi: str) -> tuple[str, str]:
    """Return what looks wrong about the end of a DOI and what it was likely meant to be; ('', '') where all is well.

    A DOI may end in any sign, so this is a doubt and no fault; in practice a full stop, a comma or a bracket too many
    came with it from the sentence in which it stood, and a bracket that is never closed says that its end is missing.
    """
    if doi[-1] in _STOPS:
        return f"it ends in `{doi[-1]}`", doi.rstrip(_STOPS)
    for opens, closes in _PAIRS:
        if doi.count(opens) > doi.count(closes):
            return f"a `{opens}` in it is never closed", ""
        if doi.count(closes) > doi.count(opens):
            return f"it has a `{closes}` too many", doi.removesuffix(closes) if doi.endswith(closes) else ""
    return "", ""


def habit_broken(doi: str) -> str:
    """Return an example of how the DOI's publisher makes DOIs, where this one looks otherwise; '' where it fits.

    Of publishers without a known habit nothing is said.
    """
    return next((h.example for h in HABITS if h.head.match(doi) and not h.whole.fullmatch(doi)), "")


def year_in(doi: str) -> int | None:
    """Return the year a DOI holds (of acceptance or submission, by its publisher's habit), or None."""
    for habit in HABITS:
        found = habit.whole.fullmatch(doi)
        if found and "year" in habit.whole.groupindex:
            year = int(found["year"])
            return year if year > 99 else year + (1900 if year > 60 else 2000)
    return None


PREPRINTS = {
    "10.1101/": "bioRxiv or medRxiv",
    "10.20944/preprints": "Preprints.org",
    "10.2139/ssrn.": "SSRN",
    "10.21203/rs.": "Research Square",
    "10.31219/": "OSF Preprints",
    "10.31234/": "PsyArXiv",
    "10.48550/arxiv.": "arXiv",
    "10.51224/": "SportRxiv",
}
"""How the DOIs of preprint servers begin (in lower case), and the server."""


def preprint_server(doi: str) -> str:
    """Return the name of the preprint server a DOI belongs to, or ''.

    10.1101 is the Cold Spring Harbor Laboratory's, which has journals too: its preprints begin with a date or are six
    digits.
    """
    low = doi.lower()
    name = next((server for start, server in PREPRINTS.items() if low.startswith(start)), "")
    if low.startswith("10.1101/") and not re.fullmatch(r"10\.1101/(?:\d{4}\.\d\d\.\d\d\.)?\d{6,8}", low):
        return ""
    return name
