"""The table of kinds: how many were planted, how many were caught, by which rules."""

from __future__ import annotations

from collections.abc import Iterator

from .harness import Proof, Tally


def as_table(proof: Proof) -> Iterator[str]:
    """Yield the lines of a Markdown table, and what stands for all kinds together."""
    yield "| kind | mutants | caught | share | in a changed line | only elsewhere | by which rules |"
    yield "|---|---|---|---|---|---|---|"
    for tally in proof.tallies:
        rules = ", ".join(f"{rule} {count}" for rule, count in tally.rules[:3])
        share = f"{tally.share:.0%}" if tally.mutants else "none could be made"
        yield (
            f"| {tally.kind} | {len(tally.mutants)} | {tally.caught} | {share} | {tally.pointed} "
            f"| {tally.elsewhere} | {rules} |"
        )
    planted = sum(len(tally.mutants) for tally in proof.tallies)
    caught = sum(tally.caught for tally in proof.tallies)
    yield ""
    yield f"{len(proof.tallies)} kinds, {planted} mutants, {caught} caught: {caught / max(planted, 1):.0%}"
    yield f"problems of the base with nothing planted: {proof.base}"


def as_data(proof: Proof) -> dict[str, object]:
    """Return the same as data, with every mutant that was missed."""
    return {"seed": proof.seed, "base": proof.base, "kinds": [_kind(tally) for tally in proof.tallies]}


def _kind(tally: Tally) -> dict[str, object]:
    return {
        "kind": tally.kind,
        "story": tally.story,
        "mutants": len(tally.mutants),
        "caught": tally.caught,
        "share": round(tally.share, 4),
        "in_a_changed_line": tally.pointed,
        "only_elsewhere": tally.elsewhere,
        "rules": dict(tally.rules),
        "missed": [{"file": one.file, "said": one.said} for one in tally.mutants if not one.own],
    }
