"""What every page is made with: the evidence, the syntheses, the templates, and links relative to the page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

import jinja2
from markupsafe import Markup

from ..bibliography import short_cite
from ..model import (
    Claim,
    Download,
    Due,
    Evidence,
    Export,
    Filed,
    Heading,
    Health,
    Lesson,
    Page,
    Reference,
    SearchEntry,
    Study,
    Syntheses,
    Term,
    Version,
    digest,
    version_of,
)
from ..problem import RuleDoc
from .mapped import SIDES, Mapped, Row, mapped
from .templates import environment_of


def _unwritten(file: str) -> str:  # noqa: ARG001
    return ""


def _undated(kind: str, id: str) -> None:  # noqa: ARG001
    return None


def _all_translated(kind: str, id: str) -> tuple[int, tuple[tuple[str, str], ...]]:  # noqa: ARG001
    return 0, ()


@dataclass(frozen=True)
class Site:
    """All that pages are made from; ``formats`` are those in which citations can be downloaded.

    ``text`` gives the text of a record's file, '' where it cannot be had; ``lesson`` is that of the tutorial, if there
    is a record to teach with; ``health`` is the last look at addresses and works. ``due`` tells when a record (by kind
    and id) is to be looked at again, ``translated`` how many texts it has and which are in no Dutch, with their places.
    """

    CONSTANT: ClassVar = frozenset({"rules", "templates", "formats", "environment", "fonts"})
    """What is the same for one state of the program and its templates (`reads.Watch`)."""

    evidence: Evidence
    syntheses: Syntheses
    rules: tuple[RuleDoc, ...]
    templates: Path
    url: str = ""
    formats: tuple[Download, ...] = ()
    text: Callable[[str], str] = _unwritten
    lesson: Lesson | None = None
    health: Health = field(default_factory=Health)
    due: Callable[[str, str], Due | None] = _undated
    translated: Callable[[str, str], tuple[int, tuple[tuple[str, str], ...]]] = _all_translated

    @cached_property
    def environment(self) -> jinja2.Environment:
        """Return the template environment."""
        return environment_of(self.templates)

    @cached_property
    def fonts(self) -> tuple[bytes, bytes]:
        """Return the fonts that cards are written in: regular and bold. They lie beside the templates."""
        folder = self.templates / "fonts"
        return (folder / "NotoSans-Regular.ttf").read_bytes(), (folder / "NotoSans-Bold.ttf").read_bytes()

    @cached_property
    def style_sheets(self) -> tuple[str, ...]:
        """Return the style sheets that give figures their ink."""
        assets = self.templates.parent / "assets"
        return tuple((assets / name).read_text(encoding="utf-8") for name in ("backed.css", "figures.css"))

    @cached_property
    def measured(self) -> dict[str, Any] | None:
        """Return what the benchmark measured, as it was kept beside the site's pages; None where nothing was."""
        path = self.templates.parent / "data/benchmark.json"
        return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """Return the digest of every record by its file."""
        return {record.file: digest(record) for record in self.evidence.records()}

    def version(self, records: Iterable[Filed], scales: Iterable[str] = ()) -> Version:
        """Return the version of what is made from some records, with figures on some scales (by id)."""
        listed = list(records)
        instruments = self.evidence.vocabularies.instruments
        terms = [digest(instruments[scale]) for scale in scales if scale in instruments]
        return version_of(listed, [*(self.digests[record.file] for record in listed), *terms])

    def fill(self, template: str, **view: Any) -> Markup:
        """Return a template filled with a view."""
        return Markup(self.environment.get_template(template).render(**view))

    def page(
        self,
        template: str,
        url: str,
        title: str,
        description: str,
        *,
        headings: Iterable[tuple[str, str]] = (),
        search: SearchEntry | None = None,
        head: str = "",
        source: str = "",
        files: Iterable[Export] = (),
        listed: bool = True,
        cites: Iterable[str] = (),
        itself: Reference | None = None,
        version: str = "",
        **view: Any,
    ) -> Page:
        """Return a page made from a template; ``base`` in the template leads to the site's root."""
        content = self.fill(template, base=base_of(url), title=title, **view)
        return Page(
            url=url,
            title=title,
            description=description,
            content=str(content),
            head=head,
            headings=tuple(Heading(name, anchor) for anchor, name in headings),
            source=source,
            section=url.split("/")[0] + "/",
            search=(search,) if search else (),
            files=tuple(files),
            listed=listed,
            cites=tuple(cites),
            itself=itself,
            version=version,
        )

    @cached_property
    def claims_by_study(self) -> Mapping[str, list[Claim]]:
        """Return, per study, the claims that name it."""
        found: dict[str, list[Claim]] = {}
        for claim in self.evidence.claims.values():
            named = set(claim.rests_on.studies) | set(claim.judgement.studies if claim.judgement else ())
            for ruling in self.syntheses.rulings.get(claim.id, ()):
                named |= {found.study for found in ruling.answer.found if found.used}
            for study in sorted(named):
                found.setdefault(study, []).append(claim)
        return found

    @cached_property
    def comparisons_by_study(self) -> Mapping[str, list[str]]:
        """Return, per study, the ids of the comparisons in which one of its effects was found."""
        found: dict[str, list[str]] = {}
        for (comparison, _), answer in self.syntheses.answers.items():
            for effect in answer.found:
                listed = found.setdefault(effect.study, [])
                if comparison not in listed:
                    listed.append(comparison)
        return found

    @cached_property
    def evidence_map(self) -> Mapping[str, Mapped]:
        """Return the evidence map's two sides, `interventions` and `exposures`."""
        return {side: mapped(side, self.evidence, self.syntheses) for side in SIDES}

    @cached_property
    def mapped_rows(self) -> Mapping[tuple[str, str], Row]:
        """Return every row of the evidence map by its side and term."""
        return {(side, term): row for side, one in self.evidence_map.items() for term, row in one.rows.items()}

    def name(self, study: Study) -> str:
        """Return a study's short name: "Long, Donelson & Fung 2004"."""
        reference = self.evidence.main_reference(study)
        return short_cite(reference) if reference else study.id

    def label(self, vocabulary: str, term: str | None) -> str:
        """Return a term's English label, or its id where the vocabulary lacks it; '' for none."""
        if term is None:
            return ""
        terms: Mapping[str, Term] = getattr(self.evidence.vocabularies, vocabulary)
        return terms[term].label.en if term in terms else term

    def labels(self, vocabulary: str, terms: Iterable[str]) -> str:
        """Return the labels of several terms, joined."""
        return ", ".join(self.label(vocabulary, term) for term in terms)


def base_of(url: str) -> str:
    """Return the way from a page to the site's root: ``../../`` for ``studies/long-2004/``."""
    return "../" * url.count("/")
