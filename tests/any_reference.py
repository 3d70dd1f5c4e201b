"""Any reference at all, for tests that try what nobody would think of."""

from __future__ import annotations

import unicodedata
from typing import Any

from hypothesis import strategies as st

from backed.model import Name, Reference

_LETTERS = st.characters(categories=["Lu", "Ll", "Nd", "Po", "Ps", "Pe", "Pd", "Sm", "Sc"], max_codepoint=0x24F)
TEXT = st.text(_LETTERS | st.just(" "), max_size=30).map(
    lambda text: " ".join(unicodedata.normalize("NFC", text).split())
)
WORD = st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x24F), min_size=1, max_size=8).map(
    lambda word: unicodedata.normalize("NFC", word)
)
PERSON = st.builds(
    Name,
    family=WORD.map(lambda word: f"X{word}"),
    given=st.lists(WORD.map(lambda word: f"Y{word}"), min_size=1, max_size=3).map(" ".join),
    particle=st.sampled_from(["", "van", "de la"]),
    suffix=st.sampled_from(["", "Jr.", "III"]),
)
GROUP = st.builds(Name, literal=TEXT.map(lambda text: f"G {text}".strip()))
REFERENCE = st.builds(
    Reference,
    key=st.just("a-key"),
    type=st.sampled_from(["article", "book", "techreport", "incollection", "misc"]),
    title=TEXT.map(lambda text: f"T {text}".strip()),
    authors=st.lists(PERSON | GROUP, min_size=1, max_size=4).map(tuple),
    editors=st.lists(PERSON | GROUP, max_size=2).map(tuple),
    journal=TEXT,
    publisher=TEXT,
    address=TEXT,
    year=st.integers(1900, 2030).map(str),
    month=st.integers(1, 12),
    day=st.integers(1, 28) | st.none(),
    volume=st.sampled_from(["", "12", "12 Suppl 1"]),
    number=st.sampled_from(["", "3", "3-4"]),
    pages=st.sampled_from(["", "1-9", "e12", "S1-S9", "1-3, 7"]),
    doi=st.text("0123456789abcXYZ._-()/<>;:#%&~", max_size=12).map(lambda tail: f"10.1000/{tail}"),
    abstract=TEXT,
    extra=TEXT.map(lambda text: {"note": text} if text else {}),
)

_PEOPLE = (
    Name("Roe", "Anna B."),
    Name("Tulder", "Maurits W.", "van"),
    Name("King", "Martin", suffix="Jr."),
    Name(literal="Backs Institute"),
    Name("Özçelik", "Şule"),
    Name("Li", "Xiao-Ming"),
    Name("山田", "太郎"),
    Name("Иванова", "Анна"),
)
_BOOK = {
    "publisher": "Press",
    "address": "Delft",
    "volume": "3|Second part",
    "edition": "2|3rd|Revised edition",
    "series": "Studies of backs",
}
_IN_BOOK = _BOOK | {"booktitle": "Handbook of backs", "pages": "10-19|7", "chapter": "12"}
_REPORT = {
    "publisher": "Press",
    "address": "Delft",
    "number": "4|NG59",
    "type": "Advice|technical report",
    "pages": "10-19",
    "edition": "2",
    "series": "Studies of backs",
    "version": "1.2",
}
_FIELDS = {
    "article": {"journal": "J. Backs|Journal of the spine", "volume": "3|12 Suppl 1", "number": "4|3-4",
                "pages": "10-19|e12|S1-S9", "pubstate": "prepublished|inpress", "type": "Letter"},
    "book": _BOOK,
    "collection": _BOOK,
    "manual": _BOOK | {"type": "Guide", "version": "2"},
    "incollection": _IN_BOOK,
    "inproceedings": _IN_BOOK | {"type": "Conference abstract"},
    "report": _REPORT,
    "phdthesis": {"publisher": "University", "address": "Delft", "type": "Habilitation"},
    "mastersthesis": {"publisher": "University", "address": "Delft"},
    "online": {"publisher": "Press", "journal": "Site of backs"},
    "dataset": {"publisher": "Zenodo", "version": "2|beta"},
    "software": {"publisher": "Zenodo", "version": "2"},
    "unpublished": {},
    "misc": {"publisher": "Press", "type": "Preprint"},
}  # fmt: skip
"""Which fields each type of entry has, and some values of theirs; each may be missing, but what is told below."""
_ALWAYS = {"journal", "booktitle", "publisher"}
_EXTRA = {"edition", "series", "chapter", "type", "version", "pubstate", "urldate"}
_EDITED = {"book", "collection", "incollection", "inproceedings", "report"}


@st.composite
def _sound_works(draw: st.DrawFn) -> Reference:
    type = draw(st.sampled_from(sorted(_FIELDS)))
    fields = {
        name: draw(st.sampled_from([*([] if name in _ALWAYS else [""]), *values.split("|")]))
        for name, values in _FIELDS[type].items()
    }
    url = "https://example.org/a" if type == "online" else draw(st.sampled_from(["", "https://example.org/a"]))
    if url:
        fields["urldate"] = draw(st.sampled_from(["", "2026-01-31"]))
    people = st.lists(st.sampled_from(_PEOPLE), unique=True)
    titles = ["Backs and walks", "Do backs walk?", "Backs: a study of walks", 'Walks for "backs" & <all>']
    plain: dict[str, Any] = {name: value for name, value in fields.items() if name not in _EXTRA}
    return Reference(
        key="a-key",
        type=type,
        title=draw(st.sampled_from(titles)),
        authors=tuple(draw(people)),
        editors=tuple(draw(people)) if type in _EDITED else (),
        year=draw(st.sampled_from(["2019", "2020", "", "in press"])),
        month=draw(st.sampled_from([None, 3, 11])),
        day=draw(st.sampled_from([None, 4, 28])),
        doi=draw(st.sampled_from(["", "10.1000/x"])),
        pmid=draw(st.sampled_from(["", "1234"])),
        url=url,
        language=draw(st.sampled_from(["", "dutch", "english"])),
        extra={name: value for name, value in fields.items() if value and name in _EXTRA},
        **plain,
    )


SOUND_WORK = _sound_works()
"""A work with the fields that its type of entry has, as an editor would fill them in."""
