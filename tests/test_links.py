from pathlib import Path

import pytest

from backed.links import check_links, external_links
from backed.problem import Problem, Severity


def site(folder: Path, **pages: str) -> Path:
    """Write pages, named by their folder with `_` for `/`, beside a style sheet and a paper."""
    for name, text in pages.items():
        path = folder / name.replace("_", "/").removeprefix("home") / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "assets").mkdir(exist_ok=True)
    (folder / "assets/site.css").write_text("", encoding="utf-8")
    (folder / "assets/a paper.pdf").write_bytes(b"")
    return folder


CANONICAL = '<link rel="canonical" href="https://backed.example/deep/">'
TARGET = '<h1 id="top-of-page">T</h1><p id="café">x</p><p id=bare>x</p>'


@pytest.mark.parametrize(
    "link",
    [
        "../long/",
        "../long/#top-of-page",
        "../long/index.html#bare",
        "../long",
        "../long/?sort=year#caf%C3%A9",
        "../long/#café",
        "../long/#top",
        "../long/#:~:text=pain",
        "../../assets/site.css?v=1",
        "../../assets/a%20paper.pdf#page=2",
        "./../..",
        "../../",
        "#",
        "#here",
        "?page=2",
        "",
        "/deep/studies/long/#bare",
        "https://backed.example/deep/studies/long/#bare",
        "https://backed.example/deep/",
        "https://elsewhere.example/gone",
        "//elsewhere.example/gone",
        "mailto:a@b.example",
        "tel:+31",
        "data:image/png;base64,AAAA",
        "javascript:void(0)",
    ],
)
def test_links_that_lead_somewhere_are_no_problem(tmp_path: Path, link: str) -> None:
    page = f'<p id="here"><a href="{link}">x</a></p>'
    assert check_links(site(tmp_path, home=CANONICAL, studies_long=TARGET, studies_other=page)).problems == ()


@pytest.mark.parametrize(
    ("link", "rule", "message"),
    [
        ("../gone/", "broken-link", "there is no studies/gone/index.html"),
        ("../gone", "broken-link", "there is no studies/gone"),
        ("../Long/", "broken-link", "there is no studies/Long/index.html"),
        ("long/", "broken-link", "there is no studies/other/long/index.html"),
        ("../../../../studies/long/", "broken-link", "there is no ../../studies/long/index.html"),
        ("/studies/long/", "broken-link", "there is no ../studies/long/index.html"),
        ("https://backed.example/deep/gone/", "broken-link", "there is no gone/index.html"),
        ("../long/#gone", "broken-anchor", "studies/long/index.html has no id gone"),
        ("../long/#Bare", "broken-anchor", "studies/long/index.html has no id Bare"),
        ("#gone", "broken-anchor", "studies/other/index.html has no id gone"),
        ("https://backed.example/deep/#gone", "broken-anchor", "index.html has no id gone"),
    ],
)
def test_links_that_lead_nowhere_are_told_with_their_place(tmp_path: Path, link: str, rule: str, message: str) -> None:
    page = f'<p>one</p>\n<p id="here"><a class="x" href="{link}">x</a></p>'
    found = check_links(site(tmp_path, home=CANONICAL, studies_long=TARGET, studies_other=page))
    problem = Problem(
        rule,
        Severity.ERROR,
        "studies/other/index.html",
        f"{link}: {message}",
        line=2,
        column=len('<p id="here"><a class="x" ') + 1,
    )
    assert found.problems == (problem,)


@pytest.mark.parametrize(
    "html",
    [
        '<a href="gone/">x</a>',
        "<a href='gone/'>x</a>",
        "<a href=gone/>x</a>",
        "<A href = 'gone/'>x</A>",
        '<a\n  title="a > b"\n  href="gone/">x</a>',
        '<img alt="" src="gone/">',
        '<script src="gone/"></script>',
        '<script>if (a < b) {}</script><a hidden href="gone/">x</a>',
        '<svg><use xlink:href="gone/"/></svg>',
    ],
)
def test_every_way_of_writing_a_link_is_read(tmp_path: Path, html: str) -> None:
    assert [p.rule for p in check_links(site(tmp_path, home=html)).problems] == ["broken-link"]


@pytest.mark.parametrize(
    "html",
    [
        '<!-- <a href="gone/">x</a> -->',
        "<script>write('<a href=\"gone/\">')</script>",
        "<style>a::after { content: '<a href=\"gone/\">' }</style>",
        '<p>&lt;a href="gone/"&gt;</p>',
        """<p title='<a href="gone/">'>x</p>""",
        '<p data-href="gone/" title=" href=gone/">x</p>',
    ],
)
def test_what_is_no_link_is_not_read_as_one(tmp_path: Path, html: str) -> None:
    assert check_links(site(tmp_path, home=html)).problems == ()


def test_an_escaped_link_is_compared_as_it_is_meant(tmp_path: Path) -> None:
    page = '<a href="#a&amp;b">x</a><p id="a&amp;b">x</p>'
    assert check_links(site(tmp_path, home=page)).problems == ()


def test_a_repeated_id_is_told_wherever_it_stands(tmp_path: Path) -> None:
    problems = check_links(site(tmp_path, home='<p id="a">x</p>\n<p id="b">x</p>\n<p id="a">x</p>')).problems
    assert [(p.rule, p.line) for p in problems] == [("duplicate-id", 1), ("duplicate-id", 3)]


def test_counts_are_of_pages_and_of_links_as_often_as_they_stand(tmp_path: Path) -> None:
    found = check_links(site(tmp_path, home='<a href="long/">x</a><a href="long/">x</a>', long='<a href="..">x</a>'))
    assert (found.pages, found.links, found.problems) == (2, 3, ())


def test_external_links_are_listed_once_and_sorted(tmp_path: Path) -> None:
    home = CANONICAL + '<a href="https://b.example/x#y">x</a><a href="mailto:a@b.example">x</a><a href="long/">x</a>'
    long = '<a href="https://a.example/?q=1&amp;r=2">x</a><a href="https://b.example/x#y">x</a>'
    assert external_links(site(tmp_path, home=home, long=long)) == [
        "https://a.example/?q=1&r=2",
        "https://b.example/x#y",
    ]


def test_every_link_of_many_pages_is_counted(tmp_path: Path) -> None:
    row = '<tr class="odd"><td data-value="1">text</td><td><a href="../long/#bare">text</a></td></tr>\n'
    pages = {f"studies_s{number}": "<table>" + row * 100 + "</table>" for number in range(200)}
    folder = site(tmp_path, home=CANONICAL, studies_long=TARGET, **pages)
    found = check_links(folder)
    assert found.links == 200 * 100 + 1
