"""Tables that sort, filter, hide columns and are downloaded, and the list of claims; whole without JavaScript."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from tests.browser.site_server import served
from tests.browser.test_every_page import start_axe, violations
from tests.browser.visitor import DESKTOP, PHONE, Open

from backed.model import Evidence
from backed.publish import publish_site

ROOT = Path(__file__).parents[2]
SIDE_BY_SIDE = "comparisons/exercise-v-nothing/"
OWN_POOL = "comparisons/movement-v-inactive/"
PLACES = """() => [...document.querySelectorAll("article :is(h2, p, th, td, tr, select)")].map(it => {
  const {x, y, width, height} = it.getBoundingClientRect();
  return [it.tagName, x, y, width, height];
})"""
NEWEST_FIRST = ["2020", "2016", "2014", "2012", "2011", "2010", "2005", "2001"]
CLAIMS = [
    "Exercise makes back pain much less.",
    "Stress is the cause of most back pain.",
    "Magnets heal the back",
    "Walking lessens neck pain.",
]


def test_a_click_on_a_column_sorts_by_it_and_another_turns_it(open_page: Open) -> None:
    page = open_page("studies/")
    year = page.get_by_role("columnheader", name="Year")
    assert column(page, "Year") == NEWEST_FIRST
    assert year.get_attribute("aria-sort") is None
    year.get_by_role("button").click()
    expect(year).to_have_attribute("aria-sort", "ascending")
    assert column(page, "Year") == NEWEST_FIRST[::-1]
    year.get_by_role("button").click()
    expect(year).to_have_attribute("aria-sort", "descending")
    assert column(page, "Year") == NEWEST_FIRST


def test_numbers_are_sorted_as_numbers(open_page: Open) -> None:
    page = open_page("studies/")
    page.get_by_role("button", name="People").click()
    assert [people.split()[0] for people in column(page, "People")] == [
        "12", "40", "40", "90", "96", "120", "1,480", "2,400",
    ]  # fmt: skip


def test_only_one_column_says_that_it_is_sorted(open_page: Open) -> None:
    page = open_page("studies/")
    page.get_by_role("button", name="Year").click()
    page.get_by_role("button", name="Study").click()
    assert page.locator("th[aria-sort]").all_inner_texts() == ["Study"]
    assert [name.splitlines()[0] for name in column(page, "Study")] == [
        "Madeup & Toy 2020", "Placeholder et al. 2010", "Sample 2005", "Toy & Láubli-Ťoy 2012", "Toy & Trio 2014",
        "Toy 2011", "Toy 2016", "Toy, von Spiel & Toy Study Group 2001",
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_keyboard_sorts(open_page: Open, key: str) -> None:
    page = open_page("studies/")
    button = page.get_by_role("button", name="Year")
    button.focus()
    page.keyboard.press(key)
    expect(page.get_by_role("columnheader", name="Year")).to_have_attribute("aria-sort", "ascending")
    assert column(page, "Year") == NEWEST_FIRST[::-1]
    expect(button).to_be_focused()


def test_words_filter_the_studies_and_the_count_follows(open_page: Open) -> None:
    page = open_page("studies/")
    count, field = page.get_by_role("status"), page.get_by_label("Filter by a word")
    expect(count).to_have_text("8 of 8 shown")
    field.fill("CYCLING single")
    expect(count).to_have_text("1 of 8 shown")
    assert column(page, "Year") == ["2012"]
    field.fill("no study has these words")
    expect(count).to_have_text("None fits. Try fewer words.")
    assert column(page, "Year") == []
    field.fill("")
    expect(count).to_have_text("8 of 8 shown")


def test_the_design_filters_the_studies_together_with_words_and_sorting(open_page: Open) -> None:
    page = open_page("studies/")
    choice(page, "Design").select_option("Randomised trial")
    expect(page.get_by_role("status")).to_have_text("5 of 8 shown")
    assert column(page, "Year") == ["2016", "2014", "2011", "2005", "2001"]
    page.get_by_role("button", name="Year").click()
    assert column(page, "Year") == ["2001", "2005", "2011", "2014", "2016"]
    page.get_by_label("Filter by a word").fill("retracted")
    assert column(page, "Year") == ["2005"]


def test_the_claims_are_filtered_by_verdict(open_page: Open) -> None:
    page = open_page("claims/")
    assert shown_claims(page) == CLAIMS
    everything, unknown = page.get_by_role("button", name="all"), page.get_by_role("button", name="not known")
    unknown.click()
    assert shown_claims(page) == ["Magnets heal the back"]
    assert [button.get_attribute("aria-pressed") for button in (everything, unknown)] == ["false", "true"]
    everything.focus()
    page.keyboard.press("Enter")
    assert shown_claims(page) == CLAIMS
    assert [button.get_attribute("aria-pressed") for button in (everything, unknown)] == ["true", "false"]


def test_each_filter_says_how_many_claims_it_shows(open_page: Open) -> None:
    page = open_page("claims/")
    for button in page.locator(".bk-filter button").all():
        button.click()
        assert len(shown_claims(page)) == int(button.inner_text().split()[-1])


@pytest.mark.parametrize(
    ("url", "roles"),
    [
        (SIDE_BY_SIDE, {"answers the question": 1, "in our own pool": 1, "left out": 2}),
        (OWN_POOL, {"answers the question": 4, "left out": 1, "not usable": 1, "stands beside it": 1}),
    ],
)
def test_the_values_to_choose_from_are_those_of_the_column_and_share_its_rows(
    open_page: Open, url: str, roles: dict[str, int]
) -> None:
    page = open_page(url)
    chosen = choice(page, "Role here")
    assert chosen.locator("option").all_inner_texts() == ["all", *roles]
    for role, rows in roles.items():
        chosen.select_option(role)
        assert len(records(page)) == rows
        assert all(shown.startswith(role) for shown in column(page, "Role here"))
    chosen.select_option("")
    assert len(records(page)) == sum(roles.values())


def test_an_effect_that_answers_nothing_says_why_in_the_table_and_in_the_file(open_page: Open) -> None:
    page = open_page(OWN_POOL)
    hide(page, *headings(page)[2:])
    rows = list(csv.reader(io.StringIO(download(page)[1].decode("utf-8-sig"), newline=""), strict=True))
    assert rows == [headings(page), *records(page)]
    assert rows[-3:] == [
        ["Toy 2011", "stands beside it; another instrument is preferred"],
        ["Toy 2011", "left out; measured outside the time window"],
        [
            "Toy 2016",
            "not usable; the source gives no interval, standard error, t or p, so how exact the estimate is is not "
            "known",
        ],
    ]


def test_a_column_with_one_value_offers_no_choice(open_page: Open) -> None:
    page = open_page(SIDE_BY_SIDE)
    expect(choice(page, "Design and people")).to_have_count(1)
    expect(choice(page, "Outcome")).to_have_count(0)  # it is pain in every row


def test_lengths_of_time_are_sorted_as_time(open_page: Open) -> None:
    page = open_page(SIDE_BY_SIDE)
    when = table(page).get_by_role("button", name="When")
    when.click()
    assert column(page, "When") == ["12 weeks", "12 weeks", "3 months", "1 year"]
    when.click()
    assert column(page, "When") == ["1 year", "3 months", "12 weeks", "12 weeks"]


def test_equal_rows_keep_the_order_of_the_column_sorted_before(open_page: Open) -> None:
    page = open_page("studies/")
    page.get_by_role("button", name="People").click()
    page.get_by_role("button", name="Read").click()
    reading = list(zip(column(page, "Read"), (people(text) for text in column(page, "People")), strict=True))
    assert len({read for read, _ in reading}) < len(reading) - 1
    assert reading == sorted(reading)


def test_chosen_columns_are_hidden_and_shown_and_the_first_stays(open_page: Open) -> None:
    page = open_page(SIDE_BY_SIDE)
    assert headings(page)[:3] == ["Study", "Role here", "Tested"]
    page.get_by_text("Columns", exact=True).click()
    boxes = page.get_by_role("group", name="Columns shown")
    expect(boxes.get_by_label("Study")).to_be_disabled()
    boxes.get_by_label("Tested").uncheck()
    boxes.get_by_label("n", exact=True).uncheck()
    assert headings(page) == [
        "Study", "Role here", "Compared with", "Outcome", "When", "Effect as reported (95% CI)",
        "On the scale of the question", "Design and people", "Risk of bias",
    ]  # fmt: skip
    assert {len(record) for record in records(page)} == {9}
    boxes.get_by_label("Tested").check()
    assert "Tested" in headings(page)
    page.mouse.click(5, 5)
    expect(boxes).to_be_hidden()


def test_columns_are_chosen_with_the_keyboard_alone(open_page: Open) -> None:
    page = open_page(SIDE_BY_SIDE)
    choice(page, "Risk of bias").focus()
    page.keyboard.press("Tab")
    summary = page.locator("summary")
    expect(summary).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("checkbox", name="Role here")).to_be_focused()
    page.keyboard.press("Space")
    assert headings(page)[:2] == ["Study", "Tested"]
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(page.get_by_role("checkbox", name="Tested")).to_be_hidden()
    page.keyboard.press("Enter")
    for _ in range(11):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Download as CSV")).to_be_focused()
    expect(page.get_by_role("checkbox", name="Tested")).to_be_hidden()
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert saved.value.suggested_filename == "exercise-v-nothing-studies.csv"


def test_the_download_is_the_table_that_is_seen(open_page: Open) -> None:
    page = open_page(SIDE_BY_SIDE)
    hide(page, "Tested", "Design and people")
    choice(page, "Role here").select_option("left out")
    table(page).get_by_role("button", name="Effect").click()
    name, content = download(page)
    assert name == "exercise-v-nothing-studies-2-of-4.csv"
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    assert text.count("\r\n") == text.count("\n") == 3
    head, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert head == headings(page)
    assert rows == records(page)
    assert [row[headings(page).index("Effect as reported (95% CI)")].split(";")[0] for row in rows] == [
        "−45 (−55 to −35)",
        "−0.3 (−1.1 to 0.5)",
    ]
    assert [row[headings(page).index("n")] for row in rows] == ["40", "120"]


def test_a_whole_table_is_downloaded_whole(open_page: Open) -> None:
    page = open_page("studies/")
    name, content = download(page)
    assert name == "back-pain-studies.csv"
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)) == [
        headings(page),
        *records(page),
    ]


@pytest.mark.parametrize(
    ("cell", "field"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1+1", "'＝1+1"),
        ("-15", "-15"),
        ("−15.5", "-15.5"),
        ("−1,480.25", "-1480.25"),
        ("+3", "+3"),
        ("1e-05", "1e-05"),
        ("12 to 18", "12 to 18"),
        ("1,5", '"1,5"'),
        ('say "no"; =1+1', '"say ""no""; =1+1"'),
        ("−0.5 (−1 to 0)", "−0.5 (−1 to 0)"),
        (
            'two<span class="bk-sub">sub\n lines</span><sup class="bk-cite"><a href="#">[1]</a></sup>',
            '"two; sub lines"',
        ),
        ('<span aria-hidden="true">●●○○</span> low', "low"),
    ],
)
def test_a_cell_of_the_file_is_what_a_spreadsheet_wants_and_never_a_formula(
    open_page: Open, cell: str, field: str
) -> None:
    page = open_page(SIDE_BY_SIDE)
    table(page).locator("tbody tr").first.locator("td").first.evaluate("(it, html) => (it.innerHTML = html)", cell)
    hide(page, *headings(page)[2:])
    assert download(page)[1].decode().split("\r\n")[1] == f"Madeup & Toy 2020,{field}"


@pytest.mark.parametrize(
    ("given", "field"), [("", ""), ("7", "7"), ("\t=1+1", '"\'\t=1+1"'), ("a\nb", '"a\nb"'), ("\r=1", '"\'\r=1"')]
)
def test_what_a_cell_says_it_is_in_a_file_goes_before_its_text(open_page: Open, given: str, field: str) -> None:
    page = open_page(SIDE_BY_SIDE)
    table(page).locator("tbody tr").first.locator("td").first.evaluate("(it, text) => (it.dataset.csv = text)", given)
    hide(page, *headings(page)[2:])
    assert f"\r\nMadeup & Toy 2020,{field}\r\n" in download(page)[1].decode()


def test_a_link_leads_to_the_same_view(open_page: Open) -> None:
    page = open_page(SIDE_BY_SIDE)
    before = page.url
    page.get_by_label("Filter by a word").fill("toy")
    choice(page, "Role here").select_option("left out")
    choice(page, "Role here").select_option("in our own pool")
    choice(page, "Role here").select_option("")
    hide(page, "Tested", "When", "n")
    table(page).get_by_role("button", name="Risk of bias").click()
    table(page).get_by_role("button", name="Effect").click(click_count=2)
    seen = headings(page), records(page)
    page.wait_for_url("**/?*sort=-effect*")
    assert page.url == (
        before
        + "?filter=toy&columns=role-here+compared-with+outcome+effect-as-reported-95-ci+on-the-scale-of-the-question"
        "+design-and-people+risk-of-bias&sort=-effect-as-reported-95-ci+risk-of-bias"
    )
    other = open_page(page.url.removeprefix(before.removesuffix(SIDE_BY_SIDE)) + "#studies-side-by-side")
    assert (headings(other), records(other)) == seen
    expect(other.get_by_role("checkbox", name="When", include_hidden=True)).not_to_be_checked()
    other.get_by_role("button", name="Show all").click()
    expect(other.get_by_label("Filter by a word")).to_be_focused()
    expect(other.get_by_role("button", name="Show all")).to_be_hidden()
    other.wait_for_url(before + "#studies-side-by-side")
    assert (headings(other), len(records(other))) == (headings(open_page(SIDE_BY_SIDE)), 4)


def test_an_address_that_fits_no_table_shows_everything(open_page: Open) -> None:
    page = open_page(SIDE_BY_SIDE + "?role-here=gone&sort=-price&h=pain&columns=" + "+".join(["tested", "no-column"]))
    assert headings(page) == ["Study", "Tested"]
    assert len(records(page)) == 4
    expect(choice(page, "Role here")).to_have_value("")
    assert page.locator("th[aria-sort]").count() == 0
    page.wait_for_url("**/?h=pain&columns=tested")  # what is not the table's is left alone


def test_on_a_phone_the_studies_side_by_side_are_cards_that_can_be_sorted(open_page: Open) -> None:
    page = open_page(SIDE_BY_SIDE, viewport=PHONE)
    region = page.get_by_role("region", name="Studies side by side")
    assert region.evaluate("it => it.scrollWidth <= it.clientWidth")
    expect(region.get_by_role("button")).to_have_count(0)
    names = region.locator("tbody th")
    choice(page, "Sort by").select_option("n, lowest first")
    assert names.all_inner_texts()[0] == "Sample 2005"
    choice(page, "Sort by").select_option("Study, Z to A")
    assert names.all_inner_texts()[-1] == "Madeup & Toy 2020"
    choice(page, "Sort by").select_option("as listed")
    assert names.all_inner_texts()[0] == "Madeup & Toy 2020"
    choice(page, "Role here").select_option("left out")
    expect(region.locator("tbody tr:visible")).to_have_count(2)
    page.get_by_text("Columns", exact=True).click()
    page.get_by_role("checkbox", name="Tested").uncheck()
    expect(region.locator("td[data-label=Tested]:visible")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_in_tools_that_are_open_and_used(open_page: Open, scheme: str, size: dict[str, int]) -> None:
    page = open_page(SIDE_BY_SIDE, viewport=size, color_scheme=scheme)
    hide(page, "When")
    page.get_by_label("Filter by a word").fill("toy")
    page.get_by_text("Columns", exact=True).click()
    expect(page.get_by_role("checkbox", name="When")).to_be_visible()
    start_axe(page)
    assert violations(page) == []


@pytest.mark.parametrize("url", ["studies/", SIDE_BY_SIDE, OWN_POOL])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_nothing_moves_when_a_late_script_brings_the_tools_to_life(
    open_page: Open, url: str, size: dict[str, int]
) -> None:
    page = open_page("about/", viewport=size)
    held: list[Route] = []
    page.route("**/tables.js", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks its handlers
    with page.expect_request("**/tables.js"):
        page.goto(page.url.replace("about/", url), wait_until="commit")
    page.locator("script[src$='tables.js']").wait_for(state="attached")  # the whole page before it is there
    expect(page.locator(".bk-tools")).to_be_hidden()
    before = page.evaluate(PLACES)
    held[0].continue_()
    expect(page.locator(".bk-tools.bk-ready")).to_be_visible()
    assert page.evaluate(PLACES) == before != []


def test_pages_that_the_theme_exchanges_get_their_tools_too(browser: Browser, tmp_path: Path, toy: Evidence) -> None:
    site = tmp_path / "site"
    site.mkdir()
    with served(site) as address:
        text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
        text = text.replace('!ENV [BACKED_SITE_URL, "https://backed.example/"]', address)
        text = text.replace("  features:\n", "  features:\n    - navigation.instant\n")
        for name in ("site_src", "scripts"):
            (tmp_path / name).symlink_to(ROOT / name)
        (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
        publish_site(tmp_path / "mkdocs.yml", site, Path(toy.root))
        page = browser.new_page(viewport=DESKTOP)
        page.goto(address + "comparisons/")
        page.evaluate("window.first = true")
        page.get_by_role("link", name="Exercise against nothing").first.click()
        page.wait_for_url("**/exercise-v-nothing/")
        expect(page.get_by_role("status")).to_have_text("4 of 4 shown")
        choice(page, "Role here").select_option("left out")
        expect(page.get_by_role("status")).to_have_text("2 of 4 shown")
        page.wait_for_url("**/exercise-v-nothing/?role-here=left+out")
        page.get_by_role("link", name="Studies", exact=True).first.click()
        page.wait_for_url("**/studies/")
        expect(page.get_by_role("status")).to_have_text("8 of 8 shown")  # the page is exchanged after its address
        page.get_by_label("Filter by a word").fill("cycling single")
        expect(page.get_by_role("status")).to_have_text("1 of 8 shown")
        assert page.evaluate("window.first") is True  # no page was loaded anew
        page.close()


def test_the_studies_stay_in_sight_while_a_wide_table_is_scrolled(open_page: Open) -> None:
    page = open_page(SIDE_BY_SIDE, viewport={"width": 760, "height": 740})
    region = page.get_by_role("region", name="Studies side by side")
    study = region.get_by_role("rowheader").first
    left = study.evaluate("it => it.getBoundingClientRect().left")
    assert region.evaluate("it => { it.scrollLeft = 150; return it.scrollLeft; }") == 150
    assert study.evaluate("it => it.getBoundingClientRect().left") == left
    expect(study).to_have_css("background-color", "rgb(243, 246, 247)")  # nothing shines through


def test_print_leaves_the_tools_out(open_page: Open) -> None:
    page = open_page(SIDE_BY_SIDE)
    page.emulate_media(media="print")
    expect(page.locator(".bk-tools")).to_be_hidden()
    expect(table(page)).to_be_visible()


def test_without_javascript_tables_and_lists_are_whole(open_page: Open) -> None:
    page = open_page("studies/", java_script_enabled=False)
    assert column(page, "Year") == NEWEST_FIRST
    expect(page.locator("article").get_by_role("button")).to_have_count(0)
    claims = open_page("claims/", java_script_enabled=False)
    assert shown_claims(claims) == CLAIMS
    expect(claims.locator(".bk-filter")).to_be_hidden()
    for url, effects in ((SIDE_BY_SIDE, 4), (OWN_POOL, 7)):
        rows = open_page(url, java_script_enabled=False).get_by_role("region", name="Studies side by side")
        expect(rows.locator("tbody tr:visible")).to_have_count(effects)


def test_a_wide_table_scrolls_in_its_own_region_with_the_keyboard_too(open_page: Open) -> None:
    page = open_page("studies/", viewport=PHONE)
    region = page.get_by_role("region", name="Studies")
    assert region.evaluate("it => it.scrollWidth > it.clientWidth")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("it => it.scrollLeft > 0", arg=region.element_handle())
    assert page.evaluate("window.scrollX") == 0


def table(page: Page) -> Locator:
    """Return the table that the page's tools are for."""
    return page.locator(".bk-tools + .bk-scroll > table")


def choice(page: Page, name: str) -> Locator:
    """Return the list of values to choose from that has this name."""
    return page.get_by_role("combobox", name=name, exact=True)


def headings(page: Page) -> list[str]:
    """Return the names of the columns that are shown."""
    return [seen(head)[0] for head in table(page).locator("thead th:visible").all()]


def records(page: Page) -> list[list[str]]:
    """Return the rows that are seen, a list of the cells that are seen, as a file should hold them."""
    rows = table(page).locator("tbody tr:visible").all()
    return [["; ".join(seen(cell)) for cell in row.locator("th:visible, td:visible").all()] for row in rows]


def seen(cell: Locator) -> list[str]:
    """Return the lines of a cell as the browser draws them, numbers as programs write them, '' for a dash alone."""
    lines = [line.strip() for line in cell.inner_text().splitlines()]
    found = [line for line in lines if line]
    if len(found) == 1:
        bare = found[0].replace(",", "").replace("−", "-")
        return [bare] if bare.removeprefix("-").replace(".", "", 1).isdigit() else [found[0].removesuffix("–")]
    return found or [""]


def hide(page: Page, *names: str) -> None:
    """Hide columns."""
    page.get_by_text("Columns", exact=True).click()
    for name in names:
        page.get_by_role("checkbox", name=name, exact=True).uncheck()
    page.keyboard.press("Escape")


def download(page: Page) -> tuple[str, bytes]:
    """Return the name and the content of the file that the page offers."""
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download as CSV").click()
    return saved.value.suggested_filename, Path(saved.value.path()).read_bytes()


def people(text: str) -> int:
    """Return the number that a cell begins with."""
    return int(text.split()[0].replace(",", ""))


def column(page: Page, name: str) -> list[str]:
    """Return the shown cells of a column of the table."""
    heads = [head.strip() for head in table(page).locator("thead th").all_inner_texts()]
    rows = table(page).locator("tbody tr:visible").all()
    return [row.locator("th, td").nth(heads.index(name)).inner_text().strip() for row in rows]


def shown_claims(page: Page) -> list[str]:
    """Return the sentences of the claims that are shown, without markup that is part of one."""
    return [text.split(" <")[0] for text in page.locator(".bk-claim__text:visible").all_inner_texts()]
