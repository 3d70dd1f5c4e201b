"""`backed rules`, `backed schema` and `backed keys`: what is asked of a record, and what is kept for ever."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from ..examine import ALL_RULES
from ..problem import RuleDoc
from .group import EVIDENCE, backed


@backed.command()
@EVIDENCE
@click.argument("rule", required=False)
def rules(evidence: Path, rule: str | None) -> None:  # noqa: ARG001 - every command takes --evidence
    """List the rules, or print the page of one.

    \b
    backed rules
    backed rules ci-contains-estimate
    """
    if rule is None:
        width = max(len(doc.id) for doc in ALL_RULES)
        for doc in ALL_RULES:
            click.echo(f"{doc.id:{width}}  {doc.severity:7}  {doc.summary}")
        return
    found = next((doc for doc in ALL_RULES if doc.id == rule), None)
    if found is None:
        click.echo(f"There is no rule {rule!r}. {_near(rule, ALL_RULES)}", err=True)
        sys.exit(2)
    click.echo(f"{found.id} ({found.severity}; reads: {found.subject})\n\n{found.text}")


@backed.command()
@EVIDENCE
@click.option("--check", "only_check", is_flag=True, help="Write nothing; say what is out of date, with exit code 1.")
def schema(evidence: Path, only_check: bool) -> None:
    """Write the JSON Schemas that editors complete and check records by into EVIDENCE/schema/.

    To be run when the model or a vocabulary changed.

    \b
    backed schema
    backed schema --check
    """
    from ..examine import schema_files

    folder = evidence / "schema"
    fresh = schema_files(evidence)
    old = [name for name, text in fresh.items() if not _holds(folder / name, text)]
    left_over = sorted({path.name for path in folder.glob("*.json")} - set(fresh))
    if not only_check:
        folder.mkdir(parents=True, exist_ok=True)
        for name in old:
            (folder / name).write_text(fresh[name], encoding="utf-8")
        for name in left_over:
            (folder / name).unlink()
    for name in old:
        click.echo(f"{'out of date' if only_check else 'wrote'}: {folder / name}")
    for name in left_over:
        click.echo(f"{'not made here' if only_check else 'removed'}: {folder / name}")
    sys.exit(1 if only_check and (old or left_over) else 0)


@backed.command()
@EVIDENCE
@click.option("--check", "only_check", is_flag=True, help="Write nothing; say what is not listed, with exit code 1.")
def keys(evidence: Path, only_check: bool) -> None:
    """Add every id and citation key to EVIDENCE/keys.txt, the list of what was published; nothing is taken away.

    To be run when the site is published. From then on a key must keep answering: a record that is renamed names its
    old id under `aliases`.

    \b
    backed keys
    backed keys --check
    """
    from ..examine import keys_file
    from ..model import KEYS_FILE

    path = evidence / KEYS_FILE
    text, new = keys_file(evidence)
    if not only_check and new:
        path.write_text(text, encoding="utf-8")
    for key in new:
        click.echo(f"{'not listed' if only_check else 'listed'}: {key}")
    sys.exit(1 if only_check and new else 0)


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def _near(rule: str, docs: Sequence[RuleDoc]) -> str:
    words = set(rule.split("-"))
    near = sorted(docs, key=lambda doc: -len(words & set(doc.id.split("-"))))[:3]
    return "Near it: " + ", ".join(doc.id for doc in near)
