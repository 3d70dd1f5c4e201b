"""The command: plant, count, print the table."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from .harness import prove
from .kind import KINDS
from .report import as_data, as_table


def main() -> None:
    """Plant mistakes in the evidence and print which share of each kind is caught."""
    words = argparse.ArgumentParser(description=main.__doc__)
    words.add_argument(
        "--evidence", type=Path, default=Path("evidence"), help="folder of the records; never written to"
    )
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--each", type=int, default=20, help="mutants of each kind")
    words.add_argument("--kinds", nargs="+", default=[], metavar="KIND", help="only these; `list` prints all of them")
    words.add_argument("--json", type=Path, help="write the figures and every missed mutant to this file")
    words.add_argument("--missed", action="store_true", help="print every mutant that was missed")
    words.add_argument("--workers", type=int, default=0, help="processes; one a core if not given")
    asked = words.parse_args()
    if asked.kinds == ["list"]:
        print("\n".join(f"{kind.name}: {kind.story}" for kind in KINDS.values()))
        return
    if unknown := [name for name in asked.kinds if name not in KINDS]:
        words.error(f"there is no kind {', '.join(unknown)}; `--kinds list` prints all")
    begun = time.perf_counter()
    proof = prove(asked.evidence, asked.seed, asked.each, asked.kinds, asked.workers)
    print("\n".join(as_table(proof)))
    print(f"{time.perf_counter() - begun:.0f} seconds")
    if asked.missed:
        missed = [one for tally in proof.tallies for one in tally.mutants if not one.own]
        print("\n".join(f"{one.kind}\n    {one.file}\n    {one.said}" for one in missed))
    if asked.json:
        asked.json.write_text(json.dumps(as_data(proof), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
