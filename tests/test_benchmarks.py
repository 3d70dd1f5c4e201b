"""The made-up evidence of the benchmarks: clean, varied, the same for the same seed, and the same pages as Markdown."""

import hashlib
import re
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from benchmarks.figures import Draws, Figures
from benchmarks.generate import generate
from benchmarks.markdown import markdown
from benchmarks.measure import Measured
from benchmarks.parse import parse
from benchmarks.plain import write_markdown
from benchmarks.results import ratios, show, summarise

from backed.build import Built, build
from backed.model import Evidence

ROOT = Path(__file__).parent.parent
VOCABULARIES = ROOT / "tests/toy/evidence/vocabularies"
N = 12


def made(folder: Path, n: int = N, seed: int = 1) -> Path:
    generate(folder, n, seed, VOCABULARIES)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("made") / "evidence")


@pytest.fixture(scope="module")
def built(folder: Path) -> Built:
    return build(folder, ROOT / "site_src/templates")


@pytest.fixture(scope="module")
def evidence(built: Built) -> Evidence:
    return built.checked.evidence


def fingerprints(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_made_up_evidence_has_no_problem(built: Built) -> None:
    assert built.problems == ()


@pytest.mark.parametrize("seed", range(2, 8))
def test_no_seed_makes_a_problem(seed: int, tmp_path: Path) -> None:
    assert build(made(tmp_path / "evidence", 70, seed), ROOT / "site_src/templates").problems == ()


def test_every_kind_of_record_is_there(evidence: Evidence) -> None:
    designs = evidence.vocabularies.designs
    kinds = Counter(designs[study.design.type].kind for study in evidence.studies.values())
    assert len(evidence.studies) == N and {"trial", "cohort", "review"} <= set(kinds)
    assert (len(evidence.comparisons), len(evidence.claims), len(evidence.articles)) == (2, 2, 1)
    assert {comparison.kind for comparison in evidence.comparisons.values()} == {"intervention", "exposure"}


def test_numbers_grow_with_the_studies(tmp_path: Path) -> None:
    evidence = build(made(tmp_path / "evidence", 330), ROOT / "site_src/templates").checked.evidence
    counts = (len(evidence.comparisons), len(evidence.claims), len(evidence.articles))
    assert counts == (16, 22, 2)


def test_comparisons_find_studies_and_verdicts_are_computed(built: Built) -> None:
    syntheses = built.checked.syntheses
    assert all(answer.interval and len(answer.found) > 1 for answer in syntheses.answers.values())
    assert any(rulings for rulings in syntheses.rulings.values())


def test_each_record_is_as_large_as_a_real_one(folder: Path) -> None:
    sizes = [path.stat().st_size for path in (folder / "studies").rglob("*.yaml")]
    assert 3_500 < sum(sizes) / len(sizes) < 5_500


def groups_of(figures: Figures) -> list[dict[str, str]]:
    return figures.fields["groups"]  # type: ignore[return-value]


@pytest.mark.parametrize("seed", range(20))
def test_a_difference_follows_from_the_means_and_spreads(seed: int) -> None:
    figures = Draws(Random(seed)).difference(0, 10, {"tested": 25, "compared": 100})
    (m1, s1), (m2, s2) = ((float(group["mean"]), float(group["sd"])) for group in groups_of(figures))
    estimate, low, high = map(float, figures.interval)
    assert estimate == pytest.approx(m1 - m2)
    assert (high - low) / 2 == pytest.approx(1.96 * (s1**2 / 25 + s2**2 / 100) ** 0.5, abs=0.1001)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("measure", ["risk-ratio", "odds-ratio"])
def test_a_ratio_follows_from_the_events(measure: str, seed: int) -> None:
    figures = Draws(Random(seed)).ratio(measure, {"tested": 50, "compared": 200})
    a, c = (int(group["events"]) for group in groups_of(figures))
    odds = measure == "odds-ratio"
    ratio = (a / (50 - a)) / (c / (200 - c)) if odds else (a / 50) / (c / 200)
    spread = 1 / a + 1 / c + (1 / (50 - a) + 1 / (200 - c) if odds else -1 / 50 - 1 / 200)
    estimate, low, high = map(float, figures.interval)
    assert estimate == pytest.approx(ratio, abs=0.0051)
    assert high / low == pytest.approx(2.718281828 ** (2 * 1.96 * spread**0.5), rel=0.04)


def test_no_long_row_of_figures_is_drawn_twice() -> None:
    draws = Draws(Random(1))
    drawn = [draws.difference(0, 100, {}).interval for _ in range(2000)]
    long = [row for row in drawn if sum(len(figure.strip("-0.").replace(".", "")) for figure in row) >= 8]
    assert len(set(long)) == len(long) > 500


def test_a_later_result_is_another_row() -> None:
    for seed in range(300):
        draws = Draws(Random(seed))
        main = draws.difference(0, 10, {"tested": 30, "compared": 30})
        later = draws.difference(0, 10, {"tested": 30, "compared": 30}, beside=main)
        assert not set(main.rows) & set(later.rows)


def test_every_work_is_clearly_made_up(evidence: Evidence) -> None:
    assert all(reference.doi.startswith("10.5555/") for reference in evidence.references.values())
    assert not any(reference.pmid for reference in evidence.references.values())


def test_the_same_seed_makes_the_same_files(folder: Path, tmp_path: Path) -> None:
    assert fingerprints(made(tmp_path / "again")) == fingerprints(folder)


def test_another_seed_makes_other_files(folder: Path, tmp_path: Path) -> None:
    assert fingerprints(made(tmp_path / "other", seed=2)).keys() != fingerprints(folder).keys()


def test_a_page_for_every_record(built: Built, evidence: Evidence) -> None:
    urls = {page.url for page in built.pages}
    assert {f"studies/{study}/" for study in evidence.studies} <= urls
    assert {f"claims/{claim}/" for claim in evidence.claims} <= urls
    assert len(urls) == len(list(built.pages))


def test_markdown_says_the_same_words(built: Built, tmp_path: Path) -> None:
    write_markdown(tuple(built.pages), tmp_path / "plain")
    for page in built.pages:
        text = (tmp_path / "plain/docs" / page.url / "index.md").read_text(encoding="utf-8")
        said = words(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<(svg|select|form).*?</\1>", "", page.content)))
        assert words(re.sub(r"\]\([^)]*\)", "", text)) >= said, page.url


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-zA-Z]{4,}", re.sub(r"&\w+;|\\", " ", text)))


def test_markdown_of_headings_tables_lists_and_links() -> None:
    html = (
        '<h2 id="a">What came <em>out</em></h2><p>See <a href="../x/">x | y</a>.</p><svg><text>no</text></svg>'
        "<ul><li>one</li><li>two</li></ul><table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2<p>3</p></td></tr></table>"
    )
    assert markdown(html) == (
        "## What came *out*\n\nSee [x \\| y](../x/).\n\n- one\n\n- two\n\n|A |B |\n| --- | --- |\n|1 |2 3 |\n"
    )


def test_ratios_are_of_medians() -> None:
    seconds = {"check": (2.0, 4.0, 3.0), "cold": (5.0, 5.0, 9.0), "mkdocs": (25.0, 20.0, 30.0), "hugo": (10.0,)}
    rows = summarise(
        [Measured(1000, step, value, 2 * value, 100) for step, values in seconds.items() for value in values]
    )
    assert ratios(rows) == {
        "cold / Hugo at 1,000": 0.5,
        "cold / Hugo at 1,000, processor time": 0.5,
        "cold / Hugo at 1,000, memory": 1.0,
        "cold / plain MkDocs at 1,000": 0.2,
        "cold / plain MkDocs at 1,000, processor time": 0.2,
        "check + cold at 1,000, seconds": 8.0,
        "cold at 1,000, seconds": 5.0,
        "cold at 1,000, MB": 100,
    }
    assert show(rows).count("reached") == 2


def test_a_reach_that_is_missed_is_told() -> None:
    rows = summarise([Measured(10_000, "warm", 3.1, 3.1, 100), Measured(10_000, "changed", 1.4, 1.4, 100)])
    told = show(rows)
    assert "MISSED  warm at 10,000, seconds <= 3" in told
    assert "reached  changed at 10,000, seconds <= 1.5" in told


def test_growth_is_told_from_size_to_size() -> None:
    rows = summarise([Measured(size, "cold", size / 100, size / 50, 100) for size in (100, 1000)])
    assert ratios(rows)["cold: processor time at 1,000 by that at 100 (x10 studies)"] == 10


def test_checking_is_compared_with_bare_parsing(folder: Path) -> None:
    assert parse(folder) == sum(path.suffix in {".yaml", ".bib"} for path in folder.rglob("*"))
    steps = {"parse": 3.0, "check": 4.5}
    rows = summarise([Measured(10_000, step, seconds, seconds, 100) for step, seconds in steps.items()])
    assert ratios(rows) == {"check / bare parsing at 10,000, processor time": 1.5}
    assert show(rows).count("reached") == 1


@pytest.mark.parametrize("many", [1, 3])
def test_however_many_processes_write_the_files_are_the_same(
    many: int, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BACKED_PROCESSES", str(many))
    assert fingerprints(made(tmp_path / "again")) == fingerprints(folder)
