"""Words as the search compares them; ``site_src/assets/search/words.js`` takes a query apart by the same lines."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

COMMON = frozenset(
    re.split(
        r"\s+",
        # English, then Dutch
        "a about after all also an and any are as at be been but by can could did do does for from had has have how "
        "i if in into is it its me my of on or our so than that the their them then there these they this to was we "
        "were what when which who why will with would you your "
        "aan als bij dan dat de deze die dit door een en er het hij hoe ik in is je kan maar me met mijn na naar of om "
        "op over te tot u uit uw van voor waar wat we welke wie wij ze zich zijn zou",
    )
)
"""Words that tell no entry from another: none is looked up, and what a reader types is found without them."""

_WORD = re.compile(r"[^\W_]+")
_BLOCKS = frozenset(["br", "dd", "div", "dl", "dt", "hr", "li", "ol", "p", "pre", "td", "th", "tr", "ul"])


def words_of(text: str) -> set[str]:
    """Return the words of a text: runs of letters and digits, small, without accents."""
    return set(_WORD.findall(fold(text)))


def fold(text: str) -> str:
    """Return a text in small letters without accents: compatible forms taken apart, marks left out."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text).lower().translate(_UNMARKED)


class _Unmarked(dict[int, int | None]):
    """What becomes of each sign: nothing of a mark; looked up once for each sign there is."""

    def __missing__(self, sign: int) -> int | None:
        self[sign] = None if unicodedata.category(chr(sign)).startswith("M") else sign
        return self[sign]


_UNMARKED = _Unmarked()


class _Text(HTMLParser):
    """Gathers the text between tags; blocks stand apart."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        if tag in _BLOCKS:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.handle_starttag(tag, None)


def plain(html: str) -> str:
    """Return the text of a piece of HTML in one line."""
    if "<" not in html and "&" not in html:
        return html
    parser = _Text()
    parser.feed(html)
    parser.close()
    return " ".join("".join(parser.parts).split())
