"""`backed new study`: what Crossref and PubMed answer, served here from recorded bodies; no test asks the network."""

from __future__ import annotations

import http.server
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from click.testing import CliRunner, Result
from tests.test_intake_formats import CROSSREF, PUBMED

from backed import __file__ as backed_package
from backed.cli import backed
from backed.intake import FetchError, crossref_answer

ONE = PUBMED[: PUBMED.index("<PubmedBookArticle>")] + "</PubmedArticleSet>\n"
NONE = PUBMED[: PUBMED.index("<PubmedArticle>")] + "</PubmedArticleSet>\n"


class Recorded(http.server.BaseHTTPRequestHandler):
    """Answers as the two services do; ``asked`` holds what came, with who asked."""

    asked: list[tuple[str, str]] = []  # noqa: RUF012 - one list for the one server of a test

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers["User-Agent"]))
        parts = urlsplit(self.path)
        status, body = 404, b"Resource not found."
        if parts.path.startswith("/works/"):
            doi = unquote(parts.path.removeprefix("/works/"))
            status, body = {
                "10.5555/nothing.1": (200, CROSSREF.encode()),
                "10.5555/other": (200, CROSSREF.encode()),
                "10.5555/nonsense": (200, b"<html>We are down for maintenance</html>"),
                "10.5555/empty": (200, b""),
                "10.5555/wrong": (200, json.dumps({"status": "ok", "message": []}).encode()),
                "10.5555/busy": (429, b"Too many"),
                "10.5555/broken": (503, b""),
            }.get(doi, (status, body))
        elif parts.path == "/efetch.fcgi":
            query = parse_qs(parts.query)
            assert (query["db"], query["retmode"], query["tool"]) == (["pubmed"], ["xml"], ["backed"])
            status, body = 200, (ONE if query["id"] == ["30000001"] else NONE).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture
def service() -> Iterator[str]:
    Recorded.asked.clear()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorded)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def new(toy_dir: Path, service: str, *words: str) -> Result:
    ask = ["new", "study", "--evidence", str(toy_dir), "--crossref", service, "--pubmed", service]
    return CliRunner().invoke(backed, [*ask, *words])


@pytest.mark.parametrize("doi", ["10.5555/nothing.1", "https://doi.org/10.5555/NOTHING.1", "doi:10.5555/nothing.1"])
def test_a_study_of_a_doi(toy_dir: Path, service: str, doi: str) -> None:
    result = new(toy_dir, service, "--doi", doi.replace("NOTHING", "nothing"))
    assert result.exit_code == 0, result.output
    record = toy_dir / "studies/2004/berg-2004-walking-backwards.yaml"
    text = record.read_text(encoding="utf-8")
    assert 'id: "NCT00000001"' in text
    assert "state: retracted" in text
    assert "Crossref calls it RETRACTED" in result.output
    assert "doi = {10.5555/nothing.1}" in record.with_suffix(".bib").read_text(encoding="utf-8")
    ((path, agent),) = Recorded.asked
    assert path == "/works/10.5555%2Fnothing.1"
    assert agent.startswith("backed/")
    assert "@" not in agent


def test_a_study_of_a_pmid(toy_dir: Path, service: str) -> None:
    result = new(toy_dir, service, "--pmid", "30000001")
    assert result.exit_code == 0, result.output
    bib = toy_dir / "studies/2004/berg-2004-walking-backwards.bib"
    assert "pmid = {30000001}" in bib.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--doi", "10.5555/unknown"), "Crossref does not know the DOI 10.5555/unknown"),
        (("--doi", "10.5555/other"), "the answer is about 10.5555/nothing.1, not about 10.5555/other"),
        (("--doi", "10.5555/busy"), "has had too many questions"),
        (("--doi", "10.5555/broken"), "answers with the error 503"),
        (("--doi", "hello"), "is no DOI"),
        (("--pmid", "PMC123"), "is no PMID"),
        (("--pmid", "30000001", "--doi", "10.5555/nothing.1"), "give either"),
        ((), "give either"),
    ],
)
def test_what_does_not_work_is_said_in_one_line(toy_dir: Path, service: str, words: tuple[str, ...], said: str) -> None:
    result = new(toy_dir, service, *words)
    assert result.exit_code == 2
    assert said in result.output
    assert len(result.output.splitlines()) == 1
    assert not (toy_dir / "studies/2004").exists()


@pytest.mark.parametrize("doi", ["nonsense", "empty", "wrong"])
def test_an_answer_that_makes_no_sense_is_a_fault(toy_dir: Path, service: str, doi: str) -> None:
    result = new(toy_dir, service, "--doi", f"10.5555/{doi}")
    assert result.exit_code == 1
    assert f"Crossref:10.5555/{doi}:1:1: error citation-file" in result.output
    assert "made 0, already there 0, faulty 1" in result.output


def test_a_pmid_that_pubmed_does_not_know(toy_dir: Path, service: str) -> None:
    result = new(toy_dir, service, "--pmid", "99999999")
    assert result.exit_code == 1
    assert "there is no citation in this PubMed XML" in result.output


def test_what_is_in_the_base_is_not_asked_for(toy_dir: Path, service: str) -> None:
    result = new(toy_dir, service, "--doi", "10.5555/toy.2012.CYCLING")
    assert result.exit_code == 0
    assert "already there: DOI 10.5555/toy.2012.CYCLING is `toy-2012-cycling`" in result.output
    assert Recorded.asked == []


def test_without_a_network_it_says_what_to_do_instead(toy_dir: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # taken, and nobody listens
        port = closed.getsockname()[1]
        addresses = (f"http://127.0.0.1:{port}", "http://127.0.0.1:99999999", "no-address", "file:///etc/passwd")
        results = [new(toy_dir, address, "--doi", "10.5555/nothing.1") for address in addresses]
    for result in results:
        assert result.exit_code == 2
        assert result.output.startswith("no network: Crossref cannot be reached")
        assert "save the citation from PubMed as .nbib and give it: `backed import FILE`" in result.output


def test_an_answer_that_does_not_come() -> None:
    with (
        http.server.HTTPServer(("127.0.0.1", 0), Recorded) as silent,  # it listens and never answers
        pytest.raises(FetchError, match="no network: Crossref cannot be reached"),
    ):
        crossref_answer("10.5555/nothing.1", f"http://127.0.0.1:{silent.server_port}", timeout=0.2)


def test_nothing_else_asks_the_network() -> None:
    package = Path(backed_package).parent
    asking = [path.name for path in package.rglob("*.py") if "urllib.request" in path.read_text(encoding="utf-8")]
    assert asking == ["fetch.py"]


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        ("https://doi.org/10.5555/nothing.1.", 0, "wrote"),
        ("PMID: 30000001", 0, "wrote"),
        ("10.5555/other", 1, "the citation is of 10.5555/nothing.1, not of 10.5555/other"),
        ("10.5555/unknown", 2, "Crossref does not know the DOI 10.5555/unknown"),
    ],
)
def test_the_work_of_an_issue_is_fetched(given: str, code: int, said: str, toy_dir: Path, service: str) -> None:
    command = ["from-issue", "-", "--evidence", str(toy_dir), "--fetch", "--crossref", service, "--pubmed", service]
    forms = Path(__file__).parent.parent / ".github/ISSUE_TEMPLATE"
    issue = f"### Publication\n\n```bibtex\n{given}\n```\n\n### Title\n\nWalking or not\n"
    result = CliRunner().invoke(backed, [*command, "--forms", str(forms)], input=issue)
    assert (result.exit_code, said in result.output) == (code, True), result.output
    record = toy_dir / "studies/2004/berg-2004-walking-backwards.yaml"
    assert record.exists() == (code == 0)
    if not code:
        assert 'title: "Walking or not"' in record.read_text(encoding="utf-8")
