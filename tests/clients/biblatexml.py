"""BibLaTeXML, in which biber says what it understood."""

from __future__ import annotations

from xml.etree import ElementTree

from backed.model import Name

from .held import Read
from .libraries import decoded, of_bibtex

_NS = {"b": "http://biblatex-biber.sourceforge.net/biblatexml"}
_PREFIX = f"{{{_NS['b']}}}"


def read_biblatexml(text: str) -> list[Read]:
    return [_read(entry) for entry in ElementTree.fromstring(text.encode()).iterfind("b:entry", _NS)]


def _read(entry: ElementTree.Element) -> Read:
    fields = {
        child.get("type", "") + child.tag.removeprefix(_PREFIX): _value(child)
        for child in entry
        if not child.tag.endswith("names")
    }
    people = {
        names.get("type", ""): tuple(_name(name) for name in names.iterfind("b:name", _NS))
        for names in entry.iterfind("b:names", _NS)
    }
    more = any(names.get("morenames") == "1" for names in entry.iterfind("b:names", _NS))
    kind = entry.get("entrytype", "")
    notes = " ".join(decoded(fields.get(name, "")) for name in ("note", "addendum"))
    texts = of_bibtex(fields, kind)
    return Read(entry.get("id", ""), people.get("author", ()), people.get("editor", ()), texts, notes, more)


def _value(field: ElementTree.Element) -> str:
    """Return a field's text: of a list its items, of a range both its ends."""
    if field.find("b:list", _NS) is None:
        return "".join(field.itertext()).strip()
    separator = "; " if field.tag.endswith("location") else ", "
    items = field.iterfind("b:list/b:item", _NS)
    return separator.join("--".join(part.strip() for part in item.itertext() if part.strip()) for item in items)


def _name(name: ElementTree.Element) -> Name:
    parts = {part.get("type", ""): " ".join(t.strip() for t in part.itertext() if t.strip()) for part in name}
    words = {kind: decoded(text) for kind, text in parts.items()}
    if set(words) == {"family"}:
        return Name(literal=words["family"])
    return Name(words.get("family", ""), words.get("given", ""), words.get("prefix", ""), words.get("suffix", ""))
