"""The whole evidence base as loaded: records by id, references by key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cached_property

from .article import Article
from .base import Filed
from .claim import Claim
from .comparison import Comparison
from .effect import Effect
from .reference import Reference, Standing
from .study import Study
from .vocabulary import Vocabularies

KINDS: Mapping[str, type[Filed]] = {
    "studies": Study,
    "comparisons": Comparison,
    "articles": Article,
    "claims": Claim,
}
"""Folder below the evidence root to the type of its records."""


KEYS_FILE = "keys.txt"
"""The list of all keys that were ever published, in the evidence folder."""

CITED_STATES = frozenset({"retracted", "expression-of-concern", "superseded"})
"""What may have become of a study that whoever cites it has to know (withdrawn says something of our record only)."""


class NotReadError(Exception):
    """More of the evidence is asked for than was read: whoever needs the whole base has to load the whole base."""


@dataclass(frozen=True)
class Evidence:
    """Every record that could be read. Indices hold ids; a record is reached from here.

    ``references`` holds all bibliographic entries by citation key; ``found`` is the number of record files there are,
    readable or not; ``unreadable`` holds the names (file stems) of those that could not be read, so that nothing else
    is blamed for pointing at them; ``faulty`` holds the record files with a problem in their form, of which only
    the sound part was read. ``root`` is the evidence folder as it was given. ``published`` holds every key that was
    ever published (``studies/long-2004``, ``references/hayden-2021``) with its line in ``keys.txt``.

    Where only some files were asked for, a record is read when it is looked up by its id, ``found`` counts the files
    asked for, and going through all records (or references) raises NotReadError.
    """

    studies: Mapping[str, Study]
    comparisons: Mapping[str, Comparison]
    articles: Mapping[str, Article]
    claims: Mapping[str, Claim]
    vocabularies: Vocabularies
    references: Mapping[str, Reference]
    found: int
    unreadable: AbstractSet[str] = frozenset()
    faulty: frozenset[str] = frozenset()
    root: str = "evidence"
    published: Mapping[str, int] = field(default_factory=dict)

    def records(self) -> Iterator[Filed]:
        """Yield every record, kind by kind, by id."""
        for kind in KINDS:
            yield from getattr(self, kind).values()

    def main_reference(self, study: Study) -> Reference | None:
        """Return the reference of the study's main report, or None where it is missing."""
        return self.references.get(study.main_report)

    @cached_property
    def works(self) -> Mapping[str, Reference]:
        """Return every reference as it is to be cited: main reports know their study's state and old ids."""
        changed = {
            study.main_report: (standing, study.aliases)
            for study in self.studies.values()
            if (standing := self._standing(study)) or study.aliases
        }
        works = dict(self.references)
        for key, (standing, aliases) in changed.items():
            if key in works:
                former = tuple(dict.fromkeys((*works[key].aliases, *aliases)))
                works[key] = replace(works[key], standing=standing, aliases=former)
        return works

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """Return everything that has an address or a citation key, former ones too, with what it is called today.

        Both are of the form ``studies/long-2004``: the kind (a folder of records, or ``references``) and the id.
        """
        today = {f"{kind}/{id}": f"{kind}/{id}" for kind in KINDS for id in getattr(self, kind)}
        today |= {f"references/{key}": f"references/{key}" for key in self.references}
        former = {
            f"{kind}/{alias}": f"{kind}/{record.id}"
            for kind in KINDS
            for record in getattr(self, kind).values()
            for alias in record.aliases
        }
        for key, work in self.works.items():
            former |= {f"references/{alias}": f"references/{key}" for alias in work.aliases}
        return former | today

    def _standing(self, study: Study) -> Standing | None:
        status = study.status
        if status.state not in CITED_STATES:
            return None
        on = status.on.isoformat() if status.on else ""
        reason = status.reason.en if status.reason else ""
        newer = self.studies.get(status.by or "")
        return Standing(status.state, on, reason, status.notice or "", newer.main_report if newer else "")

    @cached_property
    def effects(self) -> Mapping[tuple[str, str], list[tuple[int, Study, Effect]]]:
        """Return every effect by condition and outcome, with its study and that one's place in the order of records."""
        found: dict[tuple[str, str], list[tuple[int, Study, Effect]]] = {}
        for number, study in enumerate(self.studies.values()):
            for effect in study.effects:
                found.setdefault((study.population.condition, effect.outcome), []).append((number, study, effect))
        return found

    @cached_property
    def study_by_report(self) -> Mapping[str, str]:
        """Return, per citation key of a report, the id of the study it is of (the first one that names it)."""
        found: dict[str, str] = {}
        for study in self.studies.values():
            for key in study.reports:
                found.setdefault(key, study.id)
        return found

    def claims_of(self, article: str) -> list[Claim]:
        """Return the claims of an article in their order."""
        return sorted((c for c in self.claims.values() if c.article == article), key=lambda c: (c.position, c.id))
