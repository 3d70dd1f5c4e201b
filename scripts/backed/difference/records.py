"""Which records, terms of vocabularies and cited works came, changed, or are gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ..bibliography import cite
from ..model import KINDS, VOCABULARIES, Article, Claim, Comparison, Evidence, Filed, Reference, Study, Term
from .fields import field_changes
from .values import RecordChange

_SINGULAR = {"studies": "study", "comparisons": "comparison", "articles": "article", "claims": "claim"}


def record_changes(before: Evidence, after: Evidence) -> Iterator[RecordChange]:
    """Yield every record that differs, kind by kind, by id; then every term of a vocabulary."""
    for kind in KINDS:
        yield from _changes(_SINGULAR[kind], kind, getattr(before, kind), getattr(after, kind), title_of)
    for name in VOCABULARIES:
        one, other = (getattr(evidence.vocabularies, name) for evidence in (before, after))
        yield from _changes("term", f"vocabularies/{name}", one, other, _label)


def citation_changes(before: Evidence, after: Evidence) -> Iterator[RecordChange]:
    """Yield every cited work that differs, by citation key."""
    yield from _changes("citation", "bibliography", before.references, after.references, _cited)


def title_of(record: Filed) -> str:
    """Return what a record is called on the site."""
    if isinstance(record, Claim):
        return record.claim.en
    if isinstance(record, Comparison):
        return record.title.en
    return record.title if isinstance(record, Study | Article) else record.id


def _label(term: Term) -> str:
    return term.label.en


def _cited(reference: Reference) -> str:
    return cite(reference)


def _changes(
    kind: str, place: str, before: Mapping[str, Any], after: Mapping[str, Any], title: Callable[[Any], str]
) -> Iterator[RecordChange]:
    for name in sorted({*before, *after}):
        one, other = before.get(name), after.get(name)
        if one is None or other is None:
            yield RecordChange(kind, place, name, title(one or other), "gone" if one else "added", _state(one, other))
        elif one is not other and (changed := tuple(field_changes(one, other))):
            yield RecordChange(kind, place, name, title(other), "changed", _state(one, other), changed)


def _state(before: object, after: object) -> tuple[str, str] | None:
    """Return how the standing of a record changed; None where it did not, or it has none."""
    one, other = getattr(before, "status", None), getattr(after, "status", None)
    return (one.state, other.state) if one and other and one.state != other.state else None
