"""Mending: only what is safe, the same data before and after, and nothing to do the second time."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from backed.examine import examine
from backed.fix import fix
from backed.fix.bib import fix_bib
from backed.fix.fix import fix_yaml
from backed.load import Plain, read_yaml
from backed.model import KINDS, keys_at
from backed.problem import Where

TOY = Path(__file__).parent / "toy" / "evidence"
RECORDS = sorted(path for kind in KINDS for path in (TOY / kind).rglob("*.yaml"))
VOCABULARIES = sorted((TOY / "vocabularies").glob("*.yaml"))


def kind_of(path: Path) -> str:
    return path.relative_to(TOY).parts[0]


def mended(text: str, path: Path) -> str:
    """Mend a text as if it stood at a path of the toy base; fail if its data change or there is more to mend."""
    result, _, _ = fix_yaml(text, path.as_posix(), kind_of(path), path.stem)
    before, after = read_yaml(text.replace("\r\n", "\n"), "before")[0], read_yaml(result, "after")[0]
    assert after.data == before.data
    again, done, _ = fix_yaml(result, path.as_posix(), kind_of(path), path.stem)
    assert (again, done) == (result, [])
    return result


def out_of_order(data: Plain, kind: str, at: Where = ()) -> list[Where]:
    """Return the paths of mappings whose keys do not stand in the order of the model."""
    found: list[Where] = []
    if isinstance(data, dict):
        known = [key for key in keys_at(KINDS[kind], at) if key in data]
        found += [at] if known and known != list(data) else []
        found += [one for key, value in data.items() for one in out_of_order(value, kind, (*at, key))]
    if isinstance(data, list):
        found += [one for index, value in enumerate(data) for one in out_of_order(value, kind, (*at, index))]
    return found


@pytest.mark.parametrize("path", RECORDS + VOCABULARIES, ids=lambda path: path.stem)
def test_every_record_keeps_its_data_and_is_mended_once(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    result = mended(text, path)
    assert sorted(text.split()) == sorted(result.split()) or sorted(text) == sorted(result)


def shuffled(data: Plain, random: Random) -> Plain:
    if isinstance(data, dict):
        return {key: shuffled(data[key], random) for key in random.sample(list(data), len(data))}
    return [shuffled(item, random) for item in data] if isinstance(data, list) else data


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(RECORDS), st.integers(0, 999), st.integers(2, 6), st.sampled_from([None, True, False]))
def test_any_layout_of_a_record_gets_its_keys_in_order(path: Path, seed: int, indent: int, flow: bool | None) -> None:
    random = Random(seed)
    data = shuffled(read_yaml(path.read_text(encoding="utf-8"), "toy")[0].data, random)
    width = random.choice([40, 80, 1000])
    text = yaml.safe_dump(
        data, sort_keys=False, indent=indent, default_flow_style=flow, width=width, allow_unicode=True
    )
    text = (
        "".join(f"{line}{random.choice(['', '', '  ', ' # seen'])}\n" for line in text.splitlines())
        if not flow
        else text
    )
    if read_yaml(text, "dumped")[0].data != data:
        return  # the comment fell into a text
    result = mended(text, path)
    assert result.count("# seen") == text.count("# seen")
    if not flow and width == 1000:
        assert out_of_order(read_yaml(result, "after")[0].data, kind_of(path)) == []
        assert "  \n" not in result


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(RECORDS),
    st.integers(0, 10_000),
    st.text("{}[],:#-'\"|> \n\té\u2028x1", max_size=4),
    st.integers(0, 3),
)
def test_no_slip_makes_it_fail_or_change_what_is_said(path: Path, place: int, put: str, cut: int) -> None:
    text = path.read_text(encoding="utf-8")
    place %= len(text)
    mended(text[:place] + put + text[place + cut :], path)


STUDY = TOY / "studies/2001/toy-2001-walking.yaml"


def test_comments_go_with_what_they_stand_at_and_texts_stay_as_written() -> None:
    text = STUDY.read_text(encoding="utf-8").replace("\r\n", "\n")
    head, rest = text.split("reports:", 1)
    reports, below = rest.split("\n", 1)
    moved = f"# of the file\n\n# of the reports\nreports:{reports}   # beside them\n\n\n\n{head}{below}# at the end\n"
    result = mended(moved, STUDY)
    assert result.startswith("# of the file\n")
    assert f"reports:{reports}   # beside them\n" in result
    assert result.index("title:") < result.index("reports:") < result.index("design:")
    assert "\n\n\n" not in result
    assert result.endswith("# at the end\n")
    for line in text.splitlines():
        assert line.strip() in result


def test_a_comment_above_a_key_moves_with_it() -> None:
    text = STUDY.read_text(encoding="utf-8").replace("    measure: mean-difference\n", "", 1)
    text = text.replace("  - id: ", "  - id: ", 1)
    first = text.index("    outcome: ", text.index("effects:"))
    text = f"{text[:first]}    # how it is said\n    measure: mean-difference\n{text[first:]}"
    result = mended(text, STUDY)
    lines = result.splitlines()
    place = lines.index("    # how it is said")
    assert lines[place + 1] == "    measure: mean-difference"
    assert place > next(number for number, line in enumerate(lines) if line.startswith("    outcome: "))


@pytest.mark.parametrize(
    ("messy", "clean"),
    [
        ("status:   {state:    current}", "status: {state: current}"),
        ("status: { state: current }", "status: {state: current}"),
        ("status:\n      state: current", "status:\n  state: current"),
        ("status:\n    state: current   ", "status:\n  state: current"),
        ("limits:\n- {nl: b, en: a}", "limits:\n  - {en: a, nl: b}"),
        (
            "limits:\n-   en: a\n    nl: |-\n        b\n          c",
            "limits:\n  - en: a\n    nl: |-\n      b\n        c",
        ),
        ("limits: [{en: \"a # b\",nl: 'c'}]", "limits: [{en: \"a # b\", nl: 'c'}]"),
        ("limits:\n  - en: 'a\n\n      b'", "limits:\n  - en: 'a\n\n      b'"),
        ("limits:\n  - en: >-  # folded\n       a\n\n       b", "limits:\n  - en: >-  # folded\n      a\n\n      b"),
    ],
)
def test_layout(messy: str, clean: str) -> None:
    text = STUDY.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("status:")]
    kept = "\n".join(lines[: next(i for i, line in enumerate(lines) if line.startswith("limits:"))])
    tail = "\n".join(lines[next(i for i, line in enumerate(lines) if line.startswith("extraction:")) :])
    if messy.startswith("limits"):
        result = mended(f"{kept}\n{messy}\n{tail}\n", STUDY)
    else:
        result = mended(f"{kept}\n{tail}\n{messy}\n", STUDY)
    assert f"\n{clean}\n" in result


@pytest.mark.parametrize("minus", ["−", "–", "‐", "— "])
@pytest.mark.parametrize("quote", ['"', "'", ""])
def test_a_typeset_minus_in_a_figure_is_mended_and_nowhere_else(minus: str, quote: str, toy_dir: Path) -> None:
    study = toy_dir / "studies/2001/toy-2001-walking.yaml"
    text = study.read_text(encoding="utf-8")
    assert text.count('estimate: "-1.2"') == 1
    study.write_text(text.replace('estimate: "-1.2"', f"estimate: {quote}{minus}1.2{quote}"), encoding="utf-8")
    assert [problem.rule for problem in examine(toy_dir).problems][:1] == ["wrong-type"]
    assert fix(toy_dir, study).done == ("minus sign of -1.2",)
    assert study.read_text(encoding="utf-8") == text.replace('estimate: "-1.2"', f"estimate: {quote}-1.2{quote}")
    assert examine(toy_dir).problems == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title:", "titel:"),
        ('estimate: "-1.2"', 'estimate: "−1.2"\n    colour: blue'),
        ('estimate: "-1.2"', 'estimate: "−1.2 points"'),
        ("title:", "title: [\ntitle:"),
        ("title:", "title: x\ntitle:"),
        ("title:", "\ttitle:"),
    ],
)
def test_a_file_with_a_fault_of_form_is_never_touched(old: str, new: str, toy_dir: Path) -> None:
    study = toy_dir / "studies/2001/toy-2001-walking.yaml"
    messy = study.read_text(encoding="utf-8").replace("status: {", "status:    {").replace(old, new, 1)
    study.write_text(messy, encoding="utf-8")
    result = fix(toy_dir, study)
    assert result.done == () and "form" in result.left
    assert study.read_text(encoding="utf-8") == messy


def test_line_ends_and_a_byte_order_mark_go_and_permissions_stay(toy_dir: Path) -> None:
    study = toy_dir / "studies/2001/toy-2001-walking.yaml"
    text = study.read_text(encoding="utf-8")
    study.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    study.chmod(0o640)
    assert fix(toy_dir, study).done
    assert study.read_bytes() == text.encode()
    assert study.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in study.parent.iterdir() if path.name.startswith(".")] == []


def test_what_is_no_record_is_left(toy_dir: Path) -> None:
    readme, link = toy_dir / "README.md", toy_dir / "claims/link.yaml"
    readme.write_text("x   \n", encoding="utf-8")
    link.symlink_to(toy_dir / "claims/exercise-helps.yaml")
    assert fix(toy_dir, readme).done == fix(toy_dir, link).done == ()
    assert readme.read_text(encoding="utf-8") == "x   \n"


ENTRY = """@article{a-2001-b,
  title = {A {DOI}: https://doi.org/10.1000/182 – and dash},
  author = {A, B},
  year = {2001},
  pages = {PAGES},
  doi = {DOI},
}
"""


@pytest.mark.parametrize(
    ("doi", "pages", "doi_after", "pages_after"),
    [
        ("https://doi.org/10.1000/x_(1)", "1–7", "10.1000/x_(1)", "1--7"),
        ("http://dx.doi.org/10.1000/x", "S12—S19", "10.1000/x", "S12--S19"),
        ("doi: 10.1000/x", "1 − 7, 9‑12", "10.1000/x", "1--7, 9--12"),
        ("DOI:10.1000/x", "e123", "10.1000/x", "e123"),
        ("10.1000/x", "1-7", "10.1000/x", "1-7"),
        ("https://doi.org/10.1000/a%2Fb", "1--7", "https://doi.org/10.1000/a%2Fb", "1--7"),
        ("0.1000/x", "1--7", "0.1000/x", "1--7"),
    ],
)
def test_bibliography(doi: str, pages: str, doi_after: str, pages_after: str) -> None:
    text = ENTRY.replace("{DOI},", f"{{{doi}}},").replace("PAGES", pages)
    result, _, left = fix_bib(text, "x.bib")
    assert result == ENTRY.replace("{DOI},", f"{{{doi_after}}},").replace("PAGES", pages_after)
    assert left == ""
    assert fix_bib(result, "x.bib") == (result, [], "")


def test_a_bibliography_with_a_fault_is_never_touched() -> None:
    text = ENTRY.replace("{DOI},", "{https://doi.org/10.1000/x},").replace("{2001}", "{2001")
    assert fix_bib(text, "x.bib") == (text, [], "it has a fault of form")


@pytest.mark.parametrize("path", sorted(TOY.rglob("*.bib")), ids=lambda path: path.stem)
def test_sound_bibliographies_stay_as_they_are(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert fix_bib(text, path.as_posix()) == (text, [], "")
