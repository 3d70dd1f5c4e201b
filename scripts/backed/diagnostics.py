"""Problems as text for a terminal, annotations for a pull request, JSON for programs, SARIF for code scanning."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from . import __version__
from .problem import Problem, RuleDoc, Severity, as_text, dotted

SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
JSON_VERSION = 1
"""Of the JSON form; it grows when a key changes its meaning or goes, not when one is added."""


@dataclass(frozen=True)
class Diagnostics:
    """What a check found, with all that is needed to tell it in any form.

    ``rules`` are all rules there are; ``passed_over`` the ids of those that were not applied to everything they
    concern; ``summary`` the closing line; ``site_url`` the address of the site with a slash at its end, or ''.
    """

    problems: Sequence[Problem]
    rules: Sequence[RuleDoc]
    records: int
    passed_over: Sequence[str]
    summary: str
    site_url: str = ""

    @property
    def by_id(self) -> Mapping[str, RuleDoc]:
        """Return the rules by their id."""
        return {rule.id: rule for rule in self.rules}

    def expected(self, rule: str) -> str:
        """Return in one sentence what the rule expects, or '' for a rule that has no page."""
        doc = self.by_id.get(rule)
        return doc.summary if doc else ""

    def page(self, rule: str) -> str:
        """Return the address of the rule's page, or the command that prints it; '' for a rule that has no page."""
        if rule not in self.by_id:
            return ""
        return f"{self.site_url}rules/{rule}/" if self.site_url else f"backed rules {rule}"


def as_lines(found: Diagnostics) -> str:
    """Return the problems as an editor reads them in a terminal, and the closing line."""
    told = [as_text(one, found.expected(one.rule), found.page(one.rule)) for one in found.problems]
    return "\n".join([*told, found.summary])


def as_github(found: Diagnostics) -> str:
    """Return the problems as workflow commands, which GitHub shows beside the lines of a pull request.

    Errors come first, since GitHub shows only the first few of a step; the closing line is a plain one.
    """
    ordered = sorted(found.problems, key=lambda one: one.severity is not Severity.ERROR)
    return "\n".join([*(_annotation(one, found) for one in ordered), found.summary])


def _annotation(one: Problem, found: Diagnostics) -> str:
    place = {"file": relative(one.file), "line": str(one.line or 1), "col": str(one.column or 1)}
    properties = ",".join(f"{name}={_property(value)}" for name, value in {**place, "title": one.rule}.items())
    inner = f"{dotted(one.at)}: " if one.at else ""
    told = [f"{inner}{one.message}"]
    told += [f"{word}: {text}" for word, text in _beside(one, found).items() if text]
    return f"::{one.severity} {properties}::{_data(chr(10).join(told))}"


def _beside(one: Problem, found: Diagnostics) -> dict[str, str]:
    return {"expected": found.expected(one.rule), "hint": one.hint, "page": found.page(one.rule)}


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_json(found: Diagnostics) -> str:
    """Return one JSON object: the problems, each with all its parts, and what was checked and what was not."""
    problems = [
        {
            "rule": one.rule,
            "severity": str(one.severity),
            "file": relative(one.file),
            "line": one.line or None,
            "column": one.column or None,
            "at": list(one.at),
            "message": one.message,
            **_beside(one, found),
        }
        for one in found.problems
    ]
    errors = sum(one.severity is Severity.ERROR for one in found.problems)
    checked = {"records": found.records, "rules": len(found.rules), "passed_over": list(found.passed_over)}
    counted = {"errors": errors, "warnings": len(problems) - errors}
    whole = {"version": JSON_VERSION, "checked": checked, **counted, "summary": found.summary, "problems": problems}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def as_sarif(found: Diagnostics) -> str:
    """Return the problems in SARIF 2.1.0, the OASIS standard for results of static analysis."""
    number = {rule.id: index for index, rule in enumerate(found.rules)}
    driver = {
        "name": "Backed",
        "semanticVersion": __version__,
        **({"informationUri": found.site_url} if found.site_url else {}),
        "rules": [_descriptor(rule, found) for rule in found.rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, number) for one in found.problems],
    }
    return json.dumps({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _descriptor(rule: RuleDoc, found: Diagnostics) -> dict[str, object]:
    text = {"text": rule.text.strip()}
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "fullDescription": text,
        "help": {**text, "markdown": rule.text.strip()},
        **({"helpUri": found.page(rule.id)} if found.site_url else {}),
        "defaultConfiguration": {"level": str(rule.severity)},
    }


def _result(one: Problem, number: Mapping[str, int]) -> dict[str, object]:
    physical: dict[str, object] = {"artifactLocation": {"uri": quote(relative(one.file))}}
    if one.line:
        physical["region"] = {"startLine": one.line, "startColumn": max(one.column, 1)}
    location: dict[str, object] = {"physicalLocation": physical}
    if one.at:
        location["logicalLocations"] = [{"fullyQualifiedName": dotted(one.at)}]
    told = f"{one.message}\n{one.hint}" if one.hint else one.message
    known = {"ruleIndex": number[one.rule]} if one.rule in number else {}
    return {
        "ruleId": one.rule,
        **known,
        "level": str(one.severity),
        "message": {"text": told},
        "locations": [location],
        "partialFingerprints": {"rulePathMessage/v1": f"{one.rule}|{dotted(one.at)}|{one.message}"},
    }


def relative(file: str) -> str:
    """Return a file's path below the working directory, with slashes; one that lies elsewhere is returned as it is."""
    path = Path(file)
    try:
        return path.absolute().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


FORMATS: Mapping[str, Callable[[Diagnostics], str]] = {
    "text": as_lines,
    "github": as_github,
    "json": as_json,
    "sarif": as_sarif,
}
"""Name of each form to the function that gives it."""
