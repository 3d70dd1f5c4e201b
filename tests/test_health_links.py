"""Addresses asked by a real linkchecker of a real server, and what their answers mean."""

from __future__ import annotations

import http.server
import socket
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from backed.crawl import crawl
from backed.health.addresses import addresses
from backed.health.asked import Answer, NotAskedError, ask, read_answers
from backed.health.links import compare, moved_to, state_of
from backed.model import Evidence, Link, Links

ANSWERS: dict[str, tuple[int, str]] = {
    "/fine": (200, ""),
    "/moved": (301, "/fine?a=1&b=2"),
    "/twice": (308, "/moved"),
    "/for-now": (302, "/fine"),
    "/then-for-now": (301, "/for-now"),
    "/missing": (404, ""),
    "/over": (410, ""),
    "/refused": (403, ""),
    "/to-refused": (302, "/refused"),
    "/to-missing": (301, "/missing"),
    "/often": (429, ""),
    "/odd": (999, ""),
    "/broken": (500, ""),
    "/for-ever": (302, "/for-ever"),
}
EXPECTED = {
    "/fine": None,
    "/moved": "moved",
    "/twice": "moved",
    "/for-now": None,
    "/then-for-now": "moved",
    "/missing": "gone",
    "/over": "gone",
    "/refused": "refused",
    "/to-refused": "refused",
    "/to-missing": "gone",
    "/often": "refused",
    "/odd": "refused",
    "/broken": "not-reached",
    "/for-ever": "not-reached",
    "/silent": "not-reached",
}


class Server(http.server.BaseHTTPRequestHandler):
    """Answers as the table says, with words of its own that would break XML; `/silent` not before the end."""

    over = threading.Event()

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == "/silent":
            self.over.wait(20)
            return
        status, to = ANSWERS[path]
        self.send_response(status, "any <b>words</b> \x01 & so on")
        if to:
            self.send_header("Location", to)
        self.send_header("LinkChecker", "as fast as you can")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    Server.over.set()
    server.shutdown()
    server.server_close()


def closed() -> str:
    """Return an address at which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{one.getsockname()[1]}/"


@pytest.fixture(scope="module")
def answers(host: str) -> dict[str, Answer]:
    """Return what a real linkchecker was answered, by path; one run for all tests."""
    nobody = closed()
    asked = [
        *(host + path for path in EXPECTED),
        nobody,
        "http://[bad/",
        host + "/fine?x=%3a",
        host + "/fine?x=%3A",
        host + "/fine?q=a&r=<b>",
    ]
    found = ask(asked, seconds=2)
    assert list(found) and set(found) == set(asked)
    return {address.removeprefix(host).replace(nobody, "closed"): answer for address, answer in found.items()}


@pytest.mark.parametrize(("path", "state"), EXPECTED.items())
def test_an_answer_has_its_meaning(path: str, state: str | None, answers: dict[str, Answer], host: str) -> None:
    assert state_of(host + path, answers[path]) == state


def test_what_was_answered_is_said_in_words_that_stay_the_same(answers: dict[str, Answer]) -> None:
    said = {path: answer.said for path, answer in answers.items()}
    assert said["/missing"] == "404 Not Found"
    assert said["/odd"] == "999"
    assert said["/silent"] == "no answer in time"
    assert said["/for-ever"] == "it sends on for ever"
    assert said["closed"] == "no connection"
    assert said["http://[bad/"] == "Invalid IPv6 URL"


def test_an_address_has_moved_to_where_the_lasting_redirects_end(answers: dict[str, Answer], host: str) -> None:
    assert moved_to("x", answers["/moved"]) == f"{host}/fine?a=1&b=2"
    assert moved_to("x", answers["/twice"]) == f"{host}/fine?a=1&b=2"
    assert moved_to("x", answers["/then-for-now"]) == f"{host}/for-now"
    assert moved_to("https://doi.org/10.1000/182", answers["/moved"]) == ""


def test_two_spellings_of_one_address_are_both_answered(answers: dict[str, Answer]) -> None:
    """linkchecker takes them for the same and tells of one only."""
    assert [answers[f"/fine?x=%3{sign}"].status for sign in "aA"] == [200, 200]
    assert answers["/fine?q=a&r=<b>"].status == 200


@pytest.mark.parametrize("xml", ["", "<linkchecker><urldata>", "Error: no such option"])
def test_output_that_breaks_off_is_no_answer(xml: str) -> None:
    with pytest.raises(NotAskedError, match="did not finish"):
        list(read_answers(xml, "why"))


def test_nothing_to_ask_is_no_run() -> None:
    assert ask([]) == {}


def look(answers: dict[str, Answer], earlier: Links | None, on: str) -> Links:
    places = {address: ["studies/a", "studies/b"] for address in answers}
    return compare(places, answers, earlier, date.fromisoformat(on))


def test_a_state_has_the_day_since_when_it_lasts() -> None:
    gone, broken = Answer(404, "404 Not Found"), Answer(500, "500 Internal Server Error")
    first = look({"https://a.example/": gone, "https://b.example/": broken}, None, "2026-01-01")
    again = look({"https://a.example/": gone, "https://b.example/": gone}, first, "2026-01-08")
    assert [(link.address, link.since.isoformat()) for link in again.addresses] == [
        ("https://a.example/", "2026-01-01"),
        ("https://b.example/", "2026-01-08"),
    ]


def test_an_address_not_reached_is_for_a_person_at_the_second_look() -> None:
    broken = {"https://b.example/": Answer(500, "500 Internal Server Error")}
    first = look(broken, None, "2026-01-01")
    assert first.for_a_person == ()
    assert len(look(broken, first, "2026-01-08").for_a_person) == 1


def test_who_answered_is_said_where_it_is_another() -> None:
    doi = "https://doi.org/10.1000/182"
    refused = Answer(403, "403 Forbidden", ((302, "https://p.example/x"),), "https://p.example/x")
    found = look(
        {doi: refused, "https://p.example/y": Answer(403, "403 Forbidden", (), "https://p.example/y")},
        None,
        "2026-01-01",
    )
    assert [(link.state, link.answered) for link in found.addresses] == [
        ("refused", "403 Forbidden by p.example"),
        ("refused", "403 Forbidden"),
    ]
    assert (found.asked, found.works, found.refused) == (2, 0, 2)


def test_an_address_that_stands_everywhere_names_some_places_and_counts_all() -> None:
    places = {"https://a.example/": [f"studies/s{number}" for number in range(9)]}
    found = compare(places, {"https://a.example/": Answer(404, "404 Not Found")}, None, date(2026, 1, 1))
    (link,) = found.addresses
    assert (len(link.stands_in), link.places) == (5, 9)


def test_addresses_stand_in_works_in_records_or_on_pages(tmp_path: Path, toy: Evidence) -> None:
    doi = "https://doi.org/10.5555/toy.2001.walking"
    own = {
        "index.html": f'<a href="{doi}#x">x</a><a href="https://a.example/">x</a>',
        "claims/magnets-heal/index.html": f'<a href="{doi}">x</a><a href="https://a.example/#y">x</a>',
        "bibliography/index.html": '<a href="https://doi.org/10.5555/toy.2011.tool">x</a><a href="//c.example/">x</a>',
    }
    for name, text in own.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert addresses(toy, tmp_path) == {
        "https://a.example/": ("claims/magnets-heal", "pages/"),
        "https://c.example/": ("pages/bibliography/",),
        doi: ("studies/toy-2001-walking",),
        "https://doi.org/10.5555/toy.2011.tool": ("references/toy-2011-tool",),
    }


def test_a_crawl_asks_addresses_outside_when_told_to(tmp_path: Path, host: str) -> None:
    page = f'<!doctype html><html lang="en"><title>x</title><a href="{host}/missing">x</a></html>'
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    assert crawl(tmp_path).errors == 0
    assert crawl(tmp_path, external=True).errors == 1


def test_a_link_is_no_more_than_what_was_found() -> None:
    with pytest.raises(ValueError, match="state"):
        Link.model_validate(
            {"address": "x", "state": "works", "answered": "", "since": "2026-01-01", "stands_in": [], "places": 0}
        )
