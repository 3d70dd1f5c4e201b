"""The file of the last look at addresses and works, as `backed health` writes it."""

from __future__ import annotations

import json
from pathlib import Path

from ..model import Health, parse
from ..problem import Problem, Severity
from .files import read_text

_HINT = "`backed health` writes it; take it back to how it was committed"


def load_health(path: Path, file: str = "") -> tuple[Health, list[Problem]]:
    """Return the last look that a file holds and every problem in it; with a problem, or without a file, an empty one.

    ``file`` is what it is called in problems. A file that is not there is no problem: nobody has looked yet.
    """
    file = file or str(path)
    if not path.exists():
        return Health(), []
    text, problems = read_text(path, file)
    if text is None:
        return Health(), problems
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as fault:
        line, column = (fault.lineno, fault.colno) if isinstance(fault, json.JSONDecodeError) else (1, 1)
        message = f"this is no JSON: {getattr(fault, 'msg', fault)}"
        return Health(), [Problem("health-file", Severity.ERROR, file, message, _HINT, (), line, column)]
    if not isinstance(data, dict):
        return Health(), [Problem("health-file", Severity.ERROR, file, "expected keys with values", _HINT)]
    health, faults = parse(Health, data)
    if health is None or faults:
        return Health(), [
            Problem("health-file", Severity.ERROR, file, fault.message, _HINT, fault.at) for fault in faults
        ]
    return health, []
