"""The files that the record builder makes are those that the loader reads, in the house's layout."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page
from tests.browser.builder import BUILDER, draft
from tests.conftest import TOY
from tests.test_rules import EXAMPLES, example

from backed.bibliography import read_bib
from backed.fix.layout import lay_out
from backed.load import outline, read_yaml
from backed.load.signs import first_unseen
from backed.model import KINDS, keys_at
from backed.model.schema import SINGULAR

RECORDS = sorted(path.relative_to(TOY).as_posix() for kind in KINDS for path in (TOY / kind).rglob("*.yaml"))
EXAMPLE_FILES = sorted(path for path in EXAMPLES.glob("*/good*.yaml"))
MODELS = {SINGULAR[folder]: kind for folder, kind in KINDS.items()}


@pytest.fixture(scope="module")
def builder(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(address + BUILDER)
    yield page
    page.close()


def written(builder: Page, kind: str, data: Any) -> str:
    text: str = builder.evaluate("([kind, data]) => backedBuilder.yaml(kind, data)", [kind, data])
    return text


def read(text: str) -> Any:
    tree, problems = read_yaml(text, "record.yaml")
    assert problems == [], text
    return tree.data


def without_blanks(data: Any) -> Any:
    """Return data without keys that hold nothing: the builder writes none of them."""
    if isinstance(data, list):
        return [without_blanks(item) for item in data]
    if not isinstance(data, dict):
        return data
    kept = {key: without_blanks(value) for key, value in data.items()}
    return {key: value for key, value in kept.items() if value not in ("", [], {})}


@pytest.mark.parametrize("file", RECORDS)
def test_a_record_is_written_as_the_loader_reads_it_and_laid_out_as_the_house_does(builder: Page, file: str) -> None:
    one = draft(TOY, file)
    text = written(builder, one["kind"], one["data"])
    assert read(text) == without_blanks(one["data"])
    root = outline(read_yaml(text, file)[0])
    assert root is not None
    assert lay_out(text, root, lambda at: keys_at(MODELS[one["kind"]], at)) == text


def test_every_good_example_is_read_as_the_loader_reads_it_and_written_again(builder: Page) -> None:
    for path in EXAMPLE_FILES:
        text, file = path.read_text(encoding="utf-8"), example(path).file
        kind = SINGULAR.get(file.split("/")[0])
        tree, problems = read_yaml(text, file)
        if kind is None or problems:
            continue
        assert builder.evaluate("text => backedBuilder.fromYaml(text)", text) == tree.data, path
        assert read(written(builder, kind, tree.data)) == without_blanks(tree.data), path


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(codec="utf-8"), min_size=1, max_size=160).filter(lambda text: not first_unseen(text)))
def test_any_text_comes_back_as_it_was_but_for_blanks_at_line_ends(builder: Page, text: str) -> None:
    data = {"title": text, "summary": {"en": text, "nl": f"{text} " * 9}, "reports": [text, "toy-2001"]}
    back = builder.evaluate("data => backedBuilder.pruned(data)", data)
    got = read(written(builder, "study", data))
    assert builder.evaluate("data => backedBuilder.fromYaml(backedBuilder.yaml('study', data))", data) == got
    squeezed = json.loads(
        json.dumps(back), object_hook=lambda found: {key: _line(value) for key, value in found.items()}
    )
    assert _lines(got) == _lines(squeezed)


def _line(value: Any) -> Any:
    if isinstance(value, list):
        return [_line(item) for item in value]
    return "".join(value.split()) if isinstance(value, str) else value


def _lines(data: Any) -> Any:
    return {key: _lines(value) if isinstance(value, dict) else _line(value) for key, value in data.items()}


BIBTEX = """@article{Smith_2019,
\ttitle = "Quiet {CLBP} talk: a caf{\\'e} trial",
  author = {M{\\"u}ller, Ada and {Made Up Group} and Toy, Bo}, year = 2019, month = {mar}, doi={10.5555/toy.2019.1},
  journal = {Made Up & Sons}, annote = {kept}
}"""
RIS = """TY  - JOUR
AU  - von Toy, Ada
AU  - Made Up Group,
TI  - A made up trial of 50% more rest_
JO  - Toy Medicine
PY  - 2018/04/05
VL  - 3
IS  - 4
SP  - 11
EP  - 19
DO  - 10.5555/toy.2018.2
ER  -
"""


def entries(builder: Page, pasted: str) -> tuple[list[dict[str, Any]], list[Any]]:
    """Return the entries that a pasted text holds, and what Python reads of the BibTeX made of them."""
    made, text = builder.evaluate(
        """pasted => {
             const made = backedBuilder.entriesFrom(pasted).map(e => ({...e, key: backedBuilder.keyFor(e) || 'x'}));
             return [made, backedBuilder.bibtex(made)];
           }""",
        pasted,
    )
    references, problems = read_bib(text, "made.bib")
    assert [one for one in problems if one.rule != "bib-incomplete"] == []
    return made, references


def test_pasted_bibtex_is_kept(builder: Page) -> None:
    [made], [reference] = entries(builder, BIBTEX)
    assert made["key"] == reference.key == "muller-2019-quiet-clbp"
    assert (reference.title, reference.year, reference.month) == ("Quiet CLBP talk: a café trial", "2019", 3)
    assert [name.family or name.literal for name in reference.authors] == ["Müller", "Made Up Group", "Toy"]
    assert (reference.journal, reference.doi) == ("Made Up & Sons", "10.5555/toy.2019.1")
    assert reference.extra["annote"] == "kept"


def test_pasted_ris_becomes_bibtex(builder: Page) -> None:
    [made], [reference] = entries(builder, RIS)
    assert made["key"] == "von-toy-2018-made-up"
    assert reference.title == "A made up trial of 50% more rest_"
    assert [name.short for name in reference.authors] == ["von Toy", "Made Up Group"]
    assert (reference.year, reference.month, reference.volume, reference.number) == ("2018", 4, "3", "4")
    assert (reference.pages, reference.doi) == ("11-19", "10.5555/toy.2018.2")


NBIB = """PMID- 12345678
OWN - NLM
DP  - 2018 Apr 5
TI  - A made up trial of 50% more rest: what it does to
      people.
PG  - 1049-58
LID - 10.5555/toy.2018.3 [doi]
FAU - von Toy, Ada
AU  - von Toy A
FAU - Player, Bo
CN  - Made Up Group
LA  - eng
PT  - Journal Article
PMC - PMC1234567
JT  - Toy medicine
VI  - 3
IP  - 4
"""


def test_the_format_of_pubmed_becomes_bibtex(builder: Page) -> None:
    [made], [reference] = entries(builder, NBIB)
    assert made["key"] == "von-toy-2018-made-up"
    assert reference.title == "A made up trial of 50% more rest: what it does to people"
    assert [name.short for name in reference.authors] == ["von Toy", "Player", "Made Up Group"]
    assert (reference.journal, reference.year, reference.month) == ("Toy medicine", "2018", 4)
    assert (reference.volume, reference.number, reference.pages) == ("3", "4", "1049-1058")
    assert (reference.doi, reference.pmid, reference.pmcid) == ("10.5555/toy.2018.3", "12345678", "PMC1234567")
    assert len(entries(builder, f"{NBIB}\n{NBIB.replace('2018', '2019')}")[0]) == 2


def test_the_month_of_ris_is_read_from_its_date_and_pages_get_two_hyphens(builder: Page) -> None:
    ris = RIS.replace("PY  - 2018/04/05", "PY  - 2018\nDA  - 2018/04/05/")
    assert entries(builder, ris)[0][0]["fields"]["month"] == "apr"
    [made] = entries(builder, BIBTEX.replace("annote = {kept}", "pages=1049-1058"))[0]
    assert made["fields"]["pages"] == "1049--1058"


@pytest.mark.parametrize(
    "pasted", ["10.5555/toy.2018.2", "https://doi.org/10.5555/toy.2018.2", "doi: 10.5555/toy.2018.2"]
)
def test_a_doi_alone_is_read(builder: Page, pasted: str) -> None:
    [made], [reference] = entries(builder, pasted)
    assert made["fields"] == {"doi": "10.5555/toy.2018.2"}
    assert reference.doi == "10.5555/toy.2018.2"


@pytest.mark.parametrize(
    "value", ["a } b", "}, year = {1066", "\\", "{", "100% of A & B #1", "x\n}\n@article{y, title={z}}"]
)
def test_no_value_ends_its_field_too_early(builder: Page, value: str) -> None:
    entry = {
        "type": "article",
        "key": "toy-2019-odd",
        "fields": {"title": f"Odd {value}", "author": "Toy, Ada", "year": "2019"},
    }
    text = builder.evaluate("entry => backedBuilder.bibtex([entry])", entry)
    [reference], problems = read_bib(text, "made.bib")
    assert problems == []
    assert (reference.key, reference.year) == ("toy-2019-odd", "2019")
    assert reference.title.startswith("Odd")


def test_the_toy_bibliographies_come_back_as_they_were(builder: Page) -> None:
    for path in sorted((TOY / "studies").rglob("*.bib")):
        text = path.read_text(encoding="utf-8")
        again = builder.evaluate("text => backedBuilder.bibtex(backedBuilder.entriesFrom(text))", text)
        assert _works(again) == _works(text), path


def _works(text: str) -> list[dict[str, Any]]:
    references, problems = read_bib(text, "made.bib")
    assert problems == []
    return [{key: value for key, value in vars(one).items() if key != "line"} for one in references]


def test_every_published_record_is_the_data_of_its_file(site: Path) -> None:
    for file in RECORDS:
        folder, stem = file.split("/")[0], Path(file).stem
        data = json.loads((site / folder / stem / "record.json").read_text(encoding="utf-8"))
        assert _texts(data) == draft(TOY, file)["data"], file


def _texts(data: Any) -> Any:
    """Return data whose numbers and truths are texts, as the loader has them."""
    if isinstance(data, dict):
        return {key: _texts(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_texts(item) for item in data]
    return str(data).lower() if isinstance(data, bool) else data if data is None else str(data)
