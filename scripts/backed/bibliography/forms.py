"""What the identifiers of a work have to look like, and what a misspelt one was likely meant to be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..model import Reference
from ..model.base import WEB
from ..model.parse import web_meant
from . import doi
from .check_digits import isbn10_digit, isbn13_digit, issn_digit

PMID = re.compile(r"[1-9]\d{0,7}")
PMCID = re.compile(r"PMC[1-9]\d{0,7}")

_LIST = re.compile(r"\s*[,;/]\s*|\s+")


@dataclass(frozen=True)
class Misfit:
    """What is wrong with an identifier of a work, in which BibTeX field, and what to do (the likely right one)."""

    field: str
    said: str
    hint: str


def misfits(reference: Reference) -> Iterator[Misfit]:
    """Yield each identifier of a work that cannot be one: DOI, PMID, PMCID, URL, ISSN and ISBN (with check digits).

    Several ISSNs (print and online) or ISBNs stand in one field, with commas between.
    """
    for name, judge in _JUDGES.items():
        value: str = getattr(reference, name)
        if value and (misfit := judge(value)):
            yield misfit


def _other(name: str, value: str, meant: str, example: str) -> Misfit:
    hint = f"did you mean `{meant}`?" if meant else f"as in {example}"
    return Misfit(name.lower(), f"`{value}` is no {name}", hint)


def _doi(value: str) -> Misfit | None:
    if doi.FORM.fullmatch(value):
        return None
    return _other("DOI", value, doi.meant(value), "10.1097/01.brs.0000146464.23007.2a")


def _url(value: str) -> Misfit | None:
    return None if re.fullmatch(WEB, value) else _other("URL", value, web_meant(value), "https://www.nice.org.uk/")


def _pmid(value: str) -> Misfit | None:
    if PMID.fullmatch(value):
        return None
    found = None if "PMC" in value.upper() else re.fullmatch(r"\D*0*([1-9]\d{0,7})/?", value)
    return _other("PMID", value, found[1] if found else "", "15564907")


def _pmcid(value: str) -> Misfit | None:
    if PMCID.fullmatch(value):
        return None
    found = re.fullmatch(r"(?:.*PMC)?\s*([1-9]\d{3,7})/?", value, re.IGNORECASE)
    return _other("PMCID", value, f"PMC{found[1]}" if found else "", "PMC1446853")


def _each(judge: Callable[[str], Misfit | None]) -> Callable[[str], Misfit | None]:
    return lambda value: next((found for part in _LIST.split(value.strip()) if (found := judge(part))), None)


def _issn(value: str) -> Misfit | None:
    found = re.fullmatch(r"(\d{4})-?(\d{3})([\dX])", value.upper())
    if found is None:
        return _other("ISSN", value, "", "1438-8871")
    digit = issn_digit(found[1] + found[2])
    if digit != found[3]:
        return _mistyped("ISSN", value, digit, "journal")
    right = f"{found[1]}-{found[2]}{digit}"
    return None if value == right else _other("ISSN", value, right, "")


def _isbn(value: str) -> Misfit | None:
    plain = value.replace("-", "").upper()
    if not re.fullmatch(r"97[89]\d{10}|\d{9}[\dX]", plain):
        return _other("ISBN", value, "", "978-92-4-008178-9")
    digit = (isbn13_digit if len(plain) == 13 else isbn10_digit)(plain[:-1])
    return None if digit == plain[-1] else _mistyped("ISBN", value, digit, "book")


def _mistyped(name: str, value: str, digit: str, work: str) -> Misfit:
    said = f"`{value}` is no {name}: after its other digits the last would be {digit}, not {value[-1]}"
    return Misfit(name.lower(), said, f"one of its digits is mistyped; look at the {work}")


_JUDGES: dict[str, Callable[[str], Misfit | None]] = {
    "doi": _doi,
    "pmid": _pmid,
    "pmcid": _pmcid,
    "issn": _each(_issn),
    "isbn": _each(_isbn),
    "url": _url,
}
