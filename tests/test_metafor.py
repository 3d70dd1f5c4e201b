"""Every pinned number of metafor, and what is known to differ; `tests/reference/README.md` says why."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from tests.agreement import RELATIVE, disagreements, pairs

from backed.model import TABLE_COLUMNS, EffectTable, Pooling
from backed.synthesise.pool import pool
from backed.synthesise.pool_table import pool_table
from backed.synthesise.tau2 import METHODS

PINNED: list[dict[str, Any]] = json.loads((Path(__file__).parent / "reference/metafor.json").read_text("utf-8"))
MODEL = (
    *("beta", "se", "ci_lb", "ci_ub", "pval", "tau2", "I2", "H2", "QE", "QEp"),
    *("pi_lb", "pi_ub", "weights"),
)


def name(analysis: dict[str, Any]) -> str:
    return f"{analysis['dataset']}-{analysis['measure']}"


def table(analysis: dict[str, Any]) -> EffectTable:
    names = TABLE_COLUMNS[analysis["measure"]]
    rows = analysis["input"]
    columns = {one: tuple(float(row[one]) for row in rows) for one in names}
    return EffectTable("", columns, tuple(map(str, range(len(rows)))), {})


def pooling(analysis: dict[str, Any], model: dict[str, Any]) -> Pooling:
    return pool_table(table(analysis), analysis["measure"], model["method"], model["test"])


CASES = [
    pytest.param(analysis, model, id=f"{name(analysis)}-{model['method']}-{model['test']}")
    for analysis in PINNED
    for model in analysis["models"]
]


@pytest.mark.parametrize("analysis", PINNED, ids=name)
def test_effect_sizes_and_counts_agree(analysis: dict[str, Any]) -> None:
    ours = pooling(analysis, analysis["models"][0])
    assert ours.pooled.k == analysis["k"]
    assert disagreements(ours.yi, analysis["yi"], "yi") == []
    assert disagreements(ours.vi, analysis["vi"], "vi") == []
    if "pooled2x2" in analysis:
        assert ours.pooled2x2
        assert disagreements(asdict(ours.pooled2x2), analysis["pooled2x2"]) == []
    else:
        assert ours.pooled2x2 is None


@pytest.mark.parametrize(("analysis", "model"), CASES)
def test_every_number_of_a_model_agrees(analysis: dict[str, Any], model: dict[str, Any]) -> None:
    ours = asdict(pooling(analysis, model))
    ours |= ours.pop("pooled")
    pinned = {key: model[key] for key in MODEL if model[key] != []}
    pinned |= {key: model[key] for key in ("confint", "leave1out", "egger", "trimfill", "ranktest") if key in model}
    found = [found for key, value in pinned.items() for found in disagreements(ours[key], value, key)]
    assert found == []


@pytest.mark.parametrize("analysis", PINNED, ids=name)
def test_equal_effects_have_no_prediction_interval(analysis: dict[str, Any]) -> None:
    models = [model for model in analysis["models"] if model["method"] == "EE"]
    assert [model["pi_lb"] for model in models] == [[] for _ in models]
    ours = pool(analysis["yi"], analysis["vi"], "EE")
    assert (ours.pi_lb, ours.pi_ub) == (None, None)


def test_the_grid_has_not_shrunk() -> None:
    assert len(PINNED) == 17
    assert {analysis["measure"] for analysis in PINNED} == {"RR", "OR", "RD", "PETO", "MD", "SMD", "ROM", "GEN"}
    assert len({analysis["dataset"] for analysis in PINNED}) == 6
    assert len(CASES) == 17 * 15
    random = {(method, test) for method in METHODS for test in ("z", "knha")} - {("EE", "knha")}
    for analysis in PINNED:
        assert {(model["method"], model["test"]) for model in analysis["models"]} == random
        assert [model["method"] for model in analysis["models"] if "confint" in model] == ["DL", "REML", "PM"]
        for extra in ("leave1out", "egger", "trimfill", "ranktest"):
            assert [(m["method"], m["test"]) for m in analysis["models"] if extra in m] == [("REML", "z")]
    assert sum("pooled2x2" in analysis for analysis in PINNED) == 12
    pinned = sum(1 for analysis in PINNED for model in analysis["models"] for _ in pairs(model, model))
    assert pinned >= 8_000


def test_the_numbers_that_do_not_agree_are_those_the_readme_names() -> None:
    """Two leave-one-out fits that did not end in metafor, and one tau² that is 0 and stands at 4e-17 there."""
    missing, boundary = [], []
    for analysis in PINNED:
        model = next(model for model in analysis["models"] if "leave1out" in model)
        ours = pooling(analysis, model).leave1out
        assert ours
        for row, (mine, theirs) in enumerate(zip(ours.tau2, model["leave1out"]["tau2"], strict=True)):
            if theirs is None:
                missing.append((name(analysis), row))
                assert mine > 0
            elif abs(mine - theirs) > RELATIVE * theirs:
                boundary.append((name(analysis), row))
                assert mine == 0
    assert missing == [("dat.normand1999-MD", 1), ("dat.normand1999-MD", 5)]
    assert boundary == [("dat.nielweise2007-RD", 8)]
