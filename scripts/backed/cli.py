"""The command line: words to calls to exit codes. 0 fine, 1 problems found, 2 the tool could not run."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NoReturn, cast

import click

from . import __version__
from .changed import NoHistoryError, changed, version
from .diagnostics import FORMATS, Diagnostics
from .examine import ALL_RULES, Checked, examine, examine_files
from .load import OutsideError, files_asked
from .model import TABLE_COLUMNS
from .problem import Problem, RuleDoc, as_text

# What takes long to import (numpy, templates, MkDocs) is imported by the commands that need it.
if TYPE_CHECKING:
    from .synthesise.pool import Test
    from .synthesise.tau2 import Method

EVIDENCE = click.option(
    "--evidence",
    type=click.Path(path_type=Path),
    default=Path("evidence"),
    show_default=True,
    help="The evidence base to use.",
)
CONFIG = click.option(
    "--config",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The site's configuration.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="backed")
def backed() -> None:
    """Is popular back-pain advice backed by research? Check the evidence, build the site.

    \b
    backed check                 is every record right?
    backed diff main             what does this change change?
    backed build                 build the site into site/
    backed serve                 build it, show it, rebuild on every change
    backed rules figure-printed  what does that rule ask?
    backed schema                write the schemas by which editors complete records
    backed links                 does every link of the built site lead somewhere?
    backed pool FILE.csv         pool a table of effects
    """


@backed.command("check")
@EVIDENCE
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--changed",
    "since",
    is_flag=False,
    flag_value="",
    default=None,
    metavar="[COMMIT]",
    help="Only what differs from a commit; without one, from where this branch left the default branch.",
)
@click.option("--fix", is_flag=True, help="First mend what is safe to mend: layout, order of keys, dashes, DOI prefix.")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default=None,
    help="Of output; text, and github by itself where GITHUB_ACTIONS is true.",
)
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    envvar="BACKED_TODAY",
    help="Day by which age is judged, as 2027-06-01; else the newest look at any record.",
)
@click.option("--site-url", envvar="BACKED_SITE_URL", default="", help="Where the pages of the rules are.")
def check_command(
    evidence: Path,
    files: tuple[Path, ...],
    since: str | None,
    fix: bool,
    form: str | None,
    today: datetime | None,
    site_url: str,
) -> None:
    """Check every record, or only some FILES, and print every problem, with its place and what to do.

    A folder stands for the files below it, a study for its bibliography too. With files, rules that read the whole base
    are named and passed over.

    \b
    backed check
    backed check --evidence tests/toy/evidence
    backed check evidence/claims/meditation-helps.yaml
    backed check --changed                what this branch or you changed
    backed check --changed main --fix
    backed check --today 2027-06-01       what will be old by then?
    backed check --format sarif > problems.sarif
    """
    asked, note = _asked(evidence, files, since)
    if fix:
        _mend(evidence, asked)
    checked = _examined(evidence, asked, today.date() if today else None)
    form = form or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text")
    summary = "\n".join(filter(None, (checked.summary, note)))
    address = site_url and site_url.rstrip("/") + "/"
    found = Diagnostics(checked.problems, ALL_RULES, checked.evidence.found, checked.passed_over, summary, address)
    click.echo(FORMATS[form](found))
    sys.exit(1 if checked.errors else 0)


def _asked(evidence: Path, files: tuple[Path, ...], since: str | None) -> tuple[tuple[Path, ...] | None, str]:
    """Return the files to look at, None for the whole base, and what else has to be said."""
    if since is None:
        whole = not files or any(path.is_dir() and path.resolve() == evidence.resolve() for path in files)
        return (None if whole else files), ""
    try:
        found = changed(evidence, since)
    except NoHistoryError as fault:
        _stop(str(fault))
    gone = f"gone: {len(found.gone)}; `backed check` says whether anything still points there" if found.gone else ""
    return (*files, *found.files), gone


def _examined(evidence: Path, asked: tuple[Path, ...] | None, today: date | None) -> Checked:
    if asked is None:
        return examine(evidence, today)
    try:
        return examine_files(evidence, asked, today)
    except OutsideError as fault:
        _stop(str(fault))


def _mend(evidence: Path, asked: tuple[Path, ...] | None) -> None:
    """Mend what is safe in the files asked for (None: all), and say on the error channel what was done."""
    from .fix import fix

    try:
        files = files_asked(evidence, asked or (evidence,)) if asked != () else ()
    except OutsideError as fault:
        _stop(str(fault))
    for mended in (fix(evidence, path) for path in files):
        if mended.done:
            click.echo(f"mended {mended.path}: {', '.join(mended.done)}", err=True)
        if mended.left:
            click.echo(f"left {mended.path} as it is: {mended.left}", err=True)


@backed.command("diff")
@EVIDENCE
@click.argument("base")
@click.argument("head", default="")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="Of output; markdown is the comment of a pull request.",
)
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    envvar="BACKED_TODAY",
    help="Day by which age is judged, as 2027-06-01; else the newest look at any record.",
)
def diff(evidence: Path, base: str, head: str, form: str, today: datetime | None) -> None:
    """Say what a change of the evidence changes: records, answers, verdicts, claims to read again, problems.

    BASE and HEAD are commits, branches or tags, or folders; without HEAD it is the files as they stand. Errors in
    either are named, and the rest is compared. The exit code is 0 whatever differs: `backed check` is the judge.

    \b
    backed diff main
    backed diff HEAD~1 HEAD
    backed diff main --format markdown > comment.md
    backed diff evidence-of-last-year evidence
    """
    from .difference import FORMATS as DIFFERENCE_FORMATS
    from .difference import compare, versions

    with TemporaryDirectory(prefix="backed-") as scratch:
        try:
            one, other = (version(evidence, name, Path(scratch) / side) for side, name in (("a", base), ("b", head)))
        except NoHistoryError as fault:
            _stop(str(fault))
        shown = "" if head and other.folder == Path(head) else evidence.as_posix()
        both = versions(one.folder, other.folder, shown, today.date() if today else None)
        click.echo(DIFFERENCE_FORMATS[form](compare(both, one.name, other.name)))


def _stop(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(2)


@backed.command()
@EVIDENCE
@CONFIG
@click.option("--site", type=click.Path(path_type=Path), default=Path("site"), show_default=True, help="Where to.")
def build(evidence: Path, config: Path, site: Path) -> None:
    """Check the evidence and build the whole site; with errors nothing is written.

    \b
    backed build
    backed build --evidence tests/toy/evidence --site /tmp/toy-site
    """
    from .publish import FaultyEvidence, SiteError, publish_site  # MkDocs takes half a second to import

    start = time.perf_counter()
    try:
        published = publish_site(config, site, evidence)
    except FaultyEvidence as fault:
        _print_problems(fault.problems)
        click.echo("The evidence has errors: nothing was written. `backed check` shows them again.", err=True)
        sys.exit(1)
    except SiteError as fault:
        click.echo(f"The site could not be built; the old one is as it was.\n{fault}", err=True)
        sys.exit(2)
    _print_problems(published.problems)
    pages = published.pages + published.written_by_hand
    seconds = time.perf_counter() - start
    click.echo(f"built {pages} pages and {published.exports} files in {seconds:.1f} s")
    click.echo(f"open {site / 'index.html'}, or run `backed serve` for the search")


@backed.command()
@EVIDENCE
@CONFIG
@click.option("--port", default=8000, show_default=True, help="Port on this computer.")
def serve(evidence: Path, config: Path, port: int) -> None:
    """Show the site on this computer and rebuild it whenever a file changes.

    \b
    backed serve
    backed serve --port 8001
    """
    from .publish import FaultyEvidence, SiteError, serve_site

    try:
        serve_site(config, evidence, port)
    except FaultyEvidence as fault:
        _print_problems(fault.problems)
        sys.exit(1)
    except SiteError as fault:
        click.echo(str(fault), err=True)
        sys.exit(2)


@backed.command()
@EVIDENCE
@click.argument("rule", required=False)
def rules(evidence: Path, rule: str | None) -> None:  # noqa: ARG001 - every command takes --evidence
    """List the rules, or print the page of one.

    \b
    backed rules
    backed rules ci-contains-estimate
    """
    if rule is None:
        width = max(len(doc.id) for doc in ALL_RULES)
        for doc in ALL_RULES:
            click.echo(f"{doc.id:{width}}  {doc.severity:7}  {doc.summary}")
        return
    found = next((doc for doc in ALL_RULES if doc.id == rule), None)
    if found is None:
        click.echo(f"There is no rule {rule!r}. {_near(rule, ALL_RULES)}", err=True)
        sys.exit(2)
    click.echo(f"{found.id} ({found.severity}; reads: {found.subject})\n\n{found.text}")


@backed.command()
@EVIDENCE
@click.option("--check", "only_check", is_flag=True, help="Write nothing; say what is out of date, with exit code 1.")
def schema(evidence: Path, only_check: bool) -> None:
    """Write the JSON Schemas that editors complete and check records by into EVIDENCE/schema/.

    To be run when the model or a vocabulary changed.

    \b
    backed schema
    backed schema --check
    """
    from .examine import schema_files

    folder = evidence / "schema"
    fresh = schema_files(evidence)
    old = [name for name, text in fresh.items() if not _holds(folder / name, text)]
    left_over = sorted({path.name for path in folder.glob("*.json")} - set(fresh))
    if not only_check:
        folder.mkdir(parents=True, exist_ok=True)
        for name in old:
            (folder / name).write_text(fresh[name], encoding="utf-8")
        for name in left_over:
            (folder / name).unlink()
    for name in old:
        click.echo(f"{'out of date' if only_check else 'wrote'}: {folder / name}")
    for name in left_over:
        click.echo(f"{'not made here' if only_check else 'removed'}: {folder / name}")
    sys.exit(1 if only_check and (old or left_over) else 0)


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def _near(rule: str, docs: Sequence[RuleDoc]) -> str:
    words = set(rule.split("-"))
    near = sorted(docs, key=lambda doc: -len(words & set(doc.id.split("-"))))[:3]
    return "Near it: " + ", ".join(doc.id for doc in near)


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
    from .links import check_links, external_links

    _need_site(site)
    if external:
        for address in external_links(site):
            click.echo(address)
        return
    start = time.perf_counter()
    result = check_links(site)
    _print_problems(result.problems)
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
    from .crawl import crawl as crawl_site

    _need_site(site)
    result = crawl_site(site, external=external)
    if not result.ok:
        click.echo(result.report)
    click.echo(f"linkchecker: {result.links} links, {result.urls} addresses, {result.errors} broken")
    sys.exit(0 if result.ok else 1)


TESTS = {"z": "z", "hksj": "knha", "adhoc": "adhoc"}
"""What people call a test, and what metafor calls it."""


@backed.command()
@EVIDENCE
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--measure",
    type=click.Choice(list(TABLE_COLUMNS), case_sensitive=False),
    required=True,
    help="What the columns give.",
)
@click.option(
    "--method",
    type=click.Choice(["EE", "DL", "REML", "PM", "ML", "SJ", "HE", "EB"], case_sensitive=False),
    default="REML",
    show_default=True,
    help="How tau² is estimated; EE: equal effects, no tau².",
)
@click.option(
    "--test",
    type=click.Choice([*TESTS, "knha"], case_sensitive=False),
    default="z",
    show_default=True,
    help="Of the effect and its interval; hksj is metafor's knha, adhoc never narrower than z's standard error.",
)
@click.option("--by", default="", metavar="COLUMN", help="Pool each value of a column too, and test the difference.")
@click.option("--mods", default="", metavar="COL[,COL]", help="Explain the effects by columns of numbers.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Of output."
)
def pool(
    evidence: Path,  # noqa: ARG001 - every command takes --evidence
    file: Path,
    measure: str,
    method: Method,
    test: str,
    by: str,
    mods: str,
    form: str,
) -> None:
    """Pool a CSV table of effects, one row a study, columns named as metafor's escalc does.

    \b
    RR OR RD PETO     ai bi ci di                   events and others, first arm, then second
    MD SMD SMDH ROM   m1i sd1i n1i m2i sd2i n2i     means, standard deviations, people
    IRR IRD           x1i t1i x2i t2i               events and person-time, first arm, then second
    COR ZCOR          ri ni                         correlations, people
    GEN               yi vi                         effects and their variances

    A column "label" may name the studies. Empty cells and NA are missing figures: the row is left out and named.
    RR, OR, PETO, ROM and IRR are pooled, and printed, as natural logarithms.

    \b
    backed pool trials.csv --measure MD
    backed pool trials.csv --measure RR --method PM --test hksj --format json
    backed pool trials.csv --measure SMD --by comparator --mods year,weeks
    """
    from .build import pool_file
    from .export import pooling_json
    from .render import pooling_lines

    columns = [name.strip() for name in mods.split(",") if name.strip()]
    done = pool_file(
        file, measure, method, cast("Test", TESTS.get(test, test)), list(dict.fromkeys(columns)), by.strip()
    )
    _print_problems(done.problems, err=True)
    if done.pooling is None:
        sys.exit(1)
    for line in [pooling_json(done.pooling)] if form == "json" else pooling_lines(done.pooling):
        click.echo(line)


def _need_site(site: Path) -> None:
    if not (site / "index.html").is_file():
        click.echo(f"There is no site in {site}. Run `backed build` first.", err=True)
        sys.exit(2)


def _print_problems(problems: Sequence[Problem], err: bool = False) -> None:
    for problem in problems:
        click.echo(as_text(problem), err=err)


def main() -> None:
    """Run the command line; whatever fails without being foreseen is said in one line with exit code 2."""
    gc.set_threshold(50_000, 20, 100)  # evidence is trees, which need no search for circles: loading takes half as long
    try:
        backed(standalone_mode=True)
    except Exception as fault:  # a traceback helps nobody who edits evidence; BACKED_DEBUG=1 shows it
        if os.environ.get("BACKED_DEBUG"):
            raise
        click.echo(f"backed could not go on ({type(fault).__name__}): {fault}. BACKED_DEBUG=1 shows where.", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
