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

    "47% were women" is `percent: "47"`, not `n: 47`; 52% who relapsed are no 52 events. Whether percentages and counts
    agree is one of the checks of INSPECT-SR (Wilkinson and others 2024, doi:10.1101/2024.03.18.24304479), which needs
    both; where only one is given, the sign printed beside it tells which one it is.
    """
    women = study.population.women
    if women is not None and women.n is not None and _only_percent(women.n, study.population.sources):
        at: Where = ("population", "women", "n")
        yield Finding(at, f"the source prints {women.n}%, the record has {women.n} women", "write it as `percent`")
    for place, effect, group in groups(study):
        if group.events is not None and _only_percent(group.events, (effect.source,)):
            message = f"the source prints {group.events}%, the record has {group.events} events"
            yield Finding((*place, "events"), message, "write it as `percent`")


def _only_percent(count: int, sources: Iterable[Source]) -> bool:
    number = re.compile(rf"(?<![\d.,\u00b7]){count}(?![\d\u00b7]|[.,]\d)(?P<percent>\s?(?:%|per\s?cent))?")
    seen = [bool(one["percent"]) for source in sources for one in number.finditer(source.printed or "")]
    worked = any(number.search(line) for source in sources for line in source.computed)
    return bool(seen) and all(seen) and not worked
