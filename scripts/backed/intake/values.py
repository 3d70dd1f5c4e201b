"""What single values of a citation say: plain text, people, dates, pages, identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ..bibliography import doi
from ..bibliography.dates import Published, published
from ..model import Name

_TAG = re.compile(
    r"</?(?:[ibu]|em|strong|su[bp]|scp?|span|p|title|sec|italic|bold|(?:jats|mml):[\w-]+)(?:\s[^<>]*)?/?>"
)
_DASHES = re.compile(r"\s*[-‐‑‒–—−]+\s*")
_SUFFIX = re.compile(r"(?:jr|sr)\.?|[2-9](?:nd|rd|th)|I{2,3}|I?V", re.IGNORECASE)
_SHORT = re.compile(
    r"(?P<family>[^,]*[^,\sA-Z][^,]*?) (?P<initials>[A-Z]{1,3})(?: (?P<suffix>Jr|Sr|[2-9](?:nd|rd|th)))?"
)
_ABBREVIATED = re.compile(r"(?P<letters>[A-Za-z]*)(?P<first>\d+)-(?P<last>\d+)")
_NUMBERS = re.compile(r"(\d{4})(?:[/-](\d{1,2})?(?:[/-](\d{1,2})?.*)?)?")
_WORDS = re.compile(r"(\d{4})\s+(.+)")
_ISSN = re.compile(r"(?<![\w-])\d{4}-\d{3}[\dXx](?![\w-])")
_ISBN = re.compile(r"(?<![\w-])\d[\d-]{7,16}[\dXx](?![\w-])")
_IN_NOTE = re.compile(r"(?<!\S)(PMC?ID|ISSN|ISBN):\s*([\w-]+)(?:[.;](?!\S)|(?!\S))")
_PMCID = re.compile(r"PMC\d+", re.IGNORECASE)


def plain(text: str) -> str:
    """Return a text on one line, single spaces between words."""
    return " ".join(text.split())


def without_markup(text: str) -> str:
    """Return a text without the tags for italics and the like, on one line; ``p < 0.05`` stays as it is."""
    return plain(_TAG.sub("", text))


def sentence(text: str) -> str:
    """Return a title without the full stop that MEDLINE puts after every title."""
    short = plain(text)
    return short[:-1] if short.endswith(".") and not short.endswith("..") else short


def person(text: str) -> Name:
    """Return who ``Family, Given, Suffix`` is; a name that ends in a comma, or has none in several words, is a group.

    Small words before a family name are its particle, as BibTeX has it: ``van der Berg``.
    """
    name = plain(text)
    if name.endswith(","):
        return Name(literal=name.rstrip(", "))
    family, *rest = [part.strip() for part in name.split(",")]
    if not rest:
        return Name(literal=family) if " " in family else Name(family=family)
    given, suffix = rest[0], ", ".join(part for part in rest[1:] if part)
    if _SUFFIX.fullmatch(given) and suffix:  # King, Jr., Martin
        given, suffix = suffix, given
    words = given.split()
    if not suffix and len(words) > 1 and _SUFFIX.fullmatch(words[-1]):  # King, Martin Jr
        given, suffix = " ".join(words[:-1]), words[-1]
    particle, family = apart(family)
    return Name(family=family, given=given, particle=particle, suffix=suffix)


def short_person(text: str) -> Name:
    """Return who ``van der Berg JM`` or ``King ML Jr`` is: a person by initials, as MEDLINE shortens names."""
    found = _SHORT.fullmatch(plain(text))
    if not found:
        return person(text)
    return person(f"{found['family']}, {' '.join(found['initials'])}, {found['suffix'] or ''}".rstrip(", "))


def apart(family: str) -> tuple[str, str]:
    """Return the particle and the rest of a family name: ``van der``, ``Berg``; one all in small letters is whole."""
    words = family.split()
    small = next((place for place, word in enumerate(words) if not word[0].islower() and word[0] != "'"), 0)
    return " ".join(words[:small]), " ".join(words[small:])


def dated(year: str, *more: str) -> Published:
    """Return when a work was published: a year, and texts that may add month and day.

    ``2004/12/01/``, ``2004-12``, ``2004 Dec 1``, ``Dec 1``; of a season or several months (``Sep-Oct``) the first month
    named. A date of another year than ``year`` adds nothing, and what is not understood is named in ``unclear``.
    """
    chosen = _one(year)
    for text in filter(None, map(plain, more)):
        found = _one(text) if re.match(r"\d{4}", text) else published("", chosen.year, text, "")
        if not chosen.year or (found.year == chosen.year and found.month and not chosen.month):
            chosen = found
        elif found.year != chosen.year:
            chosen = replace(chosen, unclear=(*chosen.unclear, "date"))
    return chosen


def _one(text: str) -> Published:
    text = plain(text)
    numbers = _NUMBERS.fullmatch(text)
    if numbers:
        return published("", numbers[1], numbers[2] or "", (numbers[3] or "") if numbers[2] else "")
    words = _WORDS.fullmatch(text)
    return published("", words[1], words[2], "") if words else published("", text, "", "")


def pages_of(first: str, last: str = "") -> str:
    """Return pages with plain hyphens, and the last page whole: ``1675-82`` is 1675-1682, as MEDLINE shortens it."""
    text = _DASHES.sub("-", plain(f"{first}-{last}" if last and last != first else first))
    found = _ABBREVIATED.fullmatch(text)
    if not found or len(found["last"]) >= len(found["first"]):
        return text
    whole = found["first"][: -len(found["last"])] + found["last"]
    return f"{found['letters']}{found['first']}-{found['letters']}{whole}" if whole >= found["first"] else text


def article_number(text: str) -> str:
    """Return a publisher's number of an article where it can stand for pages (``24883``, ``e71``), else ''."""
    return text if re.fullmatch(r"[A-Za-z]{0,3}\d{1,9}", text) else ""


def dashes(text: str) -> str:
    """Return a volume or number with plain hyphens."""
    return _DASHES.sub("-", plain(text))


def doi_of(text: str) -> str:
    """Return a DOI without what stands before it (an address, ``doi:``); what is no DOI stays as it is."""
    short = plain(text)
    return doi.meant(short) if short and not doi.FORM.fullmatch(short) and doi.meant(short) else short


def pmcid_of(text: str) -> str:
    """Return a PMCID with its letters, or '' where the text holds none."""
    found = _PMCID.search(text)
    return found[0].upper() if found else ""


def serials(texts: Iterable[str], *, book: bool) -> tuple[str, str]:
    """Return the ISSNs and the ISBNs of texts that may hold either, several with a comma between.

    A text that holds neither goes to the ISBNs of a book, else to the ISSNs, so that a check can say what is wrong.
    """
    issns, isbns = list[str](), list[str]()
    for text in texts:
        found = [one.upper() for one in _ISSN.findall(text)]
        longer = [one for one in _ISBN.findall(_ISSN.sub(" ", text)) if len(one.replace("-", "")) in {10, 13}]
        other = [] if found or longer else [text]
        issns += found + ([] if book else other)
        isbns += longer + (other if book else [])
    return ", ".join(once(issns)), ", ".join(once(isbns))


def identifiers_in(note: str) -> tuple[str, dict[str, str]]:
    """Return a note without the identifiers in it, and those by their names in small letters.

    Where a format has no field for one, programs write ``PMCID: PMC123`` into the note.
    """
    return plain(_IN_NOTE.sub(" ", note)), {name.lower(): value for name, value in _IN_NOTE.findall(note)}


def once(texts: Iterable[str]) -> tuple[str, ...]:
    """Return texts in their order, each once, empty ones left out."""
    return tuple(dict.fromkeys(filter(None, map(plain, texts))))
