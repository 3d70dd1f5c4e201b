"""A citation file of any format -> citations: its format is known by its content, never by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ..model import Name, Reference
from ..problem import Problem, Severity
from .bibtex import read_bibtex
from .citation import Citation, Findings, Read
from .crossref import read_crossref
from .csl_json import read_csl_json
from .decode import decode
from .endnote_xml import read_endnote_xml
from .nbib import read_nbib
from .pubmed_xml import read_pubmed_xml
from .ris import read_ris
from .values import doi_of


@dataclass(frozen=True)
class Reader:
    """A format of citation files: what it is called, by what in a text it is known, and how it is read."""

    label: str
    sign: re.Pattern[str]
    read: Read


def _reader(label: str, sign: str, read: Read) -> Reader:
    return Reader(label, re.compile(sign, re.MULTILINE), read)


READERS: Mapping[str, Reader] = {
    "pubmed-xml": _reader("PubMed XML", r"<Pubmed(?:Book)?Article(?:Set)?[\s/>]", read_pubmed_xml),
    "endnote-xml": _reader("EndNote XML", r"<(?:record[\s>]|records[\s/>])", read_endnote_xml),
    "crossref-json": _reader("Crossref JSON", r'\A\s*\{[^{}\[\]]{0,400}"message"\s*:', read_crossref),
    "csl-json": _reader("CSL-JSON", r"\A\s*(?:\[\s*(?:[{\]]|\Z)|\{\s*[\"}])", read_csl_json),
    "bibtex": _reader("BibTeX or BibLaTeX", r"^[ \t]*@[ \t]*[A-Za-z]+\s*[{(]", read_bibtex),
    "ris": _reader("RIS", r"^\s*TY {1,2}-(?: |$)", read_ris),
    "nbib": _reader("NBIB (MEDLINE)", r"^(?:PMID|OWN |FAU |JT  |DP  |VI  |PB  |TI  |BTI )-(?: |$)", read_nbib),
}
"""Id of a format to its reader; of several whose sign is found the one that is found first is taken."""


@dataclass(frozen=True)
class Gathered:
    """What a file gave: the id of its format ('' where it is not known), its citations, and its problems."""

    form: str
    citations: tuple[Citation, ...]
    problems: tuple[Problem, ...]


def read_citations(content: bytes, findings: Findings) -> Gathered:
    """Return the citations of a file. Each one that begins in it is returned or has a fault; nothing is raised."""
    text = decode(content, findings)
    form = format_of(text)
    if form:
        citations = tuple(_sound(READERS[form].read(text, findings), findings))
        if not citations and not any(problem.severity is Severity.ERROR for problem in findings.problems):
            findings.fault(f"there is no citation in this {READERS[form].label} file", "was the export empty?", 1)
        return Gathered(form, citations, findings.all())
    known = ", ".join(reader.label for reader in READERS.values())
    if not text.strip():
        findings.fault("the file is empty", "export the citations again", 1)
    else:
        findings.fault("this is in no format that is known here", f"known are {known}", 1)
    return Gathered("", (), findings.all())


def format_of(text: str) -> str:
    """Return the id of the format a text is in, or ''."""
    found = ((sign.start(), form) for form, reader in READERS.items() if (sign := reader.sign.search(text)))
    return min(found, key=lambda one: one[0], default=(0, ""))[1]


def _sound(citations: Iterator[Citation], findings: Findings) -> Iterator[Citation]:
    """Yield the citations that can be kept: with a title, a year, and letters that can be written.

    A DOI is plain from here on, whatever stood before it: doubles are found by it, and files hold it as it is.
    """
    for found in citations:
        citation = replace(found, reference=replace(found.reference, doi=doi_of(found.reference.doi)))
        reference = citation.reference
        missing = [
            name
            for name, there in (("title", reference.title), ("year", re.fullmatch(r"[12]\d{3}", reference.year)))
            if not there
        ]
        unreadable = _unreadable(reference)
        if missing:
            shown = f" `{reference.title[:60]}`" if reference.title else ""
            said = f" (`{reference.year}` is none)" if reference.year and "year" in missing else ""
            message = f"the citation{shown} has no {' and no '.join(missing)}{said}"
            findings.fault(message, "it needs both for its id and its folder: add them", reference.line)
        elif unreadable:
            message = (
                f"the citation `{reference.title[:60]}` holds a character that cannot be read, in its {unreadable}"
            )
            findings.fault(message, "replace the character, or export the citation again as UTF-8", reference.line)
        else:
            yield (
                citation
                if citation.retracted or not _says_retracted(reference)
                else replace(citation, retracted="The citation itself")
            )


def _says_retracted(reference: Reference) -> bool:
    """Say whether the title or a note of a work begins by saying so, as publishers and our own files do."""
    texts = (reference.title, reference.extra.get("note", ""), reference.extra.get("addendum", ""))
    return any(re.match(r"\W?RETRACTED\b", text, re.IGNORECASE) for text in texts)


_BAD = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffd-\uffff]")
"""Controls, halves of pairs, the sign that stands for what could not be read."""


def _unreadable(reference: Reference) -> str:
    """Return the field with a character that cannot stand in a file, or ''."""
    for name, value in vars(reference).items():
        parts = (value,) if isinstance(value, str) else _texts(value)
        if name != "file" and any(map(_BAD.search, parts)):
            return name.replace("_", " ")
    return ""


def _texts(value: object) -> Iterator[str]:
    """Yield the texts inside a list of names or words, or inside a mapping."""
    for one in value.values() if isinstance(value, Mapping) else value if isinstance(value, tuple) else ():
        yield from vars(one).values() if isinstance(one, Name) else (one,)
