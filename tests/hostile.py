"""The toy base with hostile texts in every field that holds a text, found from the model, so that a new field is there.

``python -m mkdocs`` is not asked: `build` is what a site's hook calls. The fault-finding is left out on purpose, and so
is the loader: whatever rules and forms would refuse is here, and rendering has to bear it.
"""

from __future__ import annotations

import os
import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import StringConstraints

from backed.build import DOWNLOADS, Built
from backed.examine import ALL_RULES, Checked
from backed.lesson import lesson_of, text_of
from backed.load import load
from backed.model import Evidence, Health, Name, Record, Reference, Standing, Vocabularies
from backed.model.extraction import SecondExtraction
from backed.render import Site
from backed.synthesise import synthesise

TOY = Path(__file__).parent / "toy" / "evidence"

HERDS: Mapping[str, tuple[str, ...]] = {
    "tags": (
        "<script>run(1)</script>", "</p></td></dd></table></div><script>run(2)</script>", "<img src=x onerror=run(3)>",
        "\"><svg onload=run(4)>", "'><img src=x onerror=run(5)>",
        "\" onmouseover=\"run(6)\" autofocus onfocus=\"run(7)",
        "' onmouseover='run(8)", "<svg><script>run(9)</script></svg>", "<svg><a xlink:href=\"javascript:run(10)\">",
        "<math><mtext><table><mglyph><style><img src=x onerror=run(11)>", "<noscript><p title=\"</noscript><img src=x "
        "onerror=run(12)>\">", "<svg></p><style><a id=\"</style><img src=1 onerror=run(13)>\">", "<iframe srcdoc='&lt;"
        "script&gt;parent.run(14)&lt;/script&gt;'>", "<base href=//elsewhere.example/>",
        "<form action=//elsewhere.example>",
        "<link rel=stylesheet href=//elsewhere.example/x.css>",
        "<meta http-equiv=refresh content='0;url=//elsewhere.example'>",
        "<details open ontoggle=run(15)>", "</title></textarea></style><script>run(16)</script>",
        "<!--", "-->", "<plaintext>",
    ),
    "scripts": (
        "</script><script>run(21)</script>", "<!--<script>", "\";run(22);//", "';run(23);//", "\\\";run(24);//",
        "`${run(25)}`", "\u2028run(26)\u2029", "{{run(27)}}", "{{ 7*7 }}{% raw %}", "{% include '/etc/passwd' %}",
        "${run(28)}", "#{run(29)}", "&lt;script&gt;run(30)&lt;/script&gt;", "&#60;img src=x onerror=run(31)&#62;",
        "]]>",
        "javascript:run(32)", "data:text/html,<script>run(33)</script>", "[x](javascript:run(34))",
        "<javascript:run(35)>",
        "![x](x\"onerror=\"run(36))", "*x* _y_ `z` # h", "__proto__", "constructor",
        "\\u003cimg src=x onerror=run(37)>",
        "<!-- backed:counts -->", "%3Cscript%3Erun(38)%3C/script%3E", "\\N \\0 \\x3cscript\\x3e",
    ),
    "signs": (
        "\x00", "\x08\x1b[31m\x7f\x85", "\u202eevil\u202c", "\u2066x\u2069\u200f", "\ufeff\u200b\u00ad", "\ufffe\uffff",
        "\ue000content\ue001", "\ue002https://elsewhere.example\ue003x\ue004", "e" + "\u0301" * 60, "W" * 400,
        "\U000e0041",
        "\t\r\n\v\f", "=HYPERLINK(\"//elsewhere.example\")", "+1+cmd|' /C calc'!A0", "@SUM(1)", "-2+3",
    ),
}  # fmt: skip
"""Payloads by what they try: to be markup, to be a script or a template, to be signs that do more than be seen."""

WORD = "okapi"
"""A word that stands in every hostile text, so that it can be searched for."""

NAMES = frozenset({"report", "via", "reports", "rule", "review", "work", "study", "stands_in"})
"""Texts that are names of other things: what names nothing is refused, and never comes to be drawn."""

Choose = Callable[[str, str], str]
"""Makes of what a field is called, and of its text, the text that is to stand there."""


def hostile(herd: str, only: bool = False) -> Choose:
    """Return what puts all payloads of a herd into each text; with ``only`` as many harmless letters in their stead."""

    def choose(field: str, text: str) -> str:  # noqa: ARG001
        payload = " ".join(HERDS[herd])
        return f"{WORD} " + ("".join(letter if letter in "- " else "a" for letter in payload) if only else payload)

    return choose


def is_text(annotation: Any) -> bool:
    """Say whether a field holds any text: not one of a form, nor one of some words."""
    if get_origin(annotation) is Annotated:
        base, *extra = get_args(annotation)
        return is_text(base) and not any(isinstance(one, StringConstraints) and one.pattern for one in extra)
    return annotation is str


def parts(annotation: Any) -> tuple[Any, ...]:
    """Return the alternatives of an annotation, without None."""
    if get_origin(annotation) in {Union, types.UnionType}:
        return tuple(part for one in get_args(annotation) if one is not type(None) for part in parts(one))
    return (annotation,)


class Poison:
    """Puts other texts into values; ``seen`` are the fields that got one."""

    def __init__(self, choose: Choose) -> None:
        self.choose = choose
        self.seen: set[tuple[str, str]] = set()

    def record(self, record: Record) -> Any:
        """Return a record with another text in every field of text, also in those that were left out."""
        changed = {}
        for name, field in type(record).model_fields.items():
            whole = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
            if name in {"id", "file", "aliases", *NAMES} or field.annotation is None:
                continue
            value = getattr(record, name)
            new = self._value(value, whole, (type(record).__name__, name))
            if new is not value:
                changed[name] = new
        return record.model_copy(update=changed)

    def _value(self, value: Any, annotation: Any, at: tuple[str, str]) -> Any:
        if isinstance(value, Record):
            return self.record(value)
        if isinstance(value, tuple) and value:
            inner = self._inner(annotation)
            return tuple(self._value(one, inner, at) for one in value)
        if isinstance(value, Mapping) and value:
            return {key: self._value(one, Record, at) for key, one in value.items()}
        return self._text(value, annotation, at)

    def _inner(self, annotation: Any) -> Any:
        found = [one for one in parts(_bare(annotation)) if get_origin(one) is tuple]
        return get_args(found[0])[0] if found else Record

    def _text(self, value: Any, annotation: Any, at: tuple[str, str]) -> Any:
        kinds = parts(_bare(annotation)) if get_origin(annotation) is Annotated else parts(annotation)
        forms = get_args(annotation)[1:] if get_origin(annotation) is Annotated else ()
        if any(isinstance(one, StringConstraints) and one.pattern for one in forms):
            return value
        text = next((one for one in kinds if is_text(one)), None)
        if at == ("Effect", "subgroup") and value is None:
            return value  # an effect in a part of the people is in no pool, and then there is nothing to draw
        told = next((one for one in kinds if isinstance(one, type) and one.__name__ == "Text"), None)
        several = next((one for one in kinds if get_origin(one) is tuple), None)
        if text is not None and (value is None or type(value) is str):
            self.seen.add(at)
            return self.choose(at[1], value or "")
        if told is not None and value is None:
            return self.record(told(en="x", nl="x"))
        if several is not None and value == () and (is_text(get_args(several)[0]) or _is_told(get_args(several)[0])):
            inner = get_args(several)[0]
            self.seen.add(at)
            return (self.choose(at[1], "") if is_text(inner) else self.record(inner(en="x", nl="x")),)
        return value

    def reference(self, reference: Reference) -> Reference:
        """Return a work with other texts in every field but those by which it is known and dated."""
        kept = {"key", "type", "file", "year", "kind"}
        changed: dict[str, Any] = {}
        for field in fields(Reference):
            value = getattr(reference, field.name)
            if isinstance(value, str) and field.name not in kept:
                self.seen.add(("Reference", field.name))
                changed[field.name] = self.choose(field.name, value)
        text = self.choose("name", "")
        people = (Name(text, text, text, text), Name(literal=text), *reference.authors[:1])
        standing = Standing("retracted", text, text, text) if reference.standing else None
        extra = dict.fromkeys([*reference.extra, "note", "edition", "type", "urldate", "howpublished", "series"], text)
        return replace(
            reference, **changed, authors=people, editors=people, keywords=(text,), extra=extra, standing=standing
        )


def _bare(annotation: Any) -> Any:
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def _is_told(annotation: Any) -> bool:
    return isinstance(annotation, type) and annotation.__name__ == "Text"


TODAY = "2026-11-20"
SECOND = {
    "by": "B", "on": TODAY, "read": "abstract", "n": {"randomised": 100},
    "resolved": {"n.randomised": {"reason": {"en": "A slip."}, "first": "99"}},
}  # fmt: skip
"""A second extraction, which no study of the toy base has."""

HEALTH = Health.model_validate(
    {
        "links": {
            "on": TODAY, "asked": 1, "works": 0, "moved": 1, "gone": 0, "refused": 0, "not_reached": 0,
            "addresses": [{"address": "x", "state": "moved", "answered": "x", "to": "x", "since": TODAY,
                           "stands_in": ["studies/toy-2001-walking"], "places": 1}],
        },
        "retractions": {
            "on": TODAY, "rows": 1, "empty": 0, "unreadable": 0, "doubtful": 0, "unidentified": 0, "works": 1,
            "works_unidentified": 0,
            "found": [{"work": "toy-2001-walking", "study": "toy-2001-walking", "bearing": "not-recorded",
                       "recorded": "current", "notices": [{"record": "1", "nature": "retraction", "said": "x",
                       "doi": "x", "pmid": "1", "reasons": ["x"], "matched_by": "doi"}]}],
        },
    }
)  # fmt: skip


def whole() -> Evidence:
    """Return the toy base with what it lacks of the kinds of values there are."""
    evidence = load(TOY).evidence
    study = evidence.studies["toy-2001-walking"]
    extraction = study.extraction.model_copy(update={"second": SecondExtraction.model_validate(SECOND)})
    changed = study.model_copy(update={"extraction": extraction})
    return replace(evidence, studies={**evidence.studies, study.id: changed})


def poisoned(evidence: Evidence, poison: Poison) -> Evidence:
    """Return the evidence with other texts in all its records, terms and works."""
    folders: dict[str, Any] = {
        name: {id: poison.record(record) for id, record in getattr(evidence, name).items()}
        for name in ("studies", "comparisons", "articles", "claims")
    }
    terms = {
        name: {id: poison.record(term) for id, term in named.items()} for name, named in evidence.vocabularies.named()
    }
    works = {key: poison.reference(one) for key, one in evidence.references.items()}
    return replace(evidence, **folders, vocabularies=Vocabularies(**terms), references=works)


def text_fields() -> Iterator[tuple[str, str]]:
    """Yield every field of a model of records that holds any text."""
    waiting, known = [Record], set[type[Record]]()
    while waiting:
        kind = waiting.pop()
        waiting += [one for one in kind.__subclasses__() if one not in known]
        known.add(kind)
    for kind in sorted(known, key=lambda one: one.__name__):
        for name, field in kind.model_fields.items():
            whole = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
            kinds = parts(_bare(whole))
            inside = [get_args(one)[0] for one in kinds if get_origin(one) is tuple]
            pattern = any(isinstance(one, StringConstraints) and one.pattern for one in field.metadata)
            if not pattern and name not in {"id", "file", *NAMES} and any(map(is_text, [*kinds, *inside])):
                yield kind.__name__, name


def build(folder: Path, templates: Path, site_url: str) -> Built:  # noqa: ARG001
    """Return the poisoned toy base as it is built; HOSTILE names the herd, HARMLESS asks for letters in its stead."""
    poison = Poison(hostile(os.environ["HOSTILE"], bool(os.environ.get("HARMLESS"))))
    evidence, health = poisoned(whole(), poison), poison.record(HEALTH)
    checked = Checked(evidence, synthesise(evidence), ())
    lesson = lesson_of(checked, templates.parent)
    return Built(
        checked, Site(evidence, checked.syntheses, ALL_RULES, templates, site_url, DOWNLOADS, text_of, lesson, health)
    )
