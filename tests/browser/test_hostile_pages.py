"""The toy site with hostile texts in every field, opened in a real browser whose guard, the pages' policy, is off.

Every kind of page is held against the same page with as many harmless letters: the same elements with the same
attributes stand in the same places, nothing runs, nothing is asked of elsewhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import yaml
from playwright.sync_api import Browser, BrowserContext, Dialog, expect
from tests.browser.page_kinds import TOY_PAGES
from tests.browser.site_server import served
from tests.browser.visitor import DESKTOP, search, told
from tests.hostile import HERDS, TOY, WORD

from backed.publish import publish_site

ROOT = Path(__file__).parents[2]

HOOK = """
from backed.publish import Publisher
from tests.hostile import build
publisher = Publisher(build)
globals().update({name: getattr(publisher, name) for name in dir(publisher) if name.startswith("on_")})
"""

WATCH = "window.ran = []; window.run = (what) => window.ran.push(what);"

SHAPE = """() => {
  const shape = (it) => {
    // Around the page the theme's script notes heights, and what was cut short.
    const theirs = it.closest("article, head") ? [] : ["style", "title"];
    const names = [...it.attributes].map((one) => one.name).filter((one) => !theirs.includes(one)).sort().join(" ");
    // Words in a drawing are broken into lines by their width, which letters have and signs have not.
    const inside = it.localName === "svg" ? "" : [...it.children].map(shape).join("");
    return `<${it.localName} ${names}>${inside}`;
  };
  return [...document.querySelectorAll("head, .md-header, .md-main, .md-footer")].map(shape).join("\\n");
}"""

LEADS = """() => [...document.querySelectorAll("[href], [src], [action], [formaction], [srcdoc], [data]")]
  .flatMap((it) => ["href", "src", "action", "formaction", "srcdoc", "data"].map((name) => it.getAttribute(name)))
  .filter((value) => value !== null)"""


def built(folder: Path, herd: str, harmless: bool) -> Path:
    """Return the folder of the poisoned site, drawn from the project's own pages, templates and scripts."""
    folder.mkdir()
    (folder / "hook.py").write_text(HOOK, encoding="utf-8")
    config = {
        "INHERIT": str(ROOT / "mkdocs.yml"),
        "docs_dir": str(ROOT / "site_src/pages"),
        "theme": {"custom_dir": str(ROOT / "site_src/overrides")},
        "hooks": ["hook.py"],
        "extra": {"backed": {"preview": "x" if harmless else " ".join(HERDS[herd])}},
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOSTILE", herd)
        patch.setenv("HARMLESS", "1" if harmless else "")
        publish_site(folder / "mkdocs.yml", folder / "site", TOY)
    return folder / "site"


Twins = tuple[Path, str, str]


@pytest.fixture(scope="module", params=HERDS)
def twins(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twins]:
    """Give the folder of a poisoned site, the address at which it is served, and that of its harmless twin."""
    folder = tmp_path_factory.mktemp("hostile")
    hostile, harmless = (built(folder / name, request.param, name == "harmless") for name in ("hostile", "harmless"))
    with served(hostile) as one, served(harmless) as other:
        yield hostile, one, other


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """Give a visitor whose browser does not heed the pages' policy and notes whatever runs."""
    context = browser.new_context(viewport=DESKTOP, reduced_motion="reduce", bypass_csp=True)
    context.set_default_timeout(10_000)
    context.add_init_script(WATCH)
    yield context
    context.close()


class Guarded:
    """A page with what went wrong in it."""

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.page, self.home = context.new_page(), home
        self.asked, self.wrong = told(self.page)
        self.page.on("dialog", self._dialog)
        self.page.on("popup", lambda popup: self.wrong.append(f"popup: {popup.url}"))

    def _dialog(self, dialog: Dialog) -> None:
        self.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def is_sound(self) -> None:
        assert self.page.evaluate("window.ran") == []
        assert [one for one in self.asked if not one.startswith((self.home, "data:image/", "blob:"))] == []
        assert [one for one in self.wrong if not one.endswith("ERR_ABORTED")] == []  # for leaving before all was there
        assert [one for one in self.page.evaluate(LEADS) if not harmless_address(one)] == []


def harmless_address(address: str) -> bool:
    return not re.match(r"\s*(?!https?:|mailto:|blob:|data:image/)[a-z][a-z0-9+.-]*:|\s*//", address, re.IGNORECASE)


def test_every_kind_of_page_has_the_shape_of_its_harmless_twin(twins: Twins, visitor: BrowserContext) -> None:
    _, hostile, harmless = twins
    shapes: dict[str, list[str]] = {kind: [] for kind in TOY_PAGES}
    for home in (hostile, harmless):
        guarded = Guarded(visitor, home)
        for kind, url in TOY_PAGES.items():
            guarded.page.goto(home + url)
            guarded.is_sound()
            shapes[kind].append(guarded.page.evaluate(SHAPE))
    assert [kind for kind, (one, other) in shapes.items() if one != other] == []


PAYLOAD = (
    "\"'></script></textarea><img src=x onerror=run(1)><svg onload=run(2)>"
    "{{run(3)}}javascript:run(4)//elsewhere.example/"
)
STORED = ("backed.selection", "backed-style", "backed-record-drafts", "/.__palette", "/.__search")
DRAFT = {"kind": "study", "id": PAYLOAD, "name": PAYLOAD, "data": {"title": PAYLOAD, PAYLOAD: PAYLOAD}, "entries": [
    {"key": PAYLOAD, "type": PAYLOAD, "fields": {"title": PAYLOAD, PAYLOAD: PAYLOAD}}]}  # fmt: skip
KINDS = (
    "record-builder",
    "selection",
    "check-references",
    "comparison-pooled",
    "review-study",
    "study-trial",
    "not-found",
)


@pytest.fixture
def guarded(visitor: BrowserContext, address: str) -> Guarded:
    """Give a page for the usual toy site."""
    return Guarded(visitor, address)


@pytest.mark.parametrize("kind", KINDS)
def test_what_stands_in_an_address_stays_text(guarded: Guarded, kind: str) -> None:
    names = ("edit", "q", "h", "filter", "sort", "columns", "design", "s", "__proto__", "new", "id", "kind")
    value = quote(PAYLOAD)
    query = "&".join(f"{name}={value}" for name in names)
    for fragment in ("", f"#s={value}", f"#s={value},toy-2001-walking", f"#{value}", "#s=__proto__,constructor"):
        guarded.page.goto("about:blank")
        guarded.page.goto(f"{guarded.home}{TOY_PAGES[kind]}?{query}{fragment}")
        guarded.page.wait_for_timeout(200)
        guarded.is_sound()


@pytest.mark.parametrize(
    "value",
    [
        PAYLOAD,
        json.dumps(PAYLOAD),
        json.dumps([PAYLOAD, None, 1]),
        json.dumps({"1": DRAFT}),
        json.dumps({"color": {PAYLOAD.split()[0]: PAYLOAD, "scheme": PAYLOAD}}),
        "null",
        "{",
    ],
)
def test_what_is_kept_in_the_browser_stays_text(guarded: Guarded, value: str) -> None:
    keep = f"for (const key of {json.dumps(STORED)}) localStorage.setItem(key, {json.dumps(value)})"
    guarded.page.goto(guarded.home)
    for kind in ("record-builder", "selection", "study-trial", "review-study"):
        guarded.page.evaluate(keep)
        guarded.page.goto(guarded.home + TOY_PAGES[kind])
        guarded.page.wait_for_timeout(200)
        assert guarded.page.evaluate("window.ran") == []
        assert [one for one in guarded.asked if not one.startswith((guarded.home, "data:image/"))] == []
        assert [one for one in guarded.page.evaluate(LEADS) if not harmless_address(one)] == []


PASTED = (
    PAYLOAD,
    f"@article{{{PAYLOAD.split()[0]},\n title = {{{PAYLOAD}}}, author = {{{PAYLOAD}}}, year = {{2001}},"
    f" doi = {{10.1000/{PAYLOAD}}}, url = {{javascript:run(5)}}\n}}",
    f"TY  - JOUR\nTI  - {PAYLOAD}\nAU  - {PAYLOAD}\n"
    "DO  - 10.1000/<img src=x onerror=run(6)>\nUR  - javascript:run(7)\nER  - ",
    f"PMID- 1\nTI  - {PAYLOAD}\nFAU - {PAYLOAD}\nLID - 10.1000/x<svg/onload=run(8)> [doi]\n",
    '[{"title": "<img src=x onerror=run(9)>", "DOI": "10.1000/\\"><img src=x onerror=run(10)>", "__proto__": {}}]',
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><xml><records><record><titles><title>&e;"
    "<script xmlns='http://www.w3.org/1999/xhtml'>run(11)</script></title></titles></record></records></xml>",
)


@pytest.mark.parametrize("text", PASTED)
def test_what_is_pasted_stays_text(guarded: Guarded, text: str) -> None:
    for kind in ("check-references", "record-builder"):
        page = guarded.page
        page.goto(guarded.home + TOY_PAGES[kind])
        for field in page.locator("article textarea:visible").all():
            field.fill(text)
            field.press("Tab")
        for button in page.locator("article button:visible").filter(has_text=re.compile("Check|Take|Read|Look")).all():
            button.click()
        page.wait_for_timeout(300)
        guarded.is_sound()


def test_the_search_shows_words_as_words(guarded: Guarded) -> None:
    guarded.page.goto(guarded.home)
    search(guarded.page, PAYLOAD)
    guarded.page.wait_for_timeout(500)
    guarded.is_sound()


def test_a_reported_passage_stays_text(guarded: Guarded) -> None:
    page = guarded.page
    page.goto(guarded.home + TOY_PAGES["study-trial"])
    page.evaluate("(text) => { document.querySelector('article p').textContent = text }", PAYLOAD)
    page.evaluate("getSelection().selectAllChildren(document.querySelector('article p'))")
    page.keyboard.press("Control+Enter")
    if page.locator("dialog").count():
        expect(page.locator("dialog blockquote")).to_contain_text("onerror=run(1)")
    guarded.is_sound()


def test_hostile_records_are_found_chosen_and_opened(twins: Twins, visitor: BrowserContext) -> None:
    _, hostile, _ = twins
    guarded = Guarded(visitor, hostile)
    page = guarded.page
    page.goto(hostile)
    search(page, WORD).first.wait_for()
    guarded.is_sound()
    page.goto(hostile + TOY_PAGES["studies"])
    ticks = page.locator("article input[type=checkbox][data-work]")
    ticks.first.wait_for()
    for box in ticks.all()[:3]:
        box.check()
    page.goto(hostile + TOY_PAGES["selection"])
    expect(page.locator("article")).to_contain_text(WORD)
    guarded.is_sound()
    page.goto(f"{hostile}{TOY_PAGES['record-builder']}?edit=studies/toy-2001-walking")
    page.wait_for_timeout(1000)
    guarded.is_sound()


def test_figures_opened_alone_run_nothing(twins: Twins, visitor: BrowserContext) -> None:
    folder, hostile, _ = twins
    guarded = Guarded(visitor, hostile)
    drawings = sorted(folder.rglob("*.svg"))
    assert drawings
    for path in drawings:
        guarded.page.goto(hostile + path.relative_to(folder).as_posix())
        assert guarded.page.evaluate("document.documentElement.localName") == "svg"
        assert guarded.page.evaluate("window.ran") == []
    assert [one for one in guarded.asked if not one.startswith(hostile)] == []
