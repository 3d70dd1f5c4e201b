"""Further measures, tests, statistics and hard sets against metafor; `metafor-more.R` makes the file."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from tests.agreement import disagreements, pairs

from backed.model import TABLE_COLUMNS, EffectTable
from backed.synthesise.pool import TESTS
from backed.synthesise.pool_table import pool_table
from backed.synthesise.regression import metaregression
from backed.synthesise.subgroups import between, grouped
from backed.synthesise.tau2 import METHODS

PINNED: dict[str, Any] = json.loads((Path(__file__).parent / "reference/metafor-more.json").read_text("utf-8"))
MODEL = ("beta", "se", "ci_lb", "ci_ub", "pval", "tau2", "I2", "H2", "QE", "QEp", "pi_lb", "pi_ub", "weights")
MORE = ("confint", "leave1out", "cumulative", "influence", "egger", "ranktest", "trimfill")
GRID = {(method, test) for method in METHODS for test in TESTS}


def cases(part: str) -> list[Any]:
    return [
        pytest.param(one, model, id=f"{one['dataset']}-{one.get('measure', part)}-{model['method']}-{model['test']}")
        for one in PINNED[part]
        for model in one["models"]
    ]


def table(analysis: dict[str, Any]) -> EffectTable:
    names, rows = TABLE_COLUMNS[analysis["measure"]], analysis["input"]
    columns = {
        name: tuple(float("nan") if row.get(name) is None else float(row[name]) for row in rows) for name in names
    }
    return EffectTable("", columns, tuple(map(str, range(len(rows)))), {})


@pytest.mark.parametrize(("analysis", "model"), cases("analyses"))
def test_every_number_of_an_analysis_agrees(analysis: dict[str, Any], model: dict[str, Any]) -> None:
    ours = asdict(pool_table(table(analysis), analysis["measure"], model["method"], model["test"]))
    ours |= ours.pop("pooled")
    pinned = {key: model[key] for key in (*MODEL, *MORE) if key in model}
    pinned |= {key: analysis[key] for key in ("k", "yi", "vi", "pooled2x2") if key in analysis}
    if model["test"] == "knha" and model["se"] == 0 and model["beta"] == 0:
        del pinned["pval"]
    assert disagreements(ours, pinned) == []


@pytest.mark.parametrize(("regression", "model"), cases("regressions"))
def test_every_number_of_a_meta_regression_agrees(regression: dict[str, Any], model: dict[str, Any]) -> None:
    found = metaregression(regression["yi"], regression["vi"], regression["columns"], model["method"], model["test"])
    assert found
    pinned = {key: value for key, value in model.items() if not (key == "R2" and found.R2 is None)}
    assert found.R2 is not None or model["R2"] == 0
    assert disagreements(asdict(found), pinned) == []


@pytest.mark.parametrize(("subgroups", "model"), cases("subgroups"))
def test_every_number_of_subgroups_agrees(subgroups: dict[str, Any], model: dict[str, Any]) -> None:
    groups = grouped(subgroups["yi"], subgroups["vi"], subgroups["values"], model["method"], model["test"])
    q, freedom, p = between([group.pooled for group in groups])
    ours = {
        "value": [group.value for group in groups],
        "beta": [group.pooled.beta for group in groups],
        "se": [group.pooled.se for group in groups],
        "tau2": [group.pooled.tau2 for group in groups],
        "QM": q,
        "QMdf": freedom,
        "QMp": p,
    }
    assert disagreements(ours, {key: value for key, value in model.items() if key in ours}) == []


def test_the_grid_has_not_shrunk() -> None:
    sizes = {part: [len(one["models"]) for one in found] for part, found in PINNED.items()}
    assert sizes == {"analyses": [24] * 23, "regressions": [24] * 5, "subgroups": [24] * 3}
    for part in PINNED.values():
        for one in part:
            assert {(model["method"], model["test"]) for model in one["models"]} == GRID
    measures = {analysis["measure"] for analysis in PINNED["analyses"]}
    assert measures == {"IRR", "IRD", "COR", "ZCOR", "SMDH", "MD", "OR", "RD", "PETO", "RR", "GEN"}
    models = [model for one in PINNED["analyses"] for model in one["models"]]
    assert {key: sum(key in model for model in models) for key in MORE} == {
        "confint": 69,
        "leave1out": 46,
        "cumulative": 23,
        "influence": 45,
        "egger": 80,
        "ranktest": 88,
        "trimfill": 80,
    }
    assert sum(1 for found in PINNED.values() for one in found for _ in pairs(one["models"], one["models"])) >= 15_000
