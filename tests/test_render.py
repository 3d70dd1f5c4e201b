"""Pages made from the toy base: what they say, and their whole text against the golden files.

`BACKED_GOLDEN=write pytest tests/test_render.py` writes the golden files anew; read the difference, then commit it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from backed.build import DOWNLOADS
from backed.examine import ALL_RULES, Checked
from backed.export import export
from backed.lesson import lesson_of, text_of
from backed.model import KINDS, VOCABULARIES, Evidence, Figure, Instrument, Interval, Measure, Outcome, Page, Text
from backed.render import FRAGMENTS, Site, fragment, render, words
from backed.render.study import risk_of_bias
from backed.synthesise import synthesise

GOLDEN = Path(__file__).parent / "golden"
TEMPLATES = Path(__file__).parent.parent / "site_src/templates"


@pytest.fixture(scope="module")
def site(toy: Evidence) -> Site:
    syntheses = synthesise(toy)
    lesson = lesson_of(Checked(toy, syntheses, ()), TEMPLATES.parent)
    return Site(toy, syntheses, ALL_RULES, TEMPLATES, "https://backed.example/", DOWNLOADS, text=text_of, lesson=lesson)


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, Page]:
    return {page.url: page for page in render(site)}


def compare(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("BACKED_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    assert path.is_file(), f"no golden file {path.name}: run with BACKED_GOLDEN=write and read it"
    assert text == path.read_bytes().decode()


def test_every_record_list_and_rule_has_one_page(pages: dict[str, Page], toy: Evidence) -> None:
    expected = {f"studies/{i}/" for i in toy.studies} | {f"claims/{i}/" for i in toy.claims}
    expected |= {f"articles/{i}/" for i in toy.articles} | {f"comparisons/{i}/" for i in toy.comparisons}
    expected |= {f"{url}review/" for url in expected if not url.startswith("articles/")}
    expected |= {f"rules/{rule.id}/" for rule in ALL_RULES}
    expected |= {"claims/", "articles/", "comparisons/", "studies/", "bibliography/", "rules/", "new/", "untranslated/"}
    expected |= {"anatomy/", *(f"anatomy/{name}/" for name in ("study", "comparison", "article", "claim"))}
    expected |= {"vocabularies/", *(f"vocabularies/{name}/" for name in VOCABULARIES)}
    expected |= {
        "map/",
        *(f"map/interventions/{term}/" for term in ("exercise", "aerobic-exercise", "walking", "cycling")),
    }
    expected |= {"map/exposures/psychological-distress/"}
    assert set(pages) == expected


def test_record_pages_read_as_the_golden_files_say(pages: dict[str, Page]) -> None:
    chosen = [url for url in pages if url.split("/")[0] in KINDS and url.count("/") >= 2]
    for url in chosen:
        page = pages[url]
        text = f"<!-- {page.title} | {page.description} -->\n{page.head}\n{page.content}\n"
        compare(f"{url.strip('/').replace('/', '-')}.html", text)


def test_citation_files_read_as_the_golden_files_say(toy: Evidence) -> None:
    for one in export(toy, synthesise(toy)):
        if one.path.startswith("bibliography/"):
            compare(one.path.replace("/", "-"), one.content.decode())


def test_every_heading_in_the_contents_is_on_the_page(pages: dict[str, Page]) -> None:
    for page in pages.values():
        for heading in page.headings:
            assert f'id="{heading.anchor}"' in page.content, page.url


def test_ids_on_a_page_are_unique(pages: dict[str, Page]) -> None:
    for page in pages.values():
        ids = re.findall(r'\bid="([^"]+)"', page.content)
        assert len(ids) == len(set(ids)), page.url


def test_text_of_records_is_escaped(pages: dict[str, Page]) -> None:
    """The toy base holds a title with a tag, an ampersand and quotes."""
    for page in pages.values():
        assert "<b>walking" not in page.content + page.head
    assert any("&lt;b&gt;walking&lt;/b&gt; &amp; &#34;usual" in page.content for page in pages.values())


def test_every_page_has_a_title_a_description_and_is_in_the_search(pages: dict[str, Page]) -> None:
    for page in pages.values():
        assert page.title
        assert page.description
        if page.url.count("/") == 2:
            assert page.search
            assert page.search[0].location == page.url
            assert page.search[0].tags


def test_claims_are_found_by_their_dutch_words(pages: dict[str, Page], toy: Evidence) -> None:
    for claim in toy.claims.values():
        if claim.claim.nl:
            assert claim.claim.nl in pages[f"claims/{claim.id}/"].search[0].text


def test_a_hit_says_that_a_study_is_retracted_and_shows_no_citation_key(pages: dict[str, Page]) -> None:
    entries = [entry for page in pages.values() for entry in page.search]
    assert [entry.tags[-1] for entry in entries if "retracted" in entry.location] == ["retracted"]
    records = [entry for entry in entries if entry.location.split("/")[0] in KINDS]
    assert [entry.location for entry in records if "[@" in entry.text + entry.words] == []


def test_the_answer_is_a_sentence_that_says_how_sure_what_and_compared_with_what(pages: dict[str, Page]) -> None:
    lead = re.findall(r'<p class="bk-lead">(.*?)<sup', pages["claims/exercise-helps/"].content)[0]
    assert lead == (
        "Probably: 20.5 points less pain on 0-100 (16.9 to 24.1) after 12 weeks with exercise, "
        "compared with nothing or usual care, in people with back pain."
    )


def test_no_page_of_a_record_shows_a_raw_citation_key(pages: dict[str, Page]) -> None:
    assert [url for url, page in pages.items() if "[@" in page.content and url.split("/")[0] in KINDS] == []


def test_studies_are_found_by_synonyms_that_the_hit_does_not_show(pages: dict[str, Page], toy: Evidence) -> None:
    term = toy.vocabularies.interventions["walking"]
    entry = pages["studies/toy-2001-walking/"].search[0]
    assert [word for word in term.words if word not in entry.words] == []
    assert entry.text == toy.studies["toy-2001-walking"].summary.en


@pytest.mark.parametrize("name", sorted(FRAGMENTS))
def test_every_part_of_a_hand_written_page_can_be_made(name: str, site: Site) -> None:
    assert fragment(name, "about/", site).strip()


PAIN = Outcome(
    label=Text(en="Pain", nl="Pijn"),
    better="lower",
    less=Text(en="less pain", nl="minder pijn"),
    more=Text(en="more pain", nl="meer pijn"),
)
SCALE = Instrument(
    label=Text(en="Pain, 0-100", nl=None),
    outcome="pain",
    range=(Figure("0"), Figure("100")),
    unit=Text(en="points on 0-100", nl="punten op 0-100"),
    better="lower",
)


@pytest.mark.parametrize(
    ("interval", "measure", "said"),
    [
        (Interval(-15, -18, -12), Measure.MEAN_DIFFERENCE, "15 points less pain on 0-100 (12 to 18)"),
        (Interval(3, 1, 5), Measure.MEAN_DIFFERENCE, "3 points more pain on 0-100 (1 to 5)"),
        (Interval(-0.8, -5.8, 4.2, 1), Measure.MEAN_DIFFERENCE, "0.8 points less pain on 0-100 (5.8 less to 4.2 more)"),
        (Interval(0.65, 0.5, 0.86, 2), Measure.RISK_RATIO, "35% lower risk of pain (risk ratio 0.65, 0.50 to 0.86)"),
        (Interval(2.52, 1.65, 3.86, 2), Measure.ODDS_RATIO, "2.52 times the odds of pain (1.65 to 3.86)"),
        (Interval(-0.13, -0.18, -0.09, 2), Measure.CORRELATION, "correlation −0.13 (−0.18 to −0.09): less pain"),
    ],
)
def test_effects_are_said_with_unit_direction_and_interval(interval: Interval, measure: Measure, said: str) -> None:
    assert words.effect_in_words(interval, measure, PAIN, SCALE) == said


def test_effects_are_said_in_dutch() -> None:
    said = words.effect_in_words(Interval(-15, -18, -12), Measure.MEAN_DIFFERENCE, PAIN, SCALE, "nl")
    assert said == "15 punten minder pijn op 0-100 (12 tot 18)"


@pytest.mark.parametrize(
    ("value", "decimals", "said"), [(-1.25, 1, "−1.2"), (-0.001, 2, "0.00"), (7.0, 0, "7"), (0.305, 2, "0.30")]
)
def test_numbers_carry_a_true_minus_and_never_a_minus_zero(value: float, decimals: int, said: str) -> None:
    assert words.number(value, decimals) == said


def test_domains_judged_without_an_overall_are_not_called_not_appraised(site: Site) -> None:
    study = site.evidence.studies["toy-2001-walking"]
    (appraisal,) = study.appraisal
    assert appraisal.domains
    bare = study.model_copy(update={"appraisal": (appraisal.model_copy(update={"overall": None}),)})
    many = len(appraisal.domains)
    assert risk_of_bias(bare, site) == f"{many} {'domain' if many == 1 else 'domains'} judged, no overall"
    assert risk_of_bias(study.model_copy(update={"appraisal": ()}), site) == "not appraised"
