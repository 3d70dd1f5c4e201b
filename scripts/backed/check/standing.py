"""Rules about how a record stands: its status, its exceptions, the sources it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Evidence, Filed, Reference, Source, Study
from ..problem import Severity
from .rule import Base, Finding, rule
from .walk import each


@rule("record", in_browser=True)
def status_reason(record: Filed, base: Base) -> Iterator[Finding]:
    """A status other than current says since when and why.

    A retracted, superseded or withdrawn record keeps its page; readers who come to it by an old link have to see what
    happened. A superseded record also names the one that takes its place.
    """
    status = getattr(record, "status", None)
    if status is None or status.state == "current":
        return
    if status.on is None:
        yield Finding(("status",), f"`{status.state}` has no date", "add `on: 2026-11-22`, the day of the notice")
    if status.reason is None:
        yield Finding(("status",), f"`{status.state}` has no reason", "add `reason: {en: …}` in one sentence")
    if status.state == "superseded" and status.by is None:
        yield Finding(("status",), "`superseded` does not say by what", "add `by:` with the id of the newer record")


def kind_of_source(reference: Reference, evidence: Evidence) -> str | None:
    """Return the kind of source a work is: as its entry says, else as its BibTeX type stands for; None for neither."""
    if reference.kind:
        return reference.kind
    kinds = evidence.vocabularies.sources
    return next((name for name, kind in kinds.items() if reference.type in kind.bibtex), None)


@rule("reference")
def source_kind_known(reference: Reference, base: Base) -> Iterator[Finding]:
    """Every work is of a kind the sourcing policy knows, and carries an identifier that kind needs.

    The kinds stand in `vocabularies/sources.yaml`: peer-reviewed article, systematic review, guideline, registry entry,
    results posted in a register, institution, news. A BibTeX entry is of the kind its type stands for (`@article` is a
    peer-reviewed article) unless its field `kind` says otherwise. A guideline, for instance, needs a DOI, PMID, ISBN or
    address.
    """
    kinds = base.evidence.vocabularies.sources
    name = kind_of_source(reference, base.evidence)
    if base.unread("sources", name or ""):
        return
    if name is None or name not in kinds:
        message = f"`{reference.kind or '@' + reference.type}` is no kind of source"
        yield Finding((), message, f"add `kind = {{…}}`, one of {', '.join(kinds)}", reference.file, reference.line)
        return
    needs = kinds[name].needs
    if needs and not any(getattr(reference, need) for need in needs):
        message = f"a source of the kind {name} needs one of: {', '.join(needs)}"
        yield Finding((), message, "without it nobody can look it up", reference.file, reference.line)


@rule("record")
def sourcing_policy(record: Filed, base: Base) -> Iterator[Finding]:
    """A figure rests only on a source that counts.

    News and popular summaries point to research; they are not evidence, however reputable. A figure seen in a news
    report is recorded only after it was found in the study, in a review, a guideline, or among the results that the
    sponsor posted in a register.
    """
    kinds = base.evidence.vocabularies.sources
    for at, source in each(Source, record):
        for name in ("report", "via"):
            reference = base.evidence.references.get(getattr(source, name) or "")
            kind = kinds.get(kind_of_source(reference, base.evidence) or "") if reference else None
            if reference and kind and not kind.counts:
                message = f"`{reference.key}` is {kind.label.en.lower()}: it points to evidence and is none"
                yield Finding((*at, name), message, "look the figure up in the study itself or leave it out")


@rule("study", in_browser=True)
def secondary_says_via(study: Study, base: Base) -> Iterator[Finding]:
    """A record read from a secondary source names that source.

    With `read: secondary` at least one source has `via`, the citation key of the work in which the figures were seen.
    """
    if study.extraction.read == "secondary" and not any(source.via for _, source in each(Source, study)):
        message = "read from a secondary source, but no source has `via`"
        yield Finding(("extraction", "read"), message, "add `via: <key>` to the sources")


@rule("record", in_browser=True)
def exception_known(record: Filed, base: Base) -> Iterator[Finding]:
    """An exception names a rule that there is.

    Nothing is excepted by a name that no rule has, and the record's page has no rule to link to.

    Wrong: `rule: ci-sym`. Right: `rule: ci-symmetric`.
    """
    yield from ()  # found by `check` itself, which alone knows every rule


@rule("evidence", Severity.WARNING)
def exception_needed(evidence: object, base: Base) -> Iterator[Finding]:
    """An exception names a rule that is still broken.

    `exceptions: [{rule, reason}]` lets a record break a rule, with a reason that is shown on its page. When the rule is
    no longer broken the exception only hides the next mistake.
    """
    yield from ()  # found by `check` itself, which alone knows what every rule reported
