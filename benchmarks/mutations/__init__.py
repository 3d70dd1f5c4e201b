"""Does the checking find what people get wrong? Real records with one realistic mistake planted in each.

    python -m benchmarks.mutations --seed 1 [--evidence DIR] [--each 20] [--kinds NAME …] [--json FILE]

A kind of mistake is a small function in `figures`, `rows`, `terms`, `identities` or `judgements`; its docstring says
how people come to make it. `examination` tells which problems are new.
"""
