"""The theme: MkDocs' own template and navigation, used to draw a shell for every place and shape of page."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urljoin

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as Drawn
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils.templates import TemplateContext

from ..model import Page
from .places import edit_address, in_repository
from .policy import guarded
from .report import Reports
from .shell import Entries, Shape, Shell, shape, slot

if TYPE_CHECKING:
    from jinja2 import Environment  # MkDocs' own, for its type only

EXPLAINED = "corrections.md"
"""The hand-written page that explains how to report a mistake, if there is one."""

_CORRECTIONS = {
    # A dialog needs a name: screen readers announce it.
    'data-md-component="search" role="dialog"': 'data-md-component="search" role="dialog" aria-label="Search"',
    # HTML does not know autocomplete on a checkbox.
    'type="checkbox" id="__drawer" autocomplete="off"': 'type="checkbox" id="__drawer"',
    'type="checkbox" id="__search" autocomplete="off"': 'type="checkbox" id="__search"',
    # With this name the script asks a code host for stars and forks: a request that leaves the site.
    ' class="md-source" data-md-component="source"': ' class="md-source"',
    # Where the link that skips to the content leads.
    'class="md-content" data-md-component="content"': 'id="page" class="md-content" data-md-component="content"',
    # The dialog lists the best matches and says how many more there are.
    '"search.result.one": "1 matching document"': '"search.result.one": "1 result"',
    '"search.result.other": "# matching documents"': '"search.result.other": "# results"',
}
"""Faults of the theme as it writes them, and what to write instead."""

_WORKER = re.compile(r"(?<=assets/)javascripts/workers/search\.[0-9a-f]+\.min\.js")
_OWN_WORKER = "search/worker.js"
"""What the theme's search box asks; ours speaks as the theme's own does."""

_SKIP = re.compile(r'(?<=<div data-md-component="skip">).*?(?=</div>)', re.DOTALL)
"""That link as the theme writes it: it leads past a title that has no anchor, and lacks where there are no headings."""


def corrected(html: str) -> str:
    """Return a drawn page without the theme's own faults."""
    for fault, correction in _CORRECTIONS.items():
        html = html.replace(fault, correction)
    html = _WORKER.sub(_OWN_WORKER, html)
    return _SKIP.sub('<a href="#page" class="md-skip">Skip to content</a>', html, count=1)


class Fitting(NamedTuple):
    """What decides how a page is dressed: where it stands, its section, its shape, its file, its version."""

    url: str
    section: str
    shape: Shape
    source: str
    version: str

    @classmethod
    def of(cls, plain: Sequence[Any]) -> Fitting:
        """Return the fitting that was written as a list."""
        url, section, form, source, version = plain
        return cls(url, section, Shape(*form), source, version)


class Theme:
    """Draws shells with what MkDocs has at the end of a build: configuration, navigation, files, templates."""

    def __init__(self, config: MkDocsConfig, nav: Navigation, files: Files, env: Environment, reports: Reports) -> None:
        self._config = config
        self._reports = reports
        self._explained = files.get_file_from_path(EXPLAINED)
        self._nav = nav
        self._files = files.documentation_pages()
        self._template = env.get_template("main.html")
        self._item = env.get_template("partials/toc-item.html")
        self._listed = {page.url: page for page in nav.pages}
        self._shell = cache(self._draw_shell)

    def fit(self, page: Page) -> Fitting:
        """Return what of a page decides on its shell and on what is written into that beside the page itself."""
        section = page.section if page.section in self._listed else ""
        source = in_repository(page.source, self._config)
        editable = bool(edit_address(source, self._config))
        return Fitting(page.url, section, shape(page, editable=editable), source, page.version)

    def dress(self, page: Page) -> bytes:
        """Return a rendered page inside its shell, as it is to be written."""
        fitting = self.fit(page)
        shell, *beside = self._worn(fitting)
        return shell.fill(replace(page, source=fitting.source), *beside)

    def state(self, fitting: Fitting) -> str:
        """Return what tells all that stands around a page from any other; the same as long as that is."""
        shell, *beside = self._worn(fitting)
        return hashlib.blake2b("\0".join([shell.state, *beside]).encode(), digest_size=16).hexdigest()

    def _worn(self, fitting: Fitting) -> tuple[Shell, str, str, str, str]:
        """Return the shell of a page, its address, that of its file, that of a report of a mistake, its version."""
        edit, address = edit_address(fitting.source, self._config), self.canonical(fitting.url)
        shell = self._shell(self._place(fitting.url), fitting.section, fitting.shape)
        version = self._reports.version(fitting.version)
        return shell, address, edit, self._reports.address(address or fitting.url, fitting.source, version), version

    def canonical(self, url: str) -> str:
        """Return the full address of a page, or nothing where the site has no address yet."""
        site = self._config.site_url
        return urljoin(site if site.endswith("/") else f"{site}/", quote(url)) if site else ""

    def _place(self, url: str) -> str:
        """Return the url to draw a shell for: the page's own in the navigation, else any as deep in the same folder."""
        if url in self._listed:
            return url
        *folders, _ = url.split("/")
        kept = folders[:1] if len(folders) > 1 else []
        return "".join(f"{folder}/" for folder in kept + ["shell"] * (len(folders) - len(kept)))

    def _draw_shell(self, url: str, section: str, shape: Shape) -> Shell:
        page = self._listed.get(url) or Drawn(None, unwritten(f"{url}index.md", self._config), self._config)
        with _restored(page):
            if section and url not in self._listed:
                # Theme and MkDocs only ask a parent whether it is active: this lights up the section's tab.
                page.parent = self._listed[section]  # type: ignore[assignment]
            self._put_slots(page, shape)
            context = get_context(self._nav, self._files, self._config, page)
            context["report"] = self._report(page)  # type: ignore[typeddict-unknown-key]
            page.active = True
            drawn = corrected(self._template.render(context)).replace(f"<h1>{slot('content')}", slot("content"))
            drawn = guarded(drawn, drawn)  # its slots are empty
            page.active = False
        if not shape.contents:
            return Shell.cut(drawn)
        return self._with_contents(drawn, context)

    def _put_slots(self, page: Drawn, shape: Shape) -> None:
        page.markdown = ""
        page.content = f"<h1>{slot('content')}" if shape.titled else slot("content")
        page.meta = {name: slot(name) for name in ("title", "description", "head")}
        page.toc = _sample_contents(shape)
        page.canonical_url = slot("canonical") if self._config.site_url else None
        page.edit_url = slot("edit") if shape.editable else None

    def _report(self, page: Drawn) -> Mapping[str, str]:
        """Return what the foot of the shell's pages needs: slots for what differs from page to page."""
        otherwise = self._explained.url_relative_to(page.file) if self._explained else ""
        same = self._reports.of_page("", "", "", otherwise)
        own = {name: slot(name) for name in ("page", "record", "file", "version")}
        href = slot("report") if self._reports.address("", "", "") else otherwise
        return {**same, **own, "href": href} if same else same

    def _with_contents(self, drawn: str, context: TemplateContext) -> Shell:
        """Cut a shell drawn with two sample entries: what stands around and between them is the theme's own."""

        def item(link: AnchorLink) -> str:
            # The name that is read aloud follows other rules than the title that is seen.
            title = f'aria-label="{slot("title")}"'
            return self._item.render({**context, "toc_item": link}).replace(title, f'aria-label="{slot("label")}"')

        leaf, first = item(_sample("anchor")), item(_sample("skip"))
        before, between, after = item(_sample("anchor", "anchor", "anchor")).split(leaf)
        _, _, rest = drawn.partition(first)
        top, _, _ = rest.partition(leaf)
        entries = Entries(leaf, before, between, after, top)
        return Shell.cut(drawn.replace(first + top + leaf, slot("contents")), entries)


def _sample(name: str, *below: str) -> AnchorLink:
    """Return an entry of a table of contents with slots for its anchor and title."""
    link = AnchorLink(slot("title"), slot(name), 2)
    link.children = [_sample(child) for child in below]
    return link


def _sample_contents(shape: Shape) -> TableOfContents:
    """Return two sample entries, below the page's own title if that can be linked to."""
    samples = [_sample("skip"), _sample("anchor")] if shape.contents else []
    if not shape.anchored:
        return TableOfContents(samples)
    title = AnchorLink(slot("title"), slot("skip"), 1)
    title.children = samples
    return TableOfContents([title])


def unwritten(path: str, config: MkDocsConfig) -> File:
    """Return a page of MkDocs' own that exists only in memory and says nothing."""
    return File.generated(config, path, content="")


@contextmanager
def _restored(page: Drawn) -> Iterator[None]:
    """Put a page back as it was afterwards: others are drawn with it in their navigation."""
    kept = dict(vars(page))
    try:
        yield
    finally:
        vars(page).clear()
        vars(page).update(kept)
