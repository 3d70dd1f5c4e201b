"""What happens to the evidence during a run of MkDocs: built before it, dressed in the theme's shell after it."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as Drawn
from mkdocs.utils.templates import TemplateContext

from ..memo import Memo
from ..model.base import WEB
from ..problem import Problem, Severity, as_text
from ..program import contents
from .folder import Folder
from .places import assets_folder, evidence_folder, settings, written_by_hand
from .policy import guarded, without
from .report import Reports
from .theme import EXPLAINED, Theme, corrected, unwritten
from .write import Builder, Built, Done, write

if TYPE_CHECKING:
    from jinja2 import Environment  # MkDocs' own, for its type only

_log = logging.getLogger("mkdocs.hooks.backed")


class FaultyEvidence(Abort):
    """The evidence has errors, so nothing is published; ``problems`` are all that were found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join([*map(as_text, problems), "The evidence has errors: nothing was published."]))
        self.problems = problems


_FRAGMENT = re.compile(r"<!--\s*backed:([a-z-]+)\s*-->")


class Publisher:
    """The events of a MkDocs run, in the order they happen; ``build`` is called once a run."""

    def __init__(self, build: Builder) -> None:
        self._build = build
        self._serving = False
        self._shown: Built | None = None
        self._generated: set[str] = set()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002
        """Note whether this is a server, which must go on when the evidence is faulty."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> None:
        """Build the evidence before anything is drawn or removed; raise ``FaultyEvidence`` if it has errors."""
        for name, address in (("BACKED_SITE_URL", config.site_url), ("BACKED_REPO_URL", config.repo_url)):
            if address and not re.fullmatch(WEB, address):
                raise PluginError(f"{name} is an address that begins with https:// or http://, not {address!r}")
        if not config.repo_url:
            config.edit_uri = None
        templates = Path(config.docs_dir).parent / "templates"
        self._templates = contents([templates])
        built = self._build(evidence_folder(config), templates, config.site_url or "")
        self._built = self._keep(built) if self._serving else _sound(built)
        self._reports = Reports.of(config, self._built.as_of)

    def _keep(self, built: Built) -> Built:
        """Return what a server shows: this build, or the last sound one if this one is faulty."""
        if self._shown is None or not _errors(built.problems):
            self._shown = _sound(built)
            return self._shown
        print(*map(as_text, built.problems), sep="\n", file=sys.stderr)
        print("The evidence has errors: the pages stay as they were.", file=sys.stderr)
        return self._shown

    def on_files(self, files: Files, *, config: MkDocsConfig) -> None:
        """Add the assets, and an empty page for each one that the navigation lists and nobody wrote by hand."""
        assets = assets_folder(config)
        for path in sorted(path for path in assets.rglob("*") if path.is_file()):
            name = path.relative_to(assets.parent).as_posix()
            files.append(File(name, str(assets.parent), config.site_dir, config.use_directory_urls))
        sections = [path for path in _listed(config.nav) if files.get_file_from_path(path) is None]
        for section in sections:
            files.append(unwritten(section, config))
        self._generated = {_url(file) for file in files if file.src_uri in sections}

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Note the navigation and the files."""
        self._nav, self._files = nav, files

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Note the templates."""
        self._env = env

    def on_page_content(self, html: str, *, page: Drawn, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Return a hand-written page with every ``<!-- backed:NAME -->`` replaced by that part of the build.

        ``head: NAME`` in its front matter puts a part into the page's head.
        """

        def part_named(name: str) -> str:
            try:
                return self._built.fragment(name, page.url)
            except KeyError:
                raise PluginError(f"{page.file.src_uri}: there is no part named {name!r} in the build") from None

        if page.meta.get("head"):
            page.meta["head"] = part_named(str(page.meta["head"]))
        return _FRAGMENT.sub(lambda found: part_named(found[1]), html)

    def on_page_context(self, context: TemplateContext, *, page: Drawn, config: MkDocsConfig, nav: Navigation) -> None:  # noqa: ARG002
        """Hand the template what the foot of a hand-written page needs, so that a mistake can be reported."""
        file = written_by_hand(page.file.src_uri, config)
        explained = self._files.get_file_from_path(EXPLAINED)
        otherwise = explained.url_relative_to(page.file) if explained else ""
        version = self._reports.version(self._reports.as_of)
        context["report"] = self._reports.of_page(page.canonical_url or page.url, file, version, otherwise)  # type: ignore[typeddict-unknown-key]

    def on_post_page(self, output: str, *, page: Drawn, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Return a page that MkDocs drew, without the theme's faults, guarded against what was put into it."""
        return guarded(corrected(output), without(output, page.content or "", page.meta.get("head") or ""))

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Return a page that MkDocs drew from a template of its own, without the theme's faults, guarded."""
        drawn = corrected(output_content)
        return guarded(drawn, drawn)

    @event_priority(-100)  # after the search plugin has written its index
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the pages and exports of the build, the search index and the sitemap."""
        by_hand = {_url(file) for file in self._files.documentation_pages()} - self._generated
        theme = Theme(config, self._nav, self._files, self._env, self._reports)
        ours, site = settings(config), Path(config.site_dir)
        memo: Memo | None = ours.get("memo")
        kept: dict[str, str] = {}
        if memo is not None and memo.notes.get("templates") == self._templates:
            memo.remember()
            kept = memo.true(self._built.state)
        folder = ours.get("folder") or Folder(site, site.with_name(f".{site.name}.none"))
        done, units = write(folder, self._built, theme, kept, (by_hand, self._generated))
        ours["done"] = Done(done, units, self._built, theme, self._templates)
        _log.info(f"Put {done.pages} built pages into the site; {len(done.problems)} warnings (see backed check)")

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]) -> None:  # noqa: ARG002
        """Watch the evidence and everything that the site is drawn with."""
        for folder in (evidence_folder(config), Path(config.docs_dir).parent):
            server.watch(str(folder))


def _errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


def _sound(built: Built) -> Built:
    if _errors(built.problems):
        raise FaultyEvidence(built.problems)
    return built


def _listed(nav: Any) -> Iterator[str]:
    """Yield the path of every page that a navigation lists."""
    if isinstance(nav, str):
        if nav.endswith(".md"):
            yield nav
        return
    for item in nav.values() if isinstance(nav, dict) else nav or ():
        yield from _listed(item)


def _url(file: File) -> str:
    """Return where a page stands below the site's root, with a slash at its end; nothing for the home page."""
    return "" if file.url in (".", "./") else file.url
