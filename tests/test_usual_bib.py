"""The quick reading of usual BibTeX entries and names gives what pybtex gives, and leaves the rest to it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.bibtex.utils import split_name_list
from pybtex.database import Person
from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.utils import CaseInsensitiveDict
from tests.zoo import ZOO

from backed.bibliography.blocks import blocks, usual_entry
from backed.bibliography.latex import decode
from backed.bibliography.names import read_names, usual_name
from backed.export.biblatex import BIBLATEX
from backed.export.bibtex import BIBTEX

ROOT = Path(__file__).parent.parent
FILES = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "evidence").rglob("*.bib"))] + [
    path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests" / "toy").rglob("*.bib"))
]
MACROS: Mapping[str, str] = CaseInsensitiveDict(month_names)


def held_to_pybtex(text: str) -> list[bool]:
    """Say of each entry that is whole whether it is read quickly; where it is, pybtex has to find the same."""
    quickly = []
    for block in blocks(text):
        usual = None if block.fault else usual_entry(block, MACROS)
        if usual is not None:
            [(kind, (key, fields))] = LowLevelParser(block.source, macros=MACROS)
            assert kind.lower() == block.kind
            assert usual == (key, [(name, "".join(parts)) for name, parts in fields])
            people = [value for name, value in usual[1] if name.lower() in {"author", "editor"}]
            for latex in people:
                names_held_to_pybtex(latex)
        quickly.append(usual is not None)
    return quickly


def names_held_to_pybtex(latex: str) -> None:
    """Hold every name of a list to what pybtex makes of it."""
    written = [name.strip() for name in split_name_list(" ".join(latex.split())) if name.strip()]
    read = read_names(latex)
    assert len(read.names) == len(written) - read.more
    for name, made in zip(written, read.names, strict=False):
        usual = usual_name(name)
        if usual is not None and usual == made:
            person = Person(name)
            parts = (person.last_names, person.first_names + person.middle_names, person.prelast_names)
            expected = tuple(decode(" ".join(part))[0] for part in (*parts, person.lineage_names))
            assert (usual.family, usual.given, usual.particle, usual.suffix) == expected


def test_every_file_there_is() -> None:
    quickly = [one for text in FILES for one in held_to_pybtex(text)]
    assert sum(quickly) > 0.9 * len(quickly)


def test_what_our_own_programs_write() -> None:
    quickly = [one for form in (BIBTEX, BIBLATEX) for one in held_to_pybtex(form.write(tuple(ZOO.values())))]
    assert sum(quickly) > 0.9 * len(quickly)


@pytest.mark.parametrize(
    "text",
    [
        *("@article{a, title = {b} # {c}}", '@article{a, title = "b"}', "@article(a, title = {b})", "@article{a}"),
        *("@article{a, month = unheard}", "@string{a, b = {c}}", "@article{a, title = {b} year = {2001}}"),
        *("@article{a, title = {b {c {d {e}}}}}", "@article{a b, title = {c}}", "@article{a, t/t = {b}}"),
    ],
)
def test_what_is_not_usual_is_left_to_pybtex(text: str) -> None:
    assert held_to_pybtex(text) == [False]


@pytest.mark.parametrize(
    "name",
    ["van der Berg, Jan", "Long", "Long, Jr., Audrey", "Audrey Long", "{World Health Organization}", "Long, ", "de, A"],
)
def test_what_is_no_usual_name_is_left_to_pybtex(name: str) -> None:
    assert usual_name(name) is None


ODD = st.sampled_from(
    [
        *list("{},=@\"#%\\~\n\t ()0aA-_$'"),
        *(" and ", " AND ", "others", "{x}", "{{x}}", "@string{a={b}}", "month = jan", "= a", "= 12", ", ", "van der "),
        *(
            "De ",
            "Jr.",
            "--",
            "''",
            "\x0b",
            "\x85",
            "\xa0",
            "\u2028",
            "İ",
            "ǅ",
            "e\u0301",
            "ß",
            "year = 2001,",
            '= "x"',
        ),
    ]
)


@settings(max_examples=800, deadline=None)
@given(st.data())
def test_real_files_with_faults_planted(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(FILES))
    text = text[: data.draw(st.integers(1, 2000))]
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(ODD) + text[at + data.draw(st.sampled_from([0, 0, 1, 3, 20])) :]
    held_to_pybtex(text)


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.one_of(ODD, st.text(max_size=5), st.sampled_from(["Long, A.", "Śliwa, Ż. B.", "de"])), max_size=8))
def test_any_list_of_names(parts: list[str]) -> None:
    latex = "".join(parts)
    if latex.count("{") == latex.count("}") == 0:
        names_held_to_pybtex(latex)
