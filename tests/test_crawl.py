"""linkchecker over a served folder: it finds what is broken, and says so only then."""

from __future__ import annotations

from pathlib import Path

from backed.crawl import crawl


def page(folder: Path, name: str, body: str) -> None:
    text = f"<!doctype html><html lang='en'><head><title>{name}</title></head><body>{body}</body></html>"
    (folder / name).write_text(text, encoding="utf-8")


def test_a_whole_site_has_nothing_broken(tmp_path: Path) -> None:
    page(tmp_path, "index.html", '<a href="other.html">other</a> <a href="https://example.org/">outside</a>')
    page(tmp_path, "other.html", '<a href="./">home</a>')
    result = crawl(tmp_path)
    assert (result.ok, result.errors) == (True, 0)
    assert result.urls >= 2


def test_a_broken_link_is_counted_and_told(tmp_path: Path) -> None:
    page(tmp_path, "index.html", '<a href="gone.html">gone</a>')
    result = crawl(tmp_path)
    assert (result.ok, result.errors) == (False, 1)
    assert "gone.html" in result.report
