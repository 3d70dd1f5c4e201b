"""Evidence to problems: the whole base, or only some of its files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .check import RULES, Base, check, check_part
from .load import LOAD_RULES, Part, Unread, cache_of, load, load_part, locate
from .memo import Memo
from .model import KEYS_FILE, Article, Claim, Evidence, Syntheses
from .problem import Problem, RuleDoc, Severity, in_order
from .program import program

ALL_RULES: tuple[RuleDoc, ...] = LOAD_RULES + tuple(rule.doc for rule in RULES)
"""Every rule, those about the form of files first."""

KEYS_HEAD = """\
# Every id and citation key that was ever published. `backed keys` adds to this list; nothing is taken away.
"""


@dataclass(frozen=True)
class Checked:
    """An evidence base with its syntheses and every problem found in it, in order.

    ``passed_over`` holds the ids of the rules that were not applied because they read the whole base, where only some
    files were asked for.
    """

    evidence: Evidence
    syntheses: Syntheses
    problems: tuple[Problem, ...]
    passed_over: tuple[str, ...] = ()

    @property
    def errors(self) -> int:
        """Return how many problems block a build."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def summary(self) -> str:
        """Return the closing line: how many records were checked of how many there are, by how many rules."""
        whole = self.evidence.found - len(self.evidence.faulty)
        rules = f"{len(ALL_RULES) - len(self.passed_over)} of {len(ALL_RULES)}" if self.passed_over else len(ALL_RULES)
        line = f"checked {whole} of {self.evidence.found} records, {rules} rules"
        warnings = len(self.problems) - self.errors
        if self.problems:
            line = f"{line}: {_count(self.errors, 'error')}, {_count(warnings, 'warning')}"
        if self.evidence.faulty:
            line += "\nmore rules run on a record once its form is right: mend what is above, then check again"
        if self.passed_over:
            line += f"\n{_count(len(self.passed_over), 'rule')} more read the whole base: `backed check` applies them"
        return line


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def examine(evidence_dir: Path, today: date | None = None) -> Checked:
    """Return the evidence below a folder with its syntheses and every problem, placed and in order.

    ``today`` is the day by which the rules about age judge; without it, the newest day on which anybody looked at a
    record, so that the same evidence always gives the same problems. What is read is kept in a file beside the folder
    for the next time (`load.cache_of`).
    """
    from .synthesise import synthesise  # numpy and scipy take a while

    loaded = load(evidence_dir, cache=cache_of(evidence_dir))
    syntheses = synthesise(loaded.evidence)
    memo = Memo(cache_of(evidence_dir).with_name("checked.sqlite"), program())
    try:
        problems = [*loaded.problems, *check(loaded.evidence, syntheses, today, memo)]
    finally:
        memo.close()
    return Checked(loaded.evidence, syntheses, tuple(in_order(locate(problems))))


def schema_files(evidence_dir: Path) -> dict[str, str]:
    """Return the text of each JSON Schema by file name: those of the model, and the terms of an evidence base."""
    from .model.schema import schemas, terms_schema

    made = {**dict(schemas()), "terms.json": terms_schema(load_part(evidence_dir, ()).evidence.vocabularies)}
    return {name: json.dumps(schema, ensure_ascii=False, indent=1) + "\n" for name, schema in made.items()}


def keys_file(evidence_dir: Path) -> tuple[str, tuple[str, ...]]:
    """Return the text of the list of keys with every key of an evidence base added, and the keys that are new in it.

    What stands in it stays, remarks too; keys are sorted below the remarks that have lines of their own.
    """
    evidence = load(evidence_dir).evidence
    new = sorted(key for key, today in evidence.keys.items() if key == today and key not in evidence.published)
    path = evidence_dir / KEYS_FILE
    held = path.read_text(encoding="utf-8-sig").splitlines() if evidence.published else KEYS_HEAD.splitlines()
    remarks = [line for line in held if not line.partition("#")[0].strip()]
    keys = sorted([line for line in held if line.partition("#")[0].strip()] + new)
    return "".join(f"{line}\n" for line in (*remarks, *keys)), tuple(new)


def examine_files(evidence_dir: Path, files: Sequence[Path], today: date | None = None) -> Checked:
    """Return the problems of some files of the evidence, found without reading more than they lead to.

    Nothing is synthesised. Raises OutsideError for a file that is not there or lies elsewhere.
    """
    part = load_part(evidence_dir, files)
    base = Base(part.evidence, Syntheses(Unread(), Unread(), Unread()), today)
    found = check_part([*part.records, *_around(part)], part.references, base, whole=part.terms)
    # of a record around them only what it says of these files counts
    problems = [*part.problems, *(problem for problem in found.problems if problem.file in part.files)]
    passed_over = tuple(doc.id for doc in ALL_RULES if doc.id in found.passed_over)
    return Checked(part.evidence, base.syntheses, tuple(in_order(locate(problems))), passed_over)


def _around(part: Part) -> list[Article]:
    """Return the articles of the claims asked for: a rule about an article reports a claim out of order."""
    named = {record.article for record in part.records if isinstance(record, Claim)}
    known = {record.id for record in part.records if isinstance(record, Article)}
    found = (part.evidence.articles.get(name) for name in sorted(named - known))
    return [article for article in found if article is not None]
