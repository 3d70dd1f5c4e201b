"""Languages as MEDLINE writes them: three letters."""

from __future__ import annotations

_TABLE = """
ara arabic chi chinese cze czech dan danish dut dutch eng english fin finnish fre french ger german gre greek
heb hebrew hun hungarian ita italian jpn japanese kor korean nor norwegian per persian pol polish por portuguese
rus russian spa spanish swe swedish tur turkish ukr ukrainian
"""
_WORDS = _TABLE.split()
_NAMES = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True))
"""MARC codes, and the languages as bibliographies here name them (BibTeX: those of babel)."""


def language_of(code: str) -> str:
    """Return the name of a language that MEDLINE writes with three letters; any other text as it is."""
    return _NAMES.get(code.strip().lower(), code.strip())
