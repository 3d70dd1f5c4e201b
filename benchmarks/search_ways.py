"""The ways to search that are compared: each writes what a browser needs to find the same entries.

    python -m benchmarks.search_ways ours ENTRIES.json SITE

It is a program of its own so that time and memory of each can be told; `read` does nothing but read the entries.
"""

from __future__ import annotations

import asyncio
import importlib.util
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from html import escape
from pathlib import Path
from typing import Any

from backed.build import build
from backed.model import SearchEntry
from backed.publish.search import SearchIndex
from backed.render import render

ROOT = Path(__file__).parent.parent

PAGEFIND_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Pagefind</title>
<form name="search"><input name="query" aria-label="Search"></form>
<p class="md-search-result__meta"></p><ol></ol>
<script type="module">
  const pagefind = await import("./pagefind/pagefind.js");
  const [list, box] = [document.querySelector("ol"), document.querySelector("input")];
  const show = async () => {
    const { results } = await pagefind.search(box.value);
    const shown = await Promise.all(results.slice(0, 10).map((result) => result.data()));
    list.replaceChildren(...shown.map(({ url, meta, excerpt }) => {
      const item = document.createElement("li");
      item.className = "md-search-result__item";
      item.innerHTML = `<a href="${url}">${meta.title}</a><p>${excerpt}</p>`;
      return item;
    }));
    document.querySelector("p").textContent = results.length ? "" : "No matching documents";
  };
  box.addEventListener("keyup", show);
  document.body.dataset.ready = "yes";
</script></html>
"""
"""A box of its own for Pagefind: it shows as many hits at once as the theme's."""


def gather(evidence: Path, file: Path) -> None:
    """Write the search entries of all pages of an evidence base."""
    built = build(evidence, ROOT / "site_src/templates")
    entries = [asdict(entry) for page in render(built.site) for entry in page.search]
    file.write_text(json.dumps(entries), encoding="utf-8")


def read(file: Path) -> list[SearchEntry]:
    """Return the entries of such a file."""
    rows = json.loads(file.read_text(encoding="utf-8"))
    return [SearchEntry(**{**row, "tags": tuple(row["tags"])}) for row in rows]


def theme(entries: Sequence[SearchEntry], site: Path) -> None:
    """Write one index file as the theme reads it, and let the pages ask the theme's own worker."""
    path = site / "search/search_index.json"
    index = json.loads(path.read_text(encoding="utf-8"))
    index["docs"] = list(map(_document, entries))
    path.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    (worker,) = (site / "assets/javascripts/workers").glob("search.*.min.js")
    home = site / "index.html"
    own, its = "assets/search/worker.js", worker.relative_to(site).as_posix()
    home.write_text(home.read_text(encoding="utf-8").replace(own, its), encoding="utf-8")


def _document(entry: SearchEntry) -> dict[str, Any]:
    text = escape(entry.text, quote=False)
    return {
        "location": entry.location,
        "title": escape(entry.title, quote=False),
        "text": f"<p>{text}</p><p class=bk-words>{escape(entry.words, quote=False)}</p>",
        "tags": [escape(tag, quote=False) for tag in entry.tags],
        "boost": entry.boost,
    }


def ours(entries: Sequence[SearchEntry], site: Path) -> None:
    """Write our own parts."""
    index = SearchIndex(json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))["config"])
    index.add(entries)
    for file in index.files():
        path = site / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)


def pagefind(entries: Sequence[SearchEntry], site: Path) -> None:
    """Write a Pagefind bundle with one custom record for each entry, and a page with a box that asks it."""
    from pagefind.index import IndexConfig, PagefindIndex

    async def write() -> None:
        async with PagefindIndex(config=IndexConfig(output_path=str(site / "pagefind"))) as index:
            for entry in entries:
                kind = {"kind": list(entry.tags[:1])}
                content = f"{entry.title}\n{entry.text}\n{entry.words}"
                meta = {"title": entry.title}
                await index.add_custom_record(
                    url=f"/{entry.location}", content=content, language="en", meta=meta, filters=kind
                )

    asyncio.run(write())
    (site / "index.html").write_text(PAGEFIND_PAGE, encoding="utf-8")


WAYS: dict[str, Callable[[Sequence[SearchEntry], Path], None]] = {"theme": theme, "ours": ours, "pagefind": pagefind}
"""Each way by its name, with what writes it into a site."""

FOLDERS = {"theme": "search", "ours": "shards/search", "pagefind": "pagefind"}
"""Where each way keeps what it searches, below the site's root."""


def there() -> list[str]:
    """Return the ways that can be measured here."""
    return [way for way in WAYS if way != "pagefind" or importlib.util.find_spec("pagefind")]


def main() -> None:
    """Write the index of one way, or the entries of an evidence base."""
    way, source, target = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    if way == "gather":
        gather(source, target)
        return
    entries = read(source)
    if way != "read":
        WAYS[way](entries, target)


if __name__ == "__main__":
    main()
