"""`backed pool`: a table in, the keys of metafor.json out, and every bad figure told with its place."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from backed.cli import backed
from backed.model import TABLE_COLUMNS
from backed.synthesise.tau2 import METHODS

PINNED: list[dict[str, Any]] = json.loads((Path(__file__).parent / "reference/metafor.json").read_text("utf-8"))
BCG = PINNED[0]
OURS = {"slab", "cumulative", "influence", "subgroups", "metaregression"}
"""Keys of our JSON beyond those of the pinned file."""


def run(file: Path, *words: str) -> Result:
    return CliRunner().invoke(backed, ["pool", str(file), *words])


def write(folder: Path, text: str) -> Path:
    file = folder / "table.csv"
    file.write_bytes(text.encode())
    return file


def csv_of(analysis: dict[str, Any]) -> str:
    names = list(analysis["input"][0])
    return "\n".join([",".join(names), *(",".join(str(row[name]) for name in names) for row in analysis["input"])])


@pytest.fixture
def bcg(tmp_path: Path) -> Path:
    return write(tmp_path, csv_of(BCG))


@pytest.mark.parametrize("analysis", PINNED, ids=lambda one: f"{one['dataset']}-{one['measure']}")
def test_json_has_the_keys_and_numbers_of_the_pinned_analyses(analysis: dict[str, Any], tmp_path: Path) -> None:
    model = next(model for model in analysis["models"] if "leave1out" in model)
    result = run(write(tmp_path, csv_of(analysis)), "--measure", analysis["measure"], "--format", "json")
    assert result.exit_code == 0, result.output
    ours = json.loads(result.stdout)
    assert set(model) | {"measure", "k", "yi", "vi", "pooled2x2"} | OURS == set(ours)
    for key in ("beta", "se", "tau2", "pi_ub"):
        assert ours[key] == pytest.approx(model[key], rel=1e-8)
    for key in ("confint", "leave1out", "egger", "trimfill", "ranktest"):
        assert set(model[key]) <= set(ours[key])


def test_hksj_and_method_are_passed_on(bcg: Path) -> None:
    model = next(model for model in BCG["models"] if (model["method"], model["test"]) == ("PM", "knha"))
    result = run(bcg, "--measure", "rr", "--method", "pm", "--test", "hksj", "--format", "json")
    ours = json.loads(result.stdout)
    assert (ours["method"], ours["test"]) == ("PM", "knha")
    assert ours["ci_ub"] == pytest.approx(model["ci_ub"], rel=1e-8)


def test_the_text_prints_the_method_beside_each_number(bcg: Path) -> None:
    lines = run(bcg, "--measure", "RR", "--test", "hksj").stdout.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("effect"))
    assert [line for line in lines[start:] if not line.endswith("]")] == []
    text = "\n".join(lines)
    for words in ("-0.7145", "REML", "Hartung-Knapp-Sidik-Jonkman", "Q-profile", "Mantel-Haenszel", "0.4894"):
        assert words in text


def test_equal_effects_have_nulls_where_nothing_exists(bcg: Path) -> None:
    ours = json.loads(run(bcg, "--measure", "RR", "--method", "EE", "--format", "json").stdout)
    assert (ours["pi_lb"], ours["confint"]) == (None, None)
    assert run(bcg, "--measure", "RR", "--method", "EE").exit_code == 0


def test_only_pooling_waits_for_the_libraries_of_numbers() -> None:
    script = "import sys, backed.cli; sys.exit(not {'numpy', 'scipy'}.isdisjoint(sys.modules))"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_two_studies_are_pooled(tmp_path: Path) -> None:
    file = write(tmp_path, "yi,vi\n0.1,0.2\n0.3,0.1\n")
    ours = json.loads(run(file, "--measure", "GEN", "--format", "json").stdout)
    assert (ours["k"], ours["egger"], ours["trimfill"], ours["ranktest"]) == (2, None, None, {"tau": -1, "pval": 1})
    assert run(file, "--measure", "GEN").exit_code == 0


@pytest.mark.parametrize("test", ["z", "hksj", "adhoc"])
def test_one_study_is_its_own_result_and_that_is_said(test: str, tmp_path: Path) -> None:
    result = run(write(tmp_path, "yi,vi\n0.5,0.04\n"), "--measure", "GEN", "--test", test, "--format", "json")
    ours = json.loads(result.stdout)
    assert (ours["k"], ours["beta"], ours["tau2"], ours["leave1out"], ours["confint"]) == (1, 0.5, 0, None, None)
    assert (ours["se"], ours["ci_ub"]) == pytest.approx((0.2, 0.5 + 1.959963984540054 * 0.2), rel=1e-14)
    assert "2:1: warning" in result.stderr
    assert "the result is that study's own" in result.stderr
    assert run(write(tmp_path, "yi,vi\n0.5,0.04\n"), "--measure", "GEN").exit_code == 0


def test_semicolons_labels_quotes_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    file = write(
        tmp_path, '\ufefflabel;yi;vi;note\r\n"Long; 2004";0.1;0.2;x\r\n\r\nOng;−0.3;1e-1;"a\r\nb"\r\nX;.5;0.2;\r\n'
    )
    result = run(file, "--measure", "GEN")
    assert result.exit_code == 0, result.output
    assert "Long; 2004" in result.stdout
    assert "-0.3000" in result.stdout
    assert "3 studies" in result.stdout


def test_a_missing_figure_leaves_the_row_out_and_says_so(tmp_path: Path) -> None:
    file = write(tmp_path, "study,yi,vi\na,0.1,0.2\nb,NA,0.2\nc,0.3,\nd,0.4,0.1\ne,1,Inf\n")
    result = run(file, "--measure", "GEN", "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["k"] == 2
    for words in (f"{file}:3:1: warning", "b is left out of the pool: yi missing", f"{file}:4:1", f"{file}:6:1"):
        assert words in result.stderr


@pytest.mark.parametrize(
    ("measure", "text", "place", "words"),
    [
        ("GEN", "", "1:1", "the table is empty"),
        ("GEN", "\n \n", "1:1", "the table is empty"),
        ("GEN", "yi,vi\n", "1:1", "the table has no rows"),
        ("GEN", "yi,vi\n,0.2\n,0.1\n", "2:1", "no row has an effect"),
        ("GEN", "yi,v\n0.1,0.2\n", "1:1", "the column vi is missing"),
        ("GEN", "yi,vi,yi\n0.1,0.2,3\n1,1,1\n", "1:7", "the column yi stands twice"),
        ("GEN", "yi,vi\n0.1,0.2\n0.1,abc\n", "3:5", "vi is 'abc', which is no number"),
        ("GEN", "yi;vi\n0.1;0,2\n0.1;1\n", "2:5", "decimals stand after a dot"),
        ("GEN", "yi,vi\n0.1,0.2\n0.1\n", "3:1", "the row has 1 cells"),
        ("GEN", "yi,vi\n0.1,0.2\n0.1,0\n", "3:5", "a sampling variance is above zero"),
        ("GEN", 'yi,vi\n0.1,"0.2\n0.1,0', "1:1", "this is no CSV file"),
        ("GEN", "yi,vi\n0.1,1e-320\n0.1,1\n", "2:1", "double precision"),
        ("RR", "ai,bi,ci,di\n1,2,3,4\n1,-2,3,4\n", "3:3", "a count cannot be negative"),
        ("RR", "ai,bi,ci,di\n1,2,3,4\n1,2,0,0\n", "3:5", "nobody is in this arm"),
        ("MD", "m1i,sd1i,n1i,m2i,sd2i,n2i\n1,0,9,1,1,9\n1,1,9,1,1,9\n", "2:3", "a standard deviation is above zero"),
        ("SMD", "m1i,sd1i,n1i,m2i,sd2i,n2i\n1,1,9,1,1,-9\n1,1,9,1,1,9\n", "2:11", "needs at least 2 people"),
        ("MD", "m1i,sd1i,n1i,m2i,sd2i,n2i\n1,1,1,1,1,9\n1,1,9,1,1,9\n", "2:5", "needs at least 2 people"),
        ("ZCOR", "ri,ni\n1,30\n0.5,30\n", "2:1", "a correlation lies between -1 and 1"),
        ("ZCOR", "ri,ni\n0.4,3\n0.5,30\n", "2:5", "at least 4 people"),
    ],
)
def test_a_bad_table_is_told_with_its_place(measure: str, text: str, place: str, words: str, tmp_path: Path) -> None:
    file = write(tmp_path, text)
    result = run(file, "--measure", measure)
    assert result.exit_code == 1, result.output
    assert f"{file}:{place}: error" in result.stderr
    assert words in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.output


def test_all_bad_figures_are_told_at_once(tmp_path: Path) -> None:
    file = write(tmp_path, "m1i,sd1i,n1i,m2i,sd2i,n2i\nx,1,9,1,1,9\n1,y,9,1,0,9\n1,1,9,1,z,-9\n")
    told = run(file, "--measure", "MD").stderr
    places = [line.split(":")[1:3] for line in told.splitlines() if "error effect-table" in line]
    assert places == [["2", "1"], ["3", "3"], ["3", "9"], ["4", "9"], ["4", "11"]]


@pytest.mark.parametrize("content", [b"yi,vi\n\xff,1\n", b"\x00\x01\x02"])
def test_a_file_that_is_no_text_is_told(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_bytes(content)
    result = run(file, "--measure", "GEN")
    assert result.exit_code == 1
    assert str(file) in result.stderr


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    result = run(tmp_path / "none.csv", "--measure", "GEN")
    assert result.exit_code == 1
    assert "cannot be read" in result.stderr


figures = st.one_of(
    st.sampled_from(["", "NA", "0", "1", "-1", "1e-320", "1e-160", "1e160", "1e308", "Inf", "-Inf", "0.1", "50"]),
    st.integers(0, 50).map(str),
)
tables = st.integers(0, 6).flatmap(lambda rows: st.lists(st.lists(figures, min_size=6, max_size=6), max_size=rows))


@settings(deadline=None, max_examples=300)
@given(tables, st.sampled_from(list(TABLE_COLUMNS)), st.sampled_from(METHODS), st.sampled_from(["z", "hksj", "adhoc"]))
def test_whatever_stands_in_the_table_there_is_a_result_or_a_problem(
    rows: list[list[str]], measure: str, method: str, test: str
) -> None:
    names = TABLE_COLUMNS[measure]
    lines = [",".join(names), *(",".join(row[: len(names)]) for row in rows)]
    with tempfile.TemporaryDirectory() as folder:
        file = write(Path(folder), "\n".join(lines))
        for form in ("json", "text"):
            result = run(file, "--measure", measure, "--method", method, "--test", test, "--format", form)
            assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
            assert result.exit_code == (0 if result.stdout else 1)
            assert result.exit_code == 0 or f"{file}:" in result.stderr


GROUPED = (
    "study,yi,vi,kind,weeks\na,0.1,0.02,app,2\nb,0.4,0.03,app,4\nc,0.35,0.05,web,8\nd,0.9,0.04,web,NA\ne,0.6,0.04,,12\n"
)


def test_subgroups_and_meta_regression_are_in_the_json(tmp_path: Path) -> None:
    file = write(tmp_path, GROUPED)
    result = run(file, "--measure", "GEN", "--by", "kind", "--mods", "weeks", "--test", "adhoc", "--format", "json")
    assert result.exit_code == 0
    ours = json.loads(result.stdout)
    assert [(group["value"], group["rows"]) for group in ours["subgroups"]["groups"]] == [
        ("app", [0, 1]),
        ("web", [2, 3]),
    ]
    assert (ours["subgroups"]["attribute"], ours["subgroups"]["QMdf"], ours["subgroups"]["unknown"]) == ("kind", 1, 1)
    assert ours["subgroups"]["groups"][0]["pooled"]["test"] == "adhoc"
    assert ours["metaregression"]["moderators"] == ["weeks"]
    assert (ours["metaregression"]["rows"], ours["metaregression"]["QMdf"]) == ([0, 1, 2, 4], [1, 2])
    assert f"{file}:5:1: warning" in result.stderr
    assert "d is left out of the meta-regression: weeks missing" in result.stderr
    assert "e is in no subgroup: kind missing" in result.stderr


def test_subgroups_and_meta_regression_are_in_the_text(tmp_path: Path) -> None:
    lines = run(write(tmp_path, GROUPED), "--measure", "GEN", "--by", "kind", "--mods", "weeks").stdout.splitlines()
    assert "subgroups by kind" in lines
    assert "meta-regression on weeks, 4 studies" in lines
    for name in ("app", "web", "difference", "intercept", "weeks", "moderators together", "what is left"):
        assert any(line.startswith(name) and line.endswith("]") for line in lines), name


@pytest.mark.parametrize(
    ("options", "place", "words"),
    [
        (["--by", "colour"], "1:1", "the column colour is missing; the studies are to be grouped by it"),
        (["--mods", "dose"], "1:1", "the column dose is missing; the meta-regression is asked on it"),
        (["--mods", "kind"], "2:12", "kind is 'app', which is no number"),
        (["--mods", "weeks, study"], "2:1", "study is 'a', which is no number"),
    ],
)
def test_a_bad_column_is_told_with_its_place(options: list[str], place: str, words: str, tmp_path: Path) -> None:
    file = write(tmp_path, GROUPED)
    result = run(file, "--measure", "GEN", *options)
    assert result.exit_code == 1
    assert f"{file}:{place}: error" in result.stderr
    assert words in result.stderr


def test_too_many_moderators_give_the_pool_and_a_warning(tmp_path: Path) -> None:
    file = write(tmp_path, "yi,vi,a,b\n0.1,0.2,1,2\n0.3,0.1,2,2\n0.2,0.2,3,1\n")
    result = run(file, "--measure", "GEN", "--mods", "a,b", "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["metaregression"] is None
    assert (
        "there is no meta-regression: 3 studies have all figures, and 3 coefficients need at least 4" in result.stderr
    )


@pytest.mark.parametrize(
    "text",
    [
        "yi;vi\n0,1;0,2\n0,3;1e-1\n",
        "yi\tvi\n0,1\t0,2\n0,3\t1e-1\n",
        '"study, year","YI"," vi "\n"a, 2004",0.1,0.2\n"b",0.3,0.1\n',
        '"study, year";Yi;VI\nLong;0.1;0.2\nOng;0.3;.1\n',
        "\n\nVi,label,Yi\r0.2,a,0.1\r0.1,b,0.3\r",
        '"","yi","vi"\n"1",0.1,0.2\n"2",0.3,0.1\n',
    ],
)
def test_tables_as_programs_write_them_are_read(text: str, tmp_path: Path) -> None:
    result = run(write(tmp_path, text), "--measure", "GEN", "--format", "json")
    assert result.exit_code == 0, result.output
    ours = json.loads(result.stdout)
    assert (ours["yi"], ours["vi"]) == ([0.1, 0.3], [0.2, 0.1])


def test_a_name_in_other_capitals_does_not_stand_twice_beside_the_exact_one(tmp_path: Path) -> None:
    result = run(write(tmp_path, "YI,yi,vi\n9,0.1,0.2\n9,0.3,0.1\n"), "--measure", "GEN", "--format", "json")
    assert json.loads(result.stdout)["yi"] == [0.1, 0.3]


def test_rates_are_pooled_and_bad_ones_told(tmp_path: Path) -> None:
    file = write(tmp_path, "x1i,t1i,x2i,t2i\n3,100,6,120.5\n0,90,4,80\n")
    assert "as a ratio" in run(file, "--measure", "IRR").stdout
    assert "as a ratio" not in run(file, "--measure", "IRD").stdout
    bad = run(write(tmp_path, "x1i,t1i,x2i,t2i\n3,0,6,120.5\n-1,90,4,80\n"), "--measure", "IRR")
    assert bad.exit_code == 1
    for words in ("2:3: error", "the time that people were followed is above zero", "3:1: error", "cannot be negative"):
        assert words in bad.stderr


def test_adhoc_never_has_a_smaller_standard_error_than_z(bcg: Path) -> None:
    z, hksj, adhoc = (
        json.loads(run(bcg, "--measure", "RR", "--method", "SJ", "--test", test, "--format", "json").stdout)
        for test in ("z", "knha", "adhoc")
    )
    assert hksj["se"] < z["se"] == adhoc["se"]
    assert adhoc["ci_ub"] > z["ci_ub"]
