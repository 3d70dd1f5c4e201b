"""Minus signs as typesetters write them, where a record holds a figure: the only form error that is safe to mend."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..load import Outline, Plain
from ..problem import Problem, Where

_FIGURE = re.compile(r"[‐‑‒–—−]\s?(\d+(?:\.\d+)?)")


def typeset_figures(data: Plain, problems: Sequence[Problem]) -> Mapping[Where, str]:
    """Return, by path, the figures refused only for their minus sign, as they should be written."""
    found = {}
    for problem in problems:
        value = _at(data, problem.at) if problem.rule == "wrong-type" else None
        figure = _FIGURE.fullmatch(value.strip()) if isinstance(value, str) else None
        if figure:
            found[problem.at] = f"-{figure[1]}"
    return found


def _at(data: Plain, at: Where) -> Plain:
    for step in at:
        if isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def with_figures(text: str, root: Outline, figures: Mapping[Where, str]) -> str:
    """Return the text with those figures in it, their quotes kept."""
    lines = text.split("\n")
    parts = [(part, figure) for at, figure in figures.items() if (part := root.at(at)) is not None]
    for part, figure in sorted(parts, key=lambda one: one[0].start, reverse=True):
        (line, start), (_, end) = part.start, part.end
        quote = lines[line][start] if part.style == "quoted" else ""
        lines[line] = f"{lines[line][:start]}{quote}{figure}{quote}{lines[line][end:]}"
    return "\n".join(lines)


def put(data: Plain, at: Where, figure: str) -> Plain:
    """Return data with a figure at a path; the data given stays as it was."""
    if not at:
        return figure
    step, rest = at[0], at[1:]
    if isinstance(data, dict) and isinstance(step, str):
        return {key: put(value, rest, figure) if key == step else value for key, value in data.items()}
    if isinstance(data, list):
        return [put(value, rest, figure) if index == step else value for index, value in enumerate(data)]
    return data
