"""`backed new`: begin a study from its citation, or a claim, a comparison or an article from a few answers."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..problem import as_text
from .group import EVIDENCE, backed, stop
from .intake import DRY_RUN, ID, ONLY_BIB, TO, evidence_in, finish

if TYPE_CHECKING:
    from ..intake import Named
    from ..intake.begin import Ask
    from ..model import Evidence, Reference


class _Kinds(click.Group):
    """The kinds of records; the options of most are read from the model, when somebody asks for them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*super().list_commands(ctx), *_FOLDERS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _FOLDERS:
            return _command(_FOLDERS[cmd_name], cmd_name)
        return super().get_command(ctx, cmd_name)


_FOLDERS = {"article": "articles", "claim": "claims", "comparison": "comparisons"}


@backed.group(cls=_Kinds)
def new() -> None:
    """Begin a new record; each kind takes --evidence and says more with --help.

    On a terminal what is missing is asked for. What is written lists every key with its meaning, those that must be
    there uncommented; `backed check FILE` names those still empty. No file is ever replaced.

    \b
    backed new study --doi 10.1097/01.brs.0000146464.23007.2a
    backed new study --author "Long, A" --year 2004 --title "Does it matter which exercise?"
    backed new article --title "Back tips" --publisher "A newspaper"
    backed new claim --article back-tips --claim "Walking lessens back pain."
    backed new comparison --title "Walking against nothing" --kind intervention
    """


@new.command()
@EVIDENCE
@click.option("--doi", default="", help="DOI of the main report; asked of Crossref unless a title is given.")
@click.option("--pmid", default="", help="PMID of the main report; asked of PubMed unless a title is given.")
@click.option("--author", "authors", multiple=True, help="'Family, Given', or 'Group,' with a comma; once for each.")
@click.option("--year", default="", help="Year of publication.")
@click.option("--title", default="", help="Title of the paper.")
@click.option("--journal", default="", help="Journal.")
@click.option("--volume", default="", help="Volume.")
@click.option("--number", default="", help="Number within the volume.")
@click.option("--pages", default="", help="Pages, as 1675-1682, or the article's number.")
@click.option("--topic", default="", help="Words for its topic, which end its id: duloxetine; else two of the title.")
@ID
@TO
@ONLY_BIB
@DRY_RUN
@click.option("--crossref", envvar="BACKED_CROSSREF", default=None, help="Address of Crossref's REST API, or its like.")
@click.option("--pubmed", envvar="BACKED_PUBMED", default=None, help="Address of NCBI's E-utilities, or their like.")
def study(
    evidence: Path,
    folder: Path | None,
    only_bib: bool,
    dry_run: bool,
    topic: str,
    name: str,
    crossref: str | None,
    pubmed: str | None,
    **given: Any,
) -> None:
    """Make a new study of a work that Crossref or PubMed knows (this needs the network), or that you describe.

    What is written, and what is left, is as with `backed import`.

    \b
    backed new study --doi 10.1097/01.brs.0000146464.23007.2a
    backed new study --pmid 15564907 --dry-run
    backed new study --author "Long, A" --author "May, S" --year 2004 --title "Does it matter which exercise?"
    backed new study --doi 10.1097/BRS.0000000000001707 --topic duloxetine
    """
    from ..intake import Citation, Findings, Known, Named, read_citations

    where, told = folder or evidence / "studies", dict(given)
    if not any(told.values()) and on_terminal():
        _ask_for_work(told)
    if any(value for option, value in told.items() if option not in {"doi", "pmid"}):
        described, base = _described(told), evidence_in(evidence)
        named = _named(name, topic, base, described.year)
        _doubt_names(described)
        finish(base, [Citation(described)], (), where, only_bib=only_bib, dry_run=dry_run, named=named, done="make")
    work, kind = _asked(told["doi"], told["pmid"])
    base = evidence_in(evidence)
    if there := Known(base).place_of(kind, work):
        click.echo(f"already there: {kind.upper()} {work} is {there}")
        return
    answer = answer_about(work, kind, crossref, pubmed)
    findings = Findings(f"Crossref:{work}" if kind == "doi" else f"PubMed:{work}")
    citations = read_citations(answer, findings).citations
    about = [getattr(citation.reference, kind).lower() for citation in citations]
    if not findings.problems and about != [work.lower()]:
        stop(f"the answer is about {', '.join(about) or 'nothing'}, not about {work}: nothing was written")
    named = _named(name, topic, base, citations[0].reference.year) if citations else Named()
    finish(base, citations, findings.all(), where, only_bib=only_bib, dry_run=dry_run, named=named, done="make")


def _named(name: str, topic: str, base: Evidence, year: str) -> Named:
    """Return how the study is to be named; an id that cannot be ends the command with exit code 2."""
    from ..intake import Named, name_fault

    if name and topic:
        stop("give --id or --topic, not both")
    if name and (fault := name_fault(name, base, year)):
        stop(f"--id: {fault}")
    return Named(name, topic)


def _doubt_names(work: Reference) -> None:
    """Say what was made of the names and the kind of a work that somebody typed, where that may not be meant."""
    for author in work.authors:
        if author.literal and not author.family:
            click.echo(f"{author.literal!r} is taken for a group; of a person give 'Family, Given'", err=True)
    if work.type == "misc":
        click.echo("no --journal given: the entry is of the kind `misc`, which counts as news, no evidence", err=True)


def on_terminal() -> bool:
    """Say whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _ask_for_work(told: dict[str, Any]) -> None:
    """Ask for an identifier, and where there is none for what a citation needs; what cannot be is asked for again."""
    found = _prompt("DOI or PMID (Enter to describe the work yourself)", _identifier_fault)
    if found:
        told["pmid" if found.isdecimal() else "doi"] = found
        return
    told["title"] = click.prompt("Title of the paper")
    authors = click.prompt("Authors, as 'Family, Given; Family, Given' (a group ends in a comma)")
    told["authors"] = tuple(filter(None, map(str.strip, authors.split(";"))))
    told["year"] = _prompt("Year", _year_fault)
    for name, ask in (("journal", "Journal"), ("volume", "Volume"), ("number", "Number"), ("pages", "Pages")):
        told[name] = click.prompt(f"{ask} (Enter for none)", default="", show_default=False)
    told["doi"] = _prompt("DOI (Enter for none)", lambda text: _doi_fault(text) if text else "")
    told["pmid"] = _prompt("PMID (Enter for none)", lambda text: _pmid_fault(text) if text else "")


def _prompt(question: str, fault_of: Callable[[str], str]) -> str:
    """Return an answer in which nothing is wrong, without blanks around it."""
    while True:
        text: str = click.prompt(question, default="", show_default=False).strip()
        if not (fault := fault_of(text)):
            return text
        click.echo(fault)


def _identifier_fault(text: str) -> str:
    return (_pmid_fault(text) if text.isdecimal() else _doi_fault(text)) if text else ""


def _year_fault(text: str) -> str:
    return "" if re.fullmatch(r"(?:1[5-9]|20)\d{2}", text.strip(), re.ASCII) else f"{text!r} is no year, as 2004 is one"


def _pmid_fault(text: str) -> str:
    whole = re.fullmatch(r"[1-9]\d{0,7}", text.strip(), re.ASCII)
    return "" if whole else f"{text!r} is no PMID: a number of up to eight digits, as 15564907"


def _doi_fault(text: str) -> str:
    from ..bibliography.doi import FORM
    from ..intake import doi_of

    return "" if FORM.fullmatch(doi_of(text)) else f"{text!r} is no DOI, as 10.1097/01.brs.0000146464.23007.2a is one"


def _described(told: Mapping[str, Any]) -> Reference:
    """Return the work that options describe; what is missing or has no such form ends the command."""
    from ..intake.values import pages_of, person, plain
    from ..model import Reference

    if missing := [f"--{name.rstrip('s')}" for name in ("title", "authors", "year") if not told[name]]:
        stop(f"a citation needs {', '.join(missing)} too")
    if fault := _year_fault(told["year"]):
        stop(fault)
    text = {name: plain(told[name]) for name in ("title", "journal", "volume", "number")}
    return Reference(
        "",
        "article" if text["journal"] else "misc",
        text["title"],
        tuple(map(person, told["authors"])),
        journal=text["journal"],
        year=told["year"].strip(),
        volume=text["volume"],
        number=text["number"],
        pages=pages_of(told["pages"]),
        doi=_asked(told["doi"], "")[0] if told["doi"] else "",
        pmid=_asked("", told["pmid"])[0] if told["pmid"] else "",
    )


def _asked(doi: str, pmid: str) -> tuple[str, str]:
    """Return the identifier that was given, in its plain form, and which it is: ``doi`` or ``pmid``."""
    from ..intake import doi_of

    if bool(doi) == bool(pmid):
        stop(
            "give either --doi DOI or --pmid PMID, or --title, --author and --year (with --doi and --pmid, if it has"
            " them); a citation that you have as a file: backed import FILE"
        )
    if fault := _pmid_fault(pmid) if pmid else _doi_fault(doi):
        stop(fault)
    return (pmid.strip(), "pmid") if pmid else (doi_of(doi), "doi")


def answer_about(work: str, name: str, crossref: str | None, pubmed: str | None) -> bytes:
    """Return what Crossref or PubMed says of a DOI or PMID; where it says nothing the command ends with exit code 2."""
    from ..intake import CROSSREF, PUBMED, FetchError, crossref_answer, pubmed_answer

    try:
        if name == "doi":
            return crossref_answer(work, crossref or CROSSREF)
        return pubmed_answer(work, pubmed or PUBMED)
    except FetchError as fault:
        stop(str(fault))


def _command(kind: str, singular: str) -> click.Command:
    """Return the command that begins a record of a kind: an option for everything that is asked."""
    from ..intake.begin import ASKED

    params: list[click.Parameter] = [
        click.Option([f"--{ask.option}"], default="", help=_meaning(kind, ask)) for ask in ASKED[kind]
    ]
    params.append(click.Option(["--id", "name"], default="", help="Its id; else made of its first words."))

    def run(evidence: Path, dry_run: bool, name: str, **given: str) -> None:
        _begin(kind, evidence, dry_run, name, given)

    about = f"Begin {'an' if singular[0] in 'aeiou' else 'a'} {singular}; several terms stand with commas between."
    return EVIDENCE(DRY_RUN(click.Command(singular, params=params, callback=run, help=about)))


def _meaning(kind: str, ask: Ask) -> str:
    """Return what is asked for: of a text what it is about, not that it is English."""
    from ..intake.begin import Ask, asked_part

    part = asked_part(kind, Ask(ask.at[:-1]) if ask.at[-1] == "en" else ask)
    return part.meaning + (f" One of: {', '.join(part.choices)}." if part.choices else "")


def _begin(kind: str, root: Path, dry_run: bool, name: str, given: Mapping[str, str]) -> None:
    """Write the file of a new record, or say what is missing or wrong and end with exit code 2."""
    from ..intake import write_files
    from ..intake.begin import ASKED, AnswerError, begun

    told = {ask: given[ask.option.replace("-", "_")].strip() for ask in ASKED[kind]}
    base = evidence_in(root, doubles=False)
    if on_terminal():
        for ask in ASKED[kind]:
            told[ask] = told[ask] or _asked_for(kind, ask, base, told)
    elif missing := [f"--{ask.option}" for ask, text in told.items() if ask.needed and not text]:
        stop(f"give {', '.join(missing)}; --help says what else can be given")
    try:
        answers = {ask.at: _taken(kind, ask, text, base, told) for ask, text in told.items() if text}
        path, text = begun(kind, answers, base, name)
    except AnswerError as fault:
        stop(str(fault))
    if not dry_run and (problem := write_files([(path, text)])):
        click.echo(as_text(problem))
        sys.exit(1)
    click.echo(f"{'would begin' if dry_run else 'began'} {path.as_posix()}")
    if not dry_run:
        click.echo(f"next: complete it; `backed check {path.as_posix()}` says what is missing")


def _taken(kind: str, ask: Ask, text: str, base: Evidence, told: Mapping[Ask, str]) -> Any:
    from ..intake.begin import AnswerError, asked_part, records_meant, taken_answer

    try:
        return taken_answer(text, asked_part(kind, ask), base, records_meant(ask, told, base))
    except AnswerError as fault:
        raise AnswerError(f"--{ask.option}: {fault}") from fault


def _asked_for(kind: str, ask: Ask, base: Evidence, told: Mapping[Ask, str]) -> str:
    """Ask on the terminal until the answer can be taken; Enter takes the default, or leaves empty what may be so."""
    from ..intake.begin import AnswerError, records_meant

    default = str(date.today()) if ask.at[-1] == "on" else ask.default
    meant = records_meant(ask, told, base)
    words = _meaning(kind, ask) + (f" One of: {', '.join(meant)}." if meant else "")
    words += "" if ask.needed or default else " (Enter for none)"
    while True:
        text: str = click.prompt(words, default=default or (None if ask.needed else ""), show_default=bool(default))
        if not text.strip():
            return ""
        try:
            _taken(kind, ask, text, base, told)
        except AnswerError as fault:
            click.echo(str(fault))
        else:
            return text.strip()
