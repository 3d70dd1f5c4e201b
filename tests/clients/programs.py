"""Programs that read citation files: pandoc, biber and bibutils."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from .biblatexml import read_biblatexml
from .csl import read_csl_json
from .held import Read
from .mods import read_mods


def _run(command: Sequence[str], folder: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, encoding="utf-8", timeout=300)
    assert done.returncode == 0, f"{command[0]}: {done.stdout}{done.stderr}"
    return done


def _with_file(text: str, ending: str, command: Callable[[str], Sequence[str]]) -> subprocess.CompletedProcess[str]:
    with TemporaryDirectory() as folder:
        name = f"references.{ending}"
        Path(folder, name).write_bytes(text.encode())
        return _run(command(name), folder)


def pandoc(form: str) -> Callable[[str], list[Read]]:
    """Return the reading of pandoc's reader of that name."""

    def read(text: str) -> list[Read]:
        return read_csl_json(_with_file(text, "txt", lambda name: ["pandoc", "-f", form, "-t", "csljson", name]).stdout)

    return read


def bibutils(program: str) -> Callable[[str], list[Read]]:
    """Return the reading of one of bibutils' programs (``bib2xml``)."""

    def read(text: str) -> list[Read]:
        return read_mods(_with_file(text, "txt", lambda name: [program, "-un", name]).stdout)

    return read


def read_biber(text: str) -> list[Read]:
    """Return what biber understood of a BibLaTeX text: its XML, and keywords, which only its BibTeX has."""
    with TemporaryDirectory() as folder:
        Path(folder, "references.bib").write_bytes(text.encode())
        for form in ("biblatexml", "bibtex"):
            _run(["biber", "--tool", f"--output-format={form}", f"--output-file=read.{form}", "references.bib"], folder)
        found = read_biblatexml(Path(folder, "read.biblatexml").read_text(encoding="utf-8"))
        entries = Path(folder, "read.bibtex").read_text(encoding="utf-8")
    keywords = dict(re.findall(r"^@\w+\{(.*),\n(?:  .*\n)*?  KEYWORDS = \{(.*)\},$", entries, re.MULTILINE))
    return [replace(one, texts={**one.texts, "keywords": _listed(keywords.get(one.key, ""))}) for one in found]


def _listed(keywords: str) -> str:
    return ", ".join(word.strip() for word in keywords.split(","))


def biber_warnings(text: str) -> list[str]:
    """Return biber's warnings and errors about a BibLaTeX text, its data model included."""
    command = _with_file(text, "bib", lambda name: ["biber", "--tool", "--validate-datamodel", name])
    return [line for line in command.stdout.splitlines() if re.match(r"(WARN|ERROR|FATAL)", line)]


def version(command: Sequence[str]) -> str:
    """Return the version a program states of itself (``3.1.2``)."""
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8", timeout=60)
    stated = re.search(r"\d+(?:\.\d+)+", done.stdout + done.stderr)
    assert stated, f"{command[0]} does not say its version"
    return stated[0]
