"""The verdict as studies came in: our own pool at the end of each year, judged by the rule as it is today."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from ..model import Answer, Asked, Moment, Pool
from .verdict import rule_on


def timeline(asked: Asked, answer: Answer) -> tuple[Moment, ...]:
    """Return what our own pool said after each year in which studies of it came out; () with fewer than two studies.

    The certainty and the smallest important effect are those of today: what a careful reader would have thought then is
    not known. The last moment holds all studies, so its interval is the pool's. Rows whose intervals could not be
    computed give none.
    """
    pool = answer.pool
    if pool is None or pool.studies < 2 or len(pool.cumulative) != len(pool.rows):
        return ()
    moments = []
    done = 0
    for year, grouped in groupby(pool.order, key=lambda row: pool.rows[row].year):
        added = tuple(grouped)
        done += len(added)
        interval = pool.cumulative[done - 1]
        verdict = rule_on(asked, replace(answer, interval=interval)).verdict
        studies, people = _amount(pool, pool.order[:done])
        moments.append(Moment(year, added, studies, people, interval, verdict))
    return tuple(moments)


def _amount(pool: Pool, rows: tuple[int, ...]) -> tuple[int, int | None]:
    """Return how many studies some rows are of, and how many people they rest on, None where one does not say."""
    counts = [pool.rows[row].people for row in rows]
    known = [count for count in counts if count is not None]
    return len({pool.rows[row].study for row in rows}), sum(known) if len(known) == len(counts) else None
