"""`backed build`, `serve`, `links`, `crawl`: the site, and whether its links lead anywhere."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from pathlib import Path

import click

from .group import CONFIG, EVIDENCE, backed, print_problems
from .watch import PROFILE, seen

# MkDocs takes half a second to import: only the commands that need it do so.


@backed.command()
@EVIDENCE
@CONFIG
@click.option("--site", type=click.Path(path_type=Path), default=Path("site"), show_default=True, help="Where to.")
@PROFILE
def build(evidence: Path, config: Path, site: Path, profile: str | None) -> None:
    """Check the evidence and build the whole site; with errors nothing is written.

    \b
    backed build
    backed build --evidence tests/toy/evidence --site /tmp/toy-site
    backed build --profile                where time and memory went
    """
    from ..publish import FaultyEvidence, SiteError, publish_site  # MkDocs takes half a second to import

    start = time.perf_counter()
    try:
        with seen(profile):
            published = publish_site(config, site, evidence, _waiting)
    except FaultyEvidence as fault:
        print_problems(fault.problems)
        click.echo("The evidence has errors: nothing was written. `backed check` shows them again.", err=True)
        sys.exit(1)
    except SiteError as fault:
        click.echo(f"The site could not be built; the old one is as it was.\n{fault}", err=True)
        sys.exit(2)
    print_problems(published.problems)
    pages = published.pages + published.written_by_hand
    seconds = time.perf_counter() - start
    new = "nothing has changed" if published.made == 0 else f"{published.made} of these were made anew"
    click.echo(f"built {pages} pages and {published.exports} files in {seconds:.1f} s: {new}")
    click.echo(f"open {site / 'index.html'}")


def _waiting() -> None:
    click.echo("waiting: another build writes this site", err=True)


@backed.command()
@EVIDENCE
@CONFIG
@click.option("--port", default=8000, show_default=True, help="Port on this computer.")
def serve(evidence: Path, config: Path, port: int) -> None:
    """Show the site on this computer; what is saved is seen at once, and what is wrong with it on the page.

    \b
    backed serve
    backed serve --port 8001
    """
    from ..publish import FaultyEvidence, SiteError, serve_site

    try:
        with suppress(KeyboardInterrupt):
            serve_site(config, evidence, port, click.echo)
    except FaultyEvidence as fault:
        print_problems(fault.problems)
        sys.exit(1)
    except (SiteError, OSError) as fault:
        click.echo(str(fault), err=True)
        sys.exit(2)


@backed.command()
@EVIDENCE
@click.option(
    "--site", type=click.Path(path_type=Path), default=Path("site"), show_default=True, help="The built site."
)
@click.option("--external", is_flag=True, help="List the addresses outside the site instead, one a line.")
def links(evidence: Path, site: Path, external: bool) -> None:  # noqa: ARG001 - every command takes --evidence
    """Check every link and anchor inside the built site.

    \b
    backed links
    backed links --external      list what leads outside
    """
    from ..links import check_links, external_links

    _need_site(site)
    if external:
        for address in external_links(site):
            click.echo(address)
        return
    start = time.perf_counter()
    result = check_links(site)
    print_problems(result.problems)
    seconds = time.perf_counter() - start
    click.echo(
        f"checked {result.links} links on {result.pages} pages in {seconds:.2f} s: {len(result.problems)} broken"
    )
    sys.exit(1 if result.problems else 0)


@backed.command()
@EVIDENCE
@click.option(
    "--site", type=click.Path(path_type=Path), default=Path("site"), show_default=True, help="The built site."
)
@click.option("--external", is_flag=True, help="Ask the addresses outside the site too; needs the network.")
def crawl(evidence: Path, site: Path, external: bool) -> None:  # noqa: ARG001 - every command takes --evidence
    """Serve the built site here and have linkchecker follow every link; slower than `backed links`.

    \b
    backed crawl
    backed crawl --external      ask the addresses outside too
    """
    from ..crawl import crawl as crawl_site

    _need_site(site)
    result = crawl_site(site, external=external)
    if not result.ok:
        click.echo(result.report)
    click.echo(f"linkchecker: {result.links} links, {result.urls} addresses, {result.errors} broken")
    sys.exit(0 if result.ok else 1)


def _need_site(site: Path) -> None:
    if not (site / "index.html").is_file():
        click.echo(f"There is no site in {site}. Run `backed build` first.", err=True)
        sys.exit(2)
