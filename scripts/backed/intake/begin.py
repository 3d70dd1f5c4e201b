"""Claims, comparisons and articles that are begun: what is asked first, and the file that it makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..bibliography.slug import slug_of
from ..model import KINDS, Evidence, Filed, Part, parse, part_at
from .nearest import nearest, usable
from .scaffold import FEW, Hints, template
from .shelve import is_taken

Keys = tuple[str, ...]

_NAMES = 5
"""Words of a title that become an id."""

_FILLERS_TEXT = """
a an and are as at be by can for from has have in into is it its of on or than that the to
"""
_FILLERS = frozenset(_FILLERS_TEXT.split())


@dataclass(frozen=True)
class Ask:
    """Something asked before a record is written: where it goes, and whether the file cannot do without."""

    at: Keys
    needed: bool = False
    default: str = ""

    @property
    def option(self) -> str:
        """Return the option by which it is given: ``rests-on-kind``; English is what a text is in."""
        return "-".join(step.replace("_", "-") for step in self.at if step != "en")


_BY = (Ask(("reviewed", "by")), Ask(("reviewed", "on")))

ASKED: Mapping[str, tuple[Ask, ...]] = {
    "claims": (
        Ask(("article",), needed=True),
        Ask(("passage",)),
        Ask(("position",)),
        Ask(("claim", "en"), needed=True),
        Ask(("rests_on", "kind"), default="nothing"),
        *_BY,
    ),
    "comparisons": (
        Ask(("title", "en"), needed=True),
        Ask(("question", "en")),
        Ask(("kind",), needed=True, default="intervention"),
        Ask(("population", "conditions")),
        Ask(("intervention", "terms")),
        Ask(("comparator", "terms")),
        Ask(("exposure", "terms")),
        *_BY,
    ),
    "articles": (
        Ask(("title",), needed=True),
        Ask(("publisher",)),
        Ask(("language",), default="en"),
        Ask(("url",)),
        *_BY,
    ),
}
"""Folder of a kind of record to what is asked when one is begun; a study is begun from its citation."""

_NAMED_BY = {"claims": ("claim", "en"), "comparisons": ("title", "en"), "articles": ("title",)}


class AnswerError(ValueError):
    """An answer that a record cannot hold; says why and what it can hold."""


def asked_part(kind: str, ask: Ask) -> Part:
    """Return the key of the model that an answer fills."""
    part = part_at(KINDS[kind], ask.at)
    assert part is not None, ask
    return part


def records_meant(ask: Ask, told: Mapping[Ask, str], evidence: Evidence) -> tuple[str, ...]:
    """Return the ids that an answer has to be one of: articles, or the passages of the article that was told."""
    if ask.at == ("article",):
        return tuple(sorted(evidence.articles))
    article = next((evidence.articles.get(text) for one, text in told.items() if one.at == ("article",)), None)
    return tuple(one.id for one in article.passages) if article and ask.at == ("passage",) else ()


def taken_answer(text: str, part: Part, evidence: Evidence, meant: Sequence[str] = ()) -> Any:
    """Return an answer as the record holds it; several terms stand with commas between.

    Raises AnswerError for a word that is none of those allowed, naming them, and for a term that the vocabulary does
    not have, naming the nearest.
    """
    values = [one.strip() for one in text.split(",") if one.strip()] if part.many else [text.strip()]
    for value in values:
        allowed = part.choices or meant
        if allowed and value not in allowed:
            broken = " (its file has faults: complete it first)" if value in evidence.unreadable else ""
            raise AnswerError(f"{value!r} is not one of {', '.join(allowed)}{broken}")
        terms = usable(evidence.vocabularies, part.vocabularies)
        if terms and value not in terms:
            near = nearest(value, evidence.vocabularies, part.vocabularies)
            more = ", …" if len(terms) > FEW else ""
            hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(list(terms)[:FEW])}{more}"
            raise AnswerError(f"{value!r} is no term of {' or '.join(part.vocabularies)}; {hint}")
    return values if part.many else values[0]


def nested(answers: Mapping[Keys, Any]) -> dict[str, Any]:
    """Return values by path as mappings in mappings, keys in the order of the answers."""
    whole: dict[str, Any] = {}
    for at, value in answers.items():
        inner = whole
        for step in at[:-1]:
            inner = inner.setdefault(step, {})
        inner[at[-1]] = value
    return whole


def begun(
    kind: str, answers: Mapping[Keys, Any], evidence: Evidence, name: str = "", kept: Sequence[str] = ()
) -> tuple[Path, str]:
    """Return the file of a new record and its text, to be completed; ``name`` is its id, else made of its title.

    A claim gets the next place in its article's list, and waits under `missing` for the evidence. Raises AnswerError
    where an answer has not the form of its key, or points to no record.
    """
    told = dict(answers)
    said = list(kept)
    if kind == "claims":
        said += _completed_claim(told, evidence)
    name = name or name_of(str(told[_NAMED_BY[kind]]), is_taken(evidence, set(), Path(evidence.root) / kind))
    path = Path(evidence.root) / kind / f"{name}.yaml"
    filled = nested(told)
    for at, message in faults_in(KINDS[kind], filled, name):
        raise AnswerError(f"--{Ask(at).option}: {message}" if at != ("id",) else f"--id: {message}")
    filled |= _waiting(kind, filled)
    hints = Hints(evidence.vocabularies, str(told[_NAMED_BY[kind]]))
    return path, template(KINDS[kind], filled, path.as_posix(), (), said, hints)


def faults_in(kind: type[Filed], filled: Mapping[str, Any], name: str) -> Iterator[tuple[Keys, str]]:
    """Yield place and fault of each value that has not the form of its key; what is missing is none."""
    _, faults = parse(kind, {**filled, "id": name, "file": "new"})
    for fault in faults:
        at = tuple(step for step in fault.at if isinstance(step, str))
        if fault.kind != "missing" and at and _value_at({**filled, "id": name}, at) is not None:
            yield at, fault.message


def _value_at(filled: Mapping[str, Any], at: Keys) -> Any:
    value: Any = filled
    for step in at:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value if not isinstance(value, Mapping) else None


def name_of(title: str, taken: Callable[[str], bool]) -> str:
    """Return an id made of the first telling words of a title; a number is added while it is taken."""
    words = [word for word in slug_of(title).split("-") if word]
    telling = [word for word in words if word not in _FILLERS] or words or ["untitled"]
    stem = "-".join(word[:30] for word in telling[:_NAMES])
    name, number = stem, 2
    while taken(name):
        name, number = f"{stem}-{number}", number + 1
    return name


def _completed_claim(told: dict[Keys, Any], evidence: Evidence) -> Iterator[str]:
    """Complete what follows from a claim's article; yield what has to be said of it."""
    article = evidence.articles.get(told[("article",)])
    if article is None:
        raise AnswerError(f"--article: there is no article {told[('article',)]!r} yet: `backed new article` first")
    places = [claim.position for claim in evidence.claims.values() if claim.article == article.id]
    told.setdefault(("position",), str(max(places, default=0) + 1))
    if ("passage",) not in told:
        yield f"Passages of {article.id}: {', '.join(one.id for one in article.passages)}."
    yield "Of `evidence`, `judgement` and `missing` a claim has one: where another is used, delete `missing`."


def _waiting(kind: str, filled: Mapping[str, Any]) -> dict[str, Any]:
    """Return keys that may be left out in general and are needed here, empty unless they are filled."""
    if kind == "claims":
        return {"missing": {}}
    if kind != "comparisons":
        return {}
    sides = ("exposure",) if filled.get("kind") == "exposure" else ("intervention", "comparator")
    return {side: filled.get(side, {}) for side in sides}
