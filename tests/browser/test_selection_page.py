"""The reader's selection: ticked anywhere, kept across pages, taken along, shared; also without a server."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browser.test_every_page import start_axe, violations
from tests.browser.visitor import DESKTOP, PHONE, Open, search, told

from backed.export import EXPORTS, FORMATTED, Format
from backed.export.selection import frames, selectable
from backed.model import Evidence, Export, Reference

KEYS = ("madeup-2020-exercise", "sample-2005-retracted-exercise", "toy-2001-walking")
LABELS = ("Madeup & Toy 2020", "Sample 2005", "Toy, von Spiel & Toy Study Group 2001")
BOXES = {  # a page, how many boxes it has at the least, and a work that has one
    "studies/": (8, "toy-2011-jogging"),
    "comparisons/movement-v-inactive/": (7, "toy-2014-three-arms"),
    "claims/exercise-helps/": (2, "madeup-2020-exercise"),
    "articles/rugtips/": (3, "toy-guideline-2015"),
    "bibliography/": (11, "toy-2002-walking-one-year"),
    "studies/toy-2012-cycling/": (1, "toy-2012-cycling"),
}
NO_STORAGE = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("denied", "SecurityError"); },
});"""
ORDER = {"madeup-2020-exercise": "\U0001f600", "sample-2005-retracted-exercise": "\uff21", "toy-2001-walking": "z"}
"""By code point the last comes first and the first last; by the halves in which a browser holds them, otherwise."""
ALL = (*EXPORTS, *FORMATTED)
ORDERED = replace(
    EXPORTS[0], id="ordered", label="Ordered", head="<\n", between="|\n", tail=">\r\n", order=lambda it: ORDER[it.key]
)


@pytest.fixture
def unpacked(site: Path, tmp_path: Path) -> Path:
    """Return a copy of the toy site's folder, which may be written to."""
    return Path(shutil.copytree(site, tmp_path / "unpacked"))


@pytest.fixture
def open_file(browser: Browser, unpacked: Path) -> Iterator[Callable[[str], Page]]:
    """Give a function that opens a page of the unpacked site as a file."""
    context = browser.new_context(viewport=DESKTOP)
    context.set_default_timeout(5000)

    def open_file(url: str) -> Page:
        page = context.new_page()
        page.goto(f"{unpacked.as_uri()}/{url}index.html")
        return page

    yield open_file
    context.close()


@pytest.mark.parametrize(("url", "many", "key"), [(url, *rest) for url, rest in BOXES.items()])
def test_a_work_is_ticked_beside_its_name_and_the_selection_has_it(
    open_page: Open, toy: Evidence, url: str, many: int, key: str
) -> None:
    page = open_page(url)
    assert page.locator("input[data-work]:visible").count() >= many
    expect(corner(page)).to_be_hidden()
    boxes = page.locator(f'input[data-work="{key}"]')
    boxes.first.check()
    assert [box.is_checked() for box in boxes.all()] == [True] * boxes.count()
    corner(page).click()
    expect(page).to_have_url(re.compile("/selection/$"))
    assert chosen(page) == [toy.works[key].title]


def test_the_selection_follows_from_page_to_page(open_page: Open) -> None:
    page = open_page("studies/")
    page.get_by_role("checkbox", name="Select Madeup & Toy 2020").check()
    goto(page, "claims/exercise-helps/")
    first, second = page.locator(".bk-references").get_by_role("checkbox").all()
    expect(second).to_be_checked()
    expect(first).not_to_be_checked()
    first.check()
    goto(page, "bibliography/")
    assert ticked(page) == {"madeup-2020-exercise", "toy-2001-walking"}
    expect(corner(page)).to_have_text("2 works selected")
    page.locator('input[data-work="madeup-2020-exercise"]').uncheck()
    goto(page, "studies/madeup-2020-exercise/")
    expect(page.get_by_role("checkbox", name="Add to your selection: Madeup & Toy 2020")).not_to_be_checked()
    expect(corner(page)).to_have_text("1 work selected")


def test_what_the_search_finds_can_be_ticked(open_page: Open) -> None:
    page = open_page("about/")
    found = search(page, "cycling")
    study = found.filter(has_text="Toy cycling in twelve").first
    study.get_by_role("checkbox").check()
    expect(found.filter(has_text="Comparison").first.get_by_role("checkbox")).to_have_count(0)
    page.keyboard.press("Escape")
    goto(page, "studies/")
    assert ticked(page) == {"toy-2012-cycling"}


def test_a_selection_is_seen_in_another_window_at_once(open_page: Open) -> None:
    page = open_page("studies/")
    other = page.context.new_page()
    other.goto(page.url)
    page.locator('input[data-work="toy-2011-jogging"]').check()
    expect(other.locator('input[data-work="toy-2011-jogging"]')).to_be_checked()
    expect(corner(other)).to_have_text("1 work selected")
    other.locator('input[data-work="toy-2016-clinics"]').check()
    expect(corner(page)).to_have_text("2 works selected")


def test_the_keyboard_ticks_reaches_the_selection_and_empties_it(open_page: Open) -> None:
    page = open_page("studies/")
    page.locator('input[data-work="toy-2011-jogging"]').focus()
    page.keyboard.press("Space")
    expect(page.locator(".bk-basket [aria-live]")).to_have_text("1 work selected")
    corner(page).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/selection/")
    page.get_by_role("button", name="Remove Toy 2011").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing is selected yet")).to_be_visible()
    expect(page.locator("#selection")).to_be_focused()


def test_one_work_is_removed_and_the_focus_goes_on_to_the_next(open_page: Open) -> None:
    page = with_selection(open_page, KEYS)
    page.get_by_role("button", name=f"Remove {LABELS[0]}").click()
    expect(page.get_by_text("2 works in your selection")).to_be_visible()
    expect(page.get_by_role("button", name=f"Remove {LABELS[1]}")).to_be_focused()
    assert stored(page) == list(KEYS[1:])


def test_an_emptied_selection_can_be_put_back(open_page: Open) -> None:
    page = with_selection(open_page, KEYS)
    page.locator("#selection").get_by_role("button", name="Clear").click()
    expect(page.get_by_text("Nothing is selected yet")).to_be_visible()
    assert stored(page) == []
    expect(page.get_by_role("button", name="Download")).to_be_hidden()
    page.get_by_role("button", name="Put them back").click()
    expect(page.get_by_text("3 works in your selection")).to_be_visible()


def test_a_retracted_work_says_so_in_the_selection(open_page: Open) -> None:
    page = with_selection(open_page, KEYS)
    expect(page.get_by_role("listitem").filter(has_text="Sample 2005")).to_contain_text("Retracted since 1 May 2007.")


@pytest.mark.parametrize("form", ALL, ids=lambda form: form.id)
@pytest.mark.parametrize("keys", [KEYS, KEYS[::-1], KEYS[1:2]], ids=["three", "ticked-backwards", "one"])
def test_a_file_is_byte_for_byte_what_the_build_writes(
    open_page: Open, toy: Evidence, form: Format, keys: Sequence[str]
) -> None:
    page = with_selection(open_page, keys)
    assert download(page, form) == (f"backed-selection.{form.extension}", expected(toy.works, form, keys))


def test_all_works_give_the_file_of_the_bibliography(open_page: Open, toy: Evidence, site: Path) -> None:
    page = with_selection(open_page, list(toy.works))
    for form in EXPORTS:
        assert download(page, form)[1] == (site / f"bibliography/backed.{form.extension}").read_bytes()


def test_without_a_server_a_selection_is_made_followed_and_taken_along(
    open_file: Callable[[str], Page], toy: Evidence
) -> None:
    page = open_file("studies/")
    asked, wrong = told(page)
    page.get_by_role("checkbox", name=f"Select {LABELS[0]}").check()
    page.get_by_role("link", name=LABELS[2]).click()
    page.get_by_role("checkbox", name="Add to your selection").check()
    corner(page).click()
    expect(page.get_by_text("2 works in your selection")).to_be_visible()
    for form in EXPORTS:
        assert download(page, form)[1] == expected(toy.works, form, [KEYS[0], KEYS[2]])
    page.locator("#selection").get_by_role("link", name=LABELS[0]).click()
    expect(page.get_by_role("checkbox", name="Add to your selection")).to_be_checked()
    assert [address for address in asked if not address.startswith(("file:", "blob:", "data:"))] == []
    assert [fault for fault in wrong if "shards" in fault] == []


def test_a_format_with_an_order_of_its_own_is_sorted_as_the_build_sorts(
    open_file: Callable[[str], Page], unpacked: Path, toy: Evidence
) -> None:
    works = {key: toy.works[key] for key in KEYS}
    put(unpacked, frames(works, (*EXPORTS, ORDERED)))
    put(unpacked, selectable(works, ORDERED))
    page = open_file("selection/")
    select(page, KEYS)
    _, written = download(page, ORDERED)
    assert written == ORDERED.write(works[key] for key in sorted(works)).encode()
    assert [written.index(key.encode()) for key in KEYS] == sorted(written.index(key.encode()) for key in KEYS)[::-1]


def test_of_many_works_only_the_parts_asked_for_are_loaded(
    open_file: Callable[[str], Page], unpacked: Path, toy: Evidence
) -> None:
    keys = [f"toy-2001-number-{number}" for number in range(100)]
    works = {key: replace(toy.works["toy-2001-walking"], key=key) for key in keys}
    put(unpacked, frames(works, EXPORTS))
    for form in EXPORTS:
        put(unpacked, selectable(works, form))
    works_parts = unpacked / "shards/works"
    for number in range(4):  # what is known of them is of no interest here
        (works_parts / f"{number}.js").write_text(
            f'backedShard("works/{number}",{json.dumps({key: {} for key in keys})})'
        )
    page = open_file("selection/")
    asked, _ = told(page)
    select(page, keys[:1])
    assert download(page, EXPORTS[0])[1] == expected(works, EXPORTS[0], keys[:1])
    assert len({address for address in asked if f"/shards/{EXPORTS[0].id}/" in address}) == 1
    select(page, keys)
    assert download(page, EXPORTS[0])[1] == expected(works, EXPORTS[0], keys)
    assert len({address for address in asked if f"/shards/{EXPORTS[0].id}/" in address}) == 4


def test_the_list_is_copied_as_it_is_saved(open_page: Open, toy: Evidence) -> None:
    page = with_selection(open_page, KEYS, permissions=["clipboard-read", "clipboard-write"])
    form = next(form for form in EXPORTS if form.id == "ris")
    choose(page, form)
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").encode() == expected(toy.works, form, KEYS)


def test_a_browser_that_refuses_to_copy_says_so(open_page: Open) -> None:
    page = with_selection(open_page, KEYS)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')) }")
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_text("This browser does not let us copy.")).to_be_visible()
    assert page.evaluate("getSelection().toString() || document.activeElement.value").startswith("http")


def test_a_shared_link_gives_another_reader_the_same_works(open_page: Open) -> None:
    address = link(with_selection(open_page, KEYS))
    other = open_page()
    other.goto(address)
    expect(other.get_by_text("The 3 works of the link are in your selection.")).to_be_visible()
    expect(other.get_by_text("3 works in your selection")).to_be_visible()
    assert "#" not in other.url
    assert sorted(stored(other)) == list(KEYS)


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        ("Add them to mine", {*KEYS, "toy-2011-jogging"}),
        ("Replace mine", {*KEYS}),
        ("Leave mine as it is", {"toy-2011-jogging"}),
    ],
)
def test_a_shared_link_never_takes_a_readers_own_selection_away(open_page: Open, answer: str, left: set[str]) -> None:
    address = link(with_selection(open_page, KEYS))
    other = with_selection(open_page, ["toy-2011-jogging"])
    other.goto(address)
    expect(other.get_by_text("The link holds 3 works; your own selection 1 work.")).to_be_visible()
    expect(other.get_by_text("1 work in your selection")).to_be_visible()
    assert stored(other) == ["toy-2011-jogging"]
    other.get_by_role("button", name=answer).click()
    expect(other.get_by_text(re.compile(f"^{len(left)} works? in your selection"))).to_be_visible()
    assert set(stored(other)) == left
    expect(other.get_by_text("From the link you opened")).to_be_hidden()


def test_a_link_with_unknown_entries_says_so(open_page: Open) -> None:
    page = open_page("selection/#s=toy-2011-jogging,no-such-work,toy-2011-jogging")
    expect(page.locator("[data-part=link]")).to_contain_text(
        "The 1 work of the link is in your selection. 1 of its entries is not known here."
    )
    assert stored(page) == ["toy-2011-jogging"]


@pytest.mark.parametrize(
    "tail",
    [
        "#s=<img src=x onerror=alert(1)>",
        "?s=<img src=x onerror=alert(1)>",
        "#s=../../etc/passwd,..%2F..%2Fetc%2Fpasswd",
        "#s=%3Cscript%3Ealert(1)%3C%2Fscript%3E,%E0%A4%A,__proto__,constructor,toString",
        "#s=javascript:alert(1)",
        "#s=" + "x" * 100_000,
    ],
)
def test_a_hostile_link_does_nothing(open_page: Open, address: str, tail: str) -> None:
    page = open_page("about/")
    ran: list[str] = []
    page.on("dialog", lambda dialog: ran.append(dialog.message))
    (asked, _), wrong = told(page), faults(page)
    page.goto(f"{address}selection/{tail}")
    expect(page.get_by_text("Nothing is selected yet")).to_be_visible()
    if "#" in tail:
        expect(page.get_by_text("The link names no work that is known here.")).to_be_visible()
    assert stored(page) == []
    assert page.locator("#selection img, #selection script").count() == 0
    assert ran == []
    assert wrong == []
    assert all(request.startswith((address, "data:")) and "passwd" not in request for request in asked)


@pytest.mark.parametrize("text", ["{", "null", '{"a": 1}', '[1, null, ["x"], "<b>", "../x", ""]', '"text"'])
def test_what_else_stands_where_the_selection_is_kept_is_passed_over(open_page: Open, text: str) -> None:
    page = open_page("studies/")
    page.evaluate("text => localStorage.setItem('backed.selection', text)", text)
    wrong = faults(page)
    page.reload()
    expect(corner(page)).to_be_hidden()
    page.locator('input[data-work="toy-2011-jogging"]').check()
    assert stored(page) == ["toy-2011-jogging"]
    assert wrong == []


def test_a_work_that_is_known_no_more_can_be_removed(open_page: Open, toy: Evidence) -> None:
    page = with_selection(open_page, ["no-such-work", "toy-2011-jogging"])
    expect(page.get_by_text("no-such-work: not known here")).to_be_visible()
    assert download(page, EXPORTS[0])[1] == expected(toy.works, EXPORTS[0], ["toy-2011-jogging"])
    page.get_by_role("button", name="Remove no-such-work").click()
    expect(page.get_by_text("1 work in your selection")).to_be_visible()


def test_a_former_key_becomes_the_key_of_today(open_file: Callable[[str], Page], unpacked: Path) -> None:
    part = unpacked / "shards/works/0.js"
    part.write_text(part.read_text().replace('{"', '{"toy-2011-running":"toy-2011-jogging","', 1))
    page = open_file("selection/")
    select(page, ["toy-2011-running", "toy-2011-jogging"])
    expect(page.get_by_text("1 work in your selection")).to_be_visible()
    assert stored(page) == ["toy-2011-jogging"]


def test_a_browser_that_keeps_nothing_keeps_it_on_the_page_and_in_the_link(open_page: Open) -> None:
    page = open_page()
    page.context.add_init_script(NO_STORAGE)
    goto(page, "studies/")
    page.locator('input[data-work="toy-2011-jogging"]').check()
    expect(corner(page)).to_have_text("1 work selected, on this page only")
    corner(page).click()
    expect(page.get_by_text("This browser does not let us keep your selection")).to_be_visible()
    assert chosen(page) == ["Toy trial of jogging"]


def test_parts_that_cannot_be_loaded_are_told(open_page: Open) -> None:
    page = open_page("studies/")
    page.locator('input[data-work="toy-2011-jogging"]').check()
    page.context.route("**/shards/bibtex/*", lambda route: route.abort())
    corner(page).click()
    expect(page.locator("[data-part=told]")).to_contain_text("shards/bibtex/0.js could not be loaded. Look at your")
    expect(page.get_by_role("button", name="Download")).to_be_disabled()
    page.context.unroute("**/shards/bibtex/*")
    choose(page, EXPORTS[0])
    expect(page.get_by_label("What you get")).to_have_value(re.compile("toy-2011-jogging"))
    expect(page.locator("[data-part=told]")).to_be_empty()


def test_without_scripts_there_are_no_boxes_and_the_page_says_where_files_are(open_page: Open) -> None:
    page = open_page("studies/", java_script_enabled=False)
    assert page.locator("input[data-work]:visible").count() == 0
    goto(page, "selection/")
    expect(page.get_by_text("scripts are switched off in this browser")).to_be_visible()
    expect(page.get_by_role("button", name="Download")).to_be_hidden()


def test_nothing_but_the_names_of_parts_is_asked_for(open_page: Open, address: str) -> None:
    page = with_selection(open_page, KEYS)
    (asked, _), wrong = told(page), faults(page)
    page.reload()
    for form in EXPORTS:
        download(page, form)
    names = {request.removeprefix(address) for request in asked if "/shards/" in request}
    assert names == {"shards/formats.js", "shards/works/0.js", *(f"shards/{form.id}/0.js" for form in EXPORTS)}
    assert not any(key in request for request in asked for key in KEYS)
    assert wrong == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_in_a_filled_selection_and_a_shared_link(
    open_page: Open, scheme: str, size: dict[str, int]
) -> None:
    page = with_selection(open_page, KEYS, color_scheme=scheme, viewport=size)
    page.goto(f"{page.url}#s=toy-2011-jogging")
    expect(page.get_by_role("button", name="Replace mine")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    start_axe(page)
    assert violations(page) == []
    goto(page, "studies/")
    expect(corner(page)).to_be_visible()
    start_axe(page)
    assert violations(page) == []


def corner(page: Page) -> Locator:
    """Return the link in the corner that leads to the selection."""
    return page.locator(".bk-basket a")


def faults(page: Page) -> list[str]:
    """Return a list that grows with each error of a script."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def goto(page: Page, url: str) -> None:
    """Go to another page of the same site."""
    root = re.match(r"\w+://[^/]+/", page.url)
    assert root is not None
    page.goto(root[0] + url)


def ticked(page: Page) -> set[str]:
    """Return the keys of the works whose boxes are ticked on the page."""
    return set(page.locator("input[data-work]:checked").evaluate_all("boxes => boxes.map(it => it.dataset.work)"))


def stored(page: Page) -> list[str]:
    """Return the keys that the browser keeps."""
    keys: list[str] = page.evaluate("JSON.parse(localStorage.getItem('backed.selection') ?? '[]')")
    return keys


def select(page: Page, keys: Sequence[str]) -> None:
    """Make these works the selection, and show it."""
    page.evaluate("keys => localStorage.setItem('backed.selection', keys)", json.dumps(keys))
    page.reload()


def with_selection(open_page: Open, keys: Sequence[str], **options: object) -> Page:
    """Return the page of the selection of a visitor who has selected these works."""
    page = open_page("selection/", **options)
    select(page, keys)
    expect(page.get_by_text(re.compile(f"^{len(keys)} works? in your selection"))).to_be_visible()
    return page


def chosen(page: Page) -> list[str]:
    """Return the titles of the works that the page of the selection lists."""
    page.locator("[data-part=works] li").first.wait_for()
    titles = "all => all.map(it => it.childNodes[1].textContent.trim())"
    listed: list[str] = page.locator("[data-part=works] li").evaluate_all(titles)
    return listed


def choose(page: Page, form: Format) -> None:
    """Choose a format anew and wait for its text."""
    field = page.get_by_label("What you get")
    field.evaluate("it => { it.value = ''; }")
    page.get_by_label("Format").select_option(form.id)
    page.get_by_label("Format").dispatch_event("change")
    expect(field).not_to_have_value("")


def download(page: Page, form: Format) -> tuple[str, bytes]:
    """Return the name and the bytes of the file that the page saves."""
    choose(page, form)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download").click()
    return saved.value.suggested_filename, Path(saved.value.path()).read_bytes()


def link(page: Page) -> str:
    """Return the address that the page offers for sharing."""
    field = page.get_by_label("A link to these works")
    expect(field).to_have_value(re.compile("#s=."))
    return field.input_value()


def expected(works: Mapping[str, Reference], form: Format, keys: Iterable[str]) -> bytes:
    """Return the file that the build writes of these works."""
    return form.write(works[key] for key in sorted(keys)).encode()


def put(folder: Path, files: Iterable[Export]) -> None:
    """Write files into an unpacked site."""
    for one in files:
        path = folder / one.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one.content)
