"""What a bundle holds, and that its two scripts find the published numbers again and notice a changed one."""

from __future__ import annotations

import ast
import csv
import io
import json
import math
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import rispy
from scipy.special import stdtr, stdtrit
from tests.reference.r import find_r, missing
from tests.system import required

from backed.export import export
from backed.export.bundle import bundle
from backed.export.bundle.table import csv_text
from backed.model import (
    POOL_NOTES,
    VOCABULARIES,
    Answer,
    ArmSize,
    Comparison,
    EffectSize,
    Evidence,
    Found,
    Instrument,
    Interval,
    Measure,
    Name,
    Pool,
    Pooled,
    PoolRow,
    Reference,
    Step,
    Study,
    Syntheses,
    Vocabularies,
)
from backed.synthesise import synthesise
from backed.synthesise.bias import egger, ranktest, trimfill
from backed.synthesise.pool import confint, pool
from backed.synthesise.tau2 import METHODS

PINNED: list[dict[str, Any]] = json.loads((Path(__file__).parent / "reference/metafor.json").read_text("utf-8"))
MEASURES = {
    "RR": Measure.RISK_RATIO,
    "OR": Measure.ODDS_RATIO,
    "RD": Measure.RISK_DIFFERENCE,
    "PETO": Measure.PETO_ODDS_RATIO,
    "MD": Measure.MEAN_DIFFERENCE,
    "SMD": Measure.STANDARDISED_MEAN_DIFFERENCE,
    "ROM": Measure.RATIO_OF_MEANS,
    "GEN": Measure.CORRELATION,
}
POOLED = ("beta", "se", "ci_lb", "ci_ub", "pval", "tau2", "I2", "H2", "QE", "QEp", "pi_lb", "pi_ub")

# Pools as synthesis hands them over -----------------------------------------------------------------------------


def pooled_as(y: list[float], v: list[float], method: Any, test: Any) -> Pooled:
    """Return a pool; adhoc is knha with the standard error of z where that one is larger."""
    if test != "adhoc":
        return pool(y, v, method, test)
    wide, narrow = pool(y, v, method, "z"), pool(y, v, method, "knha")
    if len(y) == 1 or narrow.se >= wide.se:
        return replace(narrow, test="adhoc")
    reach = float(stdtrit(len(y) - 1, 0.975))
    ahead = None if narrow.pi_lb is None else reach * math.hypot(wide.se, math.sqrt(wide.tau2))
    return replace(
        wide,
        test="adhoc",
        ci_lb=wide.beta - reach * wide.se,
        ci_ub=wide.beta + reach * wide.se,
        pval=2 * float(stdtr(len(y) - 1, -abs(wide.beta / wide.se))),
        pi_lb=None if ahead is None else wide.beta - ahead,
        pi_ub=None if ahead is None else wide.beta + ahead,
    )


def read_as(measure: Measure, *ends: float) -> Interval:
    plain: Callable[[float], float] = float
    read = math.exp if measure.is_ratio else math.tanh if measure is Measure.CORRELATION else plain
    estimate, lower, upper = map(read, ends)
    return Interval(estimate, lower, upper)


def made_pool(measure: Measure, y: list[float], v: list[float], method: Any, test: Any, **arms: Any) -> Pool:
    whole = pooled_as(y, v, method, test)
    others = [pooled_as(y[:i] + y[i + 1 :], v[:i] + v[i + 1 :], method, test) for i in range(len(y))] if y[1:] else []
    first, second = arms.get("first", [None] * len(y)), arms.get("second", [None] * len(y))
    rows = [
        PoolRow(
            study=f"study-{number}",
            effects=("pain",),
            size=EffectSize(y[number], v[number], first=first[number], second=second[number]),
            interval=read_as(
                measure, y[number], y[number] - 1.96 * v[number] ** 0.5, y[number] + 1.96 * v[number] ** 0.5
            ),
            weight=whole.weights[number],
        )
        for number in range(len(y))
    ]
    ahead = (whole.beta, whole.pi_lb, whole.pi_ub)
    return Pool(
        measure=measure,
        method=method,
        test="hksj" if test == "knha" else test,
        rows=tuple(rows),
        pooled=whole,
        interval=read_as(measure, whole.beta, whole.ci_lb, whole.ci_ub),
        prediction=read_as(measure, *(end for end in ahead if end is not None)) if None not in ahead else None,
        confint=confint(y, v) if method != "EE" and y[1:] else None,
        leave1out=tuple(read_as(measure, one.beta, one.ci_lb, one.ci_ub) for one in others),
        egger=egger(y, v),
        ranktest=ranktest(y, v),
        trimfill=None if test == "adhoc" else trimfill(y, v, method, test),
    )


def pinned(analysis: dict[str, Any], method: str, test: str) -> Pool:
    return made_pool(MEASURES[analysis["measure"]], analysis["yi"], analysis["vi"], method, test)


# The evidence around them ---------------------------------------------------------------------------------------


def study(number: int) -> Study:
    return Study.model_validate(
        {
            "id": f"study-{number}",
            "file": f"studies/2004/study-{number}.yaml",
            "title": "A study",
            "summary": {"en": "They walked."},
            "reports": [f"ref-{number}", f"later-{number}"],
            "design": {"type": "trial"},
            "funding": {"statement": "not seen"},
            "population": {"condition": "back-pain"},
            "effects": [
                {
                    "id": "pain",
                    "outcome": "pain",
                    "instrument": "nrs",
                    "time": {"weeks": "12"},
                    "measure": "mean-difference",
                    "estimate": "-1.2",
                    "source": {"report": f"ref-{number}", "locator": "Table 2", "printed": "−1.2 (−2.0 to −0.4)"},
                }
            ],
            "extraction": {"read": "abstract", "by": "Backed project", "on": "2026-11-22"},
        }
    )


def comparison(outcomes: Mapping[str, Any], **values: Any) -> Comparison:
    return Comparison.model_validate(
        {
            "id": "walking-v-nothing",
            "file": "comparisons/walking-v-nothing.yaml",
            "title": {"en": "Walking against nothing"},
            "question": {"en": "Does walking help?"},
            "answer": {"en": "It does."},
            "kind": "exposure",
            "population": {"conditions": ["back-pain"], "label": {"en": "People"}},
            "exposure": {"terms": ["walking"], "label": {"en": "Walking"}},
            "outcomes": [
                {"id": name, "outcome": "pain", "measure": "mean-difference", "scale": "nrs", **more}
                for name, more in outcomes.items()
            ],
            "reviewed": {"on": "2026-11-22", "by": "Backed project"},
            **values,
        }
    )


NRS = Instrument.model_validate(
    {"label": {"en": "Pain rating"}, "outcome": "pain", "unit": {"en": "points on 0-10"}, "better": "lower"}
)


def base(made: Comparison, studies: int = 25) -> Evidence:
    references = [
        Reference(
            key=f"{stem}-{number}", type="article", title="Walking", authors=(Name("Long", "Audrey"),), year="2004"
        )
        for number in range(studies)
        for stem in ("ref", "later")
    ]
    vocabularies: dict[str, Any] = {**{name: {} for name in VOCABULARIES}, "instruments": {"nrs": NRS}}
    return Evidence(
        studies={f"study-{number}": study(number) for number in range(studies)},
        comparisons={made.id: made},
        articles={},
        claims={},
        vocabularies=Vocabularies(**vocabularies),
        references={reference.key: reference for reference in references},
        found=studies + 1,
    )


def zip_of(pools: Mapping[str, Pool | None], found: tuple[Found, ...] = (), **outcome: Any) -> bytes:
    made = comparison(dict.fromkeys(pools, outcome))
    evidence = base(made)
    answers = {
        (made.id, name): Answer(made.id, name, Measure.MEAN_DIFFERENCE, "nrs", "nothing", found, pool=one)
        for name, one in pools.items()
    }
    (file,) = bundle(made.id, evidence, Syntheses(answers, {}), "https://backed.example/")
    assert file.path == "comparisons/walking-v-nothing/walking-v-nothing.zip"
    return file.content


def files_in(content: bytes) -> dict[str, str]:
    with ZipFile(io.BytesIO(content)) as archive:
        return {name.removeprefix("walking-v-nothing/"): archive.read(name).decode() for name in archive.namelist()}


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def unpacked(content: bytes, folder: Path) -> Path:
    with ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
    return folder / "walking-v-nothing"


def ran(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, timeout=300)


def by_python(folder: Path, *names: str) -> subprocess.CompletedProcess[str]:
    return ran(sys.executable, "-I", "-S", "-W", "error", folder / "reproduce.py", *names)


@pytest.fixture(scope="session")
def rscript() -> str:
    """Return the path of an Rscript with all packages; without one the test is skipped, or fails in CI."""
    path = find_r()
    if path is None and required():
        pytest.fail(missing(), pytrace=False)
    return path or pytest.skip(missing())


# What synthesis really hands over -------------------------------------------------------------------------------


def test_python_alone_finds_the_pools_of_the_toy_base_again(toy: Evidence, tmp_path: Path) -> None:
    syntheses = synthesise(toy)
    found = [one for id in toy.comparisons for one in bundle(id, toy, syntheses)]
    assert [Path(one.path).stem for one in found] == ["distress-onset", "exercise-v-nothing", "movement-v-inactive"]
    for one in found:
        with ZipFile(io.BytesIO(one.content)) as archive:
            archive.extractall(tmp_path)
        done = by_python(tmp_path / Path(one.path).stem)
        assert (done.returncode, done.stderr) == (0, ""), differing(done.stdout) or done.stdout[-2000:]
        assert "  beta" in done.stdout


# The scripts ----------------------------------------------------------------------------------------------------

HARD = {
    "one-study": ([0.3], [0.1]),
    "two-studies": ([0.3, 0.5], [0.1, 0.2]),
    "two-far-apart": ([-30.0, 5.0], [4.0, 5.0]),
    "no-heterogeneity": ([0.1, 0.11, 0.13, 0.17], [0.1, 0.2, 0.1, 0.3]),
    "identical": ([0.3, 0.3, 0.3], [0.1, 0.2, 0.1]),
    "beyond-all-scales": ([-300.0, 300.0, 0.5], [4.0, 5.0, 0.1]),
    "all-zero": ([0.0, 0.0, 0.0], [0.1, 0.2, 0.1]),
    "points-on-0-100": ([-30.0, -5.0, -20.0, 10.0, -40.0], [4.0, 5.0, 3.0, 6.0, 9.0]),
}
KINDS = [(method, test) for method in METHODS for test in ("z", "knha", "adhoc") if method != "EE" or test == "z"]


def many_pools() -> Iterator[tuple[str, Pool]]:
    """Yield each method with each test, each measure of each data set, and the hard sets, by a name each."""
    for method, test in KINDS:
        yield f"bcg-{method}-{test}".lower(), pinned(PINNED[0], method, test)
    for number, analysis in enumerate(PINNED):
        method, test = KINDS[number % len(KINDS)]
        name = f"{analysis['dataset'].removeprefix('dat.')}-{analysis['measure']}"
        yield name.lower(), pinned(analysis, method, test)
    for name, (y, v) in HARD.items():
        for method, test in (("REML", "adhoc"), ("PM", "knha"), ("EE", "z")):
            yield f"{name}-{method}".lower(), made_pool(Measure.MEAN_DIFFERENCE, y, v, method, test)
    far = ([-9.0, 3.0, 8.0], [0.4, 0.3, 0.5])
    yield "wide-correlation", made_pool(Measure.CORRELATION, *far, "REML", "knha")
    wide = made_pool(Measure.ODDS_RATIO, *far, "REML", "knha")
    yield "wide-ratio", wide
    assert wide.prediction
    endless = tuple(replace(one, upper=math.inf) for one in wide.leave1out)
    yield "endless-ratio", replace(wide, leave1out=endless, prediction=replace(wide.prediction, upper=math.inf))


@pytest.fixture(scope="module")
def many() -> dict[str, Pool]:
    return dict(many_pools())


def test_python_alone_finds_every_published_number_again(many: dict[str, Pool], tmp_path: Path) -> None:
    done = by_python(unpacked(zip_of(many), tmp_path))
    assert (done.returncode, done.stderr) == (0, ""), differing(done.stdout) or done.stdout[-2000:]
    assert done.stdout.endswith("all numbers agree\n")
    for name, one in many.items():
        assert f"{name}: {len(one.rows)} rows, {one.method}, " in done.stdout
    compared = [line.split()[0] for line in done.stdout.splitlines() if line.startswith("  ")]
    for name in ("beta", "se", "ci_lb", "ci_ub", "pval", "tau2", "I2", "H2", "QE"):
        assert compared.count(name) == len(many)
    assert compared.count("weights") == sum(len(one.rows) for one in many.values())
    assert done.stdout.count("  read leave1out ") == refits(many)


def test_metafor_finds_every_published_number_again(many: dict[str, Pool], tmp_path: Path, rscript: str) -> None:
    done = ran(rscript, unpacked(zip_of(many), tmp_path) / "reproduce.R")
    assert (done.returncode, done.stderr) == (0, ""), differing(done.stdout) or done.stdout[-2000:]
    assert done.stdout.endswith("all numbers agree\n")
    compared = [line.split()[0] for line in done.stdout.splitlines() if line.startswith("  ")]
    for name in ("beta", "se", "ci_lb", "ci_ub", "pval", "tau2", "I2", "H2", "QE", "QEp"):
        assert compared.count(name) == len(many)
    assert compared.count("confint") == 6 * sum(one.confint is not None for one in many.values())
    assert done.stdout.count("  read leave1out ") == refits(many)
    none = [line.split()[0] for line in done.stdout.splitlines() if line.endswith("not compared")]
    assert set(none) == {"pval"}, "metafor has no p-value where all effects are 0"
    assert done.stdout.count("metafor gives none") < 10
    assert compared.count("trimfill") > 50


def refits(pools: Mapping[str, Pool]) -> int:
    """Return how many numbers of leaving one out are published."""
    ends = [(one.estimate, one.lower, one.upper) for pool in pools.values() for one in pool.leave1out]
    return sum(math.isfinite(end) for three in ends for end in three)


def changed(results: Path, *path: str) -> None:
    """Change a published number in its sixth digit."""
    whole = json.loads(results.read_text("utf-8"))
    place = whole
    for name in path[:-1]:
        place = place[name]
    value = place[path[-1]]
    place[path[-1]] = [value[0] * 1.00001, *value[1:]] if isinstance(value, list) else value * 1.00001
    results.write_text(json.dumps(whole), "utf-8")


NUMBERS = [
    ("beta",),
    ("ci_ub",),
    ("tau2",),
    ("I2",),
    ("pi_lb",),
    ("weights",),
    ("read", "leave1out", "ci_lb"),
    ("read", "ci_ub"),
]


@pytest.mark.parametrize("path", NUMBERS, ids=".".join)
def test_python_notices_a_number_that_is_wrong_in_the_sixth_digit(path: tuple[str, ...], tmp_path: Path) -> None:
    folder = unpacked(zip_of({"pain": pinned(PINNED[0], "REML", "knha")}), tmp_path)
    changed(folder / "pain/results.json", *path)
    done = by_python(folder)
    assert (done.returncode, done.stdout.count("DIFFERS")) == (1, 1)
    assert done.stdout.endswith("SOME NUMBERS DIFFER\n")


def test_metafor_notices_a_number_that_is_wrong_in_the_sixth_digit(tmp_path: Path, rscript: str) -> None:
    """One run: each outcome has another number changed."""
    paths = [*NUMBERS, ("QE",), ("confint", "tau2"), ("egger", "pval"), ("trimfill", "se"), ("ranktest", "tau")]
    folder = unpacked(zip_of({f"o{number}": pinned(PINNED[0], "REML", "z") for number in range(len(paths))}), tmp_path)
    for number, path in enumerate(paths):
        changed(folder / f"o{number}/results.json", *path)
    done = ran(rscript, folder / "reproduce.R")
    found = [
        line.split()[: len(path)] for line, path in zip(differing(done.stdout), sorted_by_outcome(paths), strict=True)
    ]
    assert (done.returncode, [tuple(words) for words in found]) == (1, sorted_by_outcome(paths))


def differing(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.endswith("DIFFERS")]


def sorted_by_outcome(paths: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the paths in the order in which the script takes the outcomes: o0, o1, o10, o11, …"""
    return [path for _, path in sorted((f"o{number}", path) for number, path in enumerate(paths))]


def test_a_changed_study_is_noticed(tmp_path: Path) -> None:
    folder = unpacked(zip_of({"pain": pinned(PINNED[0], "REML", "knha")}), tmp_path)
    data = folder / "pain/data.csv"
    value = repr(PINNED[0]["yi"][0])
    text = data.read_bytes().decode()
    assert text.count(value) == 1
    data.write_bytes(text.replace(value, repr(PINNED[0]["yi"][0] + 0.01)).encode())
    assert by_python(folder).returncode == 1


def test_one_outcome_can_be_asked_for(tmp_path: Path) -> None:
    folder = unpacked(zip_of({name: pinned(PINNED[0], "DL", "z") for name in ("pain", "function")}), tmp_path)
    changed(folder / "pain/results.json", "beta")
    assert by_python(folder, "function").returncode == 0
    assert by_python(folder, "pain").returncode == 1
    assert by_python(folder).returncode == 1


def test_with_nothing_to_compare_the_scripts_say_so(tmp_path: Path, rscript: str) -> None:
    folder = unpacked(zip_of({"pain": pinned(PINNED[0], "DL", "z")}), tmp_path)
    (folder / "pain/data.csv").unlink()
    for done in (by_python(folder), by_python(folder, "sleep"), ran(rscript, folder / "reproduce.R", "pain")):
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("nothing to compare: ")
        assert len(done.stderr.splitlines()) == 1
    shutil.rmtree(folder / "pain")
    done = by_python(folder)
    assert (done.returncode, done.stderr) == (2, "nothing to compare: no folder with results.json here\n")


def test_the_python_script_is_as_old_as_it_says() -> None:
    text = files_in(zip_of({"pain": pinned(PINNED[0], "DL", "z")}))["reproduce.py"]
    assert "Needs Python 3.8 or newer" in text
    ast.parse(text, feature_version=(3, 8))


# The files ------------------------------------------------------------------------------------------------------

ARMS = [ArmSize(n=30, mean=3.5, sd=1.25), ArmSize(n=28.5, events=4)]
AGAINST = [ArmSize(n=31, mean=4, sd=1.5), ArmSize(events=9, person_time=120.5)]


def pain(**values: Any) -> Pool:
    made = made_pool(Measure.MEAN_DIFFERENCE, [-0.5, 0.1 + 0.2], [0.1, 0.2], "REML", "knha", first=ARMS, second=AGAINST)
    return replace(made, **values)


def test_a_bundle_holds_what_it_says() -> None:
    found = (Found("study-0", "pain", "pooled"),)
    files = files_in(zip_of({"pain": pain()}, found))
    own = ["README.txt", "codebook.csv", "datapackage.json"]
    taken = ["references.bib", "references.ris", "reproduce.R", "reproduce.py"]
    assert list(files) == [*own, "pain/data.csv", "pain/found.csv", "pain/results.json", *taken]


def test_the_data_have_full_precision_and_the_figures_of_both_arms() -> None:
    first, second = rows_of(files_in(zip_of({"pain": pain()}))["pain/data.csv"])
    assert (first["study"], first["label"], first["effects"], first["instrument"]) == (
        "study-0",
        "Long 2004",
        "pain",
        "nrs",
    )
    assert (second["yi"], float(second["yi"])) == ("0.30000000000000004", 0.1 + 0.2)
    arms = ("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i")
    assert [first[name] for name in arms] == ["3.5", "1.25", "30", "4", "1.5", "31"]
    counts = ("n1i", "ai", "bi", "ci", "di", "x1i", "x2i", "t2i")
    assert [second[name] for name in counts] == ["28.5", "4", "24.5", "", "", "", "9", "120.5"]
    assert {first[name] for name in ("ai", "bi", "x1i", "t1i")} == {""}
    assert float(first["weight"]) + float(second["weight"]) == pytest.approx(100)


def test_quality_and_conversions_stand_beside_each_study() -> None:
    size = EffectSize(-0.5, 0.1, (Step("sd-from-se", "2 = 0.2 × √100"), Step("rescale", "× 10")), approximated=True)
    rows = (
        replace(pain().rows[0], size=size, bias="some-concerns", industry="none", people=61, year=1999),
        pain().rows[1],
    )
    first, second = rows_of(files_in(zip_of({"pain": pain(rows=rows)}))["pain/data.csv"])
    assert (first["risk_of_bias"], first["industry"], first["n"], first["year"]) == (
        "some-concerns",
        "none",
        "61",
        "1999",
    )
    assert (first["approximated"], second["approximated"]) == ("true", "false")
    assert (first["steps"], second["steps"]) == ("sd-from-se: 2 = 0.2 × √100; rescale: × 10", "")
    assert (second["risk_of_bias"], second["n"], second["year"]) == ("", "", "")


def test_a_study_in_two_rows_is_one_study(tmp_path: Path) -> None:
    rows = tuple(
        replace(row, study="study-0", part=part) for row, part in zip(pain().rows, ("walk", "run"), strict=True)
    )
    content = zip_of({"pain": pain(rows=rows)})
    files = files_in(content)
    assert [(row["study"], row["part"]) for row in rows_of(files["pain/data.csv"])] == [
        ("study-0", "walk"),
        ("study-0", "run"),
    ]
    published = json.loads(files["pain/results.json"])
    assert (published["k"], published["studies"], published["labels"]) == (2, 1, ["Long 2004 walk", "Long 2004 run"])
    assert files["references.bib"].count("@article{") == 2
    assert by_python(unpacked(content, tmp_path)).returncode == 0


@pytest.mark.parametrize("text", ["=1+1", "+1", "-2 points", "@x", "\t=1", " =1", "\r=1"])
def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(text: str) -> None:
    (row,) = csv.reader(io.StringIO(csv_text([text], []), newline=""))
    assert row == [text], "names are ours"
    _, row = csv.reader(io.StringIO(csv_text(["a", "b", "c"], [[text, -2.5, -3]]), newline=""))
    assert row == [f"'{' '.join(text.split())}", "-2.5", "-3"]


def test_what_is_no_number_is_an_empty_cell() -> None:
    assert csv_text(["a"], [[math.nan], [math.inf], [None], [True], [0.0], ["a,b"]]).split("\r\n") == [
        *("a", '""', '""', '""', "true", "0", '"a,b"', "")
    ]


def test_every_effect_found_is_there_with_its_reason() -> None:
    found = (
        Found("study-0", "pain", "pooled", "", Interval(-1.2, -2, -0.4), EffectSize(-1.2, 0.16)),
        Found("study-1", "pain", "left-out", "outside the window"),
        Found("study-2", "gone", "unusable", "=no figures"),
        Found("nobody", "pain", "beside", "x"),
    )
    rows = rows_of(files_in(zip_of({"pain": pain()}, found))["pain/found.csv"])
    assert [(row["study"], row["role"], row["reason"]) for row in rows] == [
        ("study-0", "pooled", ""),
        ("study-1", "left-out", "outside the window"),
        ("study-2", "unusable", "'=no figures"),
        ("nobody", "beside", "x"),
    ]
    assert [rows[0][name] for name in ("estimate", "ci_lb", "yi", "vi", "weeks")] == [
        "-1.2",
        "-2",
        "-1.2",
        "0.16",
        "12",
    ]
    assert (rows[1]["source"], rows[1]["locator"]) == ("ref-1", "Table 2")
    assert (rows[1]["printed"], rows[1]["yi"]) == ("−1.2 (−2.0 to −0.4)", "")


PARSED: dict[str, Callable[[str], object]] = {
    "number": float,
    "integer": int,
    "boolean": ("true", "false").index,
    "string": str,
}


def test_codebook_and_datapackage_describe_every_column() -> None:
    rows = (replace(pain().rows[0], people=61, year=1999), pain().rows[1])
    found = (Found("study-0", "pain", "pooled", "", Interval(-1.2, -2, -0.4), EffectSize(-1.2, 0.16)),)
    files = files_in(zip_of({"pain": pain(rows=rows), "distress": pinned(PINNED[0], "DL", "z")}, found))
    package = json.loads(files["datapackage.json"])
    assert (package["name"], package["licenses"][0]["name"]) == ("walking-v-nothing", "CC-BY-4.0")
    assert [one["path"] for one in package["resources"]] == [
        *("pain/data.csv", "pain/found.csv", "distress/data.csv", "distress/found.csv")
    ]
    described = rows_of(files["codebook.csv"])
    for resource in package["resources"]:
        names, *cells = csv.reader(io.StringIO(files[resource["path"]], newline=""))
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == names
        assert [row["column"] for row in described if row["file"] == resource["path"]] == names
        for row in cells:
            for cell, field in zip(row, fields, strict=True):
                assert not cell or PARSED[field["type"]](cell) is not None
                assert cell in field.get("constraints", {}).get("enum", [cell])
    assert all(row["description"] for row in described)
    units = {(row["file"], row["column"]): row["unit"] for row in described}
    assert units["pain/data.csv", "yi"] == units["pain/data.csv", "ci_lb"] == "points on 0-10"
    assert units["distress/data.csv", "yi"] == "natural logarithm of the risk ratio"
    assert units["distress/data.csv", "estimate"] == "risk ratio"


def test_references_are_those_of_the_pool_and_of_the_anchor() -> None:
    files = files_in(zip_of({"pain": pain()}, anchor={"study": "study-7", "effect": "pain"}))
    keys = ["ref-0", "later-0", "ref-1", "later-1", "ref-7", "later-7"]
    assert [line.split("{")[1].strip(",") for line in files["references.bib"].splitlines() if "@" in line] == keys
    assert [entry["id"] for entry in rispy.loads(files["references.ris"])] == keys


def test_results_have_the_names_of_metafor_and_say_what_they_are_of() -> None:
    made = pinned(PINNED[0], "REML", "knha")
    published = json.loads(files_in(zip_of({"pain": replace(made, note="two-studies")}))["pain/results.json"])
    model = next(one for one in PINNED[0]["models"] if (one["method"], one["test"]) == ("REML", "knha"))
    for name in POOLED:
        assert published[name] == pytest.approx(model[name], rel=1e-8), name
    assert (published["yi"], published["vi"]) == (PINNED[0]["yi"], PINNED[0]["vi"])
    assert (published["method"], published["test"], published["transform"]) == ("REML", "knha", "exp")
    assert (published["question"], published["scale"], published["note"]) == (
        "Does walking help?",
        "nrs",
        POOL_NOTES["two-studies"],
    )
    assert published["read"]["estimate"] == pytest.approx(math.exp(model["beta"]))
    for name in ("confint", "egger", "trimfill", "ranktest"):
        assert published[name]
    assert len(published["read"]["leave1out"]["estimate"]) == 13


def test_what_does_not_exist_is_null() -> None:
    made = made_pool(Measure.MEAN_DIFFERENCE, [0.3], [0.1], "EE", "z")
    published = json.loads(files_in(zip_of({"pain": made}))["pain/results.json"])
    for name in ("confint", "egger", "trimfill", "ranktest", "pi_lb", "people"):
        assert published[name] is None
    assert (published["read"]["pi_ub"], published["read"]["leave1out"]) == (None, None)


def test_the_readme_says_what_it_is_where_it_comes_from_and_how_to_cite_it() -> None:
    text = files_in(zip_of({"pain": pain(note="two-studies")}))["README.txt"]
    assert text.startswith("Walking against nothing\n=======================\n")
    page = "https://backed.example/comparisons/walking-v-nothing/"
    assert f"Backed. Walking against nothing: data and code, as of 2026-11-22. {page} (CC BY 4.0)" in " ".join(
        text.split()
    )
    assert (
        f"pain: pain; mean difference, REML, Hartung-Knapp interval, 2 studies. {POOL_NOTES['two-studies']}"
        in " ".join(text.split())
    )
    assert max(map(len, text.splitlines())) <= 100


def test_an_outcome_without_a_pool_says_so_and_keeps_what_was_found(tmp_path: Path) -> None:
    content = zip_of({"pain": pain(), "sleep": None}, (Found("study-0", "pain", "unusable", "no spread"),))
    files = files_in(content)
    assert {name for name in files if name.startswith("sleep/")} == {"sleep/found.csv"}
    assert "sleep: pain; no pool (no study has figures that can be pooled); what was found is in found.csv" in files[
        "README.txt"
    ].replace("\n    ", " ")
    assert by_python(unpacked(content, tmp_path)).returncode == 0


def test_without_any_pool_there_is_no_bundle() -> None:
    made = comparison({"pain": {}})
    answer = Answer(made.id, "pain", Measure.MEAN_DIFFERENCE, "nrs", "nothing", ())
    evidence = base(made)
    for answers in ({}, {(made.id, "pain"): answer}):
        assert list(bundle(made.id, evidence, Syntheses(answers, {}))) == []


def test_a_withdrawn_comparison_says_so() -> None:
    status = {"state": "withdrawn", "on": "2026-11-23", "reason": {"en": "It was wrong."}}
    made = comparison({"pain": {}}, status=status)
    answer = Answer(made.id, "pain", Measure.MEAN_DIFFERENCE, "nrs", "nothing", (), pool=pain())
    evidence = base(made)
    (file,) = bundle(made.id, evidence, Syntheses({(made.id, "pain"): answer}, {}))
    assert "WITHDRAWN: It was wrong.\n" in files_in(file.content)["README.txt"]


def test_bundles_are_among_the_exports_with_notes_on_retractions() -> None:
    made = comparison({"pain": {}})
    answer = Answer(made.id, "pain", Measure.MEAN_DIFFERENCE, "nrs", "nothing", (), pool=pain())
    evidence = base(made)
    status = {"state": "retracted", "on": "2026-01-31", "reason": {"en": "Made-up data."}}
    gone = Study.model_validate(study(0).model_dump() | {"status": status})
    evidence = replace(evidence, studies={**evidence.studies, "study-0": gone})
    files = {file.path: file.content for file in export(evidence, Syntheses({(made.id, "pain"): answer}, {}))}
    bib = files_in(files["comparisons/walking-v-nothing/walking-v-nothing.zip"])["references.bib"]
    assert bib.count("RETRACTED (2026-01-31): Made-up data.") == 1


def test_the_same_evidence_gives_the_same_bytes() -> None:
    first, second = (zip_of({"pain": pain()}) for _ in range(2))
    assert first == second
    with ZipFile(io.BytesIO(first)) as archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {(entry.create_system, entry.external_attr >> 16) for entry in entries} == {(3, 0o100644)}
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
    assert all(entry.filename.startswith("walking-v-nothing/") for entry in entries)
