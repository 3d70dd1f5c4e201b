"""A figure that cannot be is a problem with its place, and its study is listed as not usable with the reason."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from backed.examine import examine

TRIAL = "studies/2011/toy-2011-jogging.yaml"
CLINICS = "studies/2016/toy-2016-clinics.yaml"


class Bad(NamedTuple):
    """A slip in the toy base: what is written instead of what, the rule that tells, and why it enters no pool."""

    file: str
    right: str
    wrong: str
    rule: str
    effect: str
    reason: str


SLIPS = {
    "an SD of zero": Bad(TRIAL, 'sd: "17.0"', 'sd: "0"', "spread-positive", "pain-6-weeks", "standard deviation of 0"),
    "one person": Bad(TRIAL, "n: 18, mean", "n: 1, mean", "people-enough", "pain-6-weeks", "one person"),
    "a level that cannot be": Bad(
        CLINICS, 'level: "90"', 'level: "9"', "level-possible", "pain-3-months", "interval of 9%"
    ),
    "an interval beside its estimate": Bad(
        CLINICS,
        'ci: ["-9.0", "1.0"]',
        'ci: ["-3.0", "1.0"]',
        "ci-contains-estimate",
        "pain-3-months",
        "does not hold its estimate",
    ),
    "no instrument": Bad(
        CLINICS,
        "    instrument: pain-0-100\n    time: {months",
        "    time: {months",
        "instrument-named",
        "pain-3-months",
        "instrument",
    ),
    "an impossible cluster": Bad(CLINICS, 'icc: "0.05"', 'icc: "1.5"', "clusters-possible", "pain-3-months", "cluster"),
}


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_it_is_told_with_its_place_and_leaves_the_pool_with_a_reason(slip: Bad, toy_dir: Path) -> None:
    path = toy_dir / slip.file
    text = path.read_text(encoding="utf-8")
    assert text.count(slip.right) == 1
    path.write_text(text.replace(slip.right, slip.wrong), encoding="utf-8")
    checked = examine(toy_dir)
    told = [problem for problem in checked.problems if problem.rule == slip.rule]
    assert told, [problem.rule for problem in checked.problems]
    assert all(problem.file.endswith(slip.file) and problem.line > 1 and problem.column > 0 for problem in told)
    made = checked.syntheses.answers["movement-v-inactive", "pain"]
    (found,) = [one for one in made.found if one.effect == slip.effect and slip.file.endswith(f"{one.study}.yaml")]
    assert found.role == "unusable"
    assert slip.reason in found.reason
    assert made.pool is not None
    assert (found.study, found.effect) not in {(row.study, effect) for row in made.pool.rows for effect in row.effects}


def test_an_interval_at_another_level_is_used_at_that_level(toy_dir: Path) -> None:
    at_90 = examine(toy_dir).syntheses.answers["movement-v-inactive", "pain"]
    path = toy_dir / CLINICS
    path.write_text(path.read_text(encoding="utf-8").replace('level: "90"', 'level: "95"'), encoding="utf-8")
    at_95 = examine(toy_dir).syntheses.answers["movement-v-inactive", "pain"]
    errors = [made.pool.rows[2].size.vi ** 0.5 for made in (at_90, at_95) if made.pool]
    assert errors[0] / errors[1] == pytest.approx(1.98698 / 1.66216, rel=1e-3), "quantiles of t with 89 degrees"
