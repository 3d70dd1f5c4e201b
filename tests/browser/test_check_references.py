"""The page that checks a reader's references: lists in every form, files in every encoding, what is said of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browser.test_every_page import start_axe, violations
from tests.browser.visitor import DESKTOP, PHONE, Open, told

from backed.export import EXPORTS
from backed.model import Evidence

URL = "check-references/"
WALKING, RETRACTED, REVIEW = "Toy, von Spiel & Toy Study Group 2001", "Sample 2005", "Madeup & Toy 2020"
TEXT = """
1. Toy A, von Spiel J. Toy trial of walking. Journal of Toy Medicine 2001;1(2):10-19. https://doi.org/10.5555/TOY.2001.walking.
2. Sample B. Retracted: Toy trial of exercise (doi:10.5555/toy.2005.retracted).
3. Nobody N. A work that is not here and whose name is so long that it goes on in
   the line below. J None 2019. doi:10.9999/none.1
4. Somebody S. A work without any number. 1999.
"""
BIB = r"""
@comment{not an entry}
@string{jtm = "Journal of Toy Medicine"}
@article{a, title = {A title, with {B}races and "quotes"}, journal = jtm, doi = "10.5555/toy.2001.walking" , year=2001}
@article{open, title = {Never closed, doi = {10.5555/toy.2005.retracted},
@misc{b, url = {https://pubmed.ncbi.nlm.nih.gov/3/}, abstract = {It cites 10.5555/toy.2011.jogging.}}
@article{c, title = {By PMCID}, pmcid = {PMC2002}}
@article{d, eprint = {3}, eprinttype = {pubmed}}
@article{e, title = {Escaped}, doi = {10.5555/toy.2002.one\_year}}
@book{f, title = {A book without a number}}
"""
RIS = """TY  - JOUR\r
TI  - Toy trial\r
DO  - https://doi.org/10.5555/toy.2001.walking\r
AB  - It cites 10.5555/toy.2011.jogging\r
ER  - \r
TY  - JOUR\r
T1  - Without an end\r
AN  - 3\r
DB  - PubMed\r
TY  - JOUR\r
TI  - A number of another database\r
AN  - 3\r
DB  - Embase\r
ER  - \r
"""
NBIB = """
PMID- 3
OWN - NLM
TI  - A toy review whose title
      goes on
CIN - Toy Lett. 2021. PMID: 1
AID - 10.5555/toy.2020.review [doi]

PMID- 99999999
TI  - Not here
"""
CSL = """[{"id": "x", "title": "By DOI", "DOI": "10.5555/toy.2001.walking"},
{"id": "y", "note": "PMID: 3"}, {"id": "z"}, 5]"""
ENDNOTE = """<?xml version="1.0" encoding="UTF-8"?><xml><records>
<record><titles><title><style>Styled</style></title></titles><accession-num>3</accession-num></record>
<record><titles><title>By DOI</title></titles>
<electronic-resource-num>10.5555/toy.2001.walking</electronic-resource-num></record>
</records></xml>"""

IDENTIFIERS = {
    "10.5555/toy.2001.walking": WALKING,
    "https://doi.org/10.5555/toy.2001.walking": WALKING,
    "http://dx.doi.org/10.5555/toy.2001.walking.": WALKING,
    "doi:10.5555/toy.2001.walking,": WALKING,
    "DOI: 10.5555/TOY.2001.WALKING": WALKING,
    "(10.5555/toy.2001.walking)": WALKING,
    "“10.5555/toy.2001.walking”.": WALKING,
    "<https://doi.org/10.5555/toy.2001.walking>": WALKING,
    "[link](https://doi.org/10.5555/toy.2001.walking)": WALKING,
    '<a href="https://doi.org/10.5555/toy.2001.walking">x</a>': WALKING,
    "<b>10.5555/toy.2001.walking</b>": WALKING,
    "https://doi.org/10.5555%2Ftoy.2001.walking": WALKING,
    "10.5555/toy.2001.walk\u00ading": WALKING,
    "https://publisher.example/doi/full/10.5555/toy.2001.walking?journalCode=toy": WALKING,
    "https://publisher.example/doi/10.5555/toy.2001.walking/full": WALKING,
    "https://publisher.example/doi/10.5555/toy.2001.walking/": WALKING,
    "10.5555/toy.2001.walking#page": WALKING,
    "10.5555/toy.2001.walking&lt;": WALKING,
    "PMID: 3": REVIEW,
    "PMID 3.": REVIEW,
    "pmid:3;": REVIEW,
    "PMID- 3 in a text": REVIEW,
    "https://pubmed.ncbi.nlm.nih.gov/3/": REVIEW,
    "https://www.ncbi.nlm.nih.gov/pubmed/3": REVIEW,
    "PMCID: PMC2002": "Placeholder et al. 2010",
    "PMCID 2002": "Placeholder et al. 2010",
}
"""Ways in which people write an identifier, and the work that it is of."""


@pytest.mark.parametrize(("text", "label"), IDENTIFIERS.items())
def test_an_identifier_is_seen_however_it_is_written(open_page: Open, text: str, label: str) -> None:
    page = check(open_page(URL), text)
    assert found(page) == [label]
    expect(told_of(page)).to_have_text(re.compile(r"^1 entry read.*: 1 in Backed.*, 0 not in Backed, 0 without"))


def test_a_number_of_a_register_is_seen_and_one_inside_a_word_is_not(open_page: Open) -> None:
    text = "Registered as ISRCTN00000000.\nchictr2000030000\nsee CTRI/2019/05/123456;\nXNCT01467843\nNCT014678439"
    page = check(open_page(URL), text)
    expect(told_of(page)).to_contain_text("5 entries read: 0 in Backed, 3 not in Backed, 2 without an identifier.")
    assert listed(page, "Without an identifier") == ["XNCT01467843", "NCT014678439"]


def test_a_list_of_references_is_sorted_out_and_the_retracted_one_stands_first(open_page: Open) -> None:
    page = check(open_page(URL), TEXT)
    expect(told_of(page)).to_have_text(
        "4 entries read: 2 in Backed (1 retracted), 1 not in Backed, 1 without an identifier."
    )
    assert found(page) == [RETRACTED, WALKING]
    first, second = page.locator(".bk-check tbody tr").all()
    expect(first).to_contain_text("Retracted since 1 May 2007. The journal asked for the data and got none, made up.")
    expect(second).to_contain_text("120 invented people with long-lasting back pain walked")
    claim = second.get_by_role("link", name="Exercise makes back pain much less.")
    expect(claim).to_have_attribute("href", re.compile("/claims/exercise-helps/$"))
    expect(second.locator(".bk-verdict")).to_have_text("supported")
    assert listed(page, "Not in Backed") == [
        "3. Nobody N. A work that is not here and whose name is so long that it goes on in the line below. "
        "J None 2019. doi:10.9999/none.1"
    ]
    assert listed(page, "Without an identifier") == ["4. Somebody S. A work without any number. 1999."]


def test_identifiers_in_a_row_are_entries_of_their_own(open_page: Open) -> None:
    page = check(
        open_page(URL),
        "10.5555/toy.2001.walking,10.5555/toy.2020.review; doi:10.9999/none PMID: 3\n1234567, 12345678 12",
    )
    expect(told_of(page)).to_contain_text(
        "7 entries read: 3 in Backed (2 works), 3 not in Backed, 1 without an identifier."
    )
    assert found(page) == [WALKING, REVIEW]
    assert listed(page, "Not in Backed") == ["doi:10.9999/none", "1234567", "12345678"]
    assert listed(page, "Without an identifier") == ["12"]


@pytest.mark.parametrize(
    ("name", "text", "format", "labels", "unknown", "nameless"),
    [
        (
            "a.bib", BIB, "BibTeX",
            [RETRACTED, WALKING, REVIEW, "Placeholder et al. 2010", "Toy 2002"],
            [], ["A book without a number"],
        ),
        ("a.ris", RIS, "RIS", [WALKING, REVIEW], [], ["A number of another database"]),
        ("a.nbib", NBIB, "NBIB", [REVIEW], ["Not here (99999999)"], []),
        ("a.json", CSL, "CSL-JSON", [WALKING, REVIEW], [], ["z", "5"]),
        ("a.xml", ENDNOTE, "EndNote XML", [REVIEW, WALKING], [], []),
        ("a.txt", TEXT, "", [RETRACTED, WALKING], None, ["4. Somebody S. A work without any number. 1999."]),
    ],
)  # fmt: skip
def test_a_file_is_read_whatever_its_format_and_nothing_in_it_is_dropped(
    open_page: Open,
    name: str,
    text: str,
    format: str,
    labels: list[str],
    unknown: list[str] | None,
    nameless: list[str],
) -> None:
    page = upload(open_page(URL), name, text.encode())
    expect(told_of(page)).to_contain_text(f"read as {format}:" if format else "read:")
    assert found(page) == labels
    assert unknown is None or listed(page, "Not in Backed") == unknown
    assert listed(page, "Without an identifier") == nameless


@pytest.mark.parametrize("form", EXPORTS, ids=lambda form: form.id)
def test_what_the_build_writes_is_recognised(open_page: Open, toy: Evidence, form: object) -> None:
    written = next(one for one in EXPORTS if one is form)
    works = {key: work for key, work in toy.works.items() if work.doi or work.pmid or work.pmcid}
    page = upload(open_page(URL), f"backed.{written.extension}", written.write(works.values()).encode())
    expect(told_of(page)).to_have_text(re.compile(f"^{len(works)} entries read"))
    rows = page.locator(".bk-check tbody input[data-work]")
    assert set(rows.evaluate_all("all => all.map(it => it.dataset.work)")) == set(works)


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "read as BibTeX:"),
        ("utf-8-sig", "read as BibTeX:"),
        ("utf-16", "read as BibTeX, taken to be UTF-16:"),
        ("utf-16-le", "read as BibTeX, taken to be UTF-16:"),
        ("utf-16-be", "read as BibTeX, taken to be UTF-16:"),
        ("cp1252", "read as BibTeX, taken to be Latin-1 (Windows-1252):"),
    ],
)
def test_a_file_is_read_in_its_encoding(open_page: Open, encoding: str, said: str) -> None:
    text = "@article{a, title = {Café für alle}, year = 2001}\n@article{b, doi = {10.5555/toy.2001.walking}}\n"
    page = upload(open_page(URL), "a.bib", text.encode(encoding))
    expect(told_of(page)).to_contain_text(said)
    assert found(page) == [WALKING]
    assert listed(page, "Without an identifier") == ["Café für alle"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_lines_may_end_in_any_way(open_page: Open, end: str) -> None:
    page = upload(open_page(URL), "a.ris", RIS.replace("\r\n", end).encode())
    assert found(page) == [WALKING, REVIEW]


def test_a_file_that_is_no_text_is_refused(open_page: Open) -> None:
    page = upload(open_page(URL), "a.pdf", b"%PDF-1.7\0\0\1\0\0\0 10.5555/toy.2001.walking")
    expect(told_of(page)).to_have_text(
        "a.pdf is no text file. Save the references as BibTeX, RIS, NBIB, CSL-JSON or text."
    )
    expect(page.locator(".bk-check tbody")).to_have_count(0)


def test_a_huge_file_is_refused_before_it_is_read(open_page: Open, tmp_path: Path) -> None:
    file = tmp_path / "huge.bib"
    with file.open("wb") as writer:
        writer.truncate(100_000_000)
    page = open_page(URL)
    page.get_by_label("Or a file").set_input_files(file)
    expect(told_of(page)).to_have_text(
        "huge.bib has 100 MB; up to 20 MB are read here. Save only the references you want to check, or split the file."
    )


def test_a_big_file_leaves_the_page_responsive(open_page: Open, tmp_path: Path) -> None:
    file = tmp_path / "big.bib"
    padding = "x" * 700
    entries = (
        f"@article{{k{n}, title = {{No {n}}}, abstract = {{{padding}}}, doi = {{10.9999/none.{n % 500}}}}}\n"
        for n in range(20_000)
    )
    file.write_text("".join([*entries, "@article{last, doi = {10.5555/toy.2001.walking}}"]), encoding="utf-8")
    assert 15_000_000 < file.stat().st_size < 20_000_000
    page = open_page(URL)
    page.evaluate("() => { window.turns = 0; (function turn() { turns++; setTimeout(turn); })(); }")
    page.get_by_label("Or a file").set_input_files(file)
    expect(told_of(page)).to_contain_text("Reading", timeout=30_000)
    before = page.evaluate("turns")
    expect(told_of(page)).to_contain_text("20001 entries read as BibTeX: 1 in Backed, 20000 not", timeout=60_000)
    assert page.evaluate("turns") > before + 5  # others had their turn while it was read
    assert found(page) == [WALKING]


def test_broken_json_is_looked_through_as_text(open_page: Open) -> None:
    page = upload(open_page(URL), "a.json", b'[{"DOI": "10.5555/toy.2001.walking"},\n{"DOI": "10.9999/none"')
    assert found(page) == [WALKING]
    assert len(listed(page, "Not in Backed")) == 1


def test_a_file_can_be_dropped_on_the_page(open_page: Open) -> None:
    page = open_page(URL)
    data = page.evaluate_handle(
        """text => { const data = new DataTransfer();
        data.items.add(new File([text], "a.ris")); return data; }""",
        RIS,
    )
    page.dispatch_event("#check", "drop", {"dataTransfer": data})
    assert found(page) == [WALKING, REVIEW]


def test_a_work_named_twice_is_one_row(open_page: Open) -> None:
    page = check(open_page(URL), "10.5555/toy.2001.walking\nPMID: 1\n")
    expect(told_of(page)).to_contain_text("2 entries read: 2 in Backed (1 work)")
    assert found(page) == [WALKING]
    expect(page.locator(".bk-check tbody tr")).to_contain_text("2 times in your list")


def test_a_work_that_is_no_study_says_so(open_page: Open) -> None:
    page = check(open_page(URL), "10.5555/toy.2008.important")
    expect(page.locator(".bk-check tbody tr")).to_contain_text("it is cited as a source, and is no study here")


@pytest.mark.parametrize("text", ["", "   \n\n \t"])
def test_nothing_to_check_is_said(open_page: Open, text: str) -> None:
    expect(told_of(check(open_page(URL), text))).to_have_text("There is nothing to check: no entry was found.")


def test_what_is_found_goes_into_the_selection(open_page: Open) -> None:
    page = check(open_page(URL), TEXT)
    page.get_by_role("checkbox", name=f"Select {RETRACTED}").check()
    expect(page.locator(".bk-basket a")).to_have_text("1 work selected")
    page.get_by_role("button", name="Put all of them into your selection").click()
    expect(page.locator(".bk-basket a")).to_have_text("2 works selected")
    expect(page.get_by_role("checkbox", name=f"Select {WALKING}")).to_be_checked()


def test_the_keyboard_alone_checks_a_list(open_page: Open) -> None:
    page = open_page(URL)
    page.get_by_label("DOIs, PMIDs").focus()
    page.keyboard.type("PMID: 3")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Check", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    assert found(page) == [REVIEW]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(told_of(page)).to_be_empty()
    expect(page.locator(".bk-check tbody")).to_have_count(0)
    expect(page.get_by_label("DOIs, PMIDs")).to_be_focused()


def test_markup_in_a_list_is_shown_and_never_run(open_page: Open) -> None:
    page = open_page(URL)
    ran: list[str] = []
    page.on("dialog", lambda dialog: ran.append(dialog.message))
    evil = '<img src=x onerror=alert(1)> "><script>alert(1)</script>'
    check(page, f"{evil}\n{evil} 10.9999/none\n{evil} 10.5555/toy.2001.walking\n__proto__ doi:10.9999/__proto__")
    expect(told_of(page)).to_contain_text("4 entries read: 1 in Backed, 2 not in Backed, 1 without an identifier.")
    assert listed(page, "Without an identifier") == [evil]
    assert page.locator("#check :is(img, script)").count() == 0
    assert ran == []


def test_only_the_names_of_parts_leave_the_page(open_page: Open, address: str) -> None:
    page = open_page(URL)
    page.wait_for_load_state("networkidle")
    asked, wrong = told(page)
    check(page, TEXT)
    assert found(page) == [RETRACTED, WALKING]
    assert {request.removeprefix(address) for request in asked} == {
        "shards/formats.js", "shards/ids/0.js", "shards/works/0.js",
    }  # fmt: skip
    assert wrong == []


def test_parts_that_cannot_be_loaded_are_told_and_tried_again(open_page: Open) -> None:
    page = open_page(URL)
    page.context.route("**/shards/ids/*", lambda route: route.abort())
    check(page, "PMID: 3")
    expect(told_of(page)).to_have_text("shards/ids/0.js could not be loaded. Look at your connection and try again.")
    page.context.unroute("**/shards/ids/*")
    assert found(check(page, "PMID: 3")) == [REVIEW]


def test_without_a_server_a_list_is_checked(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / URL / "index.html").as_uri())
    assert found(check(page, TEXT)) == [RETRACTED, WALKING]
    page.get_by_role("link", name=WALKING).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(WALKING)
    page.close()


def test_without_scripts_the_page_says_what_to_do(open_page: Open) -> None:
    page = open_page(URL, java_script_enabled=False)
    expect(page.get_by_text("scripts are switched off")).to_be_visible()
    expect(page.get_by_role("button", name="Check", exact=True)).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_in_the_results(open_page: Open, scheme: str, size: Mapping[str, int]) -> None:
    page = check(open_page(URL, color_scheme=scheme, viewport=size), TEXT)
    assert found(page) == [RETRACTED, WALKING]
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    start_axe(page)
    assert violations(page) == []


def told_of(page: Page) -> Locator:
    """Return the line that says how the check went."""
    return page.locator("#check [data-part=told]")


def check(page: Page, text: str) -> Page:
    """Put a text into the page's field and have it checked."""
    page.get_by_label("DOIs, PMIDs").fill(text)
    page.get_by_role("button", name="Check", exact=True).click()
    return page


def upload(page: Page, name: str, content: bytes) -> Page:
    """Open a file in the page."""
    page.get_by_label("Or a file").set_input_files({"name": name, "mimeType": "text/plain", "buffer": content})
    return page


def found(page: Page) -> Sequence[str]:
    """Return the works that the page says are in Backed, in its order."""
    page.locator(".bk-check tbody tr").first.wait_for()
    return page.locator(".bk-check tbody th > a:first-of-type").all_inner_texts()


def listed(page: Page, title: str) -> list[str]:
    """Return the entries below a heading of the results."""
    expect(page.locator("#check [data-part=told]")).to_contain_text(re.compile(r"\bread\b.*:"))
    return page.locator(f"#check h2:text('{title}') + p + ul > li").all_inner_texts()
