"""`backed health`: what it writes, says and returns; and the page that is drawn from what it wrote."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from backed.build import build
from backed.cli import backed
from backed.export import health_json
from backed.load import load_health
from backed.model import Health
from backed.problem import in_order

EXPORT = Path(__file__).parent / "retraction_watch/export.csv"
TEMPLATES = Path(__file__).parent.parent / "site_src/templates"
DAY = "2026-11-22"


def run(evidence: Path, *words: str) -> Result:
    return CliRunner().invoke(backed, ["health", "--evidence", str(evidence), "--on", DAY, *words])


def retractions(evidence: Path, *words: str) -> Result:
    return run(evidence, "--no-links", "--retractions", str(EXPORT), *words)


class Server(http.server.BaseHTTPRequestHandler):
    """Everything is there but `/missing`."""

    def do_GET(self) -> None:
        self.send_response(404 if self.path == "/missing" else 200)
        self.send_header("LinkChecker", "as fast as you can")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def host() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def site(folder: Path, *addresses: str) -> Path:
    page = folder / "site/claims/magnets-heal/index.html"
    page.parent.mkdir(parents=True)
    page.write_text("".join(f'<a href="{address}">x</a>' for address in addresses), encoding="utf-8")
    (folder / "site/index.html").write_text("<p>home", encoding="utf-8")
    return folder / "site"


def test_findings_are_said_written_and_counted(toy_dir: Path) -> None:
    done = retractions(toy_dir)
    assert done.exit_code == 1
    assert (
        "not-recorded: studies/toy-2001-walking, recorded as current; Retraction 2026-03-09 10.5555/toy" in done.output
    )
    assert "compared 12 works (1 without DOI or PMID) with 9 notices (1 without either)" in done.output
    assert f"wrote {toy_dir / 'health.json'}: 3 for a person to look into" in done.output
    written = json.loads((toy_dir / "health.json").read_text(encoding="utf-8"))
    assert list(written) == ["retractions"]
    assert written["retractions"]["on"] == DAY


def test_with_nothing_for_a_person_the_exit_code_is_0(toy_dir: Path, tmp_path: Path) -> None:
    sound = tmp_path / "sound.csv"
    lines = EXPORT.read_text(encoding="utf-8").splitlines()
    sound.write_text("\n".join([lines[0], next(line for line in lines if line.startswith("102,"))]), encoding="utf-8")
    done = run(toy_dir, "--no-links", "--retractions", str(sound))
    assert done.exit_code == 0, done.output


def test_another_day_with_the_same_result_changes_one_line(toy_dir: Path) -> None:
    retractions(toy_dir)
    before = (toy_dir / "health.json").read_text(encoding="utf-8").splitlines()
    retractions(toy_dir, "--on", "2026-11-29")
    after = (toy_dir / "health.json").read_text(encoding="utf-8").splitlines()
    assert [line for line in after if line not in before] == ['  "on": "2026-11-29",']
    assert len(before) == len(after)


def test_addresses_are_asked_and_what_was_not_looked_at_stays(toy_dir: Path, tmp_path: Path, host: str) -> None:
    retractions(toy_dir)
    built = site(tmp_path, f"{host}/fine", f"{host}/missing")
    done = run(toy_dir, "--site", str(built))
    assert done.exit_code == 1, done.output
    assert f"gone: {host}/missing (404 Not Found; since {DAY}) in claims/magnets-heal" in done.output
    assert "asked 2 addresses: 1 work, 0 moved, 1 gone, 0 refused, 0 not reached" in done.output
    written = json.loads((toy_dir / "health.json").read_text(encoding="utf-8"))
    assert (written["links"]["gone"], written["retractions"]["rows"]) == (1, 9)


def test_the_file_has_the_form_that_is_published_with_it(toy_dir: Path, tmp_path: Path, host: str) -> None:
    run(toy_dir, "--site", str(site(tmp_path, f"{host}/missing")), "--retractions", str(EXPORT))
    files = {one.path: one.content for one in build(toy_dir, TEMPLATES).exports}
    schema, data = json.loads(files["health/schema.json"]), json.loads(files["health/health.json"])
    Draft202012Validator.check_schema(schema)
    assert data["links"] and data["retractions"]
    assert [*Draft202012Validator(schema).iter_errors(data)] == []
    assert files["health/health.json"] == (toy_dir / "health.json").read_bytes()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--no-links"], "nothing to look at"),
        (["--site", "nowhere"], "no site in nowhere"),
        (["--no-links", "--retractions", "nowhere.csv"], "does not exist"),
    ],
)
def test_a_call_that_asks_for_nothing_writes_nothing(toy_dir: Path, words: list[str], said: str) -> None:
    done = run(toy_dir, *words)
    assert done.exit_code == 2
    assert said in done.output
    assert not (toy_dir / "health.json").exists()


def test_a_file_that_is_no_export_is_told_with_its_place(toy_dir: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("DOI,PMID\n10.5555/x,1\n", encoding="utf-8")
    done = run(toy_dir, "--no-links", "--retractions", str(bad))
    assert done.exit_code == 2
    assert f"{bad}:1:1" in done.output and "it holds: DOI, PMID" in done.output
    assert not (toy_dir / "health.json").exists()


def test_values_that_cannot_be_made_out_are_told_and_the_rest_is_compared(toy_dir: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text(EXPORT.read_text(encoding="utf-8").replace("12/25/2021", "25/12/2021", 1), encoding="utf-8")
    done = run(toy_dir, "--no-links", "--retractions", str(bad))
    assert done.exit_code == 1
    assert "RetractionDate is '25/12/2021 0:00'; expected month/day/year" in done.output
    assert "1 values not made out" in done.output


def test_without_a_network_nothing_is_written(toy_dir: Path, tmp_path: Path) -> None:
    done = run(toy_dir, "--site", str(site(tmp_path, "http://127.0.0.1:1/")), "--seconds", "2")
    assert done.exit_code == 2
    assert "None of 1 addresses was reached" in done.output
    assert not (toy_dir / "health.json").exists()


def test_evidence_with_errors_is_not_looked_at(toy_dir: Path) -> None:
    (toy_dir / "claims/magnets-heal.yaml").write_text("article: [", encoding="utf-8")
    done = retractions(toy_dir)
    assert done.exit_code == 2 and "yaml-syntax" in done.output
    assert not (toy_dir / "health.json").exists()


BROKEN = [
    ("{", "no JSON", (1, 2)),
    ("[]", "expected keys with values", (0, 0)),
    ('{"links": {"on": "yesterday"}}', "expected a date", (0, 0)),
    ('{"other": 1}', "`other` is not known", (0, 0)),
    ("<<<<<<< HEAD\n{}", "no JSON", (1, 1)),
]


@pytest.mark.parametrize(("text", "message", "place"), BROKEN)
def test_a_broken_file_is_told_not_written_over_and_stops_a_build(
    toy_dir: Path, text: str, message: str, place: tuple[int, int]
) -> None:
    file = toy_dir / "health.json"
    file.write_text(text, encoding="utf-8")
    health, problems = load_health(file)
    assert health == Health()
    assert any(message in problem.message and (problem.line, problem.column) == place for problem in problems)
    assert build(toy_dir, TEMPLATES).problems == tuple(in_order(problems))
    assert {problem.rule for problem in problems} == {"health-file"}
    assert retractions(toy_dir).exit_code == 2
    assert file.read_text(encoding="utf-8") == text


def test_what_was_written_is_read_again(toy_dir: Path) -> None:
    retractions(toy_dir)
    health, problems = load_health(toy_dir / "health.json")
    assert problems == []
    assert health_json(health) == (toy_dir / "health.json").read_text(encoding="utf-8")


def page(toy_dir: Path) -> str:
    built = build(toy_dir, TEMPLATES)
    assert built.problems == ()
    parts = (built.fragment(f"health-{part}", "health/") for part in ("addresses", "works"))
    return " ".join(" ".join(parts).split())


def test_before_the_first_look_the_page_says_so(toy_dir: Path) -> None:
    assert page(toy_dir).count("<p>Not looked at yet.</p>") == 2


def test_the_page_shows_notices_and_changes_nothing_else(toy_dir: Path) -> None:
    before = {one.url: one.content for one in build(toy_dir, TEMPLATES).pages}
    retractions(toy_dir)
    shown = page(toy_dir)
    assert "Last compared on 22 November 2026: 12 works with 9 notices" in shown
    urgent, known = shown.split('id="known"')
    assert '<a href="../studies/toy-2001-walking/">' in urgent
    assert "Retraction, 9 March 2026" in urgent and "not recorded here yet" in urgent
    assert "retracted since 1 May 2007" in known and '<a href="../bibliography/#toy-2011-tool">' in known
    assert {one.url: one.content for one in build(toy_dir, TEMPLATES).pages} == before


def links(*found: dict[str, Any]) -> dict[str, Any]:
    states = [one["state"].replace("-", "_") for one in found]
    counts = {state: states.count(state) for state in ("moved", "gone", "refused", "not_reached")}
    return {"links": {"on": DAY, "asked": 9, "works": 9 - len(found), **counts, "addresses": list(found)}}


def link(state: str, **changed: Any) -> dict[str, Any]:
    one = {"address": f"https://{state}.example/", "answered": "404 Not Found", "since": DAY}
    return {**one, "state": state, "stands_in": ["claims/magnets-heal"], "places": 1, **changed}


def test_the_page_shows_what_is_broken_where_it_stands_and_links_to_none_of_it(toy_dir: Path) -> None:
    found = links(
        link("gone", stands_in=["pages/about/", "references/toy-2011-tool", "studies/no-more"], places=7),
        link("not-reached", since="2026-11-01"),
        link("moved", to="https://new.example/"),
        link("refused", answered="403 Forbidden by p.example"),
        link("refused", address="https://q.example/<b>", answered="403 Forbidden"),
        link("refused", address="http://[bad", answered="403 Forbidden"),
    )
    (toy_dir / "health.json").write_text(json.dumps(found), encoding="utf-8")
    shown = page(toy_dir)
    assert "of 9 addresses 3 work. Moved for good: 1. Gone: 1. Not reached: 1. Answers no program" in shown
    assert "sees it: 3." in shown
    broken, rest = shown.split('id="moved"')
    assert "https://gone.example/" in broken and "https://not-reached.example/" in broken
    assert "https://moved.example/" in rest and "https://new.example/" in rest
    assert "http://[bad (1), p.example (1), q.example (1)" in rest
    assert 'page about; <a href="../bibliography/#toy-2011-tool">' in broken
    assert "no-more and 4 more" in broken
    assert '<a href="../claims/magnets-heal/">Claim: magnets-heal</a>' in broken
    assert 'href="http' not in shown, "a link here would keep an address in the next look for ever"


def test_what_others_wrote_is_shown_as_text(toy_dir: Path) -> None:
    hostile = "</code><script>alert(1)</script>"
    found = links(link("gone", address=hostile, answered=hostile, stands_in=[f"pages/{hostile}", hostile], to=hostile))
    (toy_dir / "health.json").write_text(json.dumps(found), encoding="utf-8")
    assert "<script" not in page(toy_dir)
