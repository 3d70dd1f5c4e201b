"""The verdict as studies came in: the pool at the end of each year with the verdict that the rule gives on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...model import Moment, Pool
from .. import words
from .chart import Chart
from .entries import Entry, Ground, is_cut
from .forest import MARK, row_names, spoken
from .heterogeneity import method_words
from .rows import Sheet, narrow, wide

NAMED = 2
"""Studies of one year that are named; more are counted."""


def verdict_timeline(
    title: str, pool: Pool, moments: Sequence[Moment], names: Mapping[str, str], ground: Ground
) -> Chart:
    """Return our pool year by year, each with its verdict; the last row is the pool of all studies."""
    called = row_names(pool, names)
    entries = tuple(_entry(moment, called, last=moment is moments[-1]) for moment in moments)
    rows = [(entry, moment, _verdict(moment)) for entry, moment in zip(entries, moments, strict=True)]
    desk = tuple(_told(entry, (many(moment), verdict)) for entry, moment, verdict in rows)
    phone = tuple(_told(entry, (), f"{entry.label}: {verdict}") for entry, _, verdict in rows)
    effect = f"{words.sentence_case(words.MEASURES[pool.measure])}\n(95% interval)"
    how = f"{words.sentence_case(method_words(pool))}."
    head = "Studies added"
    return Chart(
        "timeline",
        title,
        caption(entries, ground),
        wide(Sheet(desk, ground, (head, ("In all", "Verdict"), effect, ""), below=(how,))),
        narrow(Sheet(phone, ground, (head, (), effect, ""), below=(how,))),
        (head, "In all", "Verdict", "Effect (95% interval)"),
        tuple((entry.label, *entry.cells, entry.numbers) for entry in desk),
        tuple(f"{spoken(entry, ground)[:-1]}; {verdict}." for entry, _, verdict in rows),
    )


def many(moment: Moment) -> str:
    """Return how much a pool rested on: "2 studies, 130 people"."""
    studies = f"{moment.studies} {'study' if moment.studies == 1 else 'studies'}"
    return studies if moment.people is None else f"{studies}, {words.count(moment.people)} people"


def caption(entries: Sequence[Entry], ground: Ground) -> str:
    """Return how to read the figure."""
    told = [
        "Each row pools all studies published until then. The verdict is what the rule of today makes of it, with the"
        " certainty and the smallest important effect of today."
    ]
    if ground.band:
        told.append("The shaded band holds effects too small to matter.")
    if any(entry.label.endswith(MARK) or f"{MARK}," in entry.label for entry in entries):
        told.append(f"{MARK} The figure was brought to this form by an approximation.")
    if is_cut(entries, ground.axis(entries, 0, 1)):
        told.append("An arrow marks an interval that goes on.")
    return " ".join(told)


def _verdict(moment: Moment) -> str:
    return words.VERDICTS[moment.verdict]["en"]


def _entry(moment: Moment, called: Sequence[str], *, last: bool) -> Entry:
    year = str(moment.year) if moment.year else "Year not known"
    added = [called[row] for row in moment.added]
    label = f"{year}: {', '.join(added) if len(added) <= NAMED else f'{len(added)} studies'}"
    return Entry(label, "pool" if last else "refit", moment.interval)


def _told(entry: Entry, cells: tuple[str, ...], label: str = "") -> Entry:
    return Entry(label or entry.label, entry.kind, entry.interval, cells)
