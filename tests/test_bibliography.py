"""Reading BibTeX: a zoo of entries, and files that are broken in one place."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backed.bibliography import escape, page_range, read_bib
from backed.model import Name, Reference
from backed.problem import Problem


def entry(fields: str, kind: str = "article", key: str = "doe-2001") -> str:
    return f"@{kind}{{{key},\n{fields}\n}}\n"


def read(fields: str, kind: str = "article") -> Reference:
    """Return the one reference of an entry that has no problem; title, author and year are added where missing."""
    for name, value in {"title": "A title", "author": "Doe, Jane", "year": "2001"}.items():
        if f"{name} =" not in fields and not (name == "year" and "date =" in fields):
            fields += f",\n{name} = {{{value}}}"
    references, problems = read_bib(entry(fields, kind), "a.bib")
    assert problems == []
    assert len(references) == 1
    return references[0]


def faults(text: str) -> list[tuple[str, int]]:
    return [(problem.rule, problem.line) for problem in read_bib(text, "a.bib")[1]]


def test_a_whole_entry() -> None:
    text = """% pasted from the publisher

@Article{long-2003-walking,
  title   = {Walking for {LBP}: a trial},
  author  = {Long, Audrey and van der Berg, Jan W. and King, Jr., Martin and {{PROSPINE Study Group}}},
  journal = {European Spine Journal},
  year    = 2003,
  month   = sep,
  volume  = {84},
  number  = {9},
  pages   = {1324--1331},
  doi     = { 10.1016/S0003-9993(03)00198_9 },
  pmid    = {13680569},
  pmcid   = {PMC123},
  issn    = {0003-9993},
  url     = {https://example.org/a_b?x=1&y=%20z},
  kind    = {peer-reviewed-article},
  keywords = {walking; back pain, exercise},
  abstract = {We walked.},
  note    = {Seen in print},
}
"""
    assert read_bib(text, "studies/2003/long.bib") == (
        [
            Reference(
                key="long-2003-walking",
                type="article",
                title="Walking for LBP: a trial",
                authors=(
                    Name(family="Long", given="Audrey"),
                    Name(family="Berg", given="Jan W.", particle="van der"),
                    Name(family="King", given="Martin", suffix="Jr."),
                    Name(literal="PROSPINE Study Group"),
                ),
                journal="European Spine Journal",
                year="2003",
                month=9,
                volume="84",
                number="9",
                pages="1324-1331",
                doi="10.1016/S0003-9993(03)00198_9",
                pmid="13680569",
                pmcid="PMC123",
                issn="0003-9993",
                url="https://example.org/a_b?x=1&y=%20z",
                kind="peer-reviewed-article",
                keywords=("walking", "back pain", "exercise"),
                abstract="We walked.",
                extra={"note": "Seen in print"},
                file="studies/2003/long.bib",
                line=3,
            )
        ],
        [],
    )


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"L{\"a}ubli and {\'E}t\'e", "Läubli and Été"),
        (r"{\"O}z{\c c}elik, \c{S}en, \v{C}ech, \v z", "Özçelik, Şen, Čech, ž"),
        (r"{\aa}rhus \o{} \ss{} \L{}\'od\'z {\o}re", "århus ø ß Łódź øre"),
        (r"D\'{\i}az, D{\'\i}az, D\'iaz", "Díaz, Díaz, Díaz"),
        (r"50\% of A \& B \#1 \$5 x\_1", "50% of A & B #1 $5 x_1"),
        ("50% raw & A_1 $5", "50% raw & A_1 $5"),
        (r"\emph{Not} \textit{so} {\bf bold}", "Not so bold"),
        ("``quoted'' -- and --- dashed~here", "“quoted” – and — dashed here"),
        (r"H$_2$O, I$^{2}$ of 50\%, $p<0.05$, $\alpha\geq 3$", "H₂O, I² of 50%, p<0.05, α≥3"),
        (r"\textbackslash{} \{a\} \textasciitilde{} \textasciicircum{}b \lbrace{}", "\\ {a} ~ ^b {"),
        (r"O\textquoteright Sullivan 5\,mm 37 \textdegree C", "O’Sullivan 5 mm 37 °C"),
        ("Schünemann\n    wraps\there", "Schünemann wraps here"),
        (r"CO\textsubscript{2} and x\textsuperscript{th}", "CO₂ and xth"),
        ("e\u0301", "é"),
    ],
)
def test_latex_in_a_title(latex: str, text: str) -> None:
    assert read(f"title = {{{latex}}}").title == text


def test_an_unknown_command_is_named_and_left_out() -> None:
    references, problems = read_bib(entry("author={A, B},\n year=2001,\n title = {\\foo{Bar} baz}"), "a.bib")
    assert references[0].title == "Bar baz"
    assert [(p.rule, p.line, p.column, p.at) for p in problems] == [("bib-latex", 4, 2, ("doe-2001", "title"))]
    assert "\\foo" in problems[0].message


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Doe, Jane", (Name("Doe", "Jane"),)),
        ("Jane Q. Doe", (Name("Doe", "Jane Q."),)),
        ("Ludwig van Beethoven", (Name("Beethoven", "Ludwig", "van"),)),
        ("de la Fuente, José Luis", (Name("Fuente", "José Luis", "de la"),)),
        ("'t Hooft, Gerard", (Name("Hooft", "Gerard", "'t"),)),
        ("De Beer, Hans and Von Korff, Michael", (Name("De Beer", "Hans"), Name("Von Korff", "Michael"))),
        ("{van der} Berg, Ann", (Name("van der Berg", "Ann"),)),
        ("Sackett, III, David L.", (Name("Sackett", "David L.", suffix="III"),)),
        (r"Sch{\"u}nemann, Holger J. and N{\'u}{\~n}ez, A.", (Name("Schünemann", "Holger J."), Name("Núñez", "A."))),
        ("{World Health Organization}", (Name(literal="World Health Organization"),)),
        ("{{Health, Work and Backs, Inc.}}", (Name(literal="Health, Work and Backs, Inc."),)),
        ("{WHO} and {R\\&D and Co}", (Name(literal="WHO"), Name(literal="R&D and Co"))),
        ("Lin, Chung-Wei Christine\n  AND  O'Neill, S.", (Name("Lin", "Chung-Wei Christine"), Name("O'Neill", "S."))),
    ],
)
def test_names(written: str, names: tuple[Name, ...]) -> None:
    assert read(f"author = {{{written}}}").authors == names


def test_others_are_no_name() -> None:
    reference = read("author = {Thomas, James S. and others}")
    assert reference.authors == (Name("Thomas", "James S."),)
    assert reference.more_authors


def test_names_with_too_many_commas_are_reported() -> None:
    references, problems = read_bib(entry("title={T},\nyear=2001,\nauthor = {Long A, Fung T, Doe J, Roe R}"), "a.bib")
    assert [(p.rule, p.line) for p in problems] == [("bib-syntax", 4)]
    assert references[0].authors == (Name(literal="Long A, Fung T, Doe J, Roe R"),)


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year = {2004}, month = dec", ("2004", 12, None)),
        ("year = 2004, month = {12}", ("2004", 12, None)),
        ("year = {2004}, month = {September}", ("2004", 9, None)),
        ("year = {2004}, month = {Sept.}", ("2004", 9, None)),
        ("year = {2004}, month = {Sep-Oct}", ("2004", 9, None)),
        ('year = {2004}, month = "13~" # jul', ("2004", 7, 13)),
        ("year = {2004}, month = JUL, day = {13}", ("2004", 7, 13)),
        ("date = {2024-07-13}", ("2024", 7, 13)),
        ("date = {2024-07}", ("2024", 7, None)),
        ("date = {2024}", ("2024", None, None)),
        ("date = {2024-02-29/2024-03-01}", ("2024", 2, 29)),
    ],
)
def test_dates(fields: str, date: tuple[str, int | None, int | None]) -> None:
    reference = read(fields)
    assert (reference.year, reference.month, reference.day) == date


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year = {2004},\nmonth = foo", ("2004", None, None)),
        ("year = {2004},\nmonth = {Lente}", ("2004", None, None)),
        ("year = {2004},\nmonth = {13}", ("2004", None, None)),
        ("year = {2004}, month = feb,\nday = {30}", ("2004", 2, None)),
        ("volume = {1},\nyear = {in press}", ("in press", None, None)),
        ("volume = {1},\ndate = {2024-02-30}", ("2024-02-30", None, None)),
        ("volume = {1},\ndate = {next year}", ("next year", None, None)),
    ],
)
def test_a_date_that_is_not_understood_is_reported_in_its_line(fields: str, date: tuple[object, ...]) -> None:
    references, problems = read_bib(entry(f"title={{T}}, author={{A, B}},\n{fields}"), "a.bib")
    assert [(p.rule, p.line, p.column) for p in problems] == [("bib-date", 4, 1)]
    assert (references[0].year, references[0].month, references[0].day) == date


@pytest.mark.parametrize(
    ("written", "pages", "first_and_last"),
    [
        ("1324--1331", "1324-1331", ("1324", "1331")),
        ("1324–1331", "1324-1331", ("1324", "1331")),
        ("1324 - 1331", "1324-1331", ("1324", "1331")),
        ("S12---S19", "S12-S19", ("S12", "S19")),
        ("CD009790", "CD009790", ("CD009790", "")),
        ("i6748", "i6748", ("i6748", "")),
        ("7, 41, 73--97", "7, 41, 73-97", ("7, 41, 73-97", "")),
    ],
)
def test_pages(written: str, pages: str, first_and_last: tuple[str, str]) -> None:
    reference = read(f"pages = {{{written}}}")
    assert reference.pages == pages
    assert page_range(reference) == first_and_last


def test_biblatex_fields() -> None:
    reference = read(
        "title = {A title}, journaltitle = {Pain}, date = {2021-03-01}, issue = {3}, eid = {e12}, "
        "subtitle = {a trial}, location = {Delft}, eprint = {33591109}, eprinttype = {pubmed}, langid = {dutch}"
    )
    assert reference == Reference(
        key="doe-2001",
        type="article",
        title="A title: a trial",
        authors=(Name("Doe", "Jane"),),
        journal="Pain",
        year="2021",
        month=3,
        day=1,
        number="3",
        pages="e12",
        pmid="33591109",
        address="Delft",
        language="dutch",
        file="a.bib",
        line=1,
    )


def test_an_institution_is_a_publisher() -> None:
    assert read("institution = {NICE}", "techreport").publisher == "NICE"
    both = read("publisher = {Press}, institution = {NICE}", "techreport")
    assert (both.publisher, both.extra) == ("Press", {"institution": "NICE"})


def test_a_file_may_define_macros() -> None:
    text = '@string{esj = {European Spine Journal}}\n@STRING(m = "Lente")\n' + entry(
        "title={T}, author={A, B}, year=2001, journal = ESJ # { B}"
    )
    references, problems = read_bib(text, "a.bib")
    assert (references[0].journal, references[0].line, problems) == ("European Spine Journal B", 3, [])


def test_an_undefined_macro_is_reported_and_the_entry_is_kept() -> None:
    references, problems = read_bib(entry("title={T}, author={A, B}, year=2001,\n  journal = spine"), "a.bib")
    assert [(p.rule, p.line, p.column) for p in problems] == [("bib-syntax", 3, 3)]
    assert references[0].title == "T"


def test_what_is_missing_is_said_at_once() -> None:
    references, problems = read_bib("\n" + entry("journal = {Pain}"), "a.bib")
    assert [reference.key for reference in references] == ["doe-2001"]
    assert [(p.rule, p.line, p.at) for p in problems] == [("bib-incomplete", 2, ("doe-2001",))]
    assert problems[0].message == "the entry has no title and no year and no author or editor"


def test_editors_are_enough_and_a_web_page_may_be_undated() -> None:
    assert faults(entry("title={T}, year=2001, editor={A, B}", "book")) == []
    assert faults(entry("title={T}, author={{A}}, url={https://example.org}", "misc")) == []
    assert faults(entry("title={T}, author={{A}}, url={https://example.org}", "book")) == [("bib-incomplete", 1)]


WHOLE = "title = {T},\n  author = {A, B},\n  year = 2001"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_an_unclosed_brace_in_the_middle_entry(ending: str) -> None:
    text = (
        entry(WHOLE, key="one")
        + "@article{two,\n  title = {Two,\n  author = {A, B},\n  year = {2002}\n}\n"
        + entry(WHOLE, key="three")
    ).replace("\n", ending)
    references, problems = read_bib(text, "a.bib")
    assert [(reference.key, reference.line) for reference in references] == [("one", 1), ("three", 11)]
    assert [(p.rule, p.line, p.file) for p in problems] == [("bib-syntax", 7, "a.bib")]
    assert "two" in problems[0].message
    assert problems[0].hint


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        ("@article{two,\n  title = {Two},\n  year = {2002}\n", 6),  # the entry itself is not closed
        ("@article{two,\n  title = {Two}},\n  year = {2002}\n}\n", 7),  # a brace too many
        ("@article{two,\n  title = {Two}\n  year = {2002}\n}\n", 8),  # no comma
        ("@article{two,\n  title {Two},\n  year = {2002}\n}\n", 7),  # no equals sign
        ('@article{two,\n  title = "Two,\n  year = {2002}\n}\n', 9),  # no closing quote: read to the end
        ("@article{,\n  title = {Two}\n}\n", 6),  # no key
        ("article{two,\n  title = {Two}\n}\n", 6),  # no @
    ],
)
def test_a_broken_entry_takes_no_other_with_it(broken: str, line: int) -> None:
    references, problems = read_bib(entry(WHOLE, key="one") + broken + entry(WHOLE, key="three"), "a.bib")
    assert [reference.key for reference in references] == ["one", "three"]
    assert [(p.rule, p.line) for p in problems] == [("bib-syntax", line)]


def test_a_stray_brace_is_reported_and_nothing_is_lost() -> None:
    references, problems = read_bib(entry(WHOLE, key="one") + "}\n" + entry(WHOLE, key="two"), "a.bib")
    assert [reference.key for reference in references] == ["one", "two"]
    assert [(p.rule, p.line) for p in problems] == [("bib-syntax", 6)]


def test_a_key_stands_once() -> None:
    text = entry(WHOLE, key="one") + entry(WHOLE.replace("T", "U"), key="One") + entry(WHOLE, key="two")
    references, problems = read_bib(text, "a.bib")
    assert [(reference.key, reference.title) for reference in references] == [("one", "T"), ("two", "T")]
    assert [(p.rule, p.line) for p in problems] == [("bib-duplicate-key", 6)]
    assert "line 1" in problems[0].message


def test_a_field_stands_once() -> None:
    references, problems = read_bib(entry(f"{WHOLE},\n  Title = {{U}}"), "a.bib")
    assert references[0].title == "T"
    assert [(p.rule, p.at) for p in problems] == [("bib-syntax", ("doe-2001", "title"))]


@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff", "% nothing yet\n", "@comment{jabref-meta: {x}}\n"])
def test_a_file_without_entries(text: str) -> None:
    assert read_bib(text, "a.bib") == ([], [])


def test_a_file_that_is_something_else() -> None:
    assert faults("TY  - JOUR\nER  - \n") == [("bib-syntax", 1)]


def test_a_byte_order_mark_and_remarks_do_no_harm() -> None:
    references, problems = read_bib("\ufeffFrom a@b.org, thanks\n" + entry(WHOLE) + "% end\n", "a.bib")
    assert ([(reference.key, reference.line) for reference in references], problems) == ([("doe-2001", 2)], [])


PIECES = ("@article{", "@string{", "@book(", "@", "key", ",", "title", "month", "author", "date", "=", "{", "}", '"')
MORE_PIECES = ("(", ")", "#", "\n", " ", "\\", "\\'", "$", "%", "a", "7", " and ", "--", "é")


@settings(deadline=None)  # a busy machine is no fault
@given(st.lists(st.sampled_from(PIECES + MORE_PIECES), max_size=40).map("".join))
def test_whatever_stands_in_a_file_is_a_value_and_never_an_exception(text: str) -> None:
    references, problems = read_bib(text + "\n" + entry(WHOLE, key="last"), "a.bib")
    assert references[-1:] and references[-1].key == "last"
    assert all(isinstance(problem, Problem) and problem.line >= 1 for problem in problems)


@settings(deadline=None)  # a busy machine is no fault
@given(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]), max_size=60))
def test_escaping_is_undone_by_reading(text: str) -> None:
    plain = read(f"title = {{x{escape(text)}x}}").title
    assert plain == " ".join(unicodedata.normalize("NFC", f"x{text}x").split())


def test_a_thousand_long_entries_are_read_without_a_fault() -> None:
    author = " and ".join(f"L{{\\'e}}vy{n}, Anna B." for n in range(12))
    fields = (
        f"title = {{Walking \\& {{LBP}}}}, author = {{{author}}}, year = 2001, month = dec, abstract = {{{'x ' * 700}}}"
    )
    for number in range(1000):
        assert not faults(entry(fields, key=f"k{number}"))
