"""A pool taken apart: by attributes of its studies (subgroups), and along numbers of them (meta-regression)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..model import Evidence, MetaRegression, Pool, Question, Subgroup, Subgroups
from .choose import Chosen
from .pool import Test
from .reading import read
from .regression import metaregression
from .rows import attribute_of, moderator_of
from .subgroups import between, grouped

AT_LEAST = 10
"""Studies a meta-regression needs for each number it looks at (Cochrane Handbook 10.11.4)."""


def subgroups(pool: Pool, chosen: Sequence[Chosen], question: Question, evidence: Evidence) -> tuple[Subgroups, ...]:
    """Return the pool taken apart by each attribute of the question's plan, with the test of difference.

    Studies of which an attribute is not known are counted, and are in no group. There is no test of one group.
    """
    made = []
    for attribute in question.pool.subgroups:
        values = [attribute_of(one, attribute, evidence) for one in chosen]
        known = [index for index, value in enumerate(values) if value]
        if not known:
            continue
        y, v = (np.array([getattr(pool.rows[index].size, name) for index in known]) for name in ("yi", "vi"))
        test: Test = pool.test  # type: ignore[assignment]
        groups = tuple(
            Subgroup(
                group.value,
                tuple(known[index] for index in group.rows),
                group.pooled,
                read(group.pooled.beta, group.pooled.ci_lb, group.pooled.ci_ub, pool.measure),
            )
            for group in grouped(y, v, [values[index] for index in known], question.pool.method, test)
        )
        q, freedom, p = between([group.pooled for group in groups])
        made.append(Subgroups(attribute, groups, q, freedom, p, len(values) - len(known)))
    return tuple(made)


def regressions(
    pool: Pool, chosen: Sequence[Chosen], question: Question, evidence: Evidence
) -> tuple[MetaRegression, ...]:
    """Return a meta-regression on each number of the question's plan, where at least ten studies give it."""
    made = []
    for moderator in question.pool.moderators:
        values = [moderator_of(one, moderator, evidence) for one in chosen]
        known = [index for index, value in enumerate(values) if value is not None]
        if len(known) < AT_LEAST:
            continue
        y, v = (np.array([getattr(pool.rows[index].size, name) for index in known]) for name in ("yi", "vi"))
        test: Test = pool.test  # type: ignore[assignment]
        column = [float(values[index] or 0) for index in known]
        found = metaregression(y, v, {moderator: column}, question.pool.method, test)
        if isinstance(found, MetaRegression):
            made.append(found)
    return tuple(made)
