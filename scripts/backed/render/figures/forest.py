"""The forest plot: each study with its figures, weight, effect and lights, the pool, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...model import ArmSize, Interval, Pool, PoolRow, Subgroups
from .. import words
from .chart import Chart
from .entries import Entry, Ground, interval_words, is_cut, number
from .heterogeneity import difference, heterogeneity
from .judgements import NOT_JUDGED, Appraised
from .rows import Sheet, narrow, wide

MARK = "†"


@dataclass(frozen=True)
class Forest:
    """All that a forest plot shows: the pool, how its studies and sides are called, and what stands beside it.

    ``names`` holds the name of each study by id, ``sides`` what is compared, the intervention first. ``anchor`` is the
    name and the interval of a published pool that is shown below ours and never mixed with it.
    """

    title: str
    pool: Pool
    names: Mapping[str, str]
    ground: Ground
    sides: tuple[str, str]
    anchor: tuple[str, Interval] | None = None
    groups: Subgroups | None = None
    group_names: Mapping[str, str] | None = None
    appraised: Appraised | None = None


def forest(view: Forest) -> Chart:
    """Return the forest plot of a pool."""
    heads = _arm_heads(view)
    entries = tuple(_entries(view, bool(heads)))
    sheet = _sheet(view, entries, heads)
    domains = view.appraised.domains if view.appraised else ()
    return Chart(
        "forest",
        view.title,
        caption(view, entries),
        wide(sheet),
        narrow(sheet),
        (
            "Study",
            *(head.replace("\n", ": ") for head in heads),
            "Effect (95% interval)",
            "Weight",
            *(f"Bias: {name}" for name in domains),
        ),
        tuple(_cells(entry, len(heads), len(domains)) for entry in entries),
        tuple(spoken(entry, view.ground) for entry in entries),
    )


def _sheet(view: Forest, entries: tuple[Entry, ...], heads: tuple[str, ...]) -> Sheet:
    appraised = view.appraised
    studies = tuple(row.study for row in view.pool.rows)
    below = [heterogeneity(view.pool), difference(view.groups) if view.groups else ""]
    return Sheet(
        entries,
        view.ground,
        ("Study", heads, f"{words.sentence_case(words.MEASURES[view.pool.measure])}\n(95% interval)", "Weight"),
        appraised.short if appraised else (),
        appraised.key(studies) if appraised else (),
        tuple(line for line in below if line),
    )


def row_names(pool: Pool, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return how each row of a pool is called: the study with its year, the part of it, and a mark if approximated."""
    return tuple(_named(row, names.get(row.study, row.study)) for row in pool.rows)


def _named(row: PoolRow, name: str) -> str:
    year = f" {row.year}" if row.year and str(row.year) not in name else ""
    return f"{name}{year}{f', {row.part}' if row.part else ''}{f' {MARK}' if row.size.approximated else ''}"


def _entries(view: Forest, arms: bool) -> Iterator[Entry]:
    pool = view.pool
    if view.groups is None:
        yield from _studies(view, range(len(pool.rows)), arms)
    else:
        yield from _grouped(view, view.groups, arms)
    people = _totals(pool.rows) if arms else ()
    label = f"Our pool, {pool.studies} {'study' if pool.studies == 1 else 'studies'}"
    yield Entry(label, "pool", pool.interval, people, "100%")
    if pool.prediction is not None:
        yield Entry("Prediction interval", "prediction", pool.prediction)
    if view.anchor is not None:
        yield Entry(view.anchor[0], "anchor", view.anchor[1])


def _grouped(view: Forest, groups: Subgroups, arms: bool) -> Iterator[Entry]:
    named = view.group_names or {}
    placed: set[int] = set()
    for group in groups.groups:
        yield Entry(named.get(group.value, words.sentence_case(group.value)), "heading")
        yield from _studies(view, group.rows, arms)
        placed |= set(group.rows)
        weight = sum(view.pool.rows[n].weight for n in group.rows)
        label = f"Pool of these {group.pooled.k}" + (f", I² {group.pooled.I2:.0f}%" if group.pooled.k > 1 else "")
        yield Entry(label, "subpool", group.interval, weight=f"{weight:.1f}%")
    rest = [n for n in range(len(view.pool.rows)) if n not in placed]
    if rest:
        yield Entry("Not known", "heading")
        yield from _studies(view, rest, arms)


def _studies(view: Forest, rows: Sequence[int], arms: bool) -> Iterator[Entry]:
    names = row_names(view.pool, view.names)
    heaviest = max((row.weight for row in view.pool.rows), default=0.0) or 1.0
    for n in rows:
        row = view.pool.rows[n]
        yield Entry(
            names[n],
            "study",
            row.interval,
            (arm_words(row.size.first), arm_words(row.size.second)) if arms else (),
            f"{row.weight:.1f}%",
            row.weight / heaviest,
            view.appraised.lamps(row.study) if view.appraised else (),
        )


def arm_words(arm: ArmSize | None) -> str:
    """Return the figures of one side: "4.2 (1.1), 60" for means, "12 / 123" for events; '' where there are none."""
    if arm is None:
        return ""
    if arm.events is not None:
        of = arm.person_time if arm.person_time is not None else arm.n
        return f"{_people(arm.events)} / {_people(of)}" if of is not None else _people(arm.events)
    parts = [_mean(arm)] if arm.mean is not None else []
    parts += [_people(arm.n)] if arm.n is not None else []
    return ", ".join(parts)


def _mean(arm: ArmSize) -> str:
    largest = max(abs(arm.mean or 0.0), abs(arm.sd or 0.0))
    decimals = 0 if largest >= 1000 else 1 if largest >= 10 else 2
    spread = f" ({words.number(arm.sd, decimals)})" if arm.sd is not None else ""
    return words.number(arm.mean or 0.0, decimals) + spread


def _people(n: float) -> str:
    return words.count(round(n)) if abs(n - round(n)) < 0.05 else f"{n:,.1f}"


def _arm_heads(view: Forest) -> tuple[str, ...]:
    """Return the headings of the two sides with what their figures are, or none where no study gives any."""
    arms = [arm for row in view.pool.rows for arm in (row.size.first, row.size.second) if arm and arm_words(arm)]
    if not arms:
        return ()
    if all(arm.person_time is not None for arm in arms):
        kind = "events / person-time"
    elif all(arm.events is not None for arm in arms):
        kind = "events / people"
    elif any(arm.mean is not None for arm in arms):
        kind = "mean (SD), people"
    else:
        kind = "people"
    return tuple(f"{words.sentence_case(side)}\n{kind}" for side in view.sides)


def _totals(rows: Sequence[PoolRow]) -> tuple[str, str]:
    """Return the people of each side together, with their events where all studies count events."""
    first, second = ([row.size.first for row in rows], [row.size.second for row in rows])
    return _total(first), _total(second)


def _total(arms: Sequence[ArmSize | None]) -> str:
    known = [arm for arm in arms if arm is not None and arm.n is not None]
    if len(known) < len(arms) or any(arm.person_time is not None for arm in known):
        return ""
    people = sum(arm.n or 0.0 for arm in known)
    if all(arm.events is not None for arm in known):
        return f"{_people(sum(arm.events or 0.0 for arm in known))} / {_people(people)}"
    return _people(people)


def caption(view: Forest, entries: Sequence[Entry]) -> str:
    """Return how to read the figure, as short sentences; only what it holds is explained."""
    kinds = {entry.kind for entry in entries}
    told = ["Squares are studies, larger for more weight; lines are 95% intervals; the filled diamond is our pool."]
    if "prediction" in kinds:
        told.append("The thin bar is where 95% of the true effects of similar studies are expected.")
    if "anchor" in kinds:
        told.append("The hollow diamond is a published pool, shown for comparison and not part of ours.")
    if view.ground.band:
        told.append("The shaded band holds effects too small to matter.")
    axis = view.ground.axis(entries, 0, 1)
    if is_cut(entries, axis):
        told.append("An arrow marks an interval that goes on.")
    if any(row.size.approximated for row in view.pool.rows):
        told.append(f"{MARK} The figure was brought to this form by an approximation.")
    if view.appraised is not None:
        told.append(f"{view.appraised.legend}.")
    return " ".join(told)


def _cells(entry: Entry, arms: int, domains: int) -> tuple[str, ...]:
    cells = (*entry.cells, *[""] * arms)[:arms]
    lamps = entry.lamps or ((NOT_JUDGED,) * domains if entry.kind == "study" else ())
    judged = ([lamp.word for lamp in lamps] + [""] * domains)[:domains]
    return (entry.label, *cells, entry.numbers, entry.weight, *judged)


def spoken(entry: Entry, ground: Ground) -> str:
    """Return a row as one sentence: its name, the effect, what it favours, its weight and overall judgement."""
    if entry.interval is None:
        return f"{entry.label}:"
    if entry.kind == "prediction":
        return f"{entry.label}: {interval_words(entry.interval)}."
    estimate = number(entry.interval.estimate, entry.interval.decimals)
    told = f"{entry.label}: {estimate}, 95% interval {interval_words(entry.interval)}"
    told += f", {side}" if (side := favoured(entry.interval, ground)) else ""
    told += f", {entry.weight} of the weight" if entry.kind == "study" else ""
    told += f"; risk of bias: {entry.lamps[-1].word}" if entry.lamps else ""
    return f"{told}."


def favoured(interval: Interval, ground: Ground) -> str:
    """Return what an interval that leaves out no effect favours, or that it includes no effect."""
    null = ground.measure.null
    if interval.lower <= null <= interval.upper:
        return "which includes no effect"
    return ground.left if interval.upper < null else ground.right
