"""The pool as it grew year by year, and the pool without each study: rows of intervals in the forest plot's drawing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...model import Interval, Pool
from .. import words
from .chart import Chart
from .entries import Entry, Ground, is_cut
from .forest import row_names, spoken
from .heterogeneity import method_words
from .rows import Sheet, narrow, wide


def cumulative(title: str, pool: Pool, names: Mapping[str, str], ground: Ground) -> Chart:
    """Return the pool after each study was added, by year of publication; the last row is the pool itself."""
    called = row_names(pool, names)
    rows = [
        (f"{'' if n == 0 else '+ '}{called[row]}", interval)
        for n, (row, interval) in enumerate(zip(pool.order, pool.cumulative, strict=True))
    ]
    told = "Each row pools the study named and all published before it."
    return _chart("cumulative", title, pool, ground, rows, "Study added", told)


def leave_one_out(title: str, pool: Pool, names: Mapping[str, str], ground: Ground) -> Chart:
    """Return the pool without each of its studies in turn, above the pool of all."""
    called = row_names(pool, names)
    rows = list(zip(called, pool.leave1out, strict=False)) if pool.leave1out else []
    told = "Each row is the pool without the study named."
    return _chart("leave-one-out", title, pool, ground, rows, "Without", told)


def _chart(
    name: str, title: str, pool: Pool, ground: Ground, rows: Iterable[tuple[str, Interval]], head: str, told: str
) -> Chart:
    entries = [Entry(label, "refit", interval) for label, interval in rows]
    entries.append(Entry("Our pool, all studies", "pool", pool.interval))
    effect = f"{words.sentence_case(words.MEASURES[pool.measure])}\n(95% interval)"
    how = f"{words.sentence_case(method_words(pool))}."
    sheet = Sheet(tuple(entries), ground, (head, (), effect, ""), below=(how,))
    caption = [told, "Lines are 95% intervals; the diamond is our pool of all studies."]
    if ground.band:
        caption.append("The shaded band holds effects too small to matter.")
    if is_cut(entries, ground.axis(entries, 0, 1)):
        caption.append("An arrow marks an interval that goes on.")
    return Chart(
        name,
        title,
        " ".join(caption),
        wide(sheet),
        narrow(sheet),
        (head, "Effect (95% interval)"),
        tuple((entry.label, entry.numbers) for entry in entries),
        tuple(spoken(entry, ground) for entry in entries),
    )
