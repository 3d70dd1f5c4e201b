"""The search box, as a visitor uses it."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect
from tests.browser.visitor import DESKTOP, PHONE, Open, search, told

from backed.publish.search_words import words_of


@pytest.mark.parametrize(
    ("words", "title", "kind"),
    [
        ("Núñez", "Placeholder et al. 2010", "Study"),
        ("madeup", "Madeup & Toy 2020", "Study"),
        ("magnets", "Magnets heal the back", "Claim"),
        ("magneten", "Magnets heal the back", "Claim"),
        ("workout", "Exercise against nothing or usual care", "Comparison"),
        ("oefentherapie", "Exercise makes back pain much less", "Claim"),
        ("rugtips", "Rugtips: wat helpt écht? <3 & meer", "Article"),
    ],
)
def test_search_finds_a_record_and_says_its_type(open_page: Open, words: str, title: str, kind: str) -> None:
    result = search(open_page(), words).filter(has_text=title).first
    expect(result.locator(".md-tag").first).to_have_text(kind)


def test_a_result_leads_to_its_page(open_page: Open) -> None:
    page = open_page("methods/sourcing/")
    search(page, "Placeholder").filter(has_text="Toy cohort of distress").first.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("/studies/placeholder-2010-distress/"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Placeholder")


def test_markup_in_a_record_is_shown_and_never_run(open_page: Open) -> None:
    page = open_page()
    _, wrong = told(page)
    ran: list[str] = []
    page.on("dialog", lambda dialog: ran.append(dialog.message))
    result = search(page, "heal").first
    expect(result).to_contain_text("Magnets heal the back <script>alert(1)</script>.")
    result.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("<script>alert(1)</script>")
    assert (ran, wrong) == ([], [])


def test_search_works_on_a_phone(open_page: Open) -> None:
    page = open_page(viewport=PHONE)
    page.locator("label.md-header__button[for=__search]").click()
    expect(search(page, "cycling").filter(has_text="Toy cycling").first).to_be_in_viewport()


def test_nothing_found_is_said(open_page: Open) -> None:
    page = open_page()
    search(page, "xylophone")
    expect(page.locator(".md-search-result__meta")).to_have_text("No matching documents")


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("excercise", "Exercise makes back pain much less"),  # a letter too many
        ("ecxercise", "Exercise makes back pain much less"),  # two of them
        ("xercise", "Exercise makes back pain much less"),  # the first one left out
        ("oefenterapie", "Exercise makes back pain much less"),
        ("exercising", "Exercise makes back pain much less"),  # another form
        ("magnet", "Magnets heal the back"),
        ("placehold", "Placeholder et al. 2010"),  # as far as it is typed
        ("nunez", "Placeholder et al. 2010"),
        ("does exercise help my back?", "Exercise"),  # what every text has is not looked up
    ],
)
def test_what_is_mistyped_inflected_or_begun_is_found(open_page: Open, words: str, title: str) -> None:
    expect(search(open_page(), words).filter(has_text=title).first).to_be_visible()


def test_every_word_narrows_and_what_is_missing_is_said(open_page: Open) -> None:
    page = open_page()
    search(page, "cohort distress ")
    expect(page.locator(".md-search-result__item").first).to_contain_text("Placeholder")
    for item in page.locator(".md-search-result__item").all():
        expect(item).to_contain_text(re.compile("distress", re.IGNORECASE))
    expect(search(page, "zzzzqqqq").first).to_contain_text("Missing: zzzzqqqq")


def test_a_page_written_by_hand_is_found_with_its_sections(open_page: Open) -> None:
    page = open_page()
    search(page, "sourcing policy")
    first = page.locator(".md-search-result__item").first
    expect(first.locator("h1")).to_have_text("Sourcing policy")
    expect(first.locator("mark").first).to_have_text(re.compile("sourc", re.IGNORECASE))


def test_more_than_the_dialog_shows_is_said(open_page: Open) -> None:
    page = open_page()
    search(page, "pain")
    items = page.locator(".md-search-result__item")
    expect(items).to_have_count(10)  # the theme draws the rest when it is scrolled to
    last = items.filter(has_text=re.compile(r"^\s*\d+ more entries match"))
    page.locator(".md-search__scrollwrap").evaluate("(box) => box.scrollTo(0, box.scrollHeight)")
    expect(last).to_have_count(1)
    expect(last.get_by_role("link")).to_have_attribute("href", re.compile("/studies/"))


def test_the_search_needs_no_mouse(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("/")
    page.keyboard.type("magnets")
    result = page.locator(".md-search-result__item")
    expect(result.filter(has_text="Magnets heal the back").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".md-search-result__link").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/claims/"))


def test_the_word_being_typed_is_completed(open_page: Open) -> None:
    page = open_page()
    search(page, "magn")
    expect(page.locator(".md-search__suggest")).to_have_text(re.compile("^magne"))


def test_a_first_query_loads_a_few_small_parts(open_page: Open) -> None:
    page = open_page()
    asked, wrong = told(page)
    expect(search(page, "placeholder").first).to_be_visible()
    parts = [url for url in asked if "/shards/search/" in url]
    assert sum(url.endswith("/root.js") for url in parts) == 1
    assert len(parts) == len(set(parts))
    assert wrong == []


def test_a_site_in_a_folder_is_searched_without_a_server(browser: Browser, site: Path) -> None:
    page = browser.new_page(viewport=DESKTOP)
    _, wrong = told(page)
    page.goto((site / "methods/sourcing/index.html").as_uri())
    search(page, "Núñez").filter(has_text="Placeholder et al. 2010").first.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("/studies/placeholder-2010-distress/index.html"))
    assert wrong == []
    page.close()


def test_parts_of_an_older_version_are_not_asked_for_twice(open_page: Open) -> None:
    page = open_page()
    gone: list[str] = []

    def answer(route: Route) -> None:
        if gone:
            route.continue_()
        else:
            gone.append(route.request.url)
            route.fulfill(status=404)

    page.context.route("**/shards/search/words/*.js", answer)
    expect(search(page, "placeholder").filter(has_text="Placeholder et al. 2010").first).to_be_visible()
    assert len(gone) == 1


def test_a_search_that_cannot_be_loaded_says_so_and_tries_again(open_page: Open) -> None:
    page = open_page()
    page.context.route("**/shards/search/**", lambda route: route.abort())
    expect(search(page, "exercis").first).to_contain_text("The search could not be loaded")
    page.context.unroute("**/shards/search/**")
    expect(search(page, "e").filter(has_text="Exercise makes back pain much less").first).to_be_visible()


def test_the_search_keeps_to_a_strict_policy(open_page: Open) -> None:
    page = open_page()

    def strict(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": "default-src 'self'"})

    page.context.route("**/assets/search/worker.js", strict)
    page.reload()
    _, wrong = told(page)
    expect(search(page, "workout").first).to_be_visible()
    assert wrong == []


def test_the_browser_takes_texts_apart_as_the_build_does(open_page: Open) -> None:
    texts = [
        "Núñez & SJÖBERG",
        "O'Neil's 12.5-fold",
        "ci-contains_estimate",
        "ﬁt Straße İzmir",
        "Ὀδυσσεύς ½ ①",
        "日本 가",
        "",
    ]
    page = open_page()
    page.add_script_tag(url=page.url + "assets/search/words.js")
    taken = page.evaluate("(texts) => texts.map((text) => backedSearch.words(text))", texts)
    assert [set(words) for words in taken] == [words_of(text) for text in texts]


@pytest.mark.parametrize(
    ("word", "other", "most", "begun", "far"),
    [
        ("pain", "pain", 1, False, 0),
        ("pian", "pain", 1, False, 1),
        ("pan", "pain", 1, False, 1),
        ("paain", "pain", 1, False, 1),
        ("pein", "pain", 1, False, 1),
        ("ecxercise", "exercise", 2, False, 1),
        ("phisiotheropy", "physiotherapy", 2, False, 2),
        ("pain", "gain", 0, False, None),
        ("pain", "plants", 2, False, None),
        ("exersi", "exercise", 1, True, 1),
        ("exersi", "exercise", 1, False, None),
    ],
)
def test_how_far_a_word_is_from_another(
    open_page: Open, word: str, other: str, most: int, *, begun: bool, far: int | None
) -> None:
    page = open_page()
    page.add_script_tag(url=page.url + "assets/search/words.js")
    found = page.evaluate("(given) => backedSearch.distance(...given)", [word, other, most, begun])
    assert found == (math.inf if far is None else far)


@pytest.mark.parametrize(
    "forms",
    [
        ["exercise", "exercises", "exercised", "exercising"],
        ["study", "studies"],
        ["walk", "walks", "walked", "walking"],
        ["oefening", "oefeningen", "oefenen"],
        ["2004"],
        ["yes"],
    ],
    ids=lambda forms: forms[0],
)
def test_forms_of_a_word_share_their_stem_and_its_letters(open_page: Open, forms: list[str]) -> None:
    page = open_page()
    page.add_script_tag(url=page.url + "assets/search/words.js")
    (stem,) = set(page.evaluate("(forms) => forms.map(backedSearch.stem)", forms))
    assert all(form.startswith(stem[:-1]) for form in forms)
