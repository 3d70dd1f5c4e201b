"""An effect in a row of a table: which way it goes is told only where its interval, or a p-value, lets it be told."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.made_up_trial import EVIDENCE, effect, study

from backed.model import Syntheses
from backed.render.effect import direction_words, effect_row
from backed.render.site import Site

SITE = Site(EVIDENCE, Syntheses({}, {}), (), Path())


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ({}, "less pain"),
        ({"ci": ["-2.6", "0.2"]}, "no clear difference"),
        ({"estimate": "0", "ci": None}, "no difference"),
        ({"ci": None}, "no interval seen"),
        ({"ci": None, "one_sided": {"upper": "0.83"}}, "interval open on one side"),
        ({"ci": None, "one_sided": {"upper": "-0.1"}}, "less pain"),
        ({"estimate": "1.2", "ci": None, "one_sided": {"lower": "0.4"}}, "more pain"),
        ({"estimate": "1.2", "ci": None, "one_sided": {"lower": "-0.4"}}, "interval open on one side"),
        ({"ci": None, "p": "<0.001"}, "less pain"),
        ({"ci": None, "p": "<0.05"}, "less pain"),
        ({"ci": None, "p": "0.03"}, "less pain"),
        ({"ci": None, "p": "0.30"}, "no clear difference"),
        ({"ci": None, "p": "<0.10"}, "no clear difference"),
        ({"ci": None, "se": "0.5"}, "less pain"),
        ({"ci": None, "se": "0.7"}, "no clear difference"),
    ],
)
def test_a_direction_is_told_only_where_it_was_shown(figures: dict[str, object], words: str) -> None:
    assert direction_words(effect(**figures), SITE) == words


def test_an_interval_open_on_one_side_is_told_as_such() -> None:
    rows = [
        effect_row(study(), effect(estimate="0.51", ci=None, one_sided=side), SITE)
        for side in ({"upper": "0.97"}, {"lower": "-0.1", "level": "97.5"})
    ]
    assert [row["ci"] for row in rows] == ["up to 0.97, one-sided 95%", "from −0.1, one-sided 97.5%"]
