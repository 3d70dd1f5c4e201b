"""Why a field does not come back from a program as it was: by format, program and field, '' for any."""

from __future__ import annotations

from collections.abc import Mapping

from .clients import Client

_NO_PLACE = "The program does not take this field."
_NO_FIELD = "The format has no field for it."
_INITIALS = "The program writes initials in its own way, and straight apostrophes as curly ones."
_ONE_FAMILY_NAME = "The format has one place for the whole family name; it comes back with its particle."
_TYPES = "The program has fewer kinds of work: data sets, programs and preprints become something like it."
_CURLY = "The program makes straight apostrophes and quotation marks curly."
_OWN_TERM = (
    "It is our own term for a source; BibTeX and CSL-JSON hold it, and programs that drop unknown fields drop it."
)

WHY: Mapping[tuple[str, str, str], str] = {
    ("", "", "kind of source"): _OWN_TERM,
    ("csl-json", "pandoc", "that authors are missing"): "The program drops data that CSL does not know.",
    ("bibtex", "", "kind of work"): "Classic BibTeX has no type for data sets and programs: they are misc.",
    ("bibtex", "pandoc", "kind of work"): _TYPES,
    ("biblatex", "pandoc", "kind of work"): _TYPES,
    ("biblatex", "", "PMCID"): f"{_NO_FIELD} It stands in the note.",
    ("biblatex", "", "year"): "BibLaTeX has dates only: “in press” is the state of publication there.",
    ("biblatex", "", "edition"): "BibLaTeX has no such field for reports. It stands in the note.",
    ("biblatex", "", "ISBN"): "BibLaTeX has no such field for reports. It stands in the note.",
    ("biblatex", "", "volume"): "A volume is a whole number in BibLaTeX; its supplement is read as the issue.",
    ("biblatex", "", "issue or number"): "A volume is a whole number in BibLaTeX; its supplement is read as the issue.",
    (
        "biblatex",
        "biber",
        "particles told from family names",
    ): "The program takes a particle in apostrophes for a name.",
    ("", "pandoc", "authors"): _INITIALS,
    ("", "pandoc", "particles told from family names"): _CURLY,
    (
        "",
        "pandoc",
        "title",
    ): "The program sets English titles in sentence case, with a capital (SS for ß) after a colon.",
    ("csl-json", "pandoc", "title"): _CURLY,
    ("", "pandoc", "note"): _CURLY,
    ("", "bibutils", "note"): _CURLY,
    ("", "pandoc", "journal"): "The program drops a brace without a partner.",
    ("", "pandoc", "year"): "The program takes years in figures only.",
    ("biblatex", "pandoc", "PMID"): "The program makes it an address at PubMed, where the work has none of its own.",
    ("biblatex", "pandoc", "article number"): "The program, in this version, does not take the field eid.",
    ("", "bibutils", "authors"): "The program drops the full stops of initials, and in some formats splits groups.",
    ("", "bibutils", "editors"): "The program drops the full stops of initials, and in some formats splits groups.",
    (
        "",
        "bibutils",
        "groups told from persons",
    ): "The program takes a group for a person unless told its name beforehand.",
    ("", "bibutils", "particles told from family names"): "The program keeps particle and family name as one.",
    ("", "bibutils", "pages"): "The program takes several ranges for one.",
    ("", "bibutils", "title"): "The program does not know how LaTeX writes a backslash or a brace without a partner.",
    ("", "bibutils", "journal"): "The program does not know how LaTeX writes a brace without a partner.",
    ("", "bibutils", "kind of work"): _TYPES,
    ("", "bibutils", "series"): "The program takes the series of a book for the book it stands in, or not at all.",
    ("", "bibutils", "DOI"): "The program takes a DOI for one only where four digits follow 10.",
    ("", "bibutils", "PMID"): _NO_PLACE,
    ("", "bibutils", "PMCID"): _NO_PLACE,
    ("", "bibutils", "article number"): _NO_PLACE,
    ("", "bibutils", "chapter"): _NO_PLACE,
    ("", "bibutils", "day of access"): _NO_PLACE,
    ("", "bibutils", "edition"): "The program has no edition of reports.",
    ("", "bibutils", "keywords"): _NO_PLACE,
    ("", "bibutils", "month and day"): "The program takes the year only.",
    ("", "bibutils", "publisher"): "The program has no publisher for this kind of work.",
    ("", "bibutils", "state of publication"): "The program has no field for it.",
    ("", "bibutils", "type of work"): "The program has no field for it.",
    ("", "bibutils", "version"): "The program has no field for it.",
    ("ris", "", "authors"): "A comma inside given names is where a suffix begins.",
    ("ris", "", "kind of work"): "The format has no type for preprints: they are unpublished works.",
    ("ris", "", "particles told from family names"): _ONE_FAMILY_NAME,
    ("nbib", "", "authors"): "A comma inside given names is where a suffix begins.",
    ("nbib", "", "particles told from family names"): _ONE_FAMILY_NAME,
    ("nbib", "", "kind of work"): "PubMed has no type for web pages, programs and manuscripts, and one for all books.",
    ("nbib", "", "citation key"): "The format has no field for it; PubMed's key is the PMID.",
    ("nbib", "", "web address"): "PubMed has no field for it. Zotero takes it where there is no DOI.",
    ("nbib", "", "day of access"): _NO_FIELD,
    ("nbib", "", "type of work"): _NO_FIELD,
    ("nbib", "", "version"): _NO_FIELD,
    ("nbib", "", "note"): "It stands in a general note, which the program skips.",
    ("nbib", "", "that authors are missing"): "It stands in a general note, which the program skips.",
    ("nbib", "", "what became of the work"): (
        "The type says that a work is retracted. Day, reason and notice stand in a general note and in PubMed's own"
        " links (RIN, ECI, UIN), which the program skips."
    ),
    **{
        ("nbib", "", label): "It stands in PubMed's field for books, which the program skips."
        for label in ("ISBN", "book or congress", "chapter", "edition", "editors", "publisher", "series")
    },
    ("nbib", "", "groups told from persons"): "A group is an editor, and the program skips editors.",
}


def why(client: Client, label: str) -> str:
    """Return why a field does not always come back from a program. KeyError if nobody wrote it down."""
    return WHY[reason_for(client, label)]


def reason_for(client: Client, label: str) -> tuple[str, str, str]:
    """Return the key of the reason that fits best: of this program in this format, of the program, of the format."""
    keys = ((client.form, client.name, label), ("", client.name, label), (client.form, "", label), ("", "", label))
    return next((key for key in keys if key in WHY), keys[0])
