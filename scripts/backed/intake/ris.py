"""RIS -> citations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..bibliography import language_name
from ..bibliography.doi import FORM
from ..model import Name, Reference
from .citation import INCOMPLETE, Citation, Findings
from .tagged import Tagged, lines, lost
from .values import dashes, dated, doi_of, once, pages_of, person, pmcid_of, serials

TAG = re.compile(r"\s*(?P<tag>[A-Z][A-Z0-9]) {1,2}-(?: |$)")
"""Two spaces before the hyphen by the specification; some programs write one."""

_TYPES = {
    **dict.fromkeys(("JOUR", "EJOUR", "JFULL", "ABST", "INPR", "MGZN", "NEWS"), "article"),
    **dict.fromkeys(("BOOK", "EBOOK", "EDBOOK"), "book"),
    **dict.fromkeys(("CHAP", "ECHAP"), "incollection"),
    **dict.fromkeys(("CPAPER", "CONF"), "inproceedings"),
    **dict.fromkeys(("RPRT", "GOVDOC", "STAND"), "techreport"),
    "THES": "phdthesis",
    **dict.fromkeys(("ELEC", "WEB", "BLOG"), "online"),
    "DATA": "dataset",
    "COMP": "software",
    **dict.fromkeys(("UNPB", "UNPD", "MANSCPT"), "unpublished"),
    "PAMP": "booklet",
}
_CHAPTERS = frozenset({"incollection", "inproceedings"})
_SERIES = frozenset({"book", "techreport", "phdthesis"})
_BOOKS = _CHAPTERS | _SERIES
_PUBMED = re.compile(r"(?:PMID:?\s*|MEDLINE:)?([1-9]\d{0,7})", re.IGNORECASE)
_SAY_NOTHING = frozenset({"ER", "DP", "DB", "ST", "J2", "JA", "J1"})
"""Where it was found, short forms of titles."""


def read_ris(text: str, findings: Findings) -> Iterator[Citation]:
    """Yield the citations of an RIS text. A line without a tag goes on from the one above; doubts name both faults."""
    for tagged in _entries(text, findings):
        yield _citation(tagged, findings)


def _entries(text: str, findings: Findings) -> Iterator[Tagged]:
    entry: Tagged | None = None
    last, told = "", False
    for number, tag, value in lines(text, TAG):
        if tag == "TY":
            if entry:
                yield _unclosed(entry, findings)
            entry, told = Tagged(number), False
        elif entry is None:
            if not told and (value.strip() or tag not in {"", "ER"}):
                lost(findings, number, value or tag, "TY  -")
                told = True
            continue
        if tag == "ER":
            yield entry
            entry = None
        elif tag:
            entry.begin(tag, value)
            last = tag
        elif value.strip() and entry.go_on(last, value):
            findings.doubt(f"this line has no tag; it was read as going on from {last} above", "is it whole?", number)
    if entry:
        yield _unclosed(entry, findings)


def _unclosed(entry: Tagged, findings: Findings) -> Tagged:
    message = "the citation that begins here has no ER line"
    findings.doubt(message, "was the file cut off? Look whether the citation is whole", entry.line)
    return entry


def _citation(entry: Tagged, findings: Findings) -> Citation:
    kind = _TYPES.get(entry.one("TY").strip(), "misc")
    title = entry.one("TI", "T1", "CT") or (entry.one("BT") if kind not in _CHAPTERS else "")
    within = entry.one("T2", "JF", "JO", "BT", "T3", "JA", "J2")
    date = dated(entry.one("PY", "Y1"), entry.one("DA"))
    number = dashes(entry.one("IS"))
    issn, isbn = serials((text for text in entry.all("SN") if text != number), book=kind in _BOOKS)
    editors = [*(entry.all("A2") if kind in _CHAPTERS else []), *entry.all("ED")]
    work = entry.one("M3")
    doi = entry.one("DO") or (work if FORM.fullmatch(doi_of(work)) else "")
    extra = {edition_of(kind): entry.one("ET"), "type": "" if doi == work else work, "note": _note(entry, title)}
    if kind in _SERIES:
        extra["series"] = within
    reference = Reference(
        key=entry.one("ID"),
        type=kind,
        title=title,
        authors=people(entry.all("AU", "A1"), findings, entry.line),
        editors=people(editors, findings, entry.line),
        more_authors=INCOMPLETE in entry.all("N1"),
        journal=within if kind not in _CHAPTERS | _SERIES else "",
        booktitle=within if kind in _CHAPTERS else "",
        publisher=entry.one("PB"),
        address=entry.one("CY", "PP"),
        year=date.year,
        month=date.month,
        day=date.day,
        volume=dashes(entry.one("VL")),
        number=number,
        pages=pages_of(entry.one("SP"), entry.one("EP")) or entry.one("C7"),
        doi=doi_of(doi),
        pmid=_pmid(entry),
        pmcid=pmcid_of(entry.one("C2")),
        issn=issn,
        isbn=isbn,
        url=entry.one("UR"),
        language=language_name(entry.one("LA")),
        abstract=entry.one("AB", "N2"),
        keywords=once(word for value in entry.all("KW") for word in value.split(";")),
        extra={name: value for name, value in extra.items() if value},
        file=findings.file,
        line=entry.line,
    )
    return Citation(reference, left=(*entry.left(_SAY_NOTHING), *date.unclear))


def edition_of(kind: str) -> str:
    """Return what the edition of a kind of work is called: data and programs have versions."""
    return "version" if kind in {"dataset", "software"} else "edition"


def _note(entry: Tagged, title: str) -> str:
    """Return the notes in one; some programs repeat the title there."""
    return " ".join(note for note in entry.all("N1") if note not in {title, INCOMPLETE})


def people(names: Sequence[str], findings: Findings, line: int) -> tuple[Name, ...]:
    """Return the people and groups of a list; a doubt names what has several words and no comma."""
    found = tuple(person(name) for name in names if name.strip(" ,"))
    for name, written in zip(found, (name for name in names if name.strip(" ,")), strict=True):
        if name.literal and "," not in written:
            hint = "a person is written Family, Given; a group ends in a comma"
            findings.doubt(f"the author `{written}` has no comma and was taken for a group", hint, line)
    return found


def _pmid(entry: Tagged) -> str:
    """Return the accession number where the database is PubMed or MEDLINE, or the number says so itself."""
    number = entry.one("AN")
    found = _PUBMED.fullmatch(number)
    bases = " ".join([*entry.all("DB"), *entry.all("DP")]).lower()
    if found and (number != found[1] or "pubmed" in bases or "medline" in bases):
        return found[1]
    entry.taken -= {"AN"}
    return ""
