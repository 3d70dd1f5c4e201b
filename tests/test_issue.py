"""Issues made by the issue forms -> files; an issue is a stranger's text, and nothing in it is trusted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import example, given, settings
from hypothesis import strategies as st

from backed.cli import backed
from backed.examine import examine_files
from backed.intake import Findings
from backed.intake.issue import FORMS, identifier_in, made
from backed.intake.issue_form import LARGEST_BODY, Form, form_of, read_body, read_forms
from backed.intake.issue_values import path_of
from backed.load import load, read_yaml
from backed.model import Article, Claim, Evidence, Study

FOLDER = Path(__file__).parent.parent / ".github/ISSUE_TEMPLATE"
READ, PROBLEMS = read_forms(FOLDER)
BY_NAME: Mapping[str, Form] = {form.name: form for form in READ}

BIB = "```bibtex\n@article{x, title={A walk}, author={Doe, J}, year={2003}, doi={10.5555/walk.1}, journal={J}}\n```"
OTHER = BIB.replace("A walk", "A stroll").replace("walk.1", "stroll.1")
STUDY = {
    "bibtex": BIB,
    "record-title": "Walking or: not",
    "summary-en": 'Forty people walked "so".',
    "design-type": "randomised-trial",
    "design-countries": "CA, NL",
    "funding-statement": "not seen",
    "population-condition": "low-back-pain",
    "population-n": 'randomised: 120\nanalysed: 116\nprinted in Table 1: "120 … 116"',
    "arms": "walking, 60 people",
    "effects": "pain 2.3 (1.2; 3.4)\ntitle: evil\n---",
    "extraction-read": "abstract",
    "extraction-by": "Somebody",
    "extraction-unseen": "- the dose\n- the spread",
    "agreed": "- [X] I saw every figure myself in the place I name.\n- [X] The sentences are my own, not copied.",
}
CLAIM = {
    "claim-en": "Sitting is bad for backs.",
    "article-title": "Null tips",
    "article-publisher": "A paper",
    "article-url": "https://example.org/null",
    "article-language": "en",
    "place": 'under "Keep moving", paragraph 2',
    "rests_on-kind": "nothing",
    "rests_on-text-en": "It names no source.",
    "known": "10.5555/known.1",
    "agreed": "- [X] The sentences are my own, not copied.",
}
CORRECTION = {
    "page": "https://example.org/backed/studies/toy-2001-walking/",
    "passage": "```text\n12 people\n```",
    "wrong": "Table 1 prints 13.",
}


def body(name: str, answers: Mapping[str, str]) -> str:
    """Return an issue as GitHub writes it."""
    parts = [f"### {asked.label}\n\n{answers.get(asked.id, '_No response_')}" for asked in BY_NAME[name].fields]
    return "\n\n".join(parts)


def run(toy_dir: Path, text: str, *words: str) -> Result:
    command = ["from-issue", "-", "--evidence", str(toy_dir), "--forms", str(FOLDER), *words]
    return CliRunner().invoke(backed, command, input=text.encode())


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def new_files(toy_dir: Path, text: str, *words: str) -> tuple[Result, dict[str, str]]:
    before = files(toy_dir)
    result = run(toy_dir, text, *words)
    after = files(toy_dir)
    assert {name: after[name] for name in before} == before, "no file that was there is touched"
    return result, {name: after[name].decode() for name in sorted(set(after) - set(before))}


def data(text: str) -> Mapping[str, object]:
    tree, problems = read_yaml(text, "x")
    assert {problem.rule for problem in problems} <= {"unseen-sign"}  # what nobody sees is kept and told
    assert isinstance(tree.data, dict)
    return tree.data


def test_the_forms_can_be_read() -> None:
    assert PROBLEMS == ()
    assert set(FORMS) <= set(BY_NAME)


def test_a_study_becomes_its_two_files(toy_dir: Path) -> None:
    result, found = new_files(toy_dir, body("new-study", STUDY))
    assert result.exit_code == 0, result.output
    assert list(found) == ["studies/2003/doe-2003-walk.bib", "studies/2003/doe-2003-walk.yaml"]
    record = data(found["studies/2003/doe-2003-walk.yaml"])
    assert record["title"] == "Walking or: not"
    assert record["reports"] == ["doe-2003-walk"]
    assert record["design"] == {"type": "randomised-trial", "countries": ["CA", "NL"]}
    assert record["population"] == {"condition": "low-back-pain", "n": {"randomised": "120", "analysed": "116"}}
    assert record["extraction"] == {
        "read": "abstract",
        "by": "Somebody",
        "on": None,
        "unseen": [{"en": "the dose"}, {"en": "the spread"}],
    }
    path = toy_dir / "studies/2003/doe-2003-walk.yaml"
    wrong = {problem.at for problem in examine_files(toy_dir, [path]).problems if problem.rule == "wrong-type"}
    assert wrong == {("extraction", "on")}
    for kept in ('# printed in Table 1: "120 … 116"', "# walking, 60 people", "# pain 2.3 (1.2; 3.4)", "# title: evil"):
        assert f"\n{kept}\n" in found["studies/2003/doe-2003-walk.yaml"]


def test_a_claim_becomes_its_file_and_that_of_its_article(toy_dir: Path) -> None:
    result, found = new_files(toy_dir, body("new-claim", CLAIM))
    assert result.exit_code == 0, result.output
    assert list(found) == ["articles/null-tips.yaml", "claims/sitting-bad-backs.yaml"]
    article, claim = map(data, found.values())
    assert article["passages"] == [
        {"id": "sitting-bad-backs", "at": {"heading": "Keep moving", "paragraph": "2"}, "about": {"en": None}}
    ]
    assert (article["publisher"], article["url"]) == ("A paper", "https://example.org/null")
    assert (claim["article"], claim["passage"], claim["position"]) == ("null-tips", "sitting-bad-backs", "1")
    assert "\n# 10.5555/known.1\n" in found["claims/sitting-bad-backs.yaml"]
    wrong = {problem.at for problem in load(toy_dir).problems if problem.file.endswith("sitting-bad-backs.yaml")}
    assert ("faithfulness", "judgement") in wrong
    assert ("rests_on", "kind") not in wrong


@pytest.mark.parametrize(
    "same", [{"article-url": "https://example.org/rugtips?a=1&b=2"}, {"article-title": "back tips, what really helps"}]
)
def test_a_claim_of_an_article_that_is_there_adds_only_itself(same: Mapping[str, str], toy_dir: Path) -> None:
    path = toy_dir / "articles/rugtips.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("? <3 & more", ""), encoding="utf-8")
    result, found = new_files(toy_dir, body("new-claim", {**CLAIM, **same}))
    assert result.exit_code == 0, result.output
    assert list(found) == ["claims/sitting-bad-backs.yaml"]
    claim = data(found["claims/sitting-bad-backs.yaml"])
    assert (claim["article"], claim["passage"], claim["position"]) == ("rugtips", None, "41")
    assert "say which passage it is" in result.output
    assert "publisher of the article: the issue says A paper" in result.output
    _, found = new_files(toy_dir, body("new-claim", {**CLAIM, **same, "article-language": "Klingon"}))
    assert "\n# Klingon\n" in found["claims/sitting-bad-backs-2.yaml"]


@pytest.mark.parametrize(
    ("named", "record"),
    [
        ({}, "studies/2001/toy-2001-walking.yaml"),
        ({"page": "x", "file": "evidence/claims/walking-helps.yaml"}, "claims/walking-helps.yaml"),
        ({"page": "/claims/walking-helps"}, "claims/walking-helps.yaml"),
        ({"page": "x", "file": "../../etc/passwd"}, None),
        ({"page": "x", "file": "evidence/../evidence/claims/walking-helps.yaml"}, None),
        ({"page": "studies/../claims/walking-helps/../../x", "file": "/etc/passwd"}, None),
    ],
)
def test_a_correction_says_which_record_is_meant(named: Mapping[str, str], record: str | None, toy_dir: Path) -> None:
    result, found = new_files(toy_dir, body("correction", {**CORRECTION, **named}))
    assert (result.exit_code, found) == (0, {})
    assert "  | 12 people\n" in result.output
    assert "  | Table 1 prints 13.\n" in result.output
    if record:
        assert f"correction of {toy_dir.as_posix()}/{record}\n" in result.output
    elif "walking-helps" not in named["page"]:
        assert "no record of the evidence is named" in result.output


FILLED = {"new-study": STUDY, "new-claim": CLAIM, "correction": CORRECTION}


@pytest.mark.parametrize(
    ("name", "field"), [(name, field.id) for name in FORMS for field in BY_NAME[name].fields if not field.ticked]
)
def test_every_field_of_every_form_is_placed_or_told(name: str, field: str, toy: Evidence) -> None:
    """Whatever stands in a field comes out again: in a file (as a value or in a comment), or in what is said."""
    mark = "Quokka word"
    text = body(name, {**FILLED[name], field: f"{mark} 10.5555/quokka" if field == "bibtex" else mark})
    filled = read_body(text, BY_NAME[name])
    if field == "bibtex":
        assert identifier_in(filled) == ("10.5555/quokka", "doi")
        return
    result = made(filled, toy, Findings("x"))
    out = "\n".join([*(content for _, content in result.files), result.report, result.fault])
    assert mark in out
    assert all(".." not in path.as_posix().removeprefix(toy.root) for path, _ in result.files)


def test_ids_of_the_forms_are_paths_in_records() -> None:
    """What has no path is handled by name; a new field that is neither goes to a comment, and is told."""
    study = {field.id for field in BY_NAME["new-study"].fields if not path_of(Study, field.id)}
    claim = {field.id for field in BY_NAME["new-claim"].fields if not path_of(Claim, field.id)}
    article = {one.removeprefix("article-") for one in claim if path_of(Article, one.removeprefix("article-"))}
    assert study <= {"bibtex", "agreed"}
    assert claim - {f"article-{one}" for one in article} <= {"place", "known", "agreed"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"design-type": "guesswork"}, "'guesswork' is no term of designs"),
        ({"design-setting": "qqq"}, "'qqq' is no term of settings; there are community; kept in a comment"),
        (
            {"design-countries": "Irelnd"},
            "'Irelnd' is no country known here, nor the two letters of one, as IE; did you",
        ),
        ({"design-countries": "Canada, Atlantis"}, "'Atlantis' is no country known here"),
        ({"population-n": "randomised: many"}, "not all of it is a number of people by stage"),
        ({"population-n": "randomised: 99999999999999"}, "not all of it is a number of people by stage"),
        ({"extraction-read": "title"}, "'title' is not one of abstract, full-text, secondary"),
        ({"agreed": "- [ ] The sentences are my own, not copied."}, "not ticked"),
        ({"record-title": "a\x07b"}, "holds a character that stands in no text"),
    ],
)
def test_what_has_no_place_is_told_and_kept(changed: Mapping[str, str], said: str, toy_dir: Path) -> None:
    result, found = new_files(toy_dir, body("new-study", {**STUDY, **changed}))
    assert result.exit_code == 0, result.output
    assert said in result.output
    text = found["studies/2003/doe-2003-walk.yaml"]
    data(text)
    (name,) = changed
    assert name == "agreed" or changed[name].replace("\x07", "\\x07") in text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"bibtex": "_No response_"}, "-:1:1: error issue\n    Publication: nothing stands there; give BibTeX"),
        (
            {"bibtex": "see above"},
            "Publication: this is neither a citation that a program wrote nor a DOI; give BibTeX",
        ),
        ({"bibtex": "Doe J, et al. A walk. J 2003"}, "backed new study --author … --year … --title …"),
        ({"bibtex": "```bibtex\n\n@article{x, title={A walk}}\n```"}, "-:5:1: error citation-file"),
        ({"bibtex": "```bibtex\n@article{x, title={A walk}}\n```"}, "has no year"),
        ({"bibtex": "10.5555/toy.2012.cycling"}, "already there: DOI 10.5555/toy.2012.cycling is `toy-2012-cycling`"),
        ({"bibtex": BIB.replace("10.5555/walk.1", "https://doi.org/10.5555/TOY.2012.cycling")}, "A walk: same DOI"),
        ({"bibtex": BIB.replace("10.5555/walk.1", "10.5555/toy.2012.cycling")}, "already there: A walk: same DOI"),
    ],
)
def test_without_a_new_publication_nothing_is_written(changed: Mapping[str, str], said: str, toy_dir: Path) -> None:
    result, found = new_files(toy_dir, body("new-study", {**STUDY, **changed}))
    assert (result.exit_code, found) == (1, {})
    assert said in result.output


def test_only_a_doi_is_fetched_when_that_is_wanted(toy_dir: Path) -> None:
    result, found = new_files(toy_dir, body("new-study", {**STUDY, "bibtex": "https://doi.org/10.5555/walk.9."}))
    assert (result.exit_code, found) == (2, {})
    assert "only the DOI 10.5555/walk.9: run it again with --fetch" in result.output
    assert "put its BibTeX into the issue below Publication" in result.output


@pytest.mark.parametrize(
    "told",
    [
        "https://pubmed.ncbi.nlm.nih.gov/30000001/",
        "PubMed: https://www.ncbi.nlm.nih.gov/pubmed/30000001",
        "Doe J. A walk. J 2003. PMID: 30000001.",
        "30000001",
    ],
)
def test_a_number_of_pubmed_is_known_however_it_is_written(told: str) -> None:
    assert identifier_in(read_body(body("new-study", {**STUDY, "bibtex": told}), BY_NAME["new-study"])) == (
        "30000001",
        "pmid",
    )


def test_without_a_network_a_file_gives_the_citation(toy_dir: Path, tmp_path: Path) -> None:
    cited = tmp_path / "pubmed.ris"
    cited.write_text(
        "TY  - JOUR\nTI  - A walk\nAU  - Doe, J\nPY  - 2003\nDO  - 10.5555/walk.9\nER  - \n", encoding="utf-8"
    )
    text = body("new-study", {**STUDY, "bibtex": "10.5555/walk.9"})
    result, found = new_files(toy_dir, text, "--citation", str(cited))
    assert result.exit_code == 0, result.output
    assert "doi = {10.5555/walk.9}" in found["studies/2003/doe-2003-walk.bib"]
    result, found = new_files(toy_dir, text.replace("walk.9", "walk.8"), "--citation", str(cited))
    assert (result.exit_code, found) == (1, {})
    assert "the citation is of 10.5555/walk.9, not of 10.5555/walk.8" in result.output
    result, _ = new_files(toy_dir, text, "--citation", str(tmp_path / "none"))
    assert (result.exit_code, "No such file" in result.output) == (2, True)


def test_a_doi_that_is_an_address_is_written_plainly(toy_dir: Path) -> None:
    address = BIB.replace("10.5555/walk.1", "https://doi.org/10.5555/walk.1")
    _, found = new_files(toy_dir, body("new-study", {**STUDY, "bibtex": address}))
    assert "doi = {10.5555/walk.1}" in found["studies/2003/doe-2003-walk.bib"]
    assert "https://doi.org/" not in found["studies/2003/doe-2003-walk.yaml"]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Ireland", ["IE"]),
        ("ie", ["IE"]),
        ("Ierland; Nederland", ["IE", "NL"]),
        ("New Zealand and Australia", ["NZ", "AU"]),
        ("CA NL", ["CA", "NL"]),
        ("Bosnia & Herzegovina, UK", ["BA", "GB"]),
    ],
)
def test_countries_are_known_by_name(told: str, expected: list[str], toy_dir: Path) -> None:
    _, found = new_files(toy_dir, body("new-study", {**STUDY, "design-countries": told}))
    design = data(found["studies/2003/doe-2003-walk.yaml"])["design"]
    assert isinstance(design, dict)
    assert design["countries"] == expected


@pytest.mark.parametrize(
    ("told", "expected", "doubts"),
    [
        ("randomised: 206\nAnalyzed = 1,204", {"randomised": "206", "analysed": "1204"}, ""),
        ("206 randomised (106 CFT + 100 group)", {"randomised": "206"}, "read as randomised 206"),
        ("randomised: 206 (106 CFT, 100 group)", {"randomised": "206"}, "read as randomised 206"),
        ("randomised: 206,", {"randomised": "206"}, ""),
        ("randomized: 206", {"randomised": "206"}, ""),
        ("206 people were randomised, 198 analysed", {"randomised": "206", "analysed": "198"}, "randomised 206, "),
        ("randomised: 206\n12 randomised elsewhere", {"randomised": "206"}, ""),
        ("randomised: 20.6", None, "not all of it"),
    ],
)
def test_people_are_counted_as_people_write_it(
    told: str, expected: Mapping[str, str] | None, doubts: str, toy_dir: Path
) -> None:
    result, found = new_files(toy_dir, body("new-study", {**STUDY, "population-n": told}))
    text = found["studies/2003/doe-2003-walk.yaml"]
    population = data(text)["population"]
    assert isinstance(population, dict)
    assert population.get("n") == expected
    assert doubts in result.output
    kept = all(f"\n# {line}" in text for line in told.split("\n"))
    assert kept == ("How many people" in result.output)
    assert kept or not doubts


def test_an_answer_is_kept_once_and_in_the_order_of_the_form(toy_dir: Path) -> None:
    answers = {**STUDY, "design-type": "guesswork", "population-n": "randomised: many\nlost: 3\nanalysed: few"}
    result, found = new_files(toy_dir, body("new-study", answers))
    text = found["studies/2003/doe-2003-walk.yaml"]
    heads = [
        line.partition(" - ")[2] for line in text.splitlines() if line.startswith("# From the issue, to be placed")
    ]
    assert heads == ["Design:", "How many people:", "Groups:", "Results:"]
    assert "# randomised: many\n# lost: 3\n# analysed: few\n" in text
    assert result.output.count("How many people: ") == 1


def test_who_recorded_it_and_when_may_be_given_beside(toy_dir: Path) -> None:
    text = body("new-study", {**STUDY, "extraction-by": "_No response_"})
    result, _ = new_files(toy_dir, text, "--dry-run")
    for said in ("`extraction.by` is empty", "`extraction.on` is empty", "--by NAME", "--on DAY"):
        assert said in result.output
    result, found = new_files(toy_dir, text, "--by", "Somebody else", "--on", "2026-11-20", "--id", "doe-2003-stroll")
    assert "is empty" not in result.output
    assert list(found) == ["studies/2003/doe-2003-stroll.bib", "studies/2003/doe-2003-stroll.yaml"]
    record = data(found["studies/2003/doe-2003-stroll.yaml"])
    extraction = record["extraction"]
    assert isinstance(extraction, dict)
    assert (record["reports"], extraction["by"], extraction["on"]) == (
        ["doe-2003-stroll"],
        "Somebody else",
        "2026-11-20",
    )
    result, _ = new_files(toy_dir, text, "--on", "yesterday")
    assert (result.exit_code, "--on: expected a date" in result.output) == (2, True)
    result, _ = new_files(toy_dir, body("new-study", {**STUDY, "bibtex": OTHER}), "--id", "../x")
    assert (result.exit_code, "'../x' cannot be an id" in result.output) == (1, True)


def test_groups_and_results_are_begun_for_each_line(toy_dir: Path) -> None:
    arms = "walking: 60 people, three times a week\n- usual care (n=58)\nthe others"
    effects = (
        'pain, 6 months: 2,3 better (1.2; 3.4)\nby intention to treat\n- pain intensity after 12 weeks 1.1: "x": [y'
    )
    text = body("new-study", {**STUDY, "arms": arms, "effects": effects})
    _, found = new_files(toy_dir, text)
    record = found["studies/2003/doe-2003-walk.yaml"]
    begun = record[record.index("# arms:") :]
    begun = begun[: begun.index("title:")]
    lines = [line.removeprefix("# ") for line in begun.splitlines() if not line.startswith("# And in place")]
    entries = data("\n".join(lines))
    assert isinstance(entries["arms"], list)
    assert isinstance(entries["effects"], list)
    assert [(arm["id"], arm["label"]["en"], arm["n"]["randomised"]) for arm in entries["arms"]] == [
        ("walking", "walking", "60"),
        ("usual-care", "usual care", "58"),
        ("the-others", "the others", None),
    ]
    assert [effect["time"] for effect in entries["effects"]] == [{"months": "6"}, {"weeks": "12"}]
    assert {effect["source"]["report"] for effect in entries["effects"]} == {"doe-2003-walk"}
    assert [effect["estimate"] for effect in entries["effects"]] == ["", ""], "figures come from the paper"
    assert "near: pain-intensity" in begun


def test_what_comes_next_is_said_last(toy_dir: Path) -> None:
    result, _ = new_files(toy_dir, body("new-study", STUDY))
    lines = result.output.splitlines()
    assert lines[-1].startswith("next: complete it")
    assert "wrote" in lines[-2]
    assert max(place for place, line in enumerate(lines) if "warning issue" in line) < len(lines) - 3


HOSTILE = [
    "../../../etc/passwd",
    "x\n```\n### Design\n\nmeta-analysis",
    "```\n### Design\n\nmeta-analysis",
    "### Title\n\nspoofed\n\n### Results\n\nspoofed",
    "$(touch /tmp/x); `touch x`",
    "a\u2028title: b\x85status: {state: withdrawn}\rreports: [x]",
    "'\"[]{}&*!|>%@`: # ---\n...\n--- !!python/object:os.system",
    "x" * 60_000,
    "\x00\x1b[31m\ufeff\U0001f600",
]


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("field", ["record-title", "summary-en", "effects", "funding-statement", "extraction-by"])
def test_a_hostile_answer_stays_where_it_is(field: str, hostile: str, toy_dir: Path) -> None:
    result, found = new_files(toy_dir, body("new-study", {**STUDY, field: hostile}))
    assert result.exit_code == 0, result.output
    assert list(found) == ["studies/2003/doe-2003-walk.bib", "studies/2003/doe-2003-walk.yaml"]
    record = data(found["studies/2003/doe-2003-walk.yaml"])
    assert record["reports"] == ["doe-2003-walk"]
    assert "status" not in record
    design = record["design"]
    assert isinstance(design, dict)
    assert design["type"] == "randomised-trial"


@pytest.mark.parametrize(
    ("name", "field"),
    [("correction", "wrong"), ("correction", "page"), ("new-study", "design-type"), ("new-claim", "article-url")],
)
def test_nothing_that_is_said_steers_a_terminal_or_a_runner(name: str, field: str, toy_dir: Path) -> None:
    hostile = "x\n::error file=a::b\n  ::stop-commands::c\n\x1b[2Jy\r::add-mask::d"
    answers = {**FILLED[name], "article-title": "Rugtips: wat helpt écht? <3 & meer", field: hostile}
    result = run(toy_dir, body(name, answers))
    assert "\x1b" not in result.output
    assert not [line for line in result.output.splitlines() if line.lstrip().startswith("::")]


@pytest.mark.parametrize("key", ["../../x", "..\\x", "/etc/passwd", "con", "a" * 3000])
def test_no_path_comes_from_a_citation(key: str, toy_dir: Path) -> None:
    bib = f"@article{{{key}, title={{{key}}}, author={{{key}}}, year={{2003}}, doi={{10.5555/x}}, journal={{J}}}}"
    _, found = new_files(toy_dir, body("new-study", {**STUDY, "bibtex": bib}))
    assert all(name.startswith("studies/2003/") and name.count("/") == 2 and ".." not in name for name in found)


def test_what_is_no_issue_of_a_form_is_told(toy_dir: Path, tmp_path: Path) -> None:
    for text in ("", "hello", "### Nothing\n\nx"):
        result = run(toy_dir, text)
        assert (result.exit_code, "the labels of none of the forms" in result.output) == (2, True)
    result = run(toy_dir, "### Title\n" + "x" * LARGEST_BODY)
    assert (result.exit_code, "is longer than" in result.output) == (2, True)
    result = run(toy_dir, body("new-study", STUDY), "--forms", str(tmp_path))
    assert (result.exit_code, "there are no issue forms in" in result.output) == (2, True)
    command = ["from-issue", str(tmp_path / "none.md"), "--evidence", str(toy_dir), "--forms", str(FOLDER)]
    result = CliRunner().invoke(backed, command)
    assert (result.exit_code, "No such file" in result.output) == (2, True)


def test_lines_may_end_as_on_windows_and_a_dry_run_writes_nothing(toy_dir: Path) -> None:
    text = body("new-study", STUDY).replace("\n", "\r\n")
    result, found = new_files(toy_dir, text, "--dry-run")
    assert (result.exit_code, found) == (0, {})
    assert "would write" in result.output
    _, found = new_files(toy_dir, text)
    assert data(found["studies/2003/doe-2003-walk.yaml"])["title"] == "Walking or: not"


def test_labels_that_are_not_there_are_told(toy_dir: Path) -> None:
    text = body("new-study", STUDY).replace("### Groups\n", "")
    result, _ = new_files(toy_dir, text)
    assert "not in the issue: Groups" in result.output


PIECES = st.sampled_from(
    [
        *(f"### {asked.label}\n" for form in READ for asked in form.fields),
        *(
            "\n",
            "_No response_\n",
            "```\n",
            "```bibtex\n",
            "~~~~\n",
            "- [X] ",
            "- [ ] x\n",
            "\x00",
            "\u2028",
            "\r",
            ": ",
        ),
        *(
            "@article{x, title={T}, author={A}, year={2003}}\n",
            "randomised: 12\n",
            "10.5555/x",
            "rugtips",
            "en\n",
            "..",
        ),
        *(
            "evidence/claims/walking-helps.yaml",
            "/studies/toy-2001-walking/",
            "randomised-trial\n",
            "nothing\n",
            "{",
            "}",
        ),
    ]
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(text=st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=60).map("".join), name=st.sampled_from(FORMS))
@example(text="### Title\n" * 3000, name="new-study")
@example(text="```\n" * 5001, name="new-claim")
def test_whatever_an_issue_holds_nothing_is_raised(toy: Evidence, text: str, name: str) -> None:
    form_of(text, READ)
    filled = read_body(text, BY_NAME[name])
    identifier_in(filled)
    result = made(filled, toy, Findings("x"))
    assert result.files or result.fault or result.report
    root = Path(toy.root)
    for path, content in result.files:
        assert path.parent.parent in {root, root / "studies"}
        if path.suffix == ".yaml":
            data(content)
