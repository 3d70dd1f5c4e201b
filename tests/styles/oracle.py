"""citeproc-py with the CSL project's own styles, as the oracle for formatted references; its known faults are listed.

The styles are those of the Citation Style Language project (CC BY-SA 3.0, see csl/README.md). What is put right here is
narrow: each correction says what the oracle does wrong and touches nothing else.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from backed.bibliography import csl_type
from backed.export.csl_json import CSL_JSON
from backed.model import Reference

FILES = {"vancouver": "nlm-citation-sequence", "apa": "apa", "ama": "american-medical-association"}


@cache
def _style(id: str) -> Any:
    text = (Path(__file__).parent / "csl" / f"{FILES[id]}.csl").read_text(encoding="utf-8")
    if id == "vancouver":  # the delimiter between the parts of a date is left out: it becomes their prefix
        for part in ('form="short" name="month" strip-periods="true"', 'name="day"'):
            text = text.replace(f"<date-part {part}/>", f'<date-part prefix=" " {part}/>', 1)
    with warnings.catch_warnings(), TemporaryDirectory() as folder:
        warnings.simplefilter("ignore")
        file = Path(folder) / "style.csl"
        file.write_text(text, encoding="utf-8")
        return CitationStylesStyle(str(file), validate=False)


def oracle(id: str, reference: Reference, *, html: bool = False) -> str:
    """Return a reference in a style as the oracle has it, put right, without its number.

    What no CSL item can say is left out: that more authors are not known, and what became of the work.
    """
    [item] = json.loads(CSL_JSON.write([replace(reference, key="one", standing=None)]))
    if id != "apa":
        item = _without_stops_after_suffixes(item)
    if html:
        item = _escaped(item)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        bibliography = CitationStylesBibliography(
            _style(id), CiteProcJSON([item]), formatter.html if html else formatter.plain
        )
        bibliography.register(Citation([CitationItem("one")]))
        [text] = bibliography.bibliography()
    text = str(text).removeprefix("1.")
    for put_right in CORRECTIONS[id]:
        text = put_right(reference, text)
    return text


def _without_stops_after_suffixes(item: Any) -> Any:
    """Not the oracle's fault but our data's: Citing Medicine and AMA write ``Jr`` without a full stop, APA with one."""
    for name in (*item.get("author", []), *item.get("editor", [])):
        if "suffix" in name:
            name["suffix"] = name["suffix"].rstrip(".")
    return item


def _escaped(value: Any) -> Any:
    """Fault: values are put into HTML as they are. They are escaped before."""
    if isinstance(value, dict):
        return {key: inner if key in {"id", "type"} else _escaped(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_escaped(inner) for inner in value]
    return escape(value, quote=False) if isinstance(value, str) else value


def _names_without_capitals(reference: Reference, text: str) -> str:
    """Fault: a given name in letters that have no capitals is followed by the stop of an initial."""
    for name in (*reference.authors, *reference.editors):
        if name.given and name.given.lower() == name.given.upper():
            text = re.sub(rf"\. {name.given} \.(?= \((?:\d|n\.d|in press))", f"{name.given}.", text)
            text = text.replace(f". {name.given} .", name.given)
    return text


def _names_in_one(reference: Reference, text: str) -> str:
    """Fault: East Asian names are written as European ones; CSL and pandoc have them in one, the family name first."""
    for name in (*reference.authors, *reference.editors):
        if name.family > "\u2e80":
            for said in (f"{name.family}, {name.given}", f"{name.family} {name.given}", f"{name.given} {name.family}"):
                text = text.replace(said, name.family + name.given)
    return text


def _labels_of_editors(_: Reference, text: str) -> str:
    """Fault: ``text-case="title"`` of a label is left out, so that ``(Ed.)`` is ``(ed.)`` where it stands alone."""
    return re.sub(r"(?<=\()(eds?\.\))|(?<=, )(eds?\.[;)])", lambda found: found[0].capitalize(), text)


def _day_of_retrieval(reference: Reference, text: str) -> str:
    """Fault of the style file: ``Retrieved`` stands before an address also where no day is known."""
    return text if reference.extra.get("urldate") else text.replace(" Retrieved http", " http")


def _date_in_words(reference: Reference, text: str) -> str:
    """Fault: a date that is no number (``in press``) is said a second time where month and day would stand."""
    year = reference.year
    return text if not year or year.isdigit() else text.replace(f"({year}, {year})", f"({year})", 1)


def _number_of_thesis(_: Reference, text: str) -> str:
    """Fault: ``Publication`` stands where a thesis has no number; a group without any value should stay away."""
    return re.sub(r" \(Publication\)|(?<= )\(Publication\) |(?<=\()Publication; ", "", text)


def _stop_after_question(_: Reference, text: str) -> str:
    """Fault: a full stop is set after a question mark; citeproc-js and pandoc leave it out."""
    return re.sub(r"(\?(?:</i>)?)\.(?= |$)", r"\1", text)


def _kind_of_talk(reference: Reference, text: str) -> str:
    """Fault of the style file: what kind of talk a work is gets lost; APA 7 has it in brackets (examples 61, 62)."""
    genre = reference.extra.get("type", "")
    placed = reference.editors or reference.volume or reference.number or reference.pages
    if csl_type(reference) != "paper-conference" or placed or not genre:
        return text
    head, date, rest = _at_date(text)
    titles = (reference.title, escape(reference.title, quote=False))
    title = next((one for one in titles if rest.startswith(one)), "")
    said = f"{title} [{genre}]" if title else f"[{genre}]"
    return f"{head}{date}{said}. {rest.removeprefix(title).lstrip('. ')}".rstrip()


def _in_press(_: Reference, text: str) -> str:
    """Fault of the style file: what is in press has not been ``Published online in press``."""
    return re.sub("(?:Published|Preprint posted) online in press", "In press", text)


def _editors_once_in_vancouver(reference: Reference, text: str) -> str:
    """Fault: editors who stand for the authors are named again; CSL leaves out what a substitute has said."""
    if reference.authors or not reference.editors:
        return text
    lead, end, rest = text.partition("editors. " if "editors. " in text else "editor. ")
    return lead + end + rest.replace(lead + end, "", 1)


def _editors_once_in_apa(reference: Reference, text: str) -> str:
    """Fault: as in Vancouver; in APA they are named again in parentheses or before the book."""
    if reference.authors or not reference.editors:
        return text
    head, date, rest = _at_date(text)
    rest = re.sub(r"\([^()]*, eds?\.; ", "(", rest, count=1, flags=re.IGNORECASE)
    rest = re.sub(r" \([^()]*, eds?\.\)", "", rest, count=1, flags=re.IGNORECASE)
    return head + date + re.sub(r"\bIn [^()]*? \(Eds?\.\), ", "In ", rest, count=1)


def _editors_once_in_ama(reference: Reference, text: str) -> str:
    """Fault: as in Vancouver; in AMA they are named again in parentheses, after the title or before the book."""
    if reference.authors or not reference.editors:
        return text
    lead, end, rest = text.partition("eds. " if "eds. " in text else "ed. ")
    again = f"({lead}{end.strip()})"
    return lead + end + rest.replace(f"{again}. ", "", 1).replace(f" {again}", "", 1).replace(lead + end, "", 1)


def _title_once_in_apa(reference: Reference, text: str) -> str:
    """Fault: a title that stands for the authors is said again after the date."""
    by_publisher = reference.publisher and csl_type(reference) in {"software", "webpage"}
    if reference.authors or reference.editors or by_publisher:
        return text
    head, date, rest = _at_date(text)
    said = head if rest.startswith(head) else head.removesuffix(".")
    return (head + date + rest.removeprefix(said).lstrip(". ")).rstrip()


def _publisher_once_in_apa(reference: Reference, text: str) -> str:
    """Fault: so is the publisher who stands for the authors of a web page or a program."""
    if reference.authors or reference.editors or csl_type(reference) not in {"software", "webpage"}:
        return text
    head, date, rest = _at_date(text)
    return head + date + rest.replace(f" {head}", "", 1) if head == f"{reference.publisher}." else text


def _title_once_in_ama(reference: Reference, text: str) -> str:
    """Fault: as in APA, one after the other."""
    if reference.authors or reference.editors:
        return text
    return re.sub(r"^(.+?[.?!](?:</i>)?) (?=\1)", "", text)


def _at_date(text: str) -> tuple[str, str, str]:
    """Return what stands before the date in APA, the date, and the rest."""
    found = re.search(r" \((?:\d{4}[^()]*|n\.d\.|in press|[a-z ]+)\)\. ", text)
    assert found, text
    return text[: found.start()], found[0], text[found.end() :]


CORRECTIONS: dict[str, tuple[Callable[[Reference, str], str], ...]] = {
    "vancouver": (_names_in_one, _stop_after_question, _editors_once_in_vancouver),
    "apa": (
        _names_without_capitals,
        _names_in_one,
        _labels_of_editors,
        _day_of_retrieval,
        _date_in_words,
        _number_of_thesis,
        _stop_after_question,
        _editors_once_in_apa,
        _title_once_in_apa,
        _kind_of_talk,
        _publisher_once_in_apa,
    ),
    "ama": (_names_in_one, _in_press, _stop_after_question, _editors_once_in_ama, _title_once_in_ama),
}
"""What is put right in the oracle's text, a known fault a function; ``_style`` mends the delimiter of dates."""
