"""Bytes of a citation file to text, in whatever encoding a reference manager wrote it."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from .citation import Findings
from .places import Places

LARGEST = 20_000_000
"""Bytes; a thousand citations of PubMed in XML, the longest form there is. A file is held in memory as a whole."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,100}?\sencoding=["'](?P<name>[A-Za-z0-9._-]{3,20})["']""")
_ALLOWED = re.compile(r"utf-?8|us-ascii|ascii|iso-8859-\d{1,2}|windows-125\d", re.IGNORECASE)
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""A character that stands in no text."""


def read_file(path: Path, findings: Findings, largest: int = LARGEST) -> bytes | None:
    """Return what stands in a file; None with a fault where it cannot be read or is larger than ``largest`` bytes."""
    try:
        if path.is_dir():
            findings.fault("this is a folder, not a file", "name the files in it", 1)
            return None
        if path.exists() and not path.is_file():
            findings.fault("this is no file", "name a file with citations", 1)
            return None
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except OSError as fault:
        findings.fault(f"the file cannot be read: {fault.strerror or fault}", "check its name and permissions", 1)
        return None
    if len(content) > largest:
        hint = "export fewer citations at a time"
        findings.fault(f"the file is larger than {largest / 1_000_000:g} MB; nothing of it was read", hint, 1)
        return None
    return content


def decode(content: bytes, findings: Findings) -> str:
    """Return the text of a citation file; lines end in a newline character.

    UTF-8, UTF-16 and UTF-32 are known by their first bytes, XML by its declaration. Otherwise each line that is not
    UTF-8 is taken for Windows-1252, as older programs write it, and a doubt names the first one. Characters that stand
    in no text (NUL) stay, and a doubt names the first one.
    """
    text = _text(content, findings).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = text.rstrip("\x1a\x00")  # old programs end a file with these
    forbidden = FORBIDDEN.search(text)
    if forbidden:
        line, column = Places(text)(forbidden.start())
        message = f"the character U+{ord(forbidden[0]):04X} cannot stand in a text"
        findings.doubt(message, "remove it; a citation that holds it is not imported", line, column)
    return text


def _text(content: bytes, findings: Findings) -> str:
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "") or _without_mark(content)
    declared = _DECLARED.match(content)
    if declared and not encoding:
        name = declared["name"].decode("ascii")
        encoding = name if _ALLOWED.fullmatch(name) and _is_known(name) else ""
    if encoding and not re.fullmatch(r"utf-?8|(?:us-)?ascii", encoding, re.IGNORECASE):
        text = content.decode(encoding, errors="replace")
        if "\ufffd" in text:
            line, column = Places(text)(text.index("\ufffd"))
            findings.doubt(f"here the file is not {encoding.upper()}", "was it cut off? Export it again", line, column)
        return text
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _line_by_line(content, findings)


def _is_known(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True


def _without_mark(content: bytes) -> str:
    """Return UTF-16 with its order of bytes for a file in which every other byte of the start is NUL, else ''."""
    start = content[:64]
    even, odd = start[::2], start[1::2]
    if len(start) >= 8 and odd.count(0) > 0.8 * len(odd) and not even.count(0):
        return "utf-16-le"
    return "utf-16-be" if len(start) >= 8 and even.count(0) > 0.8 * len(even) and not odd.count(0) else ""


def _line_by_line(content: bytes, findings: Findings) -> str:
    lines: list[str] = []
    strange: list[tuple[int, int, int]] = []
    for number, line in enumerate(re.split(rb"\r\n|\r|\n", content), 1):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError as fault:
            strange.append((number, len(line[: fault.start].decode("utf-8")) + 1, line[fault.start]))
            lines.append(line.decode("windows-1252", errors="replace"))
    number, column, byte = strange[0]
    more = f" and {len(strange) - 1} more lines" if len(strange) > 1 else ""
    message = f"the byte {byte:#04x} is not UTF-8; this line{more} was read as Windows-1252"
    findings.doubt(message, "look at the accents in what was imported, or save the file as UTF-8", number, column)
    return "\n".join(lines)
