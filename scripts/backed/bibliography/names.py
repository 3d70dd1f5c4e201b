"""BibTeX name lists -> names: persons with particle and suffix, groups, and whether more are meant."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from pybtex.bibtex.utils import split_name_list, split_tex_string
from pybtex.database import Person

from ..model import Name
from .latex import MARKED, decode

_AND = re.compile(" [Aa][Nn][Dd] ")
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][^ ,]*"
_USUAL = re.compile(rf"({_CAPITAL}(?: {_CAPITAL})*), ([^ ,]+(?: [^ ,]+)*)")
"""Family names that begin with a capital, so that none is a particle, a comma, given names."""


@dataclass(frozen=True)
class NameList:
    """The names of a list in their order; ``more`` where it ends in ``and others``.

    ``unclear`` holds the names as written that have too many commas, ``unknown`` the LaTeX commands not known.
    """

    names: tuple[Name, ...] = ()
    more: bool = False
    unclear: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def read_names(latex: str) -> NameList:
    """Return the names of a BibTeX name list; a name in braces of its own is a group."""
    line = " ".join(latex.split())
    marked = MARKED.search(line) is not None
    written = [name for part in (split_name_list(line) if marked else _AND.split(line)) if (name := part.strip())]
    more = bool(written) and written[-1] == "others"
    written = written[:-1] if more else written
    unknown: list[str] = []
    names = tuple((None if marked else usual_name(name)) or _name(name, unknown) for name in written)
    unclear = tuple(name for name in written if name.count(",") > 2 and _commas(name) > 2)
    return NameList(names, more, unclear, tuple(unknown))


def usual_name(written: str) -> Name | None:
    """Return a name without LaTeX in the form in which most are written, or None, where pybtex has to look."""
    found = _USUAL.fullmatch(written)
    if found is None:
        return None
    family, given = (unicodedata.normalize("NFC", part) for part in found.groups())
    return Name(family, given)


def _name(written: str, unknown: list[str]) -> Name:
    def text(latex: str) -> str:
        plain, strange = decode(latex)
        unknown.extend(strange)
        return plain

    if _is_group(written) or _commas(written) > 2:
        return Name(literal=text(written))
    person = Person(written)
    return Name(
        family=text(" ".join(person.last_names)),
        given=text(" ".join(person.first_names + person.middle_names)),
        particle=text(" ".join(person.prelast_names)),
        suffix=text(" ".join(person.lineage_names)),
    )


def _commas(written: str) -> int:
    return len(split_tex_string(written, ",")) - 1


def _is_group(written: str) -> bool:
    """Say whether one pair of braces holds the whole name."""
    if not (written.startswith("{") and written.endswith("}")):
        return False
    depth = 0
    for position, sign in enumerate(written):
        depth += (sign == "{") - (sign == "}")
        if depth == 0:
            return position == len(written) - 1
    return False
