"""Languages as citation files write them: by three letters (MEDLINE), by two, or by name."""

from __future__ import annotations

_TABLE = """
arabic ar ara, chinese zh chi, czech cs cze, danish da dan, dutch nl dut, english en eng, finnish fi fin, french fr fre,
german de ger, greek el gre, hebrew he heb, hungarian hu hun, italian it ita, japanese ja jpn, korean ko kor,
norwegian no nor, persian fa per, polish pl pol, portuguese pt por, russian ru rus, spanish es spa, swedish sv swe,
turkish tr tur, ukrainian uk ukr
"""
_NAMES = {
    code: name for name, *codes in (line.split() for line in _TABLE.replace("\n", " ").split(",")) for code in codes
}


def language_of(text: str) -> str:
    """Return the name of a language, as bibliographies here have it, of its code (``eng``, ``en``, ``en-GB``).

    Any other text is returned as it is.
    """
    code = text.strip().casefold()
    return _NAMES.get(code) or _NAMES.get(code.partition("-")[0]) or text.strip()
