"""Links: does every internal link and anchor of the finished site lead somewhere?

The files are read as they would be served. Addresses elsewhere are only listed: nothing here uses the network.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from posixpath import dirname, normpath
from sys import intern
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from .problem import Problem, Severity

# Nothing is tried twice ("*+"): pages are read at the speed of one pass.
_WITH_VALUES = r"""\s[^<>"']*+(?:(?:"[^"]*+"|'[^']*+')[^<>"']*+)*+"""
_MARKUP = re.compile(
    rf"<(?:!--.*?-->|(?:script|style)\b({_WITH_VALUES})?>.*?</(?:script|style)\b|[a-z][\w:-]*+({_WITH_VALUES})>)",
    re.DOTALL | re.IGNORECASE,
)
"""A tag with attributes. Comments and what stands inside scripts and styles are passed over."""

_ATTRIBUTE = re.compile(r"""([^\s"'=]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"']++))""")
_LINKING = frozenset({"href", "src", "poster", "xlink:href"})
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)"')


@dataclass(frozen=True)
class LinkCheck:
    """What was looked at, and every internal link or anchor that leads nowhere, in the order of the files."""

    pages: int
    links: int
    problems: tuple[Problem, ...]


class _Read(NamedTuple):
    """What one page says: its links as often as they stand there, its ids, those that stand there more than once."""

    links: Counter[str]
    ids: frozenset[str]
    repeated: tuple[str, ...]


@dataclass(frozen=True)
class _Site:
    """Everything a link may lead to: the files, what the pages among them say, the address the site is served at."""

    folder: Path
    files: frozenset[str]
    pages: dict[str, _Read]
    address: str

    def target(self, page: str, link: str) -> tuple[str, str] | None:
        """Return the file below the site and the anchor that a link on a page leads to, or None if it leaves it."""
        if self.address and link.startswith(self.address):
            page, link = "", link[len(self.address) :]
        elif _SCHEME.match(link):
            return None
        path, _, anchor = link.partition("#")
        path = unquote(path.partition("?")[0])
        if not path:
            return page or "index.html", unquote(anchor)
        if path.startswith("/"):
            root = urlsplit(self.address).path or "/"
            path = path[len(root) :] if path.startswith(root) else f"../{path}"
            page = ""
        folder = path.endswith("/") or path.rpartition("/")[2] in (".", "..")
        place = normpath(f"{dirname(page)}/{path}" if dirname(page) else path or ".")
        if folder or place == "." or place not in self.files:
            place = normpath(f"{place}/index.html") if folder or f"{place}/index.html" in self.files else place
        return place, unquote(anchor)

    def fault(self, page: str, link: str) -> tuple[str, str] | None:
        """Return the rule that a link breaks and what is missing, or None."""
        target = self.target(page, link)
        if target is None:
            return None
        place, anchor = target
        if place not in self.files:
            return "broken-link", f"there is no {place}"
        anchor = anchor.partition(":~:")[0]
        if anchor in ("", "top") or place not in self.pages or anchor in self.pages[place].ids:
            return None
        return "broken-anchor", f"{place} has no id {anchor}"


def check_links(site: Path, site_url: str | None = None) -> LinkCheck:
    """Return every broken link (``broken-link``), anchor (``broken-anchor``) and repeated id (``duplicate-id``).

    ``site_url`` is where the site will be served, so that full addresses of its own pages are checked too; by default
    it is the canonical address of the home page. Files are named below ``site``, lines and columns count from 1.
    """
    whole = _read_site(site, site_url)
    problems = [problem for page in whole.pages for problem in _problems(whole, page)]
    links = sum(read.links.total() for read in whole.pages.values())
    return LinkCheck(len(whole.pages), links, tuple(problems))


def external_links(site: Path, site_url: str | None = None) -> list[str]:
    """Return every address outside the site that a page links to, each once, sorted."""
    return list(linked_from(site, site_url))


def linked_from(site: Path, site_url: str | None = None) -> dict[str, list[str]]:
    """Return every address outside the site with the pages (files below the site) that link to it, both sorted."""
    whole = _read_site(site, site_url)
    found: dict[str, list[str]] = {}
    for page, read in whole.pages.items():
        for link in read.links:
            if _leads_outside(link, whole.address):
                found.setdefault(link, []).append(page)
    return dict(sorted(found.items()))


def _leads_outside(link: str, address: str) -> bool:
    return link.startswith(("http://", "https://", "//")) and not (address and link.startswith(address))


def _read_site(site: Path, site_url: str | None) -> _Site:
    files = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    pages = {name: _read(_text(site / name)) for name in files if name.endswith((".html", ".htm"))}
    if site_url is None:
        home = _CANONICAL.search(_text(site / "index.html")) if "index.html" in pages else None
        site_url = unescape(home[1]) if home else ""
    return _Site(site, frozenset(files), pages, site_url)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def _read(text: str) -> _Read:
    links: list[str] = []
    ids: list[str] = []
    tags = "\n".join(tag or script for script, tag in _MARKUP.findall(text))
    for name, double, single, bare in _ATTRIBUTE.findall(tags):
        if name in _LINKING:
            links.append(_value(double or single or bare))
        elif name == "id":
            ids.append(_value(double or single or bare))
    unique = frozenset(ids)
    repeated = () if len(unique) == len(ids) else tuple(name for name, times in Counter(ids).items() if times > 1)
    return _Read(Counter(links), unique, repeated)


def _value(raw: str) -> str:
    return intern((unescape(raw) if "&" in raw else raw).strip())


def _problems(site: _Site, page: str) -> Iterator[Problem]:
    read = site.pages[page]
    faults = {link: fault for link in read.links if (fault := site.fault(page, link))}
    if not faults and not read.repeated:
        return
    for name, value, line, column in _places(_text(site.folder / page)):
        if name in _LINKING and value in faults:
            rule, missing = faults[value]
            yield Problem(rule, Severity.ERROR, page, f"{value}: {missing}", line=line, column=column)
        elif name == "id" and value in read.repeated:
            message = f"the id {value} stands here and elsewhere on this page"
            yield Problem("duplicate-id", Severity.ERROR, page, message, line=line, column=column)


def _places(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Yield every attribute of a page with its value, and its line and column from 1."""
    for tag in _MARKUP.finditer(text):
        group = 2 if tag[2] else 1
        for attribute in _ATTRIBUTE.finditer(tag[group] or ""):
            at = tag.start(group) + attribute.start()
            line = text.count("\n", 0, at) + 1
            yield (
                attribute[1],
                _value(attribute[2] or attribute[3] or attribute[4] or ""),
                line,
                at - text.rfind("\n", 0, at),
            )
