"""The command that makes pictures of a site."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.browser.page_kinds import kinds
from tests.browser.screenshots import main, photograph


def test_the_kinds_of_a_site_are_found_in_it(site: Path) -> None:
    found = kinds(site)
    assert found["home"] == ""
    assert found["studies"] == "studies/"
    assert found["one-of-studies"] == "studies/madeup-2020-exercise/"
    assert set(found) >= {"claims", "one-of-claims", "articles", "one-of-comparisons", "bibliography", "one-of-rules"}


def test_a_site_is_needed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path), str(tmp_path / "pictures")]) == 2
    assert "is no built site" in capsys.readouterr().err


def test_each_page_is_photographed_in_four_windows(browser: Browser, address: str, tmp_path: Path) -> None:
    pictures = list(photograph(browser, address, {"about": "about/"}, tmp_path))
    widths = {picture.name: int.from_bytes(picture.read_bytes()[16:20]) for picture in pictures}  # as PNG has it
    assert widths == {
        "about-desktop-light.png": 1280,
        "about-desktop-dark.png": 1280,
        "about-phone-light.png": 360,
        "about-phone-dark.png": 360,
    }
