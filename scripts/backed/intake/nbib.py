"""NBIB, the MEDLINE format of PubMed -> citations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..bibliography import language_name
from ..bibliography.registers import register_named
from ..model import Name, Reference
from .citation import INCOMPLETE, Citation, Findings
from .tagged import Tagged, lines, lost
from .values import (
    article_number,
    dashes,
    dated,
    doi_of,
    once,
    pages_of,
    person,
    pmcid_of,
    sentence,
    serials,
    short_person,
)

TAG = re.compile(r"(?P<tag>[A-Z][A-Z0-9]{1,3}) {0,2}-(?: |$)")

_CHAPTERS = frozenset({"incollection", "inproceedings"})
RETRACTED = "Retracted Publication"
"""The publication type of what was retracted; the notice has another."""

_SAY_NOTHING_TEXT = """
OWN STAT DA DCOM LR SB JID EDAT MHDA CRDT CDAT DRDT CTDT PHST PST SO TA TT PMCR MID
LID AID AD AUID FIR IR IRAD COIS CI GR RN NM
"""
_SAY_NOTHING = frozenset(_SAY_NOTHING_TEXT.split())
"""How PubMed keeps the citation, short forms; what no citation has: affiliations, rights, grants, substances."""
_KINDS = (
    ("Book Chapter", "incollection"),
    ("Conference Paper", "inproceedings"),
    ("Preprint", "misc"),
    ("Book", "book"),
    ("Books", "book"),
    ("Technical Report", "techreport"),
    ("Academic Dissertation", "phdthesis"),
    ("Dataset", "dataset"),
)


def read_nbib(text: str, findings: Findings) -> Iterator[Citation]:
    """Yield the citations of a MEDLINE text; each begins with its PMID, or after an empty line."""
    for entry in _entries(text, findings):
        yield _citation(entry, findings)


def _entries(text: str, findings: Findings) -> Iterator[Tagged]:
    entry: Tagged | None = None
    last, after_gap, told = "", True, False
    for number, tag, value in lines(text, TAG):
        if not tag and not value.strip():
            after_gap = True
        elif tag:
            if entry is None or tag == "PMID" or after_gap:
                if entry:
                    yield entry
                entry, told = Tagged(number), False
            entry.begin(tag, value)
            last, after_gap = tag, False
        elif entry is None or (after_gap and not value[:1].isspace()):
            if not told:
                lost(findings, number, value, "PMID-")
            told = True
        else:
            if entry.go_on(last, value) and not value[:1].isspace():
                message = f"this line has no tag; it was read as going on from {last} above"
                findings.doubt(message, "is it whole?", number)
            after_gap = False
    if entry:
        if not text.endswith("\n") and "SO" not in entry.values:
            message = "the citation that begins here ends without its last lines"
            findings.doubt(message, "the file seems to be cut off: save it from PubMed again", entry.line)
        yield entry


def _citation(entry: Tagged, findings: Findings) -> Citation:
    kinds = entry.all("PT")
    kind = next((bib for name, bib in _KINDS if name in kinds), "article")
    book = sentence(entry.one("BTI"))
    date = dated(entry.one("DP"), *(entry.all("DEP") if not entry.all("DP") else ()))
    issn, isbn = serials([*entry.all("IS"), *entry.all("ISBN")], book=kind in {"book", "incollection"})
    registered, other = _registered(entry.all("SI"))
    extra = {"edition": entry.one("EN"), "series": entry.one("CTI"), "chapter": entry.one("CP"), "note": _note(entry)}
    reference = Reference(
        key=entry.one("PMID"),
        type=kind,
        title=sentence(entry.one("TI")) or book,
        authors=_people(entry),
        editors=tuple(map(person, entry.all("FED", "ED"))),
        more_authors=INCOMPLETE in entry.all("GN"),
        journal=entry.one("JT", "TA"),
        booktitle=book if kind in _CHAPTERS else "",
        publisher=entry.one("PB"),
        address=entry.one("PL") if kind != "article" else "",
        year=date.year,
        month=date.month,
        day=date.day,
        volume=dashes(entry.one("VI")),
        number=dashes(entry.one("IP")),
        pages=pages_of(entry.one("PG")) or article_number(_identified(entry, "pii")),
        doi=doi_of(_identified(entry, "doi")),
        pmid=entry.one("PMID"),
        pmcid=pmcid_of(entry.one("PMC")),
        issn=issn,
        isbn=isbn,
        url=next((value for value in entry.all("LID") if value.startswith("http")), ""),
        language=", ".join(map(language_name, entry.all("LA"))),
        abstract=entry.one("AB"),
        keywords=once([*entry.all("OT"), *(term.replace("*", "") for term in entry.all("MH"))]),
        extra={name: value for name, value in extra.items() if value},
        file=findings.file,
        line=entry.line,
    )
    retracted = "PubMed" if RETRACTED in kinds else ""
    entry.taken |= {"AU", "PL"}
    return Citation(reference, registered, retracted, (*entry.left(_SAY_NOTHING), *other, *date.unclear))


def _note(entry: Tagged) -> str:
    return " ".join(note for note in entry.all("GN") if note != INCOMPLETE)


def _people(entry: Tagged) -> tuple[Name, ...]:
    """Return people, by their full names where there are any, and the groups after them."""
    full = [person(name) for name in entry.all("FAU")] or [short_person(name) for name in entry.all("AU")]
    return (*full, *(Name(literal=group.rstrip(".,")) for group in entry.all("CN")))


def _identified(entry: Tagged, kind: str) -> str:
    """Return an identifier of the article (``10.1/x [doi]``): first where the publisher gives it for its place."""
    for tag in ("LID", "AID"):
        for value in entry.all(tag):
            if value.endswith(f"[{kind}]"):
                return value.removesuffix(f"[{kind}]").strip()
    return ""


def _registered(values: list[str]) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Return the registrations among secondary sources (``NTR/NL2872``), and the tag where others are left."""
    pairs = [(register, number) for register, _, number in (value.partition("/") for value in values)]
    registered = tuple((register, number) for register, number in pairs if register_named(register) and number)
    return registered, ("SI",) if len(registered) < len(pairs) else ()
