"""What pages let the browser run: the theme's own scripts, by their hash, and nothing that was put into a page."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from mkdocs.exceptions import PluginError

from backed.publish.policy import guarded, without

THEIRS = "var own=1"
PLANTED = "alert(1)"


def page(content: str = "") -> str:
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><script>{THEIRS}</script></head><body>{content}'
        '<script src="bundle.js"></script><script id="__config" type="application/json">{"a": 1}</script></body></html>'
    )


def hash_of(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def rules(html: str) -> dict[str, str]:
    found = re.search(r'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
    assert found is not None
    return dict(rule.split(" ", 1) for rule in found[1].split("; "))


def test_only_the_themes_scripts_are_named() -> None:
    content = f"<p>Text</p><script>{PLANTED}</script>"
    drawn = page(content)
    assert rules(guarded(drawn, without(drawn, content)))["script-src"] == f"'self' {hash_of(THEIRS)}"


def test_a_script_left_open_takes_no_script_of_the_theme_with_it() -> None:
    content = "<script>alert(1)//"
    drawn = page(content)
    assert rules(guarded(drawn, without(drawn, content, "")))["script-src"] == f"'self' {hash_of(THEIRS)}"


def test_nothing_is_allowed_that_the_site_does_not_need() -> None:
    named = rules(guarded(page(), page()))
    assert named["default-src"] == named["object-src"] == named["base-uri"] == named["form-action"] == "'none'"
    assert not any("unsafe" in value or "http" in value or "*" in value for value in named.values())


def test_a_page_changed_by_the_theme_stops_the_build() -> None:
    with pytest.raises(PluginError, match="the theme has changed"):
        without(page("<p>Tëxt</p>"), "<p>T&euml;xt</p>")


def test_what_is_no_page_stays_as_it_is() -> None:
    assert guarded("<urlset></urlset>", "<urlset></urlset>") == "<urlset></urlset>"
