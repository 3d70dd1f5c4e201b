"""Cards for social media: their size, that words and marks are seen, and that nothing leaves the picture."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from backed.model import Evidence, Verdict
from backed.render import Site, words
from backed.render.card import COLOURS, MARGIN, SIZE, Told, card, mark, plain
from backed.render.changes import mark_of
from backed.render.social import card_of_claim, social_tags
from backed.synthesise import synthesise

TEMPLATES = Path(__file__).parents[1] / "site_src/templates"
FONTS = tuple((TEMPLATES / "fonts" / f"NotoSans-{name}.ttf").read_bytes() for name in ("Regular", "Bold"))
MARKS = [mark_of(name) for name in (*map(str, Verdict), *words.JUDGEMENTS)]
TOLD = Told("Exercise helps.", "supported", "Supported", "15 points less pain", "Its source: bent", "Last looked at")


def drawn(told: Told) -> Image.Image:
    return Image.open(BytesIO(card(told, (FONTS[0], FONTS[1])))).convert("RGB")


def ink(image: Image.Image, area: tuple[int, int, int, int]) -> int:
    """Return how many pixels of an area are not paper."""
    return sum(count for count, colour in image.crop(area).getcolors(1 << 20) or () if colour != (255, 255, 255))


def test_a_card_is_a_small_png_of_the_usual_size_and_always_the_same() -> None:
    content = card(TOLD, (FONTS[0], FONTS[1]))
    assert content == card(TOLD, (FONTS[0], FONTS[1]))
    assert content.startswith(b"\x89PNG\r\n")
    assert drawn(TOLD).size == SIZE
    assert len(content) < 60_000


@pytest.mark.parametrize("claim", ["", "Short.", "Exercise helps " * 40, "W" * 400, "W " * 300])
def test_nothing_is_written_beyond_the_margins_or_over_the_foot(claim: str) -> None:
    told = Told(claim, "inconclusive", "Inconclusive", "a line with numbers " * 30, "left", "right")
    image = drawn(told)
    assert ink(image, (0, 100, MARGIN - 4, SIZE[1])) == 0
    assert ink(image, (SIZE[0] - MARGIN + 4, 100, *SIZE)) == 0
    assert ink(image, (MARGIN, 556, SIZE[0] - MARGIN, 563)) == 0
    assert ink(image, (MARGIN, 330, SIZE[0] - MARGIN, 430)) > 1000  # the verdict


@pytest.mark.parametrize("name", MARKS)
def test_every_conclusion_has_a_mark_of_its_own(name: str) -> None:
    pictures = {other: mark(other, 48).tobytes() for other in MARKS}
    assert max(pictures[name]) == 255
    assert [other for other in MARKS if pictures[other] == pictures[name]] == [name]


def test_a_verdict_is_written_in_its_ink() -> None:
    colours = {colour for _, colour in drawn(TOLD).getcolors(1 << 16) or ()}
    assert COLOURS["supported"] in colours
    assert COLOURS["contradicted"] not in colours


def test_what_has_no_look_is_left_out() -> None:
    assert plain("a\x00b\u202ec\u2028d\n") == "a b c d"


@pytest.mark.parametrize("id", ["exercise-helps", "stress-causes-pain", "magnets-heal", "walking-helps"])
def test_the_card_of_a_claim_says_in_words_what_it_shows(toy: Evidence, id: str) -> None:
    site = Site(toy, synthesise(toy), (), TEMPLATES, "https://backed.example/")
    shown = card_of_claim(toy.claims[id], site)
    assert shown.file.path == f"claims/{id}/card.png"
    assert shown.alt.startswith(f"Claim: {toy.claims[id].claim.en.rstrip('.')}. Verdict: ")
    tags = social_tags(f"claims/{id}/", 'A "title"', "d", shown, site)
    assert f'<meta property="og:image" content="https://backed.example/claims/{id}/card.png">' in tags
    assert '<meta property="og:title" content="A &quot;title&quot;">' in tags
    assert '<meta name="twitter:card" content="summary_large_image">' in tags


def test_without_an_address_of_the_site_there_are_no_tags(toy: Evidence) -> None:
    site = Site(toy, synthesise(toy), (), TEMPLATES)
    assert social_tags("claims/x/", "t", "d", card_of_claim(toy.claims["magnets-heal"], site), site) == ""
