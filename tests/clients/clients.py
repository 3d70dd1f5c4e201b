"""Every program with which a citation file is read again, by the format it reads."""

from __future__ import annotations

import importlib.metadata
import shutil
from collections.abc import Callable
from dataclasses import dataclass

from .held import Read
from .libraries import read_bibtexparser, read_nbib, read_pybtex, read_rispy
from .programs import bibutils, pandoc, read_biber, version


@dataclass(frozen=True)
class Client:
    """A program that reads a format (``form`` is the format's id); ``program`` is '' for a Python library."""

    form: str
    name: str
    read: Callable[[str], list[Read]]
    program: str = ""
    asked: str = "--version"
    by_order: bool = False

    @property
    def is_here(self) -> bool:
        """Say whether it can be run on this computer."""
        return not self.program or shutil.which(self.program) is not None

    @property
    def version(self) -> str:
        """Return its version."""
        if self.program:
            return version([self.program, self.asked])
        return importlib.metadata.version(self.name)


CLIENTS = (
    Client("bibtex", "pybtex", read_pybtex),
    Client("bibtex", "bibtexparser", read_bibtexparser),
    Client("bibtex", "pandoc", pandoc("bibtex"), "pandoc"),
    Client("bibtex", "bibutils", bibutils("bib2xml"), "bib2xml", "-v"),
    Client("biblatex", "biber", read_biber, "biber"),
    Client("biblatex", "pandoc", pandoc("biblatex"), "pandoc"),
    Client("biblatex", "bibutils", bibutils("biblatex2xml"), "biblatex2xml", "-v"),
    Client("ris", "rispy", read_rispy),
    Client("ris", "bibutils", bibutils("ris2xml"), "ris2xml", "-v"),
    Client("csl-json", "pandoc", pandoc("csljson"), "pandoc"),
    Client("nbib", "nbib", read_nbib, by_order=True),
    Client("endnote-xml", "bibutils", bibutils("endx2xml"), "endx2xml", "-v"),
)
