"""The record builder as people use it: by keyboard, with drafts that last, and with texts that are only texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.builder import BUILDER
from tests.browser.test_every_page import start_axe, violations
from tests.browser.visitor import DESKTOP, PHONE, Open, told

from backed.examine import examine
from backed.publish import publish_site

ROOT = Path(__file__).parents[2]
TOY = ROOT / "tests/toy/evidence"
STUDY = "toy-2019-quiet-rest"
CITATION = """@article{x, title = {Quiet rest in forty invented people}, author = {Toy, Ada and Player, Bo},
journal = {Journal of Toy Medicine}, year = {2019}, doi = {10.5555/toy.2019.rest}}"""


class Keyboard:
    """A visitor without a mouse: goes from control to control by Tab, and knows each by its name."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, name: str, role: str = "") -> None:
        """Press Tab until a control of that name has the focus."""
        for _ in range(150):
            self.page.keyboard.press("Tab")
            label, tag = self.page.evaluate(
                """() => {
                     const it = document.activeElement;
                     const label = it.labels?.[0]?.textContent ?? it.getAttribute("aria-label") ?? it.textContent;
                     return [label.replace("(required)", "").trim(), it.tagName.toLowerCase()];
                   }"""
            )
            if label == name and role in ("", tag):
                return
        pytest.fail(f"Tab does not lead to {name}")

    def fill(self, name: str, text: str) -> None:
        """Go to a field and type."""
        self.to(name)
        self.page.keyboard.type(text)

    def press(self, name: str) -> None:
        """Go to a button or a disclosure and press it."""
        self.to(name)
        self.page.keyboard.press("Enter")

    def choose(self, name: str, words: str) -> None:
        """Go to a field with suggestions, type some words and take the first."""
        self.fill(name, words)
        self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Enter")

    def pick(self, name: str, letters: str) -> None:
        """Go to a plain choice and type the first letters of one."""
        self.to(name, "select")
        self.page.keyboard.type(letters)


def file_of(page: Page, name: str) -> str:
    """Return the text of a file as it is shown, once the page has caught up."""
    page.wait_for_timeout(400)
    return page.get_by_role("region", name=f"The {name}").inner_text()


def fill_a_trial(page: Page) -> None:
    """Fill in a small trial from nothing, with the keyboard only."""
    keys = Keyboard(page)
    keys.fill("Paste a citation", CITATION)
    keys.press("Read it")
    keys.fill("Title", "")  # that of the publication
    keys.fill("Title", "Toy trial of quiet walks in 40 invented people")
    keys.fill("English", "40 invented people with long-lasting back pain walked or went on as usual for six weeks.")
    keys.choose("Type", "RCT")
    keys.fill("Statement", "not seen")
    keys.choose("Condition", "lasting back")
    keys.fill("Randomised", "40")
    keys.press("+ Add source")
    keys.fill("Locator", "Abstract")
    keys.fill("Printed", "40 people (20 and 20)")
    for arm, label, words in (("walk", "Quiet walks", "walking"), ("usual", "Usual care", "usual")):
        keys.press("+ Add arm")
        page.keyboard.type(arm)
        keys.fill("English", label)
        keys.choose("Intervention 1", words)
        keys.fill("Randomised", "20")
    fill_an_effect(page, keys)
    keys.pick("Read", "abs")
    keys.fill("By", "Backed project")


def fill_an_effect(page: Page, keys: Keyboard) -> None:
    """Fill in a mean difference with its interval: one button for the effect, one for its comparator."""
    keys.press("+ Add effect")
    page.keyboard.type("pain-6-weeks")
    keys.choose("Outcome", "pijn")
    keys.choose("Instrument", "numeric")
    keys.fill("Weeks", "6")
    keys.fill("Intervention 1", "walk")
    keys.press("+ Add comparator")
    page.keyboard.type("usual")
    keys.pick("Measure", "mean d")
    keys.fill("Estimate", "-1.0")
    keys.fill("Lower", "-1.8")
    keys.fill("Upper", "-0.2")
    keys.fill("Locator", "Abstract")
    keys.fill("Printed", "1.0 lower (0.2 to 1.8) at six weeks")


def test_a_trial_made_with_the_keyboard_alone_passes_every_check(open_page: Open, toy_dir: Path) -> None:
    page = open_page(BUILDER)
    _, wrong = told(page)
    fill_a_trial(page)
    record, bib = file_of(page, "YAML"), file_of(page, "BibTeX")
    folder = toy_dir / "studies/2019"
    folder.mkdir()
    (folder / f"{STUDY}.yaml").write_text(record, encoding="utf-8")
    (folder / f"{STUDY}.bib").write_text(bib, encoding="utf-8")
    checked = examine(toy_dir)
    assert [one for one in checked.problems if STUDY in one.file and one.severity == "error"] == [], record
    study = checked.evidence.studies[STUDY]
    assert [arm.n.randomised for arm in study.arms] == [20, 20]
    assert study.effects[0].estimate == "-1.0"
    expect(page.get_by_text("Nothing found by the rules that run here.")).to_be_visible()
    expect(page.locator(".bk-path").first).to_have_text(f"evidence/studies/2019/{STUDY}.yaml")
    assert wrong == []


def test_sources_follow_the_key_of_their_publication(open_page: Open) -> None:
    page = open_page(BUILDER)
    page.get_by_label("Paste a citation").fill(CITATION)
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("button", name="+ Add finding").click()
    expect(page.get_by_role("combobox", name=re.compile("^Report"))).to_have_value(STUDY)
    page.get_by_label(re.compile("^Year")).fill("2020")
    expect(page.get_by_role("combobox", name=re.compile("^Report"))).to_have_value("toy-2020-quiet-rest")
    assert f"report: {STUDY}" not in file_of(page, "YAML")
    page.get_by_label(re.compile("Name of the record")).fill("toy-2020-by-hand")
    page.get_by_label(re.compile("^Year")).fill("2019")
    assert "reports: [toy-2020-by-hand]" in file_of(page, "YAML")


HOSTILE = "<img src=x onerror=alert(1)></script><script>alert(2)</script>"


def typed(page: Page, label: str, text: str, place: int = 0) -> None:
    """Type into a field as a visitor with a mouse does."""
    page.get_by_label(re.compile(rf"^{label}( \(required\))?$")).nth(place).fill(text)


def test_a_draft_survives_a_reload_and_can_be_deleted(open_page: Open) -> None:
    page = open_page(BUILDER)
    page.get_by_label("Name of this draft").fill("My first")
    typed(page, "Title", "Quiet rest", 1)
    page.wait_for_timeout(400)
    page.reload()
    expect(page.get_by_label("Your drafts").locator("option")).to_have_text(["My first"])
    expect(page.get_by_label(re.compile("^Title")).nth(1)).to_have_value("Quiet rest")
    page.get_by_label("What do you want to add?").select_option("a claim")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_label("Your drafts").locator("option")).to_have_count(2)
    page.get_by_label("Your drafts").select_option("My first")
    expect(page.get_by_label(re.compile("^Title")).nth(1)).to_have_value("Quiet rest")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete this draft").click()
    page.reload()
    expect(page.get_by_label("Your drafts").locator("option")).to_have_count(1)
    assert "Quiet rest" not in page.evaluate("JSON.stringify(localStorage)")


def test_leaving_at_once_loses_nothing(open_page: Open) -> None:
    page = open_page(BUILDER)
    typed(page, "Title", "Typed just now", 1)
    page.reload()
    expect(page.get_by_label(re.compile("^Title")).nth(1)).to_have_value("Typed just now")


def test_a_browser_without_storage_says_that_no_draft_is_kept(open_page: Open) -> None:
    page = open_page("about/")
    page.wait_for_load_state("networkidle")
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('no', 'SecurityError') }")
    _, wrong = told(page)
    page.goto(page.url.replace("about/", BUILDER))
    typed(page, "Title", "Quiet rest", 1)
    expect(page.get_by_text("This browser does not let the page keep drafts.")).to_be_visible()
    assert "title: Quiet rest" in file_of(page, "YAML")
    assert wrong == []


def test_what_is_typed_or_pasted_is_text_and_never_run(open_page: Open) -> None:
    page = open_page(BUILDER)
    _, wrong = told(page)
    ran: list[str] = []
    page.on("dialog", lambda dialog: ran.append(dialog.message))
    page.get_by_label("Paste a citation").fill(
        f"@article{{x, title = {{{HOSTILE}}}, author = {{{HOSTILE}}}, year = 2019}}"
    )
    page.get_by_role("button", name="Read it").click()
    page.get_by_label("Name of this draft").fill(HOSTILE)
    typed(page, "Title", HOSTILE, 1)
    typed(page, "English", HOSTILE)
    typed(page, "Type", HOSTILE)
    typed(page, "Condition", HOSTILE)
    page.get_by_role("button", name="Mark every gap in the form").click()
    assert HOSTILE in file_of(page, "YAML")
    page.wait_for_load_state("networkidle")
    page.reload()
    expect(page.locator(".bk-words strong")).to_have_text(HOSTILE)
    assert page.locator("#bk-builder :is(img, script)").count() == 0
    assert (ran, wrong) == ([], [])


def test_a_draft_that_somebody_tampered_with_stops_nothing(open_page: Open) -> None:
    page = open_page(BUILDER)
    _, wrong = told(page)
    for kept in ('{"1": {"kind": "nothing"}}', "[", "null", '{"1": null}'):
        page.evaluate("kept => localStorage.setItem('backed-record-drafts', kept)", kept)
        page.evaluate("backedBuilder.page.changedOnce = false")
        page.wait_for_load_state("networkidle")  # what a page still waits for when it is left is told as a fault
        page.reload()
        expect(page.get_by_role("heading", name="The publications")).to_be_visible()
    assert wrong == []


def test_messages_name_the_field_and_the_summary_leads_there(open_page: Open) -> None:
    page = open_page(BUILDER)
    typed(page, "Statement", "not seen")
    page.get_by_role("button", name="+ Add effect").click()
    effect = page.get_by_role("group", name="Effect 1")
    effect.get_by_label("Lower").fill("3")
    effect.get_by_label("Upper").fill("2")
    link = page.get_by_role("link", name="Effects 1 › Confidence interval", exact=True)
    expect(page.locator(".bk-found li", has=link)).to_contain_text("the lower bound 3 is above the upper bound 2")
    link.click()
    expect(page.locator("legend", has_text="Confidence interval")).to_be_focused()
    lower = effect.get_by_label("Lower")
    lower.fill("1,5")
    expect(lower).to_have_attribute("aria-invalid", "true")
    expect(lower).to_have_accessible_description(re.compile("a number is expected here: digits, a dot for decimals"))
    lower.fill("1.5")
    expect(lower).not_to_have_accessible_description(re.compile("a number is expected here"))
    expect(page.get_by_role("status").filter(has_text="to fill")).to_be_visible()


def test_a_gap_is_told_where_somebody_has_been_and_nowhere_else(open_page: Open) -> None:
    page = open_page(BUILDER)
    statement = page.get_by_label(re.compile("^Statement"))
    statement.focus()
    statement.blur()
    expect(statement).to_have_accessible_description(re.compile("this is required"))
    assert page.get_by_text("this is required").count() == 1


def test_terms_are_found_by_their_synonyms_and_kept_by_their_id(open_page: Open) -> None:
    page = open_page(BUILDER)
    field = page.get_by_role("combobox", name=re.compile("^Condition"))
    field.fill("lumbago")
    field.press("ArrowDown")
    option = page.get_by_role("listbox").get_by_role("option", name=re.compile("^Low back pain"))
    expect(option).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", str(option.get_attribute("id")))
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press("ArrowDown")
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("Low back pain")
    assert "condition: low-back-pain" in file_of(page, "YAML")
    page.get_by_role("button", name="+ Add arm").click()
    page.get_by_role("combobox", name="Intervention 1").fill("school")
    expect(page.get_by_role("listbox")).to_have_count(0)  # retired


def test_items_of_a_list_are_moved_and_removed(open_page: Open) -> None:
    page = open_page(BUILDER)
    for label in ("one", "two", "three"):
        page.get_by_role("button", name="+ Add limit").click()
        page.locator(":focus").fill(label)
    page.get_by_role("button", name="Move Limit 3 up").click()
    expect(page.locator(":focus")).to_have_value("three")
    page.get_by_role("button", name="Remove Limit 1").click()
    expect(page.get_by_role("button", name="+ Add limit")).to_be_focused()
    text = file_of(page, "YAML")
    assert text.index("three") < text.index("two")
    assert "one" not in text.split("limits:")[1]


@pytest.mark.parametrize(
    "name", ["toy-2001-walking", "madeup-2020-exercise", "exercise-helps", "movement-v-inactive", "rugtips"]
)
def test_a_published_record_opens_whole(open_page: Open, name: str) -> None:
    page = open_page(f"{BUILDER}?edit={name}")
    _, wrong = told(page)
    expect(page.get_by_role("status").filter(has_text=f"Opened {name}")).to_be_visible()
    expect(page.get_by_text("Nothing found by the rules that run here.")).to_be_visible()
    [path] = list(TOY.rglob(f"{name}.yaml"))
    expect(page.locator(".bk-path").first).to_have_text(f"evidence/{path.relative_to(TOY).as_posix()}")
    same = """texts => {
      const kind = backedBuilder.page.draft.kind;
      const [made, was] = texts.map(text => backedBuilder.yaml(kind, backedBuilder.fromYaml(text)));
      return made === was;
    }"""
    assert page.evaluate(same, [file_of(page, "YAML"), path.read_text(encoding="utf-8")])
    assert wrong == []


def test_files_of_ones_own_open_and_faulty_ones_say_why(open_page: Open) -> None:
    page = open_page(BUILDER)
    page.get_by_text("Open a record that exists").click()
    folder = TOY / "studies/2001"
    page.get_by_label("Choose its files").set_input_files(
        [folder / "toy-2001-walking.yaml", folder / "toy-2001-walking.bib"]
    )
    expect(page.get_by_label(re.compile("Name of the record"))).to_have_value("toy-2001-walking")
    expect(page.get_by_role("group", name="Further report 1")).to_be_visible()
    expect(page.get_by_text("Nothing found by the rules that run here.")).to_be_visible()
    for text, why in (
        ("title: [", "It could not be read"),
        ("just words", "that is no record"),
        ("a: 1\na: 2", "duplicate"),
    ):
        page.get_by_label("Or paste its YAML").fill(text)
        page.get_by_role("button", name="Open it").click()
        expect(page.get_by_role("status").filter(has_text=why)).to_be_visible()
    expect(page.get_by_label(re.compile("Name of the record"))).to_have_value("toy-2001-walking")


def test_the_files_are_copied_and_downloaded(open_page: Open) -> None:
    page = open_page(f"{BUILDER}?edit=toy-2012-cycling", permissions=["clipboard-read", "clipboard-write"])
    expect(page.get_by_role("status").filter(has_text="Opened")).to_be_visible()
    shown = file_of(page, "YAML")
    page.get_by_role("button", name="Copy the YAML").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").rstrip("\n") == shown.rstrip("\n")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download the BibTeX").click()
    assert saved.value.suggested_filename == "toy-2012-cycling.bib"
    assert "@article{toy-2012-cycling," in Path(saved.value.path()).read_text(encoding="utf-8")
    assert page.get_by_role("link", name="Open the YAML on GitHub").count() == 0  # this site names no repository


@pytest.fixture(scope="module")
def with_repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("repository") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BACKED_REPO_URL", "https://github.com/example/toy")
        publish_site(ROOT / "mkdocs.yml", folder, TOY)
    return folder


@pytest.fixture
def from_a_folder(browser: Browser, with_repository: Path) -> Iterator[Page]:
    """Give the page of a site that names its repository, opened from its folder without a server."""
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.goto((with_repository / BUILDER / "index.html").as_uri())
    yield page
    context.close()


def test_github_gets_name_and_text_and_where_that_is_too_long_the_clipboard_does(from_a_folder: Page) -> None:
    page = from_a_folder
    page.get_by_label("Paste a citation").fill(CITATION)
    page.get_by_role("button", name="Read it").click()
    text = file_of(page, "YAML")
    link = page.get_by_role("link", name="Open the YAML on GitHub")
    address = page.evaluate(
        "href => [...new URL(href).searchParams, new URL(href).pathname]", link.get_attribute("href")
    )
    assert address == [
        ["filename", f"evidence/studies/2019/{STUDY}.yaml"],
        ["value", f"{text.strip()}\n"],
        "/example/toy/new/main",
    ]
    typed(page, "English", "long " * 2000)
    page.wait_for_timeout(400)
    long = str(link.get_attribute("href"))
    assert long == f"https://github.com/example/toy/new/main?filename=evidence%2Fstudies%2F2019%2F{STUDY}.yaml"


def test_a_published_record_cannot_be_read_from_a_folder_and_the_page_says_what_to_do(from_a_folder: Page) -> None:
    page = from_a_folder
    page.goto(f"{page.url}?edit=toy-2001-walking")
    expect(page.get_by_role("status").filter(has_text="could not be loaded here")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_in_a_long_form(open_page: Open, scheme: str, size: dict[str, int]) -> None:
    page = open_page(f"{BUILDER}?edit=toy-2001-walking", viewport=size, color_scheme=scheme)
    expect(page.get_by_role("status").filter(has_text="Opened")).to_be_visible()
    page.get_by_role("button", name="+ Add effect").click()
    page.get_by_role("button", name="Mark every gap in the form").click()
    page.get_by_role("combobox", name=re.compile("^Condition")).fill("pain")
    expect(page.get_by_role("listbox").get_by_role("option").first).to_be_visible()
    page.wait_for_timeout(400)
    start_axe(page)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_what_was_just_opened_is_a_gap_and_no_error(open_page: Open) -> None:
    page = open_page(BUILDER)
    page.get_by_role("button", name="+ Add effect").click()
    page.get_by_role("button", name="+ Add finding").click()
    page.get_by_role("button", name="+ Add limit").click()
    page.get_by_role("button", name="+ Add registration").click()
    arms = page.get_by_role("group", name="Arms").last
    arms.get_by_role("button", name="+ Add comparator").click()
    page.wait_for_timeout(400)
    expect(page.locator(".bk-count")).to_have_text(re.compile(r"^\d+ gaps to fill$"))
    assert "not ''" not in page.locator(".bk-panel").first.inner_text()
    expect(page.get_by_label(re.compile("^Registration number"))).to_be_visible()
    assert "comparator" not in file_of(page, "YAML")


def test_an_effect_is_duplicated_under_a_name_of_its_own(open_page: Open) -> None:
    page = open_page(f"{BUILDER}?edit=toy-2001-walking")
    expect(page.get_by_role("status").filter(has_text="Opened")).to_be_visible()
    before = page.get_by_role("button", name=re.compile(r"^Duplicate Effect \d+$")).count()
    page.get_by_role("button", name="Duplicate Effect 1", exact=True).click()
    first, second = page.evaluate("backedBuilder.page.draft.data.effects.slice(0, 2)")
    assert page.get_by_role("button", name=re.compile(r"^Duplicate Effect \d+$")).count() == before + 1
    assert second == {**first, "id": f"{first['id']}-2"}
    expect(page.locator(":focus")).to_have_value(second["id"])


def test_a_figure_without_its_printed_form_leads_to_where_that_stands(open_page: Open) -> None:
    page = open_page(BUILDER)
    typed(page, "Randomised", "64")
    found = page.locator(".bk-found li", has_text="64 has no printed form")
    found.get_by_role("link", name="Population › Sources").click()
    expect(page.locator(":focus")).to_have_text("+ Add source")
    page.keyboard.press("Enter")
    typed(page, "Printed", "64% were women")
    percent = page.locator(".bk-found li", has_text="the source prints 64%, the record has 64 people")
    percent.get_by_role("link", name="Population › Sources 1 › Printed").click()
    expect(page.locator(":focus")).to_have_value("64% were women")
    page.locator(":focus").fill("64 people, 64% women")
    expect(percent).to_have_count(0)


def test_a_doi_is_completed_by_what_is_pasted_next(open_page: Open) -> None:
    page = open_page(BUILDER)
    paste, read = page.get_by_label("Paste a citation"), page.get_by_role("button", name="Read it")
    said = page.locator("#bk-publications ~ [role=status]")
    paste.fill("nonsense")
    read.click()
    expect(said).to_have_class("bk-message")
    paste.fill("https://doi.org/10.5555/toy.2019.rest")
    read.click()
    expect(said).to_have_class("bk-said")
    expect(said).to_contain_text("Still missing: title, authors, year.")
    paste.fill(CITATION)
    read.click()
    expect(said).to_have_text("Read 1 publication.")
    assert page.evaluate("backedBuilder.page.draft.entries.map(entry => entry.key)") == [STUDY]


def test_without_a_name_the_main_report_is_not_told_apart_from_it(open_page: Open) -> None:
    page = open_page(BUILDER)
    page.get_by_role("button", name="+ Add publication").click()
    page.get_by_label("Citation key").nth(1).fill("toy-2020-second")
    page.wait_for_timeout(400)
    assert "but the file is called" not in page.locator("#bk-builder").inner_text()
    page.get_by_text("The gaps").click()
    expect(page.locator("li", has_text="the record has no name yet")).to_be_visible()


def test_an_exception_names_a_rule_that_there_is(open_page: Open) -> None:
    page = open_page(f"{BUILDER}?edit=toy-2012-cycling")
    expect(page.get_by_role("status").filter(has_text="Opened")).to_be_visible()
    page.get_by_text(re.compile("^Add one of")).last.click()
    page.get_by_role("button", name="+ Exceptions").click()
    rule = page.get_by_role("combobox", name=re.compile("^Rule"))
    rule.fill("ci-sym")
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_text(["ci-symmetric"])
    expect(page.locator(".bk-found")).to_contain_text("there is no rule ci-sym. did you mean ci-symmetric?")


def test_a_word_that_is_no_term_gets_what_is_near_or_nothing(open_page: Open) -> None:
    page = open_page(BUILDER)
    hint = """([term, name]) => {
      const data = { reports: [], design: { type: term }, population: { condition: term } };
      const found = backedBuilder.check({ kind: "study", id: "x", data, entries: [] });
      return found.filter(({ rule, at }) => rule === "term-exists" && at.at(-1) === name).map(({ hint }) => hint);
    }"""
    assert page.evaluate(hint, ["random", "type"])[0].startswith("near it: randomised-trial")
    assert page.evaluate(hint, ["rct", "type"]) == ["write `randomised-trial`"]
    assert page.evaluate(hint, ["lumbago", "condition"]) == ["write `low-back-pain`"]
    assert page.evaluate(hint, ["xylophone", "type"])[0].startswith("nothing near it; look through the list")


def test_no_hint_repeats_its_label_and_no_mark_of_code_is_seen(open_page: Open) -> None:
    page = open_page(f"{BUILDER}?edit=toy-2001-walking")
    expect(page.get_by_role("status").filter(has_text="Opened")).to_be_visible()
    page.get_by_role("button", name="+ Add effect").click()
    pairs = page.locator(".bk-form .bk-field").evaluate_all(
        "all => all.map(one => [...one.querySelectorAll('.bk-label, .bk-hint')].map(part => part.textContent))"
    )
    assert len(pairs) > 50
    assert [pair for pair in pairs if len(pair) > 1 and pair[0].lower() == pair[1].rstrip(".").lower()] == []
    assert "`" not in page.locator(".bk-form").inner_text()


def test_marking_gaps_is_offered_where_there_are_gaps(open_page: Open) -> None:
    page = open_page(BUILDER)
    expect(page.get_by_role("button", name="Mark every gap in the form")).to_be_visible()
    page.goto(f"{page.url}?edit=toy-2012-cycling")
    expect(page.get_by_text("Nothing found by the rules that run here.")).to_be_visible()
    expect(page.get_by_role("button", name="Mark every gap in the form")).to_be_hidden()


def test_in_words_a_change_is_called_one_and_an_open_interval_too(open_page: Open) -> None:
    page = open_page(BUILDER)
    said = page.evaluate(
        """() => {
          const groups = [{ group: "a", mean: "-1.7", ci: ["-2.1", "-1.4"] }];
          const [source, told] = [{ report: "r", locator: "l" }, { report: "r", locator: "l", printed: "21 and 22" }];
          const side = { one_sided: { upper: "0.97" }, values: "change" };
          const figures = { measure: "mean-difference", estimate: "0.51", ...side };
          const effects = [{ id: "e", outcome: "pain-intensity", ...figures, groups, source }];
          const findings = [{ id: "f", text: { en: "Less often." }, source: told }];
          return backedBuilder.inWords({ kind: "study", data: { reports: [], effects, findings } }).lines.join(" ");
        }"""
    )
    assert "0.51, up to 0.97, one-sided 95%" in said
    assert "mean change −1.7, 95% interval −2.1 to −1.4" in said
    assert "Also told: Less often." in said
