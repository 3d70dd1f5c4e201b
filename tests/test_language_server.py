"""The schemas as an editor uses them: completion, hover and marks, by the real yaml-language-server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from tests.language_server import LanguageServer, find, missing
from tests.system import required

from backed.examine import schema_files

ROOT = Path(__file__).parent.parent
TOY = ROOT / "tests/toy/evidence"
NUMBERS = count()
STUDY = "evidence/studies/2001/toy-2001-walking.yaml"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    """Return a server on a folder with the schemas of the toy base, bound as VS Code binds them."""
    script = find()
    if script is None:
        (pytest.fail if required() else pytest.skip)(missing())
    folder = tmp_path_factory.mktemp("workspace")
    (folder / "evidence/schema").mkdir(parents=True)
    for name, text in schema_files(TOY).items():
        (folder / "evidence/schema" / name).write_text(text, encoding="utf-8")
    bound = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    with LanguageServer(script, folder, bound) as running:
        yield running


def text_of(server: LanguageServer, old: str = "", new: str = "", name: str = STUDY) -> tuple[Path, str, int, int]:
    """Return where the record stands for the server, its text with a change, and the place where the change ends."""
    text = (TOY / name.removeprefix("evidence/")).read_text(encoding="utf-8")
    assert not old or old in text
    place = text.index(old) + len(new)
    if old:  # a document of its own: the server says something of each once
        name = name.replace("toy-2001-walking", f"toy-2001-{next(NUMBERS)}")
    text = text.replace(old, new, 1) if old else text
    before = text[:place]
    return server.folder / name, text, before.count("\n"), len(before) - before.rfind("\n") - 1


@pytest.mark.parametrize("path", sorted(TOY.rglob("*.yaml")), ids=lambda path: path.stem)
def test_sound_files_have_no_mark(server: LanguageServer, path: Path) -> None:
    name = f"evidence/{path.relative_to(TOY).as_posix()}"
    place, text, _, _ = text_of(server, name=name)
    assert server.open(place, text) == []


@pytest.mark.parametrize(
    ("old", "new", "offered", "about"),
    [
        ("outcome: pain-intensity", "outcome: ", "function", "Physical function"),
        ("  type: randomised-trial", "  type: ", "randomised-trial", "trial"),
        ("measure: mean-difference", "measure: ", "odds-ratio", ""),
        ("instrument: pain-nrs-0-10", "instrument: ", "pain-nrs-0-10", "0-10"),
    ],
)
def test_completion_offers_terms_with_what_they_mean(
    server: LanguageServer, old: str, new: str, offered: str, about: str
) -> None:
    path, text, line, column = text_of(server, old, new)
    server.open(path, text)
    found = server.complete(path, line, column)
    assert offered in found
    assert about in found[offered]


def test_completion_offers_the_keys_that_are_left(server: LanguageServer) -> None:
    path, text, line, _ = text_of(server, "design:\n", "design:\n  no\n")
    server.open(path, text)
    found = server.complete(path, line - 1, 4)
    assert "matters about the design" in found["note"]
    assert "setting" not in found, "it is there"


@pytest.mark.parametrize(
    ("key", "said"),
    [("    estimate:", "The point estimate"), ("    outcome:", "Term of the vocabulary"), ("extraction:", "was made")],
)
def test_hover_says_what_a_key_is(server: LanguageServer, key: str, said: str) -> None:
    path, text, line, _ = text_of(server, key, key)
    server.open(path, text)
    assert said in server.hover(path, line, len(key) - 3)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  type: randomised-trial", "  type: randomized-trial", "randomised-trial"),
        ('estimate: "-1.2"', 'estimate: "−1.2"', "a number is expected here"),
        ("title:", "titel:", "titel is not allowed"),
        ("extraction:", "colour: blue\nextraction:", "colour is not allowed"),
    ],
)
def test_a_wrong_value_is_marked_where_it_stands(server: LanguageServer, old: str, new: str, said: str) -> None:
    path, text, _, _ = text_of(server, old, new)
    marks = [mark for mark in server.open(path, text) if said in mark["message"]]
    assert marks
    wrong = new.split("\n")[0]
    lines = [number for number, one in enumerate(text.split("\n")) if wrong.strip() in one]
    assert {mark["range"]["start"]["line"] for mark in marks} <= set(lines)
