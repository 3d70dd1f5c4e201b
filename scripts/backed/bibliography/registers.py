"""Registers of trials and reviews: what their numbers look like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile


@dataclass(frozen=True)
class Register:
    """A register by its names, the form of its numbers (a group ``year`` where they hold one), and an example."""

    names: tuple[str, ...]
    form: re.Pattern[str]
    example: str

    @property
    def name(self) -> str:
        """Return the name it is best called by."""
        return self.names[0]

    @property
    def letters(self) -> str:
        """Return the letters with which its numbers begin, or ''."""
        return "".join(takewhile(str.isalpha, self.example))


def _register(names: str, form: str, example: str) -> Register:
    return Register(tuple(names.split("|")), re.compile(form), example)


REGISTERS = (
    _register("ClinicalTrials.gov|NCT", r"NCT\d{8}", "NCT01467843"),
    _register("ISRCTN|ISRCTN registry", r"ISRCTN\d{8}", "ISRCTN12345678"),
    _register("ANZCTR|ACTRN", r"ACTRN126(?P<yy>\d\d)\d{9}p?", "ACTRN12619001134112"),
    _register("EudraCT|EU Clinical Trials Register|EUCTR", r"(?P<year>20\d\d)-0\d{5}-\d\d", "2004-002714-11"),
    _register(
        "CTIS|EU CT|EU clinical trials information system", r"(?P<year>20\d\d)-5\d{5}-\d\d-\d\d", "2022-500024-30-00"
    ),
    _register("ChiCTR", r"ChiCTR(?:-[A-Z]{3,4}-\d{8}|\d{10})", "ChiCTR2000030000"),
    _register("DRKS", r"DRKS\d{8}", "DRKS00005115"),
    _register("UMIN-CTR|UMIN|JPRN", r"(?:JPRN-)?UMIN\d{9}", "UMIN000012345"),
    _register("jRCT", r"(?:JPRN-)?jRCT(?:[a-z]\d{9}|\d{10})", "jRCTs031180001"),
    _register("JapicCTI", r"(?:JPRN-)?JapicCTI-\d{6}", "JapicCTI-123456"),
    _register("JMACCT", r"(?:JPRN-)?JMA-IIA\d{5}", "JMA-IIA00123"),
    _register("NTR|Netherlands Trial Register|LTR", r"(?:NTR|NL)\d{1,5}|NL-OMON\d{4,6}", "NTR1234"),
    _register("CTRI", r"CTRI/(?P<year>20\d\d)/\d{2,3}/\d{6}", "CTRI/2019/05/123456"),
    _register("CRiS|KCT", r"KCT\d{7}", "KCT0001234"),
    _register("IRCT", r"IRCT\d{10,14}N\d{1,3}", "IRCT20180101038123N1"),
    _register("PACTR", r"PACTR(?P<year>20\d\d)\d{11,12}", "PACTR201912345678901"),
    _register("ReBEC|RBR", r"RBR-[0-9a-z]{6,7}", "RBR-2abc3d"),
    _register("RPCEC", r"RPCEC\d{8}", "RPCEC00000123"),
    _register("SLCTR", r"SLCTR/(?P<year>20\d\d)/\d{3}", "SLCTR/2018/012"),
    _register("TCTR", r"TCTR(?P<year>20\d\d)\d{7}", "TCTR20190412003"),
    _register("PROSPERO", r"CRD4(?P<year>20\d\d)\d{6,7}", "CRD42016038882"),
    _register("INPLASY", r"INPLASY(?P<year>20\d\d)\d{5}", "INPLASY202040023"),
    _register("OSF|Open Science Framework", r"10\.17605/OSF\.IO/[0-9A-Z]{5}", "10.17605/OSF.IO/AB3CD"),
)
"""The WHO's primary registers, ClinicalTrials.gov, and registers of reviews.

The forms are those by which the registers' numbers are found in papers (Salholz-Hillel M, ctregistries, 2022,
doi:10.5281/zenodo.16949292); CTIS has the form of its first trial, 2022-500024-30-00; PROSPERO the twelve digits of
bioregistry.io, and eleven as in CRD42016038882.
"""

_BY_NAME = {name.casefold(): register for register in REGISTERS for name in register.names}


def register_named(name: str) -> Register | None:
    """Return the register of that name, however it is capitalised, or None."""
    return _BY_NAME.get(" ".join(name.split()).casefold())


def register_of(number: str) -> Register | None:
    """Return the register whose numbers look like this one, or None."""
    return next((register for register in REGISTERS if register.form.fullmatch(number)), None)


def number_meant(text: str, register: Register | None = None) -> str:
    """Return the number that a text without its exact form was likely meant to be, or ''.

    Spaces, an address around it, ``#`` and the wrong capitals are seen through, and digits that lack their letters get
    them back; with a register, only its numbers are thought of.
    """
    tight = re.sub(r"[\s#]+", "", text)
    for one in (register,) if register else REGISTERS:
        for whole in (tight, one.letters + tight):
            found = re.search(one.form.pattern + r"(?!\d)", whole, re.IGNORECASE)
            shaped = one.letters + found[0][len(one.letters) :] if found else ""
            if one.form.fullmatch(shaped):
                return shaped
    return ""


def plain_number(registry: str, number: str) -> str:
    """Return a number of a register in the one form by which two entries of one study are seen to be the same."""
    register, plain = register_named(registry), "".join(number.split())
    if register is None or register.form.fullmatch(plain):
        return plain.upper()
    return number_meant(plain, register).upper() or plain.upper()


def year_of(number: str) -> int | None:
    """Return the year in which a number was given out, where it holds one, or None."""
    register = register_of(number)
    found = register.form.fullmatch(number) if register else None
    groups = found.groupdict() if found else {}
    if groups.get("year"):
        return int(groups["year"])
    return 2000 + int(groups["yy"]) if groups.get("yy") else None
