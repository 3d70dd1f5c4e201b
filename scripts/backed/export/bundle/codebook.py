"""What each column of the tables holds: as a table for people, and as a Frictionless data package for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ...model import Comparison
from .table import Column, Table, csv_text

_NAMES = ("file", "column", "type", "unit", "values", "description")


def codebook(tables: Sequence[Table[Any]]) -> str:
    """Return a CSV with a line for each column of each table."""
    return csv_text(
        _NAMES,
        [
            (table.path, column.name, column.type, column.unit, "; ".join(column.values), column.description)
            for table in tables
            for column in table.columns
        ],
    )


def datapackage(comparison: Comparison, tables: Sequence[Table[Any]]) -> str:
    """Return the descriptor of a Tabular Data Package (Frictionless Data, version 1, which version 2 reads too)."""
    package = {
        "profile": "tabular-data-package",
        "name": comparison.id,
        "title": comparison.title.en,
        "description": comparison.question.en,
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "Creative Commons Attribution 4.0 International",
                "path": "https://creativecommons.org/licenses/by/4.0/",
            }
        ],
        "resources": [_resource(table) for table in tables],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resource(table: Table[Any]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.path.removesuffix(".csv").replace("/", "-"),
        "path": table.path,
        "title": table.title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": [_field(column) for column in table.columns], "missingValues": [""]},
    }


def _field(column: Column[Any]) -> dict[str, Any]:
    field = {
        "name": column.name,
        "type": column.type,
        "unit": column.unit,
        "description": column.description,
        "constraints": {"enum": list(column.values)} if column.values else {},
    }
    return {name: value for name, value in field.items() if value}
