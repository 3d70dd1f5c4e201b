"""What a change of some files can change beside them: the records that name what they hold, and the questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from ..model import Claim, Comparison, Evidence, Study
from ..synthesise.select import select

MANY = 200
"""Names of changed records beyond which looking for them costs more than looking at everything."""


@dataclass(frozen=True)
class Reach:
    """The files of records that a change may reach, and the questions and claims whose synthesis it may."""

    files: frozenset[str]
    comparisons: frozenset[str]
    claims: frozenset[str]

    def narrowed(self, evidence: Evidence) -> Evidence:
        """Return an evidence base of all studies, but only of the comparisons and claims reached."""
        return replace(
            evidence,
            comparisons={name: one for name, one in evidence.comparisons.items() if name in self.comparisons},
            claims={name: one for name, one in evidence.claims.items() if name in self.claims},
        )


def reach(versions: Sequence[Evidence], changed: AbstractSet[str], texts: Mapping[str, bytes]) -> Reach:
    """Return what a change of some files may reach; ``texts`` are the files in which the versions do not differ.

    A record is reached that changed itself or whose file names one that did (or a work cited from a changed
    bibliography); a comparison, too, where it selects an effect of a study reached; a claim, where it asks such a
    comparison; and the article of a claim reached. Everything is reached from a vocabulary, whose words are compared
    with every text, or from a great many records.
    """
    names = {name for evidence in versions for name in _names(evidence, changed)}
    if len(names) > MANY or any("/vocabularies/" in file for file in changed):
        return _everything(versions)
    files = changed | _naming(names, texts)
    comparisons = {
        one.id
        for evidence in versions
        for one in _asking(evidence, [study for study in evidence.studies.values() if study.file in files], files)
    }
    claims = [
        claim
        for evidence in versions
        for claim in evidence.claims.values()
        if claim.file in files or comparisons & _asked(claim)
    ]
    articles = {claim.article for claim in claims}
    files |= {claim.file for claim in claims}
    for evidence in versions:
        files |= {evidence.comparisons[name].file for name in comparisons if name in evidence.comparisons}
        files |= {evidence.articles[name].file for name in articles if name in evidence.articles}
    asked = comparisons.union(*(_asked(claim) for claim in claims))
    return Reach(frozenset(files), frozenset(asked), frozenset(claim.id for claim in claims))


def _everything(versions: Sequence[Evidence]) -> Reach:
    return Reach(
        frozenset(record.file for evidence in versions for record in evidence.records()),
        frozenset(name for evidence in versions for name in evidence.comparisons),
        frozenset(name for evidence in versions for name in evidence.claims),
    )


def _names(evidence: Evidence, changed: AbstractSet[str]) -> Iterator[str]:
    yield from (record.id for record in evidence.records() if record.file in changed)
    yield from (key for key, reference in evidence.references.items() if reference.file in changed)


def _naming(names: Iterable[str], texts: Mapping[str, bytes]) -> set[str]:
    """Return the files in which one of some ids or citation keys stands as a word of its own."""
    if not (words := [re.escape(name).encode() for name in names]):
        return set()
    named = re.compile(rb"(?<![\w-])(?:" + b"|".join(words) + rb")(?![\w-])")
    return {file for file, text in texts.items() if named.search(text)}


def _asking(evidence: Evidence, studies: Sequence[Study], files: AbstractSet[str]) -> Iterator[Comparison]:
    """Yield the comparisons in some files, and those that select an effect of some studies."""
    only = replace(evidence, studies={study.id: study for study in studies})
    for comparison in evidence.comparisons.values():
        selected = (select(comparison, question, only) for question in comparison.outcomes)
        if comparison.file in files or any(next(found, None) for found in selected):
            yield comparison


def _asked(claim: Claim) -> set[str]:
    return {asked.comparison for asked in (claim.evidence, *claim.also) if asked}
