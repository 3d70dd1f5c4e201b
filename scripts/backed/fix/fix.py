"""A file of the evidence to the same file, mended where that is safe, and to what was done."""

from __future__ import annotations

import os
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..load import Outline, Tree, outline, read_text, read_yaml, validate
from ..model import KINDS, VOCABULARIES, keys_at
from ..problem import Problem, Severity, Where
from .bib import fix_bib
from .figures import put, typeset_figures, with_figures
from .layout import UnclearError, lay_out

_OTHER_LINE_ENDS = re.compile("[\u0085\u2028\u2029\t\f\v]")


@dataclass(frozen=True)
class Fixed:
    """What was mended in a file, in words; or, where it needed mending and was left alone, why."""

    path: Path
    done: tuple[str, ...] = ()
    left: str = ""


def fix(root: Path, path: Path) -> Fixed:
    """Mend one file below an evidence folder, in its place and all at once; return what was done.

    Records, vocabularies and bibliographies are mended, anything else is left. A file with a fault of form is never
    touched, but for figures whose only fault is a typeset minus sign.
    """
    text, problems = read_text(path, path.as_posix())
    kind = path.relative_to(root).parts[0]
    if path.is_symlink() or (path.suffix == ".yaml" and kind not in {*KINDS, "vocabularies"}):
        return Fixed(path)
    if text is None or problems:
        return Fixed(path, left="it cannot be read")
    if path.suffix == ".bib":
        mended, done, left = fix_bib(text, path.as_posix())
    elif path.suffix == ".yaml":
        mended, done, left = fix_yaml(text, path.as_posix(), kind, path.stem)
    else:
        return Fixed(path)
    if path.read_bytes() == mended.encode():
        return Fixed(path, left=left)
    _write(path, mended)
    return Fixed(path, tuple(done or ["line ends"]), left)


def fix_yaml(text: str, file: str, kind: str, name: str) -> tuple[str, list[str], str]:
    """Return the mended text of a record or vocabulary, what was mended, and why not more.

    What the text says is read again afterwards: it is the same but for the figures mended, and so are its comments;
    otherwise the layout is left as it was.
    """
    unix = text.replace("\r\n", "\n")
    tree, faults = read_yaml(unix, file)
    faults = faults or _faults(tree, file, kind, name)
    figures = typeset_figures(tree.data, faults)
    if len(figures) < len(faults) or (root := outline(tree)) is None or _OTHER_LINE_ENDS.search(unix):
        return text, [], "it has a fault of form" if faults else "it is empty, or holds unusual blanks"
    mended = with_figures(unix, root, figures)
    done = [f"minus sign of {figure}" for figure in figures.values()]
    meant = tree.data
    for at, figure in figures.items():
        meant = put(meant, at, figure)
    tree, faults = read_yaml(mended, file)
    if faults or tree.data != meant or _faults(tree, file, kind, name):
        return text, [], "it has a fault of form"
    laid, left = _laid_out(mended, tree, kind, file)
    done += _told(tree, read_yaml(laid, file)[0], (mended, laid))
    return laid, done, left


def _laid_out(text: str, tree: Tree, kind: str, file: str) -> tuple[str, str]:
    """Return the text in canonical layout, or as it is and why."""
    root = outline(tree)
    try:
        laid = lay_out(text, root, lambda at: _keys(kind, file, at)) if root else text
    except UnclearError as fault:
        return text, str(fault)
    after, faults = read_yaml(laid, file)
    anew = outline(after)
    same = not faults and after.data == tree.data and anew and root and _comments(laid, anew) == _comments(text, root)
    return (laid, "") if same else (text, "its layout is unusual")


def _keys(kind: str, file: str, at: Where) -> tuple[str, ...]:
    if kind != "vocabularies":
        return keys_at(KINDS[kind], at)
    return keys_at(VOCABULARIES[Path(file).stem], at[1:]) if at else ()


def _faults(tree: Tree, file: str, kind: str, name: str) -> list[Problem]:
    given = {"id": name, "file": file}
    if kind != "vocabularies":
        return validate(KINDS[kind], tree, file, given)[1]
    if name not in VOCABULARIES or not isinstance(tree.data, dict):
        return [Problem("unexpected-file", Severity.ERROR, file, "no vocabulary")]
    none: Mapping[str, str] = {}
    return [fault for term in tree.data for fault in validate(VOCABULARIES[name], tree, file, none, (term,))[1]]


def _comments(text: str, root: Outline) -> Counter[str]:
    """Count the comments, by their words: what follows a # outside every key and scalar."""
    lines = text.split("\n")
    for part in root.scalars():
        (line, column), (last, end) = part.start, part.end
        if part.style == "folded":  # a comment may stand behind the sign that begins it
            line, column = line + 1, 0
        for number in range(line, min(last, len(lines) - 1) + 1):
            begin, stop = column if number == line else 0, end if number == last else len(lines[number])
            lines[number] = lines[number][:begin] + "." * (stop - begin) + lines[number][stop:]
    return Counter(found.rstrip() for line in lines for found in re.findall(r"(?:^|(?<=\s))#.*$", line))


def _told(before: Tree, after: Tree, texts: tuple[str, str]) -> Iterator[str]:
    """Yield what the layout changed, in words."""
    if repr(before.data) != repr(after.data):
        yield "order of keys"
    if Counter(filter(str.isspace, texts[0])) != Counter(filter(str.isspace, texts[1])):
        yield "layout"


def _write(path: Path, text: str) -> None:
    """Put a text in a file's place at once, so that nobody ever sees half of it; permissions stay."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
        Path(name).chmod(path.stat().st_mode & 0o7777)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
