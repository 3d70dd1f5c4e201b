"""The served site, crawled by linkchecker: slower than `links`, but a program that knows nothing of ours."""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SUMMARY = re.compile(r"That's it\. (\d+) links? in (\d+) URLs? checked\. (\d+) warnings? found\. (\d+) errors? found")


@dataclass(frozen=True)
class Crawl:
    """What linkchecker saw: ``ok`` where nothing was broken; ``report`` is its own text."""

    ok: bool
    links: int
    urls: int
    errors: int
    report: str


def crawl(site: Path, *, external: bool = False) -> Crawl:
    """Serve a built site on this computer and return what linkchecker finds in it.

    With ``external`` the addresses outside the site are asked too, which needs the network.
    """
    # Ten requests a second are polite towards others; this server is our own.
    settings = "" if external else "maxrequestspersecond=500\n"
    done = linkchecker(site, ["--threads", "20", *(["--check-extern"] if external else [])], settings)
    summary = _SUMMARY.search(done.stdout)
    if summary is None:
        return Crawl(False, 0, 0, 0, f"linkchecker did not finish:\n{done.stdout}{done.stderr}")
    links, urls, _, errors = (int(number) for number in summary.groups())
    return Crawl(done.returncode == 0 and errors == 0, links, urls, errors, done.stdout)


def linkchecker(site: Path, options: Sequence[str], settings: str = "") -> subprocess.CompletedProcess[str]:
    """Serve a folder on this computer, let linkchecker go through it, and return what it said, in English.

    ``settings`` are lines of the section ``checking`` of its configuration. What it says goes to its standard output:
    as root it gives up its rights and may not write files.
    """
    with _served(site) as address, tempfile.NamedTemporaryFile("w", suffix=".linkcheckerrc") as file:
        file.write(f"[checking]\n{settings}")  # without a section linkchecker refuses the file
        file.flush()
        fixed = ["--no-status", "--no-robots", "--config", file.name]
        command = [sys.executable, "-m", "linkcheck", *fixed, *options, address]
        english = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "en"}
        return subprocess.run(command, capture_output=True, encoding="utf-8", env=english, check=False)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        """Allow linkchecker to ask as fast as it can: this header is how a server says so."""
        self.send_header("LinkChecker", "as fast as you can")
        super().end_headers()

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Send a file; that a client stops reading (as linkchecker does with what it does not parse) is no fault."""
        with contextlib.suppress(ConnectionError):
            super().copyfile(source, outputfile)

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing: linkchecker's report says what was asked."""


@contextmanager
def _served(site: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
