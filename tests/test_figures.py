"""Figures: where marks stand, that nothing overlaps or leaves the canvas, what is said, and files that stand alone."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from itertools import combinations, cycle, pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import pools
from tests.pools import DAYS, HOSTILE, RATIOS, forest_of, hostile, people, scale

from backed.examine import ALL_RULES
from backed.model import Evidence, Interval, Measure, Moment, Pool, Verdict
from backed.render import Site
from backed.render.figures import (
    Chart,
    bias_shares,
    cumulative,
    draw,
    favours,
    funnel,
    heterogeneity,
    icon_array,
    leave_one_out,
    on_scale,
    p_value,
    plots,
    traffic_light,
    verdict_timeline,
    weighted_bars,
)
from backed.render.figures.axis import Axis, spanning
from backed.render.figures.entries import Entry, marks
from backed.render.figures.judgements import lamp
from backed.render.figures.shapes import SIZES, Box, Canvas, Dot, Light, Outline, Point, Shape, Stroke, Words
from backed.render.figures.standalone import inks
from backed.synthesise import synthesise

ROOT = Path(__file__).parent.parent
SHEETS = tuple((ROOT / "site_src/assets" / name).read_text("utf-8") for name in ("backed.css", "figures.css"))
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def site(toy: Evidence) -> Site:
    return Site(toy, synthesise(toy), ALL_RULES, ROOT / "site_src/templates")


def charts() -> Iterator[tuple[str, Chart]]:
    """Yield every kind of figure, of ordinary and of hard sets."""
    bcg, normand = pools.bcg(), pools.normand()
    names = pools.names_of(bcg)
    anchor = ("A review with a name that is too long for its column 2013", Interval(0.6, 0.4, 0.9, 2))
    yield "bcg", forest_of(bcg, RATIOS, anchor=anchor, appraised=pools.appraised(bcg))
    grouped = pools.bcg(groups=True)
    yield "groups", forest_of(grouped, RATIOS, groups=grouped.subgroups[0], appraised=pools.appraised(bcg))
    yield "normand", forest_of(normand, appraised=pools.appraised(normand))
    many = pools.tool([f"Domain {n}" for n in range(12)], ("yes", "partly", "no", "unclear"))
    yield "many domains", forest_of(normand, appraised=pools.appraised(normand, many))
    yield "one", forest_of(pools.pool_of([0.2], [0.04], Measure.RISK_RATIO), RATIOS)
    yield "two", forest_of(pools.pool_of([0.2, -0.8], [0.04, 0.01], Measure.RISK_RATIO), RATIOS)
    yield "same", forest_of(pools.pool_of([1.5] * 5, [0.2] * 5))
    yield "nought", forest_of(pools.pool_of([0.0] * 3, [1e-6] * 3), replace(DAYS, threshold=None))
    yield "forty", forest_of(pools.pool_of([math.sin(n) * 9 for n in range(40)], [1 + n % 7 for n in range(40)]))
    yield "huge", forest_of(pools.pool_of([0.1, 0.2, -0.1, 5.0], [0.01, 0.02, 0.01, 90.0], Measure.ODDS_RATIO), RATIOS)
    yield "large", forest_of(pools.pool_of([-12000.0, 800.0, 4500.0], [9e6, 4e6, 2.5e7]))
    for name, pool, ground in (("bcg", bcg, RATIOS), ("normand", normand, DAYS)):
        yield f"funnel {name}", funnel("A funnel", pool, pools.names_of(pool), ground, [(0.3, 0.2)])
        yield f"cumulative {name}", cumulative("By year", pool, pools.names_of(pool), ground)
        yield f"timeline {name}", verdict_timeline("By year", pool, moments(pool), pools.names_of(pool), ground)
        yield f"leave one out {name}", leave_one_out("Without each", pool, pools.names_of(pool), ground)
    for kind in (pools.ROB_2, many):
        yield "traffic", traffic_light("Risk of bias", names, pools.appraised(bcg, kind))
        yield "bars", weighted_bars("Risk of bias", bcg, pools.appraised(bcg, kind))
    for risk in (Interval(22, 17, 29), Interval(45, 40, 49), Interval(33, 20, 50)):
        yield "people", icon_array(people(risk))
    for difference in (Interval(-12, -16, -8), Interval(30, -9, 61), Interval(0, -2, 2)):
        for start in (0.0, 48.0, 97.0):
            yield "scale", on_scale(scale(difference, start))


def moments(pool: Pool) -> tuple[Moment, ...]:
    """Return the pool study by study, each with another verdict."""
    steps = zip(pool.order, pool.cumulative, cycle(Verdict), strict=False)
    return tuple(Moment(pool.rows[row].year, (row,), n, 10 * n, i, v) for n, (row, i, v) in enumerate(steps, 1))


ALL = list(charts())
BOTH = [
    pytest.param(canvas, id=f"{name} {size}")
    for name, chart in ALL
    for size, canvas in (("wide", chart.wide), ("narrow", chart.narrow))
]


def of(kind: type[Shape], canvas: Canvas, ink: str = "") -> list[Any]:
    return [shape for shape in canvas.shapes if isinstance(shape, kind) and ink in ("", getattr(shape, "kind", ""))]


def texts(canvas: Canvas) -> list[str]:
    return [line.text for line in canvas.words]


# nothing overlaps, nothing leaves the canvas


@pytest.mark.parametrize("canvas", BOTH)
def test_no_words_overlap(canvas: Canvas) -> None:
    overlapping = [
        (a.text, b.text) for a, b in combinations(canvas.words, 2) if "g" not in (a.kind, b.kind) and meet(a.box, b.box)
    ]
    assert overlapping == []


@pytest.mark.parametrize("canvas", BOTH)
def test_no_words_stand_on_a_light_or_on_another_light(canvas: Canvas) -> None:
    lights = [(one.x - 8, one.y - 8, one.x + 8, one.y + 8) for one in of(Light, canvas)]
    assert [line.text for line in of(Words, canvas) for light in lights if meet(line.box, light)] == []
    assert [pair for pair in combinations(lights, 2) if meet(*pair)] == []


@pytest.mark.parametrize("canvas", BOTH)
def test_everything_is_on_the_canvas(canvas: Canvas) -> None:
    boxes = [extent(shape) for shape in canvas.shapes]
    assert all(math.isfinite(edge) for box in boxes for edge in box)
    outside = [
        (shape, box)
        for shape, box in zip(canvas.shapes, boxes, strict=True)
        if box[0] < -0.5 or box[1] < -0.5 or box[2] > canvas.width + 0.5 or box[3] > canvas.height + 0.5
    ]
    assert outside == []


def meet(a: Sequence[float], b: Sequence[float]) -> bool:
    return min(a[2], b[2]) - max(a[0], b[0]) > 0.5 and min(a[3], b[3]) - max(a[1], b[1]) > 0.5


def extent(shape: Shape) -> tuple[float, float, float, float]:
    if isinstance(shape, Words):
        return shape.box
    if isinstance(shape, Stroke):
        return min(shape.x1, shape.x2), min(shape.y1, shape.y2), max(shape.x1, shape.x2), max(shape.y1, shape.y2)
    if isinstance(shape, Box):
        return shape.x, shape.y, shape.x + shape.width, shape.y + shape.height
    if isinstance(shape, Outline):
        across, down = zip(*shape.points, strict=True)
        return min(across), min(down), max(across), max(down)
    r = shape.r if isinstance(shape, Dot) else 5.0 if isinstance(shape, Point) else 8.0
    return shape.x - r, shape.y - r, shape.x + r, shape.y + r


# the axis

numbers = st.floats(-1e4, 1e4)


@settings(deadline=None)
@given(st.lists(st.tuples(numbers, st.floats(0, 1e3), st.floats(0, 1e3)), min_size=1, max_size=12))
def test_an_axis_shows_no_effect_keeps_the_order_and_its_ticks_apart(found: list[tuple[float, float, float]]) -> None:
    intervals = [Interval(centre, centre - below, centre + above) for centre, below, above in found]
    axis = spanning(intervals, [], Measure.MEAN_DIFFERENCE, 0, 300)
    assert axis.shows(0)
    places = [axis.place(value) for value in sorted(centre for centre, _, _ in found)]
    assert places == sorted(places)
    ticks = axis.ticks
    assert len(ticks) >= 2
    assert "0" in [tick.label for tick in ticks]
    assert all(b.x - a.x > 20 for a, b in pairwise(ticks))
    assert all(-0.1 <= tick.x <= 300.1 for tick in ticks)


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(-6, 6), st.floats(0.001, 5)), min_size=1, max_size=12))
def test_an_axis_of_ratios_has_a_tick_at_1_and_equal_steps_for_equal_ratios(found: list[tuple[float, float]]) -> None:
    intervals = [Interval(math.exp(y), math.exp(y - se), math.exp(y + se)) for y, se in found]
    axis = spanning(intervals, [], Measure.RISK_RATIO, 0, 300)
    assert "1" in [tick.label for tick in axis.ticks]
    assert axis.place(2) - axis.place(1) == pytest.approx(axis.place(1) - axis.place(0.5))
    for tick in axis.ticks:
        assert axis.place(float(tick.label)) == pytest.approx(tick.x)


def test_a_wild_study_does_not_flatten_the_others() -> None:
    near = [Interval(n, n - 1, n + 1) for n in (-2.0, -1.0, 0.5)]
    axis = spanning([*near, Interval(5000, 4000, 6000)], [], Measure.MEAN_DIFFERENCE, 0, 300)
    assert axis.place(0.5) - axis.place(-2) > 60
    assert not axis.shows(5000)


def test_a_ratio_of_nought_stands_left_of_everything() -> None:
    axis = spanning([Interval(0.5, 0, 3)], [], Measure.RISK_RATIO, 10, 300)
    assert axis.place(0) == -math.inf
    assert axis.within(axis.place(0)) == 10


# marks


def test_the_forest_plot_stands_at_the_numbers_of_the_pool() -> None:
    pool = pools.bcg()
    for canvas in (forest_of(pool, RATIOS).wide, forest_of(pool, RATIOS).narrow):
        place = placing(canvas)
        (diamond,) = of(Outline, canvas, "pool")
        across = [x for x, _ in diamond.points]
        assert (min(across), max(across)) == pytest.approx((place(pool.interval.lower), place(pool.interval.upper)))
        top = min(diamond.points, key=lambda point: point[1])
        assert top[0] == pytest.approx(place(pool.interval.estimate))
        squares = of(Box, canvas, "sq")
        assert [box.x + box.width / 2 for box in squares] == pytest.approx(
            [place(row.interval.estimate) for row in pool.rows]
        )
        assert pool.prediction is not None
        (bar,) = of(Box, canvas, "pi")
        assert (bar.x, bar.x + bar.width) == pytest.approx((place(pool.prediction.lower), place(pool.prediction.upper)))
        (band,) = of(Box, canvas, "band")
        assert (band.x, band.x + band.width) == pytest.approx((place(0.8), place(1.25)))
        (null,) = of(Stroke, canvas, "zero")
        assert null.x1 == null.x2 == pytest.approx(place(1))


def placing(canvas: Canvas) -> Any:
    """Return where numbers stand, worked out from two labelled ticks of a logarithmic axis."""
    ends = [stroke for stroke in of(Stroke, canvas, "axis") if stroke.x1 == stroke.x2]
    labels = {
        round(line.x, 3): float(line.text)
        for line in of(Words, canvas, "s")
        if line.anchor == "middle" and number(line.text)
    }
    known = [(math.log(labels[round(tick.x1, 3)]), tick.x1) for tick in ends if round(tick.x1, 3) in labels]
    (a, left), (b, right) = known[0], known[-1]
    return lambda value: left + (math.log(value) - a) / (b - a) * (right - left)


def number(text: str) -> bool:
    return re.fullmatch(r"[\d.]+", text) is not None


def test_squares_have_areas_by_weight() -> None:
    pool = pools.bcg()
    squares = of(Box, forest_of(pool, RATIOS).wide, "sq")
    heaviest = max(range(13), key=lambda n: pool.rows[n].weight)
    for box, row in zip(squares, pool.rows, strict=True):
        share = row.weight / pool.rows[heaviest].weight
        assert (box.width / squares[heaviest].width) ** 2 == pytest.approx(share)


def test_an_interval_beyond_the_axis_is_cut_with_an_arrow() -> None:
    axis = Axis(-10, 10, 100, 300)
    shapes = list(marks(Entry("", "study", Interval(2, -40, 5), share=1), axis, 20))
    (line,) = [shape for shape in shapes if isinstance(shape, Stroke)]
    assert (line.x1, line.x2) == (100, 250)
    (tip,) = [shape for shape in shapes if isinstance(shape, Outline)]
    assert min(x for x, _ in tip.points) == 100
    whole = list(marks(Entry("", "study", Interval(2, -4, 5), share=1), axis, 20))
    assert [shape for shape in whole if isinstance(shape, Outline)] == []


def test_a_diamond_beyond_the_axis_keeps_its_slope() -> None:
    axis = Axis(-10, 10, 0, 200)
    shapes = list(marks(Entry("", "pool", Interval(0, -20, 5)), axis, 50))
    diamond = next(shape for shape in shapes if isinstance(shape, Outline) and shape.kind == "pool")
    assert diamond.points == ((0, 53.5), (0, 46.5), (100, 43), (150, 50), (100, 57))


def test_an_estimate_beyond_the_axis_is_an_arrow_without_a_square() -> None:
    for kind in ("study", "pool"):
        shapes = list(marks(Entry("", kind, Interval(80, 60, 99), share=1), Axis(-10, 10, 0, 200), 50))
        assert [shape for shape in shapes if isinstance(shape, Box)] == []
        assert max(x for shape in shapes if isinstance(shape, Outline) for x, _ in shape.points) == 200


def test_what_cannot_be_estimated_has_words_and_no_mark() -> None:
    entry = Entry("A", "study", Interval(math.nan, math.nan, math.nan))
    assert entry.numbers == "not estimable"
    assert list(marks(entry, Axis(-1, 1, 0, 100), 10)) == []


# words of the forest plot


def test_the_forest_plot_says_figures_weights_and_effects_as_metafor_prints_them() -> None:
    chart = forest_of(pools.bcg(), RATIOS)
    assert chart.columns[:3] == ("Study", "Walking: events / people", "Usual care: events / people")
    assert chart.rows[0] == ("Author A & Other 1948", "4 / 123", "11 / 139", "0.41 (0.13 to 1.26)", "5.1%")
    assert chart.rows[13] == (
        "Our pool, 13 studies",
        "1,065 / 191,064",
        "1,510 / 166,283",
        "0.49 (0.33 to 0.73)",
        "100%",
    )
    assert chart.rows[14] == ("Prediction interval", "", "", "0.14 to 1.76", "")
    assert (
        "Heterogeneity: τ² = 0.31 (95% interval 0.12 to 1.1), I² = 92%, Q = 152.2 on 12 df (p < 0.001). "
        "Random effects, restricted maximum likelihood (REML); 95% interval: Hartung-Knapp-Sidik-Jonkman, t(k-1)."
    ) in " ".join(texts(chart.wide))
    assert set(texts(chart.wide)) >= {"← favours vaccine", "favours no vaccine →", "0.41 (0.13 to 1.26)", "5.1%"}
    assert chart.spoken[0] == (
        "Author A & Other 1948: 0.41, 95% interval 0.13 to 1.26, which includes no effect, 5.1% of the weight."
    )
    assert chart.spoken[13] == "Our pool, 13 studies: 0.49, 95% interval 0.33 to 0.73, favours vaccine."


def test_means_are_said_with_their_deviations_and_an_approximated_row_is_marked() -> None:
    chart = forest_of(pools.normand())
    assert chart.columns[1] == "Walking: mean (SD), people"
    assert chart.rows[0][1:3] == ("55.0 (47.0), 155", "75.0 (64.0), 156")
    assert [row[0] for row in chart.rows if "†" in row[0]] == ["Author C & Other 2002 †", "Author H & Other 2007 †"]
    assert "† The figure was brought to this form by an approximation." in chart.caption
    assert "†" not in forest_of(pools.bcg(), RATIOS).caption


def test_subgroups_have_a_heading_their_studies_a_diamond_and_a_test() -> None:
    pool = pools.bcg(groups=True)
    chart = forest_of(pool, RATIOS, groups=pool.subgroups[0], group_names={"random": "Randomised"})
    labels = [row[0] for row in chart.rows]
    assert [label for label in labels if label in ("Randomised", "Alternate", "Systematic")] == [
        "Randomised",
        "Alternate",
        "Systematic",
    ]
    assert len([label for label in labels if label.startswith("Author")]) == 13
    assert len(of(Outline, chart.wide, "subpool")) == 3
    assert "Difference between subgroups: Q = 4.1 on 2 df (p = 0.13)." in texts(chart.wide)
    ungrouped = replace(pool.subgroups[0], groups=pool.subgroups[0].groups[:2])
    rest = [row[0] for row in forest_of(pool, RATIOS, groups=ungrouped).rows]
    assert len([label for label in rest if label.startswith("Author")]) == 13
    assert "Not known" in rest


def test_a_published_pool_stands_below_ours_and_is_hollow() -> None:
    chart = forest_of(pools.bcg(), RATIOS, anchor=("Review 2013", Interval(0.6, 0.4, 0.9, 2)))
    (ours,), (theirs,) = of(Outline, chart.wide, "pool"), of(Outline, chart.wide, "anchor")
    assert min(y for _, y in theirs.points) > max(y for _, y in ours.points)
    assert chart.rows[-1][0] == "Review 2013"
    assert "not part of ours" in chart.caption


def test_which_side_is_good_follows_the_outcome() -> None:
    assert favours("walking", "usual care", "lower") == ("favours walking", "favours usual care")
    assert favours("walking", "usual care", "higher") == ("favours usual care", "favours walking")
    assert favours("walking", "usual care", "neither") == ("lower with walking", "higher with walking")


def test_heterogeneity_is_said_for_hard_sets_too() -> None:
    assert heterogeneity(pools.pool_of([1.0], [0.1])).startswith("One study: nothing to compare it with.")
    assert "τ² = 0 (95% interval 0 to 0)" in heterogeneity(pools.pool_of([1.0] * 4, [0.1] * 4))
    assert "τ² = 685 (95% interval 293 to 2,889)" in heterogeneity(pools.normand())


@pytest.mark.parametrize(
    ("p", "said"), [(4e-9, "p < 0.001"), (0.0042, "p = 0.004"), (0.049, "p = 0.05"), (0.5, "p = 0.50"), (1, "p > 0.99")]
)
def test_p_values_are_said_as_far_as_they_matter(p: float, said: str) -> None:
    assert p_value(p) == said


# risk of bias


@pytest.mark.parametrize(
    ("judgements", "shown"),
    [
        (("low", "some-concerns", "high"), "+good !part −bad"),
        (("low", "unclear", "high"), "+good ?none −bad"),
        (("low", "moderate", "serious", "critical", "no-information"), "+good !part −bad ✕bad ?none"),
        (("high", "moderate", "low", "critically-low"), "+good !part −bad ✕bad"),
        (("yes", "no"), "+good −bad"),
        (("a", "b", "c", "d", "e"), "1good 2part 3part 4bad 5bad"),
    ],
)
def test_any_tool_has_glyphs_that_differ(judgements: tuple[str, ...], shown: str) -> None:
    by = pools.tool(("One",), judgements)
    lamps = [lamp(by, judgement) for judgement in judgements]
    assert " ".join(one.glyph + one.level for one in lamps) == shown
    assert [one.word for one in lamps] == [judgement.replace("-", " ") for judgement in judgements]


def test_a_judgement_the_tool_does_not_name_is_shown_as_it_stands() -> None:
    by = pools.tool((), ())
    assert (lamp(by, "7").glyph, lamp(by, "7").level, lamp(by, "fair").glyph) == ("7", "none", "*")
    assert lamp(by, None).word == "not judged"


def test_every_light_has_its_word_in_the_table_and_in_the_key() -> None:
    pool = pools.bcg()
    chart = traffic_light("Risk of bias", pools.names_of(pool), pools.appraised(pool))
    assert chart.columns[-1] == "Overall judgement"
    assert chart.rows[0][1:4] == ("low", "some concerns", "high")
    assert set(chart.rows[1][1:]) == {"not judged"}
    assert len(of(Light, chart.wide)) == 12 * 6 + 3
    assert texts(chart.wide).count("–") == 6
    assert {"low", "some concerns", "high"} <= set(texts(chart.narrow))
    assert "D1 randomisation process" in chart.caption
    beside = forest_of(pool, RATIOS, appraised=pools.appraised(pool))
    assert len(of(Light, beside.wide)) == 12 * 6 + 3
    assert beside.rows[0][5:8] == ("low", "some concerns", "high")


def test_the_weighted_bars_add_up_the_weights() -> None:
    pool = pools.bcg()
    by = pools.appraised(pool)
    shares = bias_shares(pool, by)
    assert [sum(shared.values()) for shared in shares] == pytest.approx([100] * 6)
    low = sum(row.weight for n, row in enumerate(pool.rows) if n % 3 == 0)
    assert shares[-1][lamp(by.tool, "low")] == pytest.approx(low)
    chart = weighted_bars("Risk of bias", pool, by)
    rows = [[box for box in chart.wide.shapes if isinstance(box, Box) and box.y == y] for y in bar_heights(chart.wide)]
    lengths = [sum(box.width for box in row) for row in rows]
    assert lengths == pytest.approx([lengths[0]] * 6)
    assert rows[-1][0].width / lengths[-1] == pytest.approx(low / 100)


def bar_heights(canvas: Canvas) -> list[float]:
    return sorted({box.y for box in of(Box, canvas) if box.kind.startswith("bar")})


# the other figures


def test_the_contours_of_the_funnel_stand_where_p_is_reached() -> None:
    pool = pools.bcg()
    chart = funnel("A funnel", pool, pools.names_of(pool), RATIOS)
    for canvas in (chart.wide, chart.narrow):
        wedges = of(Outline, canvas, "zone") + of(Outline, canvas, "zone deep")
        (null,) = of(Stroke, canvas, "zero")
        (tips,) = {wedge.points[0] for wedge in wedges}
        assert tips == (pytest.approx(null.x1), 24)
        reach = sorted({round(abs(point[0] - null.x1), 6) for wedge in wedges for point in wedge.points[1:]})
        assert [edge / reach[1] * 1.959964 for edge in reach] == pytest.approx([1.644854, 1.959964, 2.575829])
    dots = of(Dot, chart.wide, "dot")
    order = sorted(range(13), key=lambda n: pool.rows[n].size.vi)
    assert [dots[n].y for n in order] == sorted(dot.y for dot in dots)
    assert chart.rows[0] == ("Author A & Other 1948", "0.41", "0.57", "p > 0.1")
    assert chart.rows[3][3] == "p < 0.01"


def test_a_funnel_of_few_studies_says_that_it_cannot_be_judged() -> None:
    few, many = pools.normand(), pools.bcg()
    assert "cannot be judged" in funnel("F", few, pools.names_of(few), DAYS).caption
    assert "cannot be judged" not in funnel("F", many, pools.names_of(many), RATIOS).caption


def test_studies_filled_in_are_hollow_and_named_as_no_studies() -> None:
    pool = pools.bcg()
    chart = funnel("F", pool, pools.names_of(pool), RATIOS, [(0.310403, 0.223017)])
    assert len(of(Dot, chart.wide, "dot")) == 13
    assert len(of(Dot, chart.wide, "added")) == 1
    assert chart.rows[-1][:2] == ("Filled in 1", "1.36")
    assert "no real studies" in chart.caption


def test_the_pool_grows_by_year_and_each_study_is_left_out() -> None:
    pool = pools.bcg()
    names = pools.names_of(pool)
    grown = cumulative("By year", pool, names, RATIOS)
    years = [int(row[0][-4:]) for row in grown.rows[:-1]]
    assert years == sorted(years)
    assert grown.rows[-2][1].startswith("0.49")
    told = verdict_timeline("By year", pool, moments(pool), names, RATIOS)
    assert [row[3] for row in told.rows] == [row[1] for row in grown.rows[:-1]]
    assert told.rows[0][1:3] == ("1 study, 10 people", "supported")
    assert told.spoken[1].endswith("; supported, size uncertain.")
    assert len(of(Outline, told.wide, "pool")) == len(of(Outline, told.narrow, "pool")) == 1
    without = leave_one_out("Without", pool, names, RATIOS)
    assert [row[0] for row in without.rows] == [*names.values(), "Our pool, all studies"]
    assert len(leave_one_out("One", pools.pool_of([1.0], [0.1]), {}, DAYS).rows) == 1


@pytest.mark.parametrize(
    ("risk", "better", "inks", "told"),
    [
        (Interval(22, 17, 29), "lower", {"event": 55, "without": 134, "better": 11}, "11 fewer"),
        (Interval(45, 40, 49), "lower", {"event": 66, "without": 122, "worse": 12}, "12 more"),
        (Interval(45, 40, 49), "higher", {"event": 66, "without": 122, "better": 12}, "12 more"),
        (Interval(45, 40, 49), "neither", {"event": 78, "without": 122}, "12 more"),
        (Interval(33, 20, 50), "lower", {"event": 66, "without": 134}, "about as many"),
    ],
)
def test_a_hundred_people_twice(risk: Interval, better: str, inks: dict[str, int], told: str) -> None:
    chart = icon_array(people(risk, better))
    for canvas in (chart.wide, chart.narrow):
        drawn = [shape.kind.split()[1] for shape in canvas.shapes if not isinstance(shape, Words)]
        counted = {ink: drawn.count(ink) - 1 for ink in set(drawn)}  # one of each is in the key
        assert counted == inks
    assert told in chart.caption
    assert f"33 have pain again with no treatment and {round(risk.estimate)} (" in chart.caption


def test_a_difference_stands_on_the_scale_of_the_patient() -> None:
    chart = on_scale(scale(Interval(-12, -16, -8), 52))
    (axis,) = [one for one in of(Stroke, chart.wide, "axis") if one.y1 == one.y2]
    length = axis.x2 - axis.x1
    (before,), (after,) = of(Box, chart.wide, "sq"), of(Box, chart.wide, "pool")
    assert (before.x + 5 - axis.x1) / length == pytest.approx(0.52)
    assert (after.x + 5 - axis.x1) / length == pytest.approx(0.40)
    (spread,) = of(Stroke, chart.wide, "pooled-ci")
    assert ((spread.x1 - axis.x1) / length, (spread.x2 - axis.x1) / length) == pytest.approx((0.36, 0.44))
    assert chart.caption.startswith("On average 52 with usual care and 40 (36 to 44) with exercise and advice")


def test_single_effects_have_the_answer_as_a_diamond() -> None:
    rows = [("The answer", Interval(-20.5, -24, -17, 1), True), ("Beside it", Interval(-12, -20, -4, 1), False)]
    wide, narrow = plots(rows, Measure.MEAN_DIFFERENCE, 15, ("less pain", "more pain"), "points on 0-100")
    for plot in (wide, narrow):
        assert len(of(Outline, plot.canvas, "pool")) == 1
        assert len(of(Box, plot.canvas, "sq")) == 1
        assert plot.spoken == "The answer: −20.5 (−24.0 to −17.0); Beside it: −12.0 (−20.0 to −4.0)"
    assert "The shaded band" in wide.read
    assert "The shaded band" not in plots(rows, Measure.MEAN_DIFFERENCE, None, ("", ""), "")[0].read
    assert plots([], Measure.MEAN_DIFFERENCE, 15, ("", ""), "") == ()


# what is drawn


class Seen(HTMLParser):
    """Which tags a page has, and what its attributes and its words say."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.labels: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.labels += [value or "" for name, value in attrs if name == "aria-label"]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_hostile_names_stay_words_on_the_page(site: Site) -> None:
    seen = Seen()
    seen.feed(str(draw(hostile(), site, "hostile").inline))
    assert "script" not in seen.tags
    assert seen.labels == [HOSTILE] * 2
    assert f"{HOSTILE} 2000" in seen.words


def test_hostile_names_stay_words_in_the_file(site: Site) -> None:
    root = ElementTree.fromstring(draw(hostile(), site, "hostile").standalone)
    assert root.findtext(f"{SVG}title") == HOSTILE
    assert root.findall(f".//{SVG}script") == []


@pytest.mark.parametrize("chart", [pytest.param(chart, id=name) for name, chart in ALL])
def test_every_figure_is_an_image_with_a_name_a_table_and_a_file(chart: Chart, site: Site) -> None:
    drawing = draw(chart, site, "a-figure")
    seen = Seen()
    seen.feed(str(drawing.inline))
    assert seen.labels == [chart.title] * 2
    assert str(drawing.inline).count(' role="img"') == str(drawing.inline).count(" data-search-exclude") == 2
    assert 'href="a-figure.svg" download' in drawing.inline
    assert drawing.file == "a-figure.svg"
    assert {len(row) for row in chart.rows} == {len(chart.columns)}
    assert len(chart.spoken) == len(chart.rows) == seen.tags.count("tr") - 1
    assert all(sentence in seen.words for sentence in chart.spoken)


@pytest.mark.parametrize("chart", [pytest.param(chart, id=name) for name, chart in ALL])
def test_a_file_stands_alone(chart: Chart, site: Site) -> None:
    drawing = draw(chart, site, "a-figure")
    root = ElementTree.fromstring(drawing.standalone)
    assert root.tag == f"{SVG}svg"
    assert root.findtext(f"{SVG}title") == chart.title
    assert root.findtext(f"{SVG}desc") == chart.caption
    light, dark = root.findall(f"{SVG}style")
    assert (dark.text or "").startswith("@media (prefers-color-scheme: dark) {")
    assert "@" not in (light.text or "")
    assert "var(" not in f"{light.text}{dark.text}"
    shown = [text.text for text in root.iter(f"{SVG}text")]
    assert "".join(chart.title.split()) in "".join("".join(text.split()) for text in shown if text)
    assert "http" not in drawing.standalone.replace("http://www.w3.org/2000/svg", "")


def test_the_ink_is_light_and_dark_and_knows_every_kind() -> None:
    light, dark = inks(SHEETS)
    assert light.count("{") == dark.count("{")
    assert ".paper { fill: #ffffff; }" in light
    assert ".paper { fill: #1e2529; }" in dark
    kinds = {kind for _, chart in ALL for canvas in (chart.wide, chart.narrow) for kind in canvas.paths}
    assert {word for kind in kinds for word in kind.split() if f".{word}" not in light} == {"person"}


def test_words_take_the_room_that_their_ink_gives_them() -> None:
    light, _ = inks(SHEETS)
    assert "text { font-size: 13px;" in light
    for kind, size in SIZES.items():
        found = re.search(rf"\.{kind} {{ font-size: ([\d.]+)px", light) if kind else None
        assert size == float(found[1] if found else 13)


def test_a_forest_plot_of_13_studies_is_small(site: Site) -> None:
    drawing = draw(forest_of(pools.bcg(), RATIOS), site, "a-figure")
    wide, narrow = re.findall(r"<svg.*?</svg>", drawing.inline, re.DOTALL)
    assert len(wide) < 8000
    assert len(narrow) < 6000


def test_the_same_figure_is_drawn_byte_for_byte(site: Site) -> None:
    once, again = (draw(forest_of(pools.bcg(), RATIOS), site, "a-figure") for _ in range(2))
    assert once == again
