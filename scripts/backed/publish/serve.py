"""The site on this computer while one works on it: what is saved is seen, what is wrong with it is told on the page."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain
from pathlib import Path
from threading import Condition, Thread
from typing import Any

from ..program import files_below
from .preview import Preview
from .site import Work, refuse_to_replace

EVERY = 0.1
"""Seconds between two looks at the files."""

PULSE = 20.0
"""Seconds after which a browser that waits is told the same again, so that one that is gone is noticed."""

SCRIPT = b"""\
const shown = new URL(document.currentScript.src).search.slice(1);
new EventSource("/.backed/changes").onmessage = ({ data }) => data !== shown && location.reload();
"""
STYLE = b"""\
.bk-faults { position: relative; z-index: 9; margin: 0; padding: 1rem; max-height: 60vh; overflow: auto;
  font: .7rem/1.5 monospace; white-space: pre-wrap; color: #fff; background: #8b1a1a; }
"""


class Turn:
    """A number that is another one after every change of what is shown; who waits is told."""

    def __init__(self) -> None:
        """Begin with the time, so that a server that was started anew has another number."""
        self.number = time.time_ns() // 1_000_000
        self._changed = Condition()

    def on(self) -> None:
        """Say that something else is shown now."""
        with self._changed:
            self.number += 1
            self._changed.notify_all()

    def after(self, number: int) -> int:
        """Wait until the number is another one, or for a while; return it."""
        with self._changed:
            self._changed.wait_for(lambda: self.number != number, timeout=PULSE)
            return self.number


def serve_site(config_file: Path, evidence_dir: Path, port: int, say: Callable[[str], None]) -> None:
    """Show the site on this computer until interrupted; ``say`` is told the address and every change.

    A saved record is shown at once, the rest of the site follows. Faults are told on every page, and the pages stay as
    they were. Where pages, templates or the configuration change, everything begins anew. ``FaultyEvidence``,
    ``SiteError`` or OSError where there is nothing to show in the first place.
    """
    config_file = config_file.resolve()
    work = Work(config_file, config_file.parent / ".cache" / "served", evidence_dir.resolve())
    refuse_to_replace(work)
    files = _Files(work)
    preview, turn = Preview(work, lambda: say("waiting: another build writes this site")), Turn()
    with _listening(preview, turn, port) as address:
        say(f"open {address} (Ctrl+C ends)")
        try:
            _follow(preview, turn, files, say)
        finally:
            preview.stop()
    say("the site's own files have changed: beginning anew")
    os.execv(sys.executable, [sys.executable, "-m", "backed", *sys.argv[1:]])


def _follow(preview: Preview, turn: Turn, files: _Files, say: Callable[[str], None]) -> None:
    """Show what is changed in the evidence, until something else is."""
    evidence, start = preview.work.evidence or Path(), 0.0
    while True:
        time.sleep(EVERY)
        if changed := files.changed():
            if not all(path.is_relative_to(evidence) for path in changed):
                return
            start = time.perf_counter()
            urls = preview.show(changed)
            if urls or preview.faults:
                turn.on()
            say(f"{', '.join(urls[:1]) or changed[0].name} after {time.perf_counter() - start:.1f} s")
            preview.follow()
        said = preview.finished()
        if said is not None:
            turn.on()
            say(f"{said}\neverything after {time.perf_counter() - start:.1f} s")


class _Files:
    """All files that a site is made from, with when they were last changed."""

    def __init__(self, work: Work) -> None:
        self._folders = [work.evidence or Path(), work.config_file.parent / "site_src", work.config_file]
        self._seen = self._now()

    def changed(self) -> list[Path]:
        """Return those that were changed, made or removed since the last time."""
        before, self._seen = self._seen, self._now()
        return sorted(Path(name) for name in before.keys() | self._seen if before.get(name) != self._seen.get(name))

    def _now(self) -> Mapping[str, tuple[int, int]]:
        found = {}
        for name in chain.from_iterable(map(files_below, self._folders)):
            with suppress(OSError):  # it may go while we look
                known = os.stat(name)  # noqa: PTH116 - thousands of them
                found[name] = (known.st_mtime_ns, known.st_size)
        return found


@contextmanager
def _listening(preview: Preview, turn: Turn, port: int) -> Iterator[str]:
    """Answer browsers meanwhile; give the address. OSError where the port is taken."""
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Answers, preview, turn))
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


class _Answers(SimpleHTTPRequestHandler):
    """Gives out the site's files; pages with the faults there are, and with a script that loads them again."""

    protocol_version = "HTTP/1.1"

    def __init__(self, preview: Preview, turn: Turn, *given: Any) -> None:
        self._preview, self._turn = preview, turn
        super().__init__(*given, directory=str(preview.work.site))

    def do_GET(self) -> None:
        """Answer a request."""
        path = self.path.partition("?")[0]
        if path == "/.backed/changes":
            self._tell()
        elif path == "/.backed/reload.js":
            self._give(SCRIPT, "text/javascript")
        elif path == "/.backed/faults.css":
            self._give(STYLE, "text/css")
        else:
            file = Path(self.translate_path(self.path))
            page = file / "index.html" if path.endswith("/") else file
            if page.suffix == ".html" and page.is_file():
                self._give(self._shown(page.read_bytes()), "text/html; charset=utf-8")
            elif page.exists():
                super().do_GET()
            else:
                self._give(self._shown((self._preview.work.site / "404.html").read_bytes()), "text/html", 404)

    def _give(self, content: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def _shown(self, page: bytes) -> bytes:
        """Return a page with the faults at its head and the script at its end."""
        script = f'<script src="/.backed/reload.js?{self._turn.number}"></script>'.encode()
        head, body, rest = page.partition(b"<body")
        opened, end, rest = rest.partition(b">")
        return b"".join([head, body, opened, end, self._faults(), rest.replace(b"</body>", script + b"</body>", 1)])

    def _faults(self) -> bytes:
        if not self._preview.faults:
            return b""
        style = '<link rel="stylesheet" href="/.backed/faults.css">'
        said = f"Not shown yet: what was saved last has faults.\n\n{self._preview.faults}"
        return f'{style}<pre class="bk-faults" role="alert">{escape(said)}</pre>'.encode()

    def _tell(self) -> None:
        """Send the number of the turn, now and whenever it grows, until the browser leaves."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        sent = -1
        try:
            while True:
                sent = self._turn.after(sent)
                self.wfile.write(f"data: {sent}\n\n".encode())
                self.wfile.flush()
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of requests."""
