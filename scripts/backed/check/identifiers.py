"""Rules about identifiers: can a DOI, a PMID, an ISSN, the number of a register be what is written there?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from ..bibliography import doi
from ..bibliography.forms import misfits
from ..bibliography.registers import REGISTERS, number_meant, register_named, register_of, year_of
from ..bibliography.slug import slug_of
from ..model import Name, Reference, Study
from ..problem import Severity, Where
from .rule import Base, Finding, rule

LAG = 3
"""How many years after the year in its DOI a work may be dated: submitted in one, accepted, put in an issue later."""


@rule("reference", in_browser=True)
def identifier_form(reference: Reference, base: Base) -> Iterator[Finding]:
    """DOI, PMID, PMCID, ISSN, ISBN and URL have a possible form, and their check digits are right.

    A DOI begins with `10.`, a registrant's number and a slash, and is written without `https://doi.org/`. A PMID is a
    number of at most eight digits; a PMCID begins with `PMC`. The last digit of an ISSN and of an ISBN is worked out
    from the others (ISO 3297, ISO 2108), so that a mistyped or exchanged digit shows. A DOI that lost its first
    character resolves nowhere. A URL is an address of the web, which begins with `https://` or `http://`: pages link to
    it, and a link of any other kind could do more than lead somewhere.

    Wrong: `doi = {0.1136/bjsports-2016-097383}`. Right: `doi = {10.1136/bjsports-2016-097383}`.
    """
    for misfit in misfits(reference):
        yield Finding((reference.key, misfit.field), misfit.said, misfit.hint, reference.file)


@rule("reference", Severity.WARNING)
def doi_whole(reference: Reference, base: Base) -> Iterator[Finding]:
    """A DOI is whole: no sign of the sentence around it at its end, and nothing cut off.

    A DOI may end in any sign (ISO 26324), so this asks a person to look; but a full stop, a comma or a bracket too many
    was nearly always copied with it (Crossref, DOIs and matching regular expressions, 2015), and a bracket that is
    opened and not closed says that the end is missing. Many publishers make DOIs of one look: `10.1136/bjsports-`, a
    year, six digits. One that begins so and goes on otherwise has lost or gained something.
    """
    if not doi.FORM.fullmatch(reference.doi):
        return
    said, meant = doi.loose_end(reference.doi)
    example = "" if said else doi.habit_broken(reference.doi)
    hint = f"did you mean `{meant}`?" if meant else "open https://doi.org/ with it"
    if example:
        said, hint = "its publisher makes DOIs of another look", f"as in {example}; {hint}"
    if said:
        yield Finding((reference.key, "doi"), f"`{reference.doi}` may not be whole: {said}", hint, reference.file)


@rule("reference", Severity.WARNING, in_browser=True)
def doi_year(reference: Reference, base: Base) -> Iterator[Finding]:
    """The year of a work agrees with the year its DOI holds.

    Some publishers put the year of submission or acceptance into the DOI: `10.1136/bjsports-2016-097383`,
    `10.1016/j.jpain.2019.04.009`, `10.1007/s00586-018-5788-5`. The work is dated that year or up to three years later;
    of the works in this evidence base none is more than two. Another year is a slip in one of the two, or an old work
    that got its DOI late.
    """
    held = doi.year_in(reference.doi)
    if held is None or not reference.year.isdigit() or 0 <= int(reference.year) - held <= LAG:
        return
    message = f"the work is dated {reference.year}, but its DOI `{reference.doi}` is of {held}"
    yield Finding((reference.key, "year"), message, "look at the work; correct the year or the DOI", reference.file)


@rule("study")
def key_names_work(study: Study, base: Base) -> Iterator[Finding]:
    """The citation key of a report names its first author and its year.

    Keys are `<first author>-<year>-<topic>`: `long-2004-directional-preference` is by Long, of 2004. Where the entry in
    the `.bib` says otherwise, one of them belongs to another work: a BibTeX entry pasted from the wrong page is found
    by nothing else. Accents are dropped in keys, and of a double name the last part is enough.
    """
    for index, key in enumerate(study.reports):
        reference = base.evidence.references.get(key)
        found = re.fullmatch(r"(.+?)-(\d{4})-.+", key)
        if reference is None or found is None:
            continue
        people = reference.authors or reference.editors
        first = people[0] if people else Name()
        at: Where = ("reports", index)
        # a name without a Latin letter cannot stand in a key
        if slug_of(first.family) and not _names(found[1], first):
            message = f"the key names `{found[1]}`, but the first author of the entry is {first.short}"
            yield Finding(at, message, f"is it the entry of another work? See {reference.file}")
        if reference.year and reference.year != found[2]:
            message = f"the key says {found[2]}, but the entry is of {reference.year}"
            yield Finding(at, message, f"correct the year in {reference.file}, or the key")


def _names(word: str, author: Name) -> bool:
    return any(slug == word or slug.endswith(f"-{word}") for slug in (slug_of(author.family), slug_of(author.short)))


@rule("study", in_browser=True)
def registration_form(study: Study, base: Base) -> Iterator[Finding]:
    """The number of a registration has the form of its register.

    ClinicalTrials.gov: `NCT` and 8 digits; ISRCTN: 8 digits; ANZCTR: `ACTRN126` and 11 digits, `p` after them while
    provisional; EudraCT: year, six digits, two check digits, with hyphens; EU trials since 2022: year, six digits that
    begin with 5, two, two; PROSPERO: `CRD4`, the year, 6 or 7 digits; ChiCTR, DRKS, UMIN, jRCT, NTR, CTRI and others.
    The forms are those of Salholz-Hillel's ctregistries (doi:10.5281/zenodo.16949292). A number that is too short leads
    nowhere, and two records of one trial are not seen to be one.
    """
    for index, entry in enumerate(study.registration):
        named, fits = register_named(entry.registry), register_of(entry.id)
        at: Where = ("registration", index)
        if named is None or (fits and named.name == fits.name):
            continue
        if fits:
            message = f"`{entry.id}` is a number of {fits.name}, not of {entry.registry}"
            yield Finding((*at, "registry"), message, f"write `registry: {fits.name}`")
            continue
        meant = number_meant(entry.id, named)
        hint = f"did you mean `{meant}`?" if meant else f"as in {named.example}"
        yield Finding((*at, "id"), f"`{entry.id}` is not a number of {named.name}", hint)


@rule("study", Severity.WARNING)
def register_known(study: Study, base: Base) -> Iterator[Finding]:
    """A register is called by its usual name.

    Only the number of a register known by its name can be checked, and two records of one trial are found by their
    numbers. Known are the primary registers of the WHO's platform (ICTRP), ClinicalTrials.gov, PROSPERO, INPLASY and
    OSF. Asked about is a name that is nearly one of these, or one whose number has the form of theirs; any other
    register is taken as it is.
    """
    names = {name: register.name for register in REGISTERS for name in register.names}
    for index, entry in enumerate(study.registration):
        if register_named(entry.registry) is None:
            fits = register_of(entry.id)
            near = get_close_matches(entry.registry, names, 1, 0.75)
            if fits or near:
                meant = fits.name if fits else names[near[0]]
                message = f"the register `{entry.registry}` is not known"
                yield Finding(("registration", index, "registry"), message, f"did you mean `{meant}`?")


@rule("study", Severity.WARNING, in_browser=True)
def registered_before_report(study: Study, base: Base) -> Iterator[Finding]:
    """A study is registered before its main report is published.

    Many registers put the year into their numbers: ACTRN12619001134112 is of 2019, CRD42016038882 of 2016. A
    number given out after the report was published is a slip in one of them. Journals that follow the ICMJE ask for
    registration before the first person is enrolled.
    """
    reference = base.evidence.main_reference(study)
    for index, entry in enumerate(study.registration):
        year = year_of(entry.id)
        if year and reference and reference.year.isdigit() and year > int(reference.year):
            message = f"`{entry.id}` was given out in {year}, but the main report is of {reference.year}"
            yield Finding(("registration", index, "id"), message, "look at both numbers again")
