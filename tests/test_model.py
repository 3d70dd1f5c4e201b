"""The types that cross stages: frozen, described, and true to what was printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import backed.model
from backed.model import (
    VOCABULARIES,
    Article,
    Claim,
    Duration,
    Effect,
    Evidence,
    Figure,
    Measure,
    Record,
    Status,
    Term,
    Text,
    falls_under,
    lineage,
    parse,
)
from backed.model.study import ArmCounts, Counts

TOY = Path(__file__).parent / "toy" / "evidence"


def _below(kind: type[Record]) -> Iterator[type[Record]]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


RECORDS = sorted(set(_below(Record)), key=lambda kind: kind.__name__)


def test_all_records_are_looked_at() -> None:
    assert {"Study", "Claim", "Comparison", "Article", "Effect", "Term", "Tool", "Importance"} <= {
        kind.__name__ for kind in RECORDS
    }
    assert len(RECORDS) >= 40


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_every_field_is_described(kind: type[Record]) -> None:
    assert kind.__doc__
    for name, field in kind.model_fields.items():
        assert field.description, f"{kind.__name__}.{name} needs a description"
        assert field.description.endswith((".", "?", "'")), f"{kind.__name__}.{name}: a description is a sentence"


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_records_are_frozen_and_refuse_unknown_keys(kind: type[Record]) -> None:
    assert kind.model_config.get("frozen") is True
    assert kind.model_config.get("extra") == "forbid"


def test_a_record_cannot_be_changed() -> None:
    text = Text(en="pain", nl=None)
    with pytest.raises(ValidationError):
        text.en = "less pain"  # type: ignore[misc]


def test_the_package_names_what_it_offers() -> None:
    assert all(hasattr(backed.model, name) for name in backed.model.__all__)


def test_every_vocabulary_has_a_file_in_the_toy_base() -> None:
    assert sorted(VOCABULARIES) == sorted(path.stem for path in (TOY / "vocabularies").glob("*.yaml"))


class Measured(Record):
    """A record with one figure."""

    value: Figure


@pytest.mark.parametrize(
    ("written", "value", "decimals", "half"),
    [
        ("0.30", 0.3, 2, 0.005),
        ("-1.20", -1.2, 2, 0.005),
        ("15", 15, 0, 0.5),
        ("+2.5", 2.5, 1, 0.05),
        (" 7 ", 7, 0, 0.5),
    ],
)
def test_a_figure_keeps_its_rounding(written: str, value: float, decimals: int, half: float) -> None:
    figure = Measured(value=written).value
    assert isinstance(figure, Figure)
    assert figure == written.strip()
    assert (figure.value, figure.decimals) == (value, decimals)
    assert figure.half_unit == pytest.approx(half)


@pytest.mark.parametrize("written", ["1,5", "1e3", ".5", "5.", "", "ten", "1 000", "--1", "NaN", "inf", "1/2"])
def test_what_is_no_plain_number_is_no_figure(written: str) -> None:
    with pytest.raises(ValidationError, match="a number is written with digits"):
        Measured(value=written)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-10_000, max_value=10_000))
def test_a_figure_is_the_number_it_shows(number: object) -> None:
    figure = Measured(value=f"{number:f}").value
    assert (figure.value, figure.decimals) == (float(str(number)), 3)


@pytest.mark.parametrize(
    ("unit", "amount", "weeks"),
    [("days", "7", 1.0), ("weeks", "12", 12.0), ("months", "12", 365.25 / 7), ("years", "1", 365.25 / 7)],
)
def test_a_duration_in_weeks(unit: str, amount: str, weeks: float) -> None:
    duration = Duration.model_validate({unit: amount})
    assert duration.in_weeks == pytest.approx(weeks)
    assert duration.amount == (amount, unit)


@pytest.mark.parametrize("units", [{}, {"days": "1", "weeks": "1"}, {"days": None}])
def test_a_duration_has_exactly_one_unit(units: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="exactly one of days, weeks, months, years"):
        Duration.model_validate(units)


def test_a_text_falls_back_to_english() -> None:
    assert Text(en="pain", nl="pijn").text("nl") == "pijn"
    assert Text(en="pain", nl=None).text("nl") == Text(en="pain", nl="pijn").text() == "pain"


@pytest.mark.parametrize(
    ("measure", "ratio", "contrast", "null"),
    [
        ("mean-difference", False, True, 0.0),
        ("risk-ratio", True, True, 1.0),
        ("odds-ratio", True, True, 1.0),
        ("rate-ratio", True, True, 1.0),
        ("hazard-ratio", True, True, 1.0),
        ("correlation", False, True, 0.0),
        ("risk-difference", False, True, 0.0),
        ("mean-change", False, False, 0.0),
        ("proportion", False, False, 0.0),
    ],
)
def test_measures_know_their_value_of_no_effect(measure: str, ratio: bool, contrast: bool, null: float) -> None:
    one = Measure(measure)
    assert (one.is_ratio, one.is_contrast, one.null) == (ratio, contrast, null)


def test_an_effect_needs_figures() -> None:
    bare = {"id": "a", "outcome": "b", "measure": "mean", "source": {"report": "c", "locator": "d"}}
    with pytest.raises(ValidationError, match="an estimate or figures per group"):
        Effect.model_validate(bare)
    assert Effect.model_validate({**bare, "groups": [{"group": "x", "mean": "1"}]}).level == "95"


@pytest.mark.parametrize("p", ["0.03", "<0.001", "< .05", ".5", "=0.2"])
def test_p_values_as_printed(p: str) -> None:
    source = {"report": "c", "locator": "d"}
    effect = {"id": "a", "outcome": "b", "measure": "mean", "estimate": "1", "source": source}
    assert Effect.model_validate({**effect, "p": p}).p == p
    with pytest.raises(ValidationError):
        Effect.model_validate({**effect, "p": f"p {p}"})


def test_a_claim_has_exactly_one_answer(toy: Evidence) -> None:
    claim = toy.claims["magnets-heal"].model_dump()
    with pytest.raises(ValidationError, match="exactly one of evidence, judgement, missing"):
        Claim.model_validate({**claim, "missing": None})
    both = {**claim, "judgement": {"verdict": "open", "reason": {"en": "x"}}}
    with pytest.raises(ValidationError, match="exactly one of evidence, judgement, missing"):
        Claim.model_validate(both)


@pytest.mark.parametrize(
    ("counts", "headline"),
    [
        ({"eligible": 9, "enrolled": 8, "randomised": 7, "completed": 6, "analysed": 5}, 7),
        ({"eligible": 9, "enrolled": 8, "analysed": 5}, 8),
        ({"eligible": 9, "analysed": 5}, 5),
        ({"eligible": 0}, 0),
        ({}, None),
    ],
)
def test_the_headline_count(counts: dict[str, int], headline: int | None) -> None:
    assert Counts.model_validate(counts).headline == headline


def test_the_headline_count_of_an_arm() -> None:
    assert ArmCounts.model_validate({"completed": 3, "analysed": 4}).headline == 4
    assert ArmCounts().headline is None


def _terms(**broader: str | None) -> dict[str, Term]:
    return {
        name.replace("_", "-"): Term.model_validate({"label": {"en": name}, "broader": wider})
        for name, wider in broader.items()
    }


def test_lineage_climbs_to_the_widest_term() -> None:
    terms = _terms(walking="aerobic", aerobic="exercise", exercise=None)
    assert list(lineage(terms, "walking")) == ["walking", "aerobic", "exercise"]
    assert falls_under(terms, "walking", ("exercise",))
    assert falls_under(terms, "walking", ("yoga", "walking"))
    assert not falls_under(terms, "exercise", ("walking",))


def test_lineage_ends_at_an_unknown_term_and_in_a_circle() -> None:
    terms = _terms(hen="egg", egg="hen", chick="bird")
    assert list(lineage(terms, "hen")) == ["hen", "egg"]
    assert list(lineage(terms, "chick")) == ["chick"]
    assert list(lineage(terms, "nothing")) == []


def test_the_evidence_gives_its_records_in_order(toy: Evidence) -> None:
    assert [claim.position for claim in toy.claims_of("rugtips")] == [1, 2, 3, 40]
    assert toy.claims_of("no-such-article") == []
    study = toy.studies["toy-2001-walking"]
    reference = toy.main_reference(study)
    assert reference is not None
    assert Path(reference.file).name == "toy-2001-walking.bib"
    assert study.effect("pain-12-weeks") is study.effects[0]
    assert study.arm("usual") is study.arms[1]
    assert (study.effect("nothing"), study.arm("nothing")) == (None, None)


def test_words_of_a_term_are_labels_and_synonyms(toy: Evidence) -> None:
    words = toy.vocabularies.conditions["low-back-pain"].words
    assert words == ("Low back pain", "Lage rugpijn", "lumbago", "backache", "spit")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JavaScript:alert(1)", "java\tscript:alert(1)", "data:text/html,<p>",
        "vbscript:x", "file:///etc/passwd", "ftp://example.org/", "//example.org/", "mailto:ada@example.org", "https://",
        "https://doi.org@example.org/", 'https://example.org/"onclick="x', "https://example.org/\u202ecod.exe",
        "https://example.org/<b>", "https:example.org", "example.org",
    ],
)  # fmt: skip
def test_an_address_is_one_of_the_web(address: str) -> None:
    fields = {"id": "x", "file": "x", "title": "T", "language": "en", "publisher": "P", "url": address}
    _, faults = parse(Article, fields)
    assert ("url",) in [fault.at for fault in faults]
    assert parse(Status, {"notice": address})[1][0].at == ("notice",)


@pytest.mark.parametrize(
    "address", ["https://example.org", "http://example.org/@ada/a_(b)?c=%20d&e=ü#f", "https://[2001:db8::1]:8080/x"]
)
def test_addresses_of_the_web_are_taken(address: str) -> None:
    assert parse(Status, {"notice": address}) == (Status(notice=address), ())
    assert parse(Status, {"notice": "10.1000.10/a<b>c"})[1] == ()


def test_a_lost_beginning_of_an_address_is_told() -> None:
    (fault,) = parse(Status, {"notice": "www.example.org/notice"})[1]
    assert fault.message.endswith("not 'www.example.org/notice'; did you mean https://www.example.org/notice?")
