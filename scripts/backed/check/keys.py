"""Rules about names that never change: what was published once answers for ever."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from ..model import KEYS_FILE, KINDS, Evidence
from ..problem import Severity
from .rule import Base, Finding, rule


@rule("evidence")
def published_key_kept(evidence: Evidence, base: Base) -> Iterator[Finding]:
    """Every key that was ever published still leads to something: itself, or a record that names it as an alias.

    Links, reference managers and manuscripts hold our ids and citation keys. A record that is renamed keeps its old id
    under `aliases`, a work in a `.bib` its old key in the field `ids`; a record that is no longer wanted stays and is
    marked `status: {state: withdrawn}`. The list of published keys is `keys.txt`; `backed keys` adds to it and never
    takes away.
    """
    if evidence.unreadable:
        return  # what could not be read may be what has the key
    known = base.once(_answering)
    for key, line in evidence.published.items():
        if key in known:
            continue
        kind, _, name = key.partition("/")
        if kind not in {*KINDS, "references"} or not name:
            message, hint = (
                f"`{key}` is no key",
                f"a line is one of {', '.join(KINDS)}, references, a slash, and the id",
            )
        else:
            near = get_close_matches(key, [one for one in known if one.startswith(f"{kind}/")], 1, 0.8)
            where = "the field `ids` of its entry" if kind == "references" else "`aliases` of the record"
            message = f"`{key}` was published and is gone"
            hint = f"renamed? Name the old one under {where}{f' ({near[0]}?)' if near else ''}; else bring it back"
        yield Finding((), message, hint, f"{evidence.root}/{KEYS_FILE}", line)


def _answering(evidence: Evidence) -> frozenset[str]:
    return frozenset(evidence.keys)


@rule("evidence", Severity.ERROR)
def alias_unique(evidence: Evidence, base: Base) -> Iterator[Finding]:
    """A former id is nobody's id today, and only one record's former id.

    Else an old link would have two answers. Ids are never given to another record, not even long after.
    """
    for kind in KINDS:
        records = getattr(evidence, kind)
        taken = {**evidence.references, **records} if kind == "studies" else records
        owner: dict[str, str] = {}
        for record in records.values():
            for index, alias in enumerate(record.aliases):
                first = alias if alias in taken else owner.setdefault(alias, record.id)
                if first != record.id or alias in record.aliases[:index] or alias == record.id:
                    told = f"what {taken[alias].file} has" if alias in taken else f"an alias of `{first}` too"
                    yield Finding(("aliases", index), f"`{alias}` is {told}", "take it out of one of them", record.file)
    yield from _citation_keys(evidence)


def _citation_keys(evidence: Evidence) -> Iterator[Finding]:
    owner: dict[str, str] = {}
    for reference in evidence.references.values():
        for alias in reference.aliases:
            first = alias if alias in evidence.references else owner.setdefault(alias, reference.key)
            if first != reference.key:
                message = f"the former key `{alias}` of `{reference.key}` belongs to `{first}` too"
                yield Finding((), message, "take it out of one of them", reference.file, reference.line)
