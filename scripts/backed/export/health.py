"""The last look at addresses and works as data, and the form that data has."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ..model import HEALTH_FILE, Export, Health


def health_json(health: Health) -> str:
    """Return the text of the file that keeps a look: JSON, always in the same order, what is not known left out."""
    return _json(health.model_dump(mode="json", exclude_none=True))


def health_files(health: Health) -> Iterator[Export]:
    """Yield the last look, and its form as JSON Schema, for whoever uses it beside the page."""
    yield Export(f"health/{HEALTH_FILE}", health_json(health).encode())
    yield Export("health/schema.json", _json(Health.model_json_schema()).encode())


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
