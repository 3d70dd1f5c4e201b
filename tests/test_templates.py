"""Our template environment writes what Jinja's own writes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from backed.model import Figure
from backed.render.templates import environment_of, escaped

VALUES = st.one_of(
    st.text(),
    st.text(alphabet="<>&\"'a "),
    st.text(alphabet="<b>&").map(Markup),
    st.sampled_from([Figure("0.30"), True, None, 1.5, ("<", 1)]),
    st.integers(),
)

TEMPLATE = """{% macro row(r) %}<li title="{{ r.name }}">{{ r.name }}{{ ": " ~ r.items }}{{ r.note }}</li>{% endmacro %}
{% import "other.html" as other %}
{{ title }}{% for r in rows %}{{ row(r) }}{{ other.bold(r.name) }}{% endfor %}
{% set kept %}{{ title }}<i>{% endset %}{{ kept }}{{ title|upper }}{{ rows|length }}{{ rows[0].get("absent", "<") }}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "page.html").write_text(TEMPLATE)
    (tmp_path / "other.html").write_text("{% macro bold(text) %}<b>{{ text }}</b>{% endmacro %}")
    (tmp_path / "unknown.html").write_text("{{ row.absent }}")
    return tmp_path


@given(VALUES)
def test_a_value_is_escaped_as_by_markupsafe(value: Any) -> None:
    assert escaped(value) == str(escape(value))


def test_a_template_gives_what_jinja_alone_gives(folder: Path) -> None:
    plain = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    rows: list[dict[str, Any]] = [
        {"name": "<a> & 'b'", "note": Markup("<em>1</em>")},
        {"name": Markup("&amp;"), "note": 0.5},
    ]
    for row in rows:  # Jinja alone finds the method of that name
        row["items"] = "<all>"
    view = {"title": 'A "title" <>', "rows": rows}
    expected = plain.from_string(TEMPLATE.replace("r.items", 'r["items"]')).render(**view)
    assert environment_of(folder).get_template("page.html").render(**view) == expected
    assert "&lt;all&gt;" in expected


@pytest.mark.parametrize("row", [{}, {"name": 1}, object(), Figure("1")])
def test_an_unknown_name_is_an_error(folder: Path, row: object) -> None:
    with pytest.raises(jinja2.UndefinedError, match="absent"):
        environment_of(folder).get_template("unknown.html").render(row=row)
