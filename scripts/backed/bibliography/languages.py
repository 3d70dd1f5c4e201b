"""Languages as bibliographies call them: by an English name, as BibLaTeX does, by two letters, or by NLM's three."""

from __future__ import annotations

from dataclasses import dataclass

_NAMES = """
arabic ar ara, chinese zh chi, czech cs cze, danish da dan, dutch nl dut, english en eng, finnish fi fin, french fr fre,
german de ger, greek el gre, hebrew he heb, hungarian hu hun, italian it ita, japanese ja jpn, korean ko kor,
norwegian no nor, persian fa per, polish pl pol, portuguese pt por, russian ru rus, spanish es spa, swedish sv swe,
turkish tr tur, ukrainian uk ukr
"""
_DIALECTS = {"american": "english", "british": "english", "ngerman": "german", "brazilian": "portuguese"}
_BABEL = {"german": "ngerman"}


@dataclass(frozen=True)
class Language:
    """A language: its English name, how babel and BibLaTeX call it, its code in ISO 639-1, and NLM's (ISO 639-2/B)."""

    name: str
    babel: str
    two: str
    three: str


_LANGUAGES = {
    name: Language(name, _BABEL.get(name, name), two, three)
    for name, two, three in (line.split() for line in _NAMES.replace("\n", " ").split(","))
}
_KNOWN = {
    **_LANGUAGES,
    **{dialect: _LANGUAGES[name] for dialect, name in _DIALECTS.items()},
    **{code: language for language in _LANGUAGES.values() for code in (language.two, language.three)},
}


def language_of(text: str) -> Language | None:
    """Return the language that a name (``english``, ``german``) or code (``en``, ``en-GB``, ``eng``) means, or None."""
    return _KNOWN.get(text.casefold()) or _KNOWN.get(text.casefold().partition("-")[0])


def language_name(text: str) -> str:
    """Return the English name of the language that a name or code means, and any other text as it is."""
    known = language_of(text.strip())
    return known.name if known else text.strip()
