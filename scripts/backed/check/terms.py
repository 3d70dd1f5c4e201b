"""Rules about terms: do they exist, may they still be used, do they form a tree?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..bibliography.slug import slug_of
from ..model import Evidence, Filed, Term, terms_of
from .rule import Base, Finding, rule
from .walk import cited_by


def _vocabulary(base: Base, name: str) -> Mapping[str, Term]:
    terms: Mapping[str, Term] = getattr(base.evidence.vocabularies, name)
    return terms


@rule("record", in_browser=True)
def term_exists(record: Filed, base: Base) -> Iterator[Finding]:
    """Every term stands in its vocabulary.

    Terms are what makes studies findable: a comparison selects by them. A label or a synonym is no term: duloxetine is
    recorded as `snri`, and the message names it. If none fits, add one to the vocabulary, with its label, what it
    covers and the wider term it is a kind of.
    """
    for at, name, term in terms_of(record):
        terms = _vocabulary(base, name)
        if term not in terms and not base.unread(name, term):
            message = f"`{term}` is no term of {name}"
            meant = _called(term, terms)
            yield Finding(at, f"{message}, but a name of `{meant}`" if meant else message, _closest(term, terms, name))


FEW = 12
"""Terms of a vocabulary that are all named where none is near."""


def _called(name: str, terms: Mapping[str, Term]) -> str | None:
    """Return the term of which a label or a synonym is a name, None where none is or several are."""
    found = [key for key, term in terms.items() if term.retired is None and name in map(slug_of, term.words)]
    return found[0] if len(found) == 1 else None


def _closest(term: str, terms: Mapping[str, Term], name: str) -> str:
    """Return where to look: at the term that is meant, at those with words in common, or at all of a few."""
    if meant := _called(term, terms):
        return f"write `{meant}`"
    words = set(term.split("-"))
    shared = {known: len(words & set(known.split("-"))) for known in terms}
    near = sorted((known for known in terms if shared[known]), key=lambda known: (-shared[known], known))[:3]
    if near:
        return f"see vocabularies/{name}.yaml; near it: {', '.join(near)}"
    all_of_them = f"; there are {', '.join(terms)}" if 0 < len(terms) <= FEW else ""
    return f"see vocabularies/{name}.yaml{all_of_them}; a term that is missing is added there"


@rule("record", in_browser=True)
def term_not_retired(record: Filed, base: Base) -> Iterator[Finding]:
    """A term that is retired is not used any more.

    Retired terms stay in the vocabulary, so that old links keep their meaning; the entry says what to use instead.
    """
    for at, name, term in terms_of(record):
        entry = _vocabulary(base, name).get(term)
        if entry and entry.retired:
            use = f"use `{entry.retired.use}`" if entry.retired.use else "choose another term"
            yield Finding(at, f"`{term}` is retired since {entry.retired.on}: {entry.retired.reason}", use)


@rule("evidence")
def term_tree(evidence: Evidence, base: Base) -> Iterator[Finding]:
    """Terms form a tree: a wider term exists, nothing is wider than itself, and instruments measure a known outcome.

    Comparisons climb this tree to find studies: a trial of walking answers a question about exercise because `walking`
    names `aerobic-exercise` under `broader`, and that names `exercise`. A wrong step loses studies without a word.
    """
    for name, terms in evidence.vocabularies.named():
        file = _vocabulary_file(evidence, name)
        for key, term in terms.items():
            if term.broader is not None and term.broader not in terms and not base.unread(name, term.broader):
                yield Finding(
                    (key, "broader"),
                    f"`{term.broader}` is no term of {name}",
                    _closest(term.broader, terms, name),
                    file,
                )
            if _in_circle(terms, key):
                yield Finding((key, "broader"), f"`{key}` is wider than itself", "one of the steps up is wrong", file)
            outcome = getattr(term, "outcome", None)
            outcomes = evidence.vocabularies.outcomes
            if outcome is not None and outcome not in outcomes and not base.unread("outcomes", outcome):
                hint = _closest(outcome, outcomes, "outcomes")
                yield Finding((key, "outcome"), f"`{outcome}` is no term of outcomes", hint, file)


@rule("evidence")
def term_reference_exists(evidence: Evidence, base: Base) -> Iterator[Finding]:
    """Every work that a vocabulary names stands in a `.bib` file.

    An instrument names the work its minimal important difference comes from, an appraisal tool the work that describes
    it. Both are cited wherever they are used, so the work has to be there.
    """
    for name, terms in evidence.vocabularies.named():
        for key, term in terms.items():
            for at, cited in cited_by(term):
                if cited not in evidence.references and cited not in evidence.unreadable:
                    message = f"no .bib file has the key `{cited}`"
                    hint = "add the entry under references/, or correct the key"
                    yield Finding((key, *at), message, hint, _vocabulary_file(evidence, name))


def _in_circle(terms: Mapping[str, Term], start: str) -> bool:
    seen = {start}
    current = terms[start].broader
    while current is not None and current in terms and current not in seen:
        seen.add(current)
        current = terms[current].broader
    return current == start


def _vocabulary_file(evidence: Evidence, name: str) -> str:
    return f"{evidence.root}/vocabularies/{name}.yaml"
