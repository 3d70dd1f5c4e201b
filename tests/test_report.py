"""Where readers' reports of mistakes go: addresses read back by other parsers, and what is refused."""

from email.headerregistry import Address
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from backed.publish.report import FORM, Reports

PAGE = "https://backed.example/studies/toy-2001/"
FILE = "evidence/studies/2001/toy-2001.yaml"
COMMIT = "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"


def configured(repo_url: str = "", **backed: object) -> MkDocsConfig:
    config = MkDocsConfig()
    config.load_dict({"site_name": "Toy", "repo_url": repo_url, "extra": {"backed": backed}})
    return config


def test_an_issue_is_prefilled_by_the_ids_of_the_form() -> None:
    reports = Reports.of(configured("https://code.example/toy/", commit=COMMIT), "2026-11-22")
    address = urlsplit(reports.address(PAGE, FILE, reports.version("2026-11-22")))
    assert (address.netloc, address.path) == ("code.example", "/toy/issues/new")
    assert parse_qs(address.query, strict_parsing=True) == {
        "template": [FORM],
        "title": ["Correction: toy-2001"],
        "page": [PAGE],
        "file": [FILE],
        "version": [f"records of 2026-11-22, commit {COMMIT}"],
    }


def test_without_a_repository_a_mail_is_drafted() -> None:
    reports = Reports.of(configured(mail="corrections+toy@backed.example"), "")
    address = urlsplit(reports.address(PAGE, FILE, ""))
    assert address.scheme == "mailto"
    assert Address(addr_spec=unquote(address.path)).domain == "backed.example"
    assert unquote(address.path) == "corrections+toy@backed.example"
    fields = dict(field.split("=") for field in address.query.split("&"))
    assert unquote(fields["subject"]) == "Correction: toy-2001"
    assert unquote(fields["body"]).split("\r\n")[:2] == [f"Page: {PAGE}", f"File: {FILE}"]
    assert "+" not in address.query  # mail programs do not read it as a space


def test_with_neither_the_link_leads_to_the_page_that_explains_or_there_is_none() -> None:
    reports = Reports.of(configured(), "2026-11-22")
    assert reports.address(PAGE, FILE, "") == ""
    assert reports.of_page(PAGE, FILE, "", "../corrections/")["href"] == "../corrections/"
    assert reports.of_page(PAGE, FILE, "") == {}


def test_the_foot_of_a_page_knows_its_record_and_of_a_list_that_it_has_none() -> None:
    reports = Reports.of(configured("https://code.example/toy"), "2026-11-22")
    assert reports.of_page(PAGE, FILE, "")["record"] == "toy-2001"
    assert reports.of_page("https://backed.example/studies/", "", "")["record"] == ""
    assert "Correction%3A+https" in reports.of_page("https://backed.example/studies/", "", "")["href"]


@pytest.mark.parametrize("text", ["HEAD", "0a1b2c3", "'; drop", COMMIT.upper()])
def test_a_commit_is_a_whole_id(text: str) -> None:
    with pytest.raises(PluginError, match="whole id of a commit"):
        Reports.of(configured(commit=text), "")


@pytest.mark.parametrize("text", ["nobody", "a@b?bcc=c@d", "Name <a@b>", "a@b, c@d", "a@b&subject=x", "a%40b@c"])
def test_a_mail_address_is_one_plain_address(text: str) -> None:
    with pytest.raises(PluginError, match="one plain mail address"):
        Reports.of(configured(mail=text), "")


def test_the_form_has_a_field_for_everything_that_is_filled_in() -> None:
    form = (Path(__file__).parent.parent / ".github/ISSUE_TEMPLATE" / FORM).read_text(encoding="utf-8")
    address = urlsplit(
        Reports.of(configured("https://code.example/toy"), "2026-11-22").address(PAGE, FILE, "records of 2026-11-22")
    )
    for name in set(parse_qs(address.query)) - {"template", "title"}:
        assert f"    id: {name}\n" in form
