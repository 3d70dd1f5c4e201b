"""A number of people that the source prints as a percentage."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..model import Source, Study
from ..problem import Severity, Where
from .contrasts import groups
from .rule import Base, Finding, rule


@rule("study", Severity.WARNING, in_browser=True)
def count_no_percentage(study: Study, base: Base) -> Iterator[Finding]:
    """A number of people is not one that the source prints with a percent sign only.

    "47% were women" is `percent: "47"`, not `n: 47`; 52% who relapsed are no 52 events; "64% women" prints no
    arm of 64 people. Whether percentages and counts agree is one of the checks of INSPECT-SR (Wilkinson and others
    2024, doi:10.1101/2024.03.18.24304479), which needs both; where only one is given, the sign printed beside it tells
    which one it is.
    """
    women = study.population.women
    if women is not None and women.n is not None and _only_percent(women.n, study.population.sources):
        at: Where = ("population", "women", "n")
        yield Finding(at, f"the source prints {women.n}%, the record has {women.n} women", "write it as `percent`")
    for where, count in _people(study):
        if _only_percent(count, study.population.sources):
            yield Finding(where, f"the source prints {count}%, the record has {count} people", PRINT_IT)
    for place, effect, group in groups(study):
        if group.n is not None and _only_percent(group.n, (effect.source,)):
            message = f"the source prints {group.n}%, the record has {group.n} people"
            yield Finding((*place, "n"), message, PRINT_IT)
        if group.events is not None and _only_percent(group.events, (effect.source,)):
            message = f"the source prints {group.events}%, the record has {group.events} events"
            yield Finding((*place, "events"), message, "write it as `percent`")


PRINT_IT = "add the passage that prints the count itself to `printed`"


def _people(study: Study) -> Iterator[tuple[Where, int]]:
    """Yield the numbers of people that rest on the sources of the population, by place."""
    counts = (("population",), study.population.n), *((("arms", at), arm.n) for at, arm in enumerate(study.arms))
    for where, stages in counts:
        for stage in type(stages).model_fields:
            if (count := getattr(stages, stage)) is not None:
                yield (*where, "n", stage), count
    for at, group in enumerate(study.population.groups):
        if group.n is not None:
            yield ("population", "groups", at, "n"), group.n


def _only_percent(count: int, sources: Iterable[Source]) -> bool:
    number = re.compile(rf"(?<![\d.,\u00b7]){count}(?![\d\u00b7]|[.,]\d)(?P<percent>\s?(?:%|per\s?cent))?")
    seen = [bool(one["percent"]) for source in sources for one in number.finditer(source.printed or "")]
    worked = any(number.search(line) for source in sources for line in source.computed)
    return bool(seen) and all(seen) and not worked
