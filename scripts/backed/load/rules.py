"""What loading itself checks: the form of files. Each text is the rule's page on the site."""

from __future__ import annotations

from ..problem import RuleDoc, Severity

_TEXTS = {
    "unreadable-file": """A file cannot be read at all.

Missing permission, a file far too large to be a record, or a link: a record is a file of its own, so that nothing from
outside the evidence is read or quoted. The file is counted, and nothing else is
blamed for pointing at it.""",
    "unexpected-file": """A file stands where it would be overlooked.

Records end in `.yaml` and stand in `studies/`, `comparisons/`, `articles/`, `claims/`; vocabularies have fixed names;
bibliographies end in `.bib` and stand beside a study or in `references/`. Anything else in these folders would be
silently ignored, so it is an error: move it, or correct its ending.""",
    "not-utf8": """A file is not UTF-8.

Text is kept in one encoding, so that names such as Läubli survive. Save the file as UTF-8 in your editor.""",
    "unseen-sign": """A text holds a sign that nobody sees and that changes how it is read.

Control characters, spaces without width, and signs that turn round what follows (U+202E) come along with pasted text,
or are put there so that a reviewer reads something else than the page shows. Delete the sign; letters of every script,
and the joiners that some need, are fine.""",
    "health-file": """The file of the last look at addresses and works has not its form.

`backed health` writes `health.json`, and the page about it is drawn from it. It is not edited: take it back to how it
was committed, or take it away and look again. Marks that a merge left in it are the usual cause.""",
    "yaml-syntax": """A file is not valid YAML.

The place reported is where the parser gave up; the cause is often on the line above. Indent with two spaces, never
with tabs; put quotes around a text that holds a colon followed by a space.""",
    "yaml-feature": """A record uses a YAML feature that records do without.

Anchors, aliases, tags and several documents in one file hide what a record says from the person who reads it.
Write the values out.""",
    "duplicate-key": """A key stands twice in one place.

YAML readers silently keep the last value. Keep one of the two, or make the values items of a list.""",
    "unknown-key": """A key is not known at this place.

A misspelt key would silently be lost. The hint names the nearest known key or all of them.""",
    "missing-key": """A required key is missing.

The hint says what the key holds. What was not seen in the source is never invented: optional keys are simply left
out, and `extraction.unseen` says what was looked for.""",
    "text-in-english": """A text that people read has no English version.

Every such text is kept per language; `en` is required, `nl` (Dutch) is welcome: `summary: {en: …, nl: …}`.""",
    "wrong-type": """A value does not have the form its key needs.

Numbers are written with digits, a dot for decimals and `-` for minus; dates as `2026-11-22`; ids in lower case with
hyphens. Numbers whose rounding matters are quoted: `"0.30"`.""",
    "bib-syntax": """A bibliography file is not valid BibTeX.

Usually a brace is not closed or a comma is missing. The other entries of the file are still read.""",
    "bib-duplicate-key": """A citation key is used twice.

The key is how a work is cited; each work stands in exactly one `.bib` file.""",
    "bib-incomplete": """A bibliographic entry lacks what every citation needs.

An entry needs a title, a year, and authors (or editors); a group author stands in double braces. A web page with an
address may lack a year; it is then cited with its date unknown.""",
    "bib-date": """A date in a bibliographic entry is not understood.

Write `year = {2024}`, `month = jul` (three letters, no braces) or `date = {2024-07-13}`.""",
    "bib-latex": """A LaTeX command in a bibliographic entry is not understood.

It would be lost from the text. Write the letter itself in UTF-8: `Läubli` instead of a macro.""",
}

_IN_BROWSER = frozenset({"unknown-key", "missing-key", "text-in-english", "wrong-type", "bib-incomplete"})

LOAD_RULES: tuple[RuleDoc, ...] = tuple(
    RuleDoc(rule, Severity.ERROR, "references" if rule.startswith("bib-") else "files", text, rule in _IN_BROWSER)
    for rule, text in _TEXTS.items()
)
"""The rules that loading applies."""
