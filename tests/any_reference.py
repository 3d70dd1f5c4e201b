"""Any reference at all, for tests that try what nobody would think of."""

from __future__ import annotations

import unicodedata

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
