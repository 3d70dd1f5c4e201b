"""What Zotero makes of our pages: its translators for tags in a page's head and for COinS, as far as we use them.

Written anew after the rules of "Embedded Metadata" (June 2024), "COinS" with its OpenURL reader, "RDF" for the tags of
Dublin Core, and of the function that takes names apart; tried against them by reading, for they run in Zotero only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote

_FIELDS = {
    "citation_title": "title",
    "citation_publication_date": "date",
    "citation_cover_date": "date",  # wins, for it is looked for later
    "citation_journal_title": "publicationTitle",
    "citation_inbook_title": "publicationTitle",
    "citation_volume": "volume",
    "citation_issue": "issue",
    "citation_conference_title": "conferenceName",
    "citation_dissertation_institution": "university",
    "citation_technical_report_institution": "institution",
    "citation_technical_report_number": "number",
    "citation_publisher": "publisher",
    "citation_isbn": "ISBN",
    "citation_abstract": "abstractNote",
    "citation_doi": "DOI",
    "citation_public_url": "url",
    "citation_language": "language",
}
_TYPES = {
    "citation_journal_title": "journalArticle",
    "citation_technical_report_institution": "report",
    "citation_conference_title": "conferencePaper",
    "citation_inbook_title": "bookSection",
    "citation_dissertation_institution": "thesis",
}
"""Tags that decide the type of item; of several the last one does."""
_BOOK_GENRES = {
    "bookitem": "bookSection",
    "conference": "conferencePaper",
    "proceeding": "conferencePaper",
    "report": "report",
    "document": "document",
}
_FORMATS = {"journal": "journalArticle", "dissertation": "thesis", "patent": "patent", "dc": "webpage"}
_ITEM_TYPES = frozenset({"webpage", "document", "dataset", "computerProgram", "preprint", "manuscript", "report"})
_IN_ANOTHER = frozenset({"journalArticle", "bookSection", "conferencePaper"})


@dataclass
class Item:
    """An item as Zotero saves it: its type, its creators as (family, given, role), its fields by name."""

    type: str
    creators: list[tuple[str, str, str]] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)


class _Elements(HTMLParser):
    """Collects the attributes of the meta tags and of the spans of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.metas: list[tuple[str, str]] = []
        self.spans: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta" and values.get("name"):
            self.metas.append((values["name"], values.get("content", "")))
        if tag == "span" and "Z3988" in values.get("class", "").split() and "title" in values:
            self.spans.append(values["title"])


def from_tags(html: str) -> Item:
    """Return the item that Zotero saves from the ``citation_…`` tags of a page."""
    metas = [(name, content) for name, content in _Elements(html).metas if content]
    named = [name for name, _ in metas]
    guess = "book" if "citation_isbn" in named else "journalArticle"
    item = Item(next((_TYPES[name] for name in reversed(named) if name in _TYPES), guess))
    for tag, name in _FIELDS.items():
        values = [content for found, content in metas if found == tag]
        if values and values[0].strip():
            item.fields[name] = _trimmed(", ".join(values) if name == "ISBN" else values[0])
    for role in ("author", "editor"):
        item.creators += _creators([content for name, content in metas if name == f"citation_{role}"], role, item)
    issn = ", ".join(content for name, content in metas if name == "citation_issn")
    first, last = (next((c for n, c in metas if n == f"citation_{which}page"), "") for which in ("first", "last"))
    pmid = next((content for name, content in metas if name == "citation_pmid"), "")
    item.fields |= {k: v for k, v in (("ISSN", issn), ("pages", _pages(first, last)), ("PMID", pmid)) if v}
    return _finished(item)


def _pages(first: str, last: str) -> str:
    """Return both pages as one field; of a page that is itself written with a dash only one side is kept."""
    first = re.split(r"\s*[-\u2013]\s*", first)[0]
    last = re.split(r"\s*[-\u2013]\s*", last)[-1]
    return f"{first}-{last}" if first and last else first


def _finished(item: Item) -> Item:
    fields = item.fields
    journal = fields.get("publicationTitle", "")
    if journal:  # the name of the journal is taken off the end of the title
        fields["title"] = re.sub(
            rf"\s*[-–—=_:|~#]\s*{re.escape(journal)}\s*$", "", fields["title"], flags=re.IGNORECASE
        )
    if "DOI" in fields:
        found = re.search(r"10(?:\.[0-9]{4,})?/\S*[^\s.,]", fields["DOI"])
        fields["DOI"] = found[0] if found else ""
    return item


def _creators(contents: list[str], role: str, item: Item) -> list[tuple[str, str, str]]:
    creators: list[tuple[str, str, str]] = []
    before = ""
    for content in contents:
        names = re.split(r"\s*;\s*", content)
        if len(names) == 1 and len(contents) == 1:
            parts = re.split(r"\s*,\s*", names[0])
            spanish = item.fields.get("language") in {"es", "spa", "Spanish", "español"}
            two_words = len(parts) == 2 and spanish and len(parts[0].split(" ")) == 2
            if len(parts) > 1 and " " in parts[0] and " " in parts[1] and not two_words:
                names = parts  # a list of names, it believes
        for name in map(str.strip, names):
            if re.search(r"[^\s,-.;]", name) and name != before:
                before = name
                creators.append((*_cased(*_taken_apart(name)), role))
    return creators


def _cased(family: str, given: str) -> tuple[str, str]:
    """Return a name with capitals where all or none of its letters were; a group's name stays as it is."""

    def fixed(part: str) -> str:
        return part.title() if part in (part.upper(), part.lower()) and part != part.title() else part

    return (fixed(family), fixed(given)) if given else (family, given)


def _taken_apart(name: str, *, comma: bool | None = None) -> tuple[str, str]:
    """Return family and given name: before and after the first comma; without one the last word is the family name."""
    inverted = "," in name if comma is None else comma
    name = re.sub(r"[\s\xa0.,/\[\]:]+$", "", re.sub(r"^[\s\xa0.,/\[\]:]+", "", name))
    name = re.sub(r"[\s\xa0]+", " ", name, count=1)
    if inverted:
        family, *rest = re.split(r", ?", re.sub(r"\.([^ ])", r". \1", name, count=1))
        given = rest[0] if rest else ""
    else:
        given, _, family = name.rpartition(" ")
    return family, _dotted(given, family)


def _dotted(given: str, family: str) -> str:
    """Return given names with a point after each initial: ``HB`` and ``H B`` become ``H. B.``."""
    short = re.fullmatch(r"[A-Z\u0400-\u042f]{1,3}", given)
    if short and (len(given) == 1 or family.upper() != family):
        given = " ".join(f"{letter}." for letter in given)
    words = re.split(r"[\s.]+|(?=-)", given)
    dotted = [f"{word}." if re.fullmatch(r"-?[A-Z\u0400-\u042f]", word) else word for word in words]
    return " ".join(dotted).replace(" -", "-").strip()


def _trimmed(text: str) -> str:
    return " ".join(text.replace("\xa0", " ").split())


def from_coins(html: str) -> list[Item]:
    """Return the items that Zotero offers for the COinS of a page, in their order; one it cannot read is missing."""
    return [item for title in _Elements(html).spans if (item := from_openurl(title))]


def from_openurl(context: str) -> Item | None:
    """Return the item of an OpenURL context object, None without a format that is known."""
    parts = [part.partition("=") for part in context.split("&")]
    known = [(key, unquote(re.sub(r"\+|%2[bB]", " ", value))) for key, _, value in parts]
    kind = _openurl_type(dict(reversed(known)))
    if not kind:
        return None
    item = Item(kind)
    for key, value in known:
        if value:
            _take(item, key.removeprefix("rft."), value)
    return item


def _openurl_type(values: dict[str, str]) -> str:
    form = values.get("rft_val_fmt", "").removeprefix("info:ofi/fmt:kev:mtx:")
    return _BOOK_GENRES.get(values.get("rft.genre", ""), "book") if form == "book" else _FORMATS.get(form, "")


_PLAIN = {
    **{key: key for key in ("date", "volume", "issue", "place", "edition", "series")},
    "issn": "ISSN",
    "isbn": "ISBN",
    "pub": "publisher",
    "publisher": "publisher",
    "tpages": "numPages",
}
_ELSE = {"description": "abstractNote", "rights": "rights", "language": "language", "source": "publicationTitle"}


def _take(item: Item, key: str, value: str) -> None:
    fields, inside = item.fields, item.type in _IN_ANOTHER
    if key == "rft_id":
        if value.lower().startswith("info:doi"):
            fields["DOI"] = value[9:]
        elif value.lower().startswith("urn:isbn"):
            fields["ISBN"] = value[9:]
        elif re.match(r"https?://", value):
            fields["url"] = value
    elif key == "btitle" and item.type in {"book", "report", "bookSection", "conferencePaper"}:
        fields["publicationTitle" if inside else "title"] = value
    elif key == "atitle" and inside:
        fields["title"] = value
    elif key == "jtitle" and item.type == "journalArticle":
        fields["publicationTitle"] = value
    elif key == "title":
        fields["publicationTitle" if inside else "title"] = value
    elif key in _PLAIN:
        fields[_PLAIN[key]] = value
    elif key == "pages":
        fields["pages"] = value
    elif key == "spage":
        fields.setdefault("pages", value)
    elif key == "epage":
        fields["pages"] = f"{fields['pages']}-{value}" if fields.get("pages") not in (None, value) else value
    elif key in {"au", "creator", "contributor"}:
        role = "contributor" if key == "contributor" else "author"
        item.creators.append((*_taken_apart(value), role))
    elif item.type == "thesis":
        fields |= {"publisher": value} if key == "inst" else {"type": value} if key == "degree" else {}
    elif key == "identifier":
        if re.match(r"https?://", value):
            fields["url"] = value
    elif key == "type":
        item.type = value if value in _ITEM_TYPES else item.type
    elif key in _ELSE:
        fields[_ELSE[key]] = value


def from_dublin_core(html: str) -> Item:
    """Return the item that Zotero saves from the ``DC.…`` tags of a page."""
    named = [(name[3:].lower(), content) for name, content in _Elements(html).metas if name.lower().startswith("dc.")]
    values = dict(reversed(named))
    item = Item(values.get("type", "webpage").lower())
    item.creators = [(*_taken_apart(content), "author") for name, content in named if name == "creator"]
    item.fields = {name: value for name, value in values.items() if name not in {"type", "creator"}}
    return item
