"""Figures in a real browser: legible and whole at every size, axe content, downloads that work."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from tests import pools
from tests.browser.page_kinds import TOY_PAGES
from tests.browser.site_server import served
from tests.browser.test_every_page import start_axe, violations
from tests.browser.visitor import DESKTOP, PHONE, Open
from tests.pools import DAYS, RATIOS, forest_of, hostile, people, scale

from backed.examine import ALL_RULES
from backed.model import Evidence, Interval
from backed.render import Site
from backed.render.figures import (
    Chart,
    cumulative,
    draw,
    funnel,
    icon_array,
    leave_one_out,
    on_scale,
    traffic_light,
    weighted_bars,
)
from backed.synthesise import synthesise

ROOT = Path(__file__).parents[2]
Visit = Callable[..., Page]


def shown() -> dict[str, Chart]:
    """Return one figure of each kind, by the name of its file."""
    bcg, normand = pools.bcg(groups=True), pools.normand()
    names, by = pools.names_of(bcg), pools.appraised(bcg)
    return {
        "forest": forest_of(bcg, RATIOS, appraised=by, anchor=("A review 2013", Interval(0.6, 0.4, 0.9, 2))),
        "groups": forest_of(bcg, RATIOS, groups=bcg.subgroups[0]),
        "means": forest_of(normand, appraised=pools.appraised(normand)),
        "two": forest_of(pools.pool_of([0.2, -0.8], [0.04, 0.01])),
        "hostile": hostile(),
        "funnel": funnel("A funnel", bcg, names, RATIOS, [(0.31, 0.22)]),
        "cumulative": cumulative("The pool by year", bcg, names, RATIOS),
        "without": leave_one_out("The pool without each study", normand, pools.names_of(normand), DAYS),
        "traffic": traffic_light("Risk of bias of each study", names, by),
        "bars": weighted_bars("Risk of bias by weight", bcg, by),
        "people": icon_array(people(Interval(22, 17, 29))),
        "scale": on_scale(scale(Interval(-12, -16, -8), 52)),
    }


@pytest.fixture(scope="module")
def gallery(site: Path, toy: Evidence, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a page of the toy site that shows every kind of figure, in the site's own shell."""
    folder = tmp_path_factory.mktemp("gallery") / "site"
    shutil.copytree(site, folder)
    page = folder / "comparisons/exercise-v-nothing"
    made = Site(toy, synthesise(toy), ALL_RULES, ROOT / "site_src/templates")
    drawings = [draw(chart, made, name) for name, chart in shown().items()]
    for drawing in drawings:
        (page / drawing.file).write_text(drawing.standalone, encoding="utf-8")
    content = "".join(drawing.inline for drawing in drawings)
    shell = (page / "index.html").read_text(encoding="utf-8")
    start = shell.index("</h1>") + len("</h1>")
    whole = shell[:start] + content + shell[shell.index("</article>", start) :]
    (page / "index.html").write_text(whole, encoding="utf-8")
    with served(folder) as address:
        yield f"{address}comparisons/exercise-v-nothing/"


@pytest.fixture
def visit(browser: Browser, gallery: str) -> Iterator[Visit]:
    """Give a function that opens the page of figures as a new visitor."""
    pages: list[Page] = []

    def visit(address: str = "", **options: object) -> Page:
        settings: dict[str, object] = {"viewport": DESKTOP, "color_scheme": "light", "reduced_motion": "reduce"}
        page = browser.new_page(**(settings | options))  # type: ignore[arg-type]
        page.set_default_timeout(5000)
        pages.append(page)
        page.goto(gallery + address)
        return page

    yield visit
    for page in pages:
        page.close()


OVERLAPS = """() => {
  const found = [];
  for (const svg of document.querySelectorAll(".bk-figure svg")) {
    const texts = [...svg.querySelectorAll("text:not(.g)")].map((text) => [text, text.getBoundingClientRect()]);
    if (!texts.length || !texts[0][1].width) continue;
    const whole = svg.getBoundingClientRect();
    texts.forEach(([text, box], n) => {
      if (box.left < whole.left - 1 || box.right > whole.right + 1) found.push(`outside: ${text.textContent}`);
      texts.slice(n + 1).forEach(([other, its]) => {
        const across = Math.min(box.right, its.right) - Math.max(box.left, its.left);
        const down = Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top);
        if (across > 1 && down > 4) found.push(`${text.textContent} / ${other.textContent}`);
      });
    });
  }
  return found;
}"""


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_no_words_touch_as_the_browser_sets_them(visit: Visit, size: ViewportSize) -> None:
    assert visit(viewport=size).evaluate(OVERLAPS) == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_no_words_touch_in_the_figures_of_a_published_pool(open_page: Open, size: ViewportSize) -> None:
    page = open_page(TOY_PAGES["comparison-pooled"], viewport=size)
    expect(page.locator(".bk-figure .bk-chart:visible")).to_have_count(6)
    assert page.evaluate(OVERLAPS) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing(visit: Visit, size: ViewportSize, scheme: str) -> None:
    page = visit(viewport=size, color_scheme=scheme)
    start_axe(page)
    assert violations(page) == []


def test_a_desk_has_the_wide_drawing_and_a_phone_the_narrow_one(visit: Visit) -> None:
    for size, seen, hidden in ((DESKTOP, "wide", "narrow"), (PHONE, "narrow", "wide")):
        page = visit(viewport=size)
        expect(page.locator(f".bk-chart--{seen}:visible")).to_have_count(len(shown()))
        expect(page.locator(f".bk-chart--{hidden}:visible")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_words_are_as_large_as_the_text_around_them(visit: Visit) -> None:
    for size in (DESKTOP, PHONE):
        page = visit(viewport=size)
        for svg in page.locator(".bk-chart:visible").all():
            assert svg.evaluate("it => it.getBoundingClientRect().width / it.viewBox.baseVal.width") > 0.9


def test_paper_prints_the_wide_drawing_and_no_tools(visit: Visit) -> None:
    page = visit(viewport=PHONE)
    page.emulate_media(media="print")
    expect(page.locator(".bk-chart--wide:visible")).to_have_count(len(shown()))
    expect(page.locator(".bk-chart--narrow:visible")).to_have_count(0)
    expect(page.locator(".bk-figure__tools:visible")).to_have_count(0)


def test_a_hollow_mark_has_the_colour_of_the_page(visit: Visit) -> None:
    for scheme in ("light", "dark"):
        page = visit(color_scheme=scheme)
        fill = page.locator(".bk-chart--wide .anchor").first.evaluate("it => getComputedStyle(it).fill")
        behind = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert rgb(fill) == pytest.approx(rgb(behind), abs=1)


def rgb(colour: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", colour)[:3]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_png_is_twice_as_large_and_always_on_white(visit: Visit, tmp_path: Path, scheme: str) -> None:
    page = visit(color_scheme=scheme)
    with page.expect_download() as begun:
        page.get_by_role("button", name="Download PNG of A forest plot").first.click()
    assert begun.value.suggested_filename == "forest.png"
    begun.value.save_as(tmp_path / "forest.png")
    content = (tmp_path / "forest.png").read_bytes()
    assert content.startswith(b"\x89PNG")
    size = [int.from_bytes(content[at : at + 4], "big") for at in (16, 20)]
    document = page.evaluate("async () => (await fetch('forest.svg')).text()")
    assert size == [round(2 * float(number)) for number in re.findall(r' (?:width|height)="([\d.]+)"', document)[:2]]
    darkest, corner = page.evaluate(PIXELS, list(content))
    assert corner == [255, 255, 255, 255]
    assert darkest < 60


PIXELS = """async (bytes) => {
  const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: "image/png" }));
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  let darkest = 255;
  for (let n = 0; n < data.length; n += 4) darkest = Math.min(darkest, data[n]);
  return [darkest, [...data.slice(0, 4)]];
}"""


def test_the_keyboard_makes_a_png_too(visit: Visit) -> None:
    page = visit()
    page.get_by_role("button", name="Download PNG of A funnel").focus()
    with page.expect_download() as begun:
        page.keyboard.press("Enter")
    assert begun.value.suggested_filename == "funnel.png"


def test_the_svg_is_a_file_that_is_downloaded(visit: Visit, tmp_path: Path) -> None:
    page = visit()
    with page.expect_download() as begun:
        page.get_by_role("link", name="Download SVG of Risk of bias by weight").click()
    begun.value.save_as(tmp_path / "bars.svg")
    assert (tmp_path / "bars.svg").read_text(encoding="utf-8").startswith("<svg xmlns=")


def test_a_missing_file_is_said_and_breaks_nothing(visit: Visit) -> None:
    page = visit()
    page.locator(".bk-figure__tools a").first.evaluate("it => it.setAttribute('href', 'gone.svg')")
    page.get_by_role("button", name="Download PNG").first.click()
    expect(page.locator(".bk-figure__tools output").first).to_contain_text("could not be made here")


def test_without_javascript_the_figure_and_its_file_are_there(visit: Visit) -> None:
    page = visit(java_script_enabled=False)
    expect(page.get_by_role("link", name="Download SVG")).to_have_count(len(shown()))
    expect(page.get_by_role("button", name="Download PNG")).to_have_count(0)
    expect(page.get_by_role("img", name="A funnel")).to_have_count(1)


def test_a_screen_reader_gets_a_table_with_a_sentence_a_row(visit: Visit) -> None:
    page = visit()
    table = page.get_by_role("table", name="A funnel")
    expect(table.get_by_role("columnheader", name="In words")).to_have_count(1)
    expect(table.get_by_role("rowheader")).to_have_count(14)
    expect(table.get_by_role("cell", name="Author A & Other 1948: 0.41, standard error 0.57, p > 0.1.")).to_have_count(
        1
    )


@pytest.mark.parametrize(("scheme", "paper"), [("light", [255, 255, 255]), ("dark", [30, 37, 41])])
def test_a_file_opened_alone_is_light_or_dark(visit: Visit, scheme: str, paper: list[int]) -> None:
    page = visit("forest.svg", color_scheme=scheme)
    assert rgb(page.locator("rect.paper").evaluate("it => getComputedStyle(it).fill")) == paper
    assert page.title() == "A forest plot"
