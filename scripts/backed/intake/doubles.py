"""Works that are there already: in the evidence, or earlier among those that come in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..bibliography.registers import plain_number
from ..bibliography.slug import slug_of
from ..model import Evidence, Reference
from .citation import Citation
from .values import doi_of

Sign = tuple[str, str]

_NAMES = {"doi": "DOI", "pmid": "PMID", "pmcid": "PMCID"}
"""Identifiers by which a work is known, by the field of a reference that holds them."""


@dataclass(frozen=True)
class Double:
    """A citation of a work that is there already: what is the same, and where the other stands."""

    citation: Citation
    same: str
    there: str


class Known:
    """The works that are there, by the signs by which a double is known."""

    def __init__(self, evidence: Evidence) -> None:
        self._works: dict[Sign, str] = {}
        for reference in evidence.references.values():
            owner = evidence.study_by_report.get(reference.key)
            study = f"report of {evidence.studies[owner].file}" if owner else reference.file
            self._enter(_signs(reference), f"`{reference.key}`, {study}")
        for record in evidence.studies.values():
            numbers = ((entry.registry, entry.id) for entry in record.registration)
            self._enter(_registered(numbers), f"`{record.id}`, {record.file}")

    def double(self, citation: Citation) -> Double | None:
        """Return in what a citation is the same as a work that is there, or None."""
        for sign in (*_signs(citation.reference), *_registered(iter(citation.registered))):
            if there := self._works.get(sign):
                return Double(citation, _said(sign), there)
        return None

    def place_of(self, name: str, identifier: str) -> str | None:
        """Return where the work with a ``doi`` or ``pmid`` stands, or None where it is new."""
        return self._works.get((name, _plain(name, identifier)))

    def add(self, citation: Citation) -> None:
        """Let a citation that comes in be known to those after it."""
        reference = citation.reference
        there = f"the citation in {reference.file}, line {reference.line}"
        self._enter((*_signs(reference), *_registered(iter(citation.registered))), there)

    def _enter(self, signs: tuple[Sign, ...], there: str) -> None:
        for sign in signs:
            self._works.setdefault(sign, there)


def _signs(reference: Reference) -> tuple[Sign, ...]:
    identifiers = ((name, _plain(name, getattr(reference, name))) for name in _NAMES)
    title = slug_of(reference.title) or reference.title.casefold()
    dated = (("title", f"{title} {reference.year}"),) if title and reference.year else ()
    return (*(sign for sign in identifiers if sign[1]), *dated)


def _plain(name: str, identifier: str) -> str:
    return (doi_of(identifier) if name == "doi" else identifier).lower()


def _registered(numbers: Iterator[tuple[str, str]]) -> tuple[Sign, ...]:
    return tuple(("registration", plain_number(register, number)) for register, number in numbers)


def _said(sign: Sign) -> str:
    kind, value = sign
    if kind == "title":
        return "title and year"
    return (
        f"registration {value}: another report of one study?" if kind == "registration" else f"{_NAMES[kind]} {value}"
    )
