"""What a page lets the browser run and load, as a Content-Security-Policy inside the page: files of the site, no more.

Where a text of a record did get out of its place, it would still run nothing: scripts that stand in a page are only run
where their hash is named, and named are those the theme itself writes, in a shell into which nothing was put yet.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterator

from mkdocs.exceptions import PluginError

_RULES = (
    ("default-src", "'none'"),
    ("script-src", "'self'{hashes}"),
    ("style-src", "'self'"),
    ("img-src", "'self' data:"),  # the theme's icons in its styles, and figures on their way to a PNG file
    ("font-src", "'self'"),
    ("connect-src", "'self'"),
    ("worker-src", "'self'"),
    ("manifest-src", "'self'"),
    ("object-src", "'none'"),
    ("base-uri", "'none'"),
    ("form-action", "'none'"),  # nothing is sent: a report of a mistake is a link
)
"""'self' means the same origin; for a page opened from a folder browsers take it for any file."""

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL)
_NOT_RUN = re.compile(r"\ssrc=|\stype=\"application/(?:ld\+)?json\"")
_FIRST = '<meta charset="utf-8">'


def guarded(html: str, own: str) -> str:
    """Return a drawn page with its policy at the start of its head; what is no page is returned as it is.

    ``own`` is the same page without what was put into it, so that all scripts that stand in it are the theme's.
    """
    return html.replace(_FIRST, _FIRST + _policy(own), 1)


def without(html: str, *put_in: str) -> str:
    """Return a drawn page without what was put into it; ``PluginError`` where that cannot be told from the rest."""
    for text in filter(None, put_in):
        if text not in html:
            raise PluginError("the theme has changed the content of a page: its own scripts cannot be told from others")
        html = html.replace(text, "")
    return html


def _policy(own: str) -> str:
    hashes = "".join(f" 'sha256-{hash}'" for hash in dict.fromkeys(_hashes(own)))
    rules = "; ".join(f"{name} {value.format(hashes=hashes)}" for name, value in _RULES)
    return f'<meta http-equiv="Content-Security-Policy" content="{rules}">'


def _hashes(html: str) -> Iterator[str]:
    """Yield the hash of each script that stands in a page itself and would be run."""
    for attributes, script in _SCRIPT.findall(html):
        if not _NOT_RUN.search(attributes):
            yield b64encode(hashlib.sha256(script.encode()).digest()).decode()
