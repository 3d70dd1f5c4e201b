"""citeproc-py with the CSL project's own styles, as the oracle for formatted references; its known faults are listed.

The styles are those of the Citation Style Language project (CC BY-SA 3.0, see csl/README.md). What is put right here is
narrow: each correction says what the oracle does wrong and touches nothing else.
"""

from __future__ import annotations

import json
import re
import warnings
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

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
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        bibliography = CitationStylesBibliography(
            _style(id), CiteProcJSON([item]), formatter.html if html else formatter.plain
        )
        bibliography.register(Citation([CitationItem("one")]))
        [text] = bibliography.bibliography()
    return _put_right(id, reference, str(text).removeprefix("1."))


def _put_right(id: str, reference: Reference, text: str) -> str:
    for name in (*reference.authors, *reference.editors):
        if id != "apa" and name.suffix.endswith("."):  # Citing Medicine and AMA write Jr without a full stop
            text = text.replace(f" {name.suffix}", f" {name.suffix[:-1]}")
        if id == "apa" and name.given and not (name.given.lower() != name.given or name.given.upper() != name.given):
            text = text.replace(f". {name.given} .", name.given)  # letters without capitals are no initials
    if reference.editors and not reference.authors:
        text = _said_once(id, text)
    if id == "apa":
        text = text.replace("(ed.)", "(Ed.)").replace("(eds.)", "(Eds.)")  # the manual writes them with a capital
        if "accessed" not in reference.extra and not reference.extra.get("urldate"):
            text = text.replace(" Retrieved http", " http")  # no day, so nothing was retrieved on it
    return text.replace("?. ", "? ")  # a question mark ends a sentence


def _said_once(id: str, text: str) -> str:
    """Return a text in which editors who stand for the authors are not named a second time as editors."""
    if id == "vancouver":
        lead, end, rest = text.partition("editors. " if "editors. " in text else "editor. ")
        return lead + end + rest.replace(lead + end, "", 1)
    return re.sub(r" \([^()]*, eds?\.\)" + (r"\." if id == "ama" else ""), "", text, count=1)
