"""What made-up studies are about: topics drawn from the vocabularies, so that nothing here names a back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, product
from random import Random
from typing import TypeVar

from backed.model import Design, Term, Vocabularies

T = TypeVar("T", bound=Term)


@dataclass(frozen=True)
class Topic:
    """One question that some twenty studies bear on: who, what, against what, measured how.

    ``tested`` is an intervention with its ``comparator``, or an exposure where that is empty. ``scale`` is the
    instrument of the main outcome and ``event`` a second outcome that people have or have not.
    """

    number: int
    condition: str
    tested: str
    comparator: str
    scale: str
    event: str

    @property
    def treats(self) -> bool:
        """Say whether people were treated, not only observed."""
        return bool(self.comparator)

    @property
    def comparison(self) -> str:
        """Return the id of the comparison that asks the question."""
        return f"synthetic-{self.tested}-{self.condition}-{self.number:04}"


def topics(terms: Vocabularies, count: int, random: Random) -> list[Topic]:
    """Return that many topics, two in three on treatments.

    Each has a condition and an intervention or exposure of its own until the vocabularies are used up: as in life,
    more studies are about more questions, not all about the same.
    """
    treatments, exposures = _leaves(terms.interventions), _leaves(terms.exposures)
    treated = cycle(_shuffled(product(_leaves(terms.conditions), treatments), random))
    observed = cycle(_shuffled(product(_leaves(terms.conditions), exposures), random))
    scales = [
        name
        for name, scale in current(terms.instruments).items()
        if scale.range and scale.better == terms.outcomes[scale.outcome].better
    ]
    events = list(current(terms.outcomes))
    made = []
    for number in range(count):
        treats = number % 3 != 1
        condition, tested = next(treated if treats else observed)
        comparator = random.choice([term for term in treatments if term != tested]) if treats else ""
        scale = random.choice(scales)
        event = random.choice([name for name in events if name != terms.instruments[scale].outcome])
        made.append(Topic(number, condition, tested, comparator, scale, event))
    return made


def current(terms: Mapping[str, T]) -> dict[str, T]:
    """Return the terms that may still be used."""
    return {name: term for name, term in terms.items() if not term.retired}


def designs(terms: Mapping[str, Design], kind: str) -> list[str]:
    """Return the designs of a kind that may still be used."""
    return [name for name, design in current(terms).items() if design.kind == kind]


def _leaves(terms: Mapping[str, Term]) -> list[str]:
    """Return the terms that are no wider term of another: each finds its own studies only."""
    wider = {term.broader for term in terms.values()}
    return [name for name in current(terms) if name not in wider]


def _shuffled(pairs: product[tuple[str, str]], random: Random) -> Sequence[tuple[str, str]]:
    listed = list(pairs)
    random.shuffle(listed)
    return listed
