"""yaml-language-server, the program behind completion in VS Code and other editors, asked over standard in and out."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Any

from .system import provide, succeeds

CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "backed" / "yaml-language-server"
VERSION = "1.25.0"
SECONDS = 60.0


def find() -> str | None:
    """Return the server's script if node and the server are there, else None."""
    if not shutil.which("node"):
        return None
    installed = CACHE / VERSION / "node_modules/yaml-language-server/bin/yaml-language-server"
    return str(installed) if installed.is_file() else shutil.which("yaml-language-server")


def get() -> None:
    """Have npm install the server into the user's cache; whether it worked is for the caller to see."""
    folder = CACHE / VERSION
    folder.mkdir(parents=True, exist_ok=True)
    if npm := shutil.which("npm"):
        quietly = ["--no-audit", "--no-fund", "--ignore-scripts", "--no-save"]
        succeeds([npm, "install", *quietly, "--prefix", str(folder), f"yaml-language-server@{VERSION}"], 300)


def missing() -> str:
    """Return the line to be printed where it is not there."""
    return "yaml-language-server is not here: install Node.js with npm, then run `python -m tests.language_server`"


class LanguageServer:
    """A running server with our schemas bound to files, as `.vscode/settings.json` binds them."""

    def __init__(self, script: str, folder: Path, schemas: dict[str, str]) -> None:
        command = [script, "--stdio"] if os.access(script, os.X_OK) else ["node", script, "--stdio"]
        self.settings = {
            "yaml": {
                "schemas": {(folder / schema).as_uri(): files for schema, files in schemas.items()},
                "schemaStore": {"enable": False},
                "completion": True,
                "hover": True,
                "validate": True,
            }
        }
        self.folder, self._told = folder, 0
        self._answers: queue.Queue[dict[str, Any]] = queue.Queue()
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        threading.Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> LanguageServer:
        workspace = {"uri": self.folder.as_uri(), "name": "backed"}
        can = {
            "textDocument": {
                "completion": {"completionItem": {"documentationFormat": ["plaintext"]}},
                "hover": {"contentFormat": ["plaintext"]},
                "publishDiagnostics": {},
            },
            "workspace": {"configuration": True, "workspaceFolders": True},
        }
        asked = {"processId": os.getpid(), "rootUri": self.folder.as_uri(), "capabilities": can}
        self.ask("initialize", {**asked, "workspaceFolders": [workspace]})
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": self.settings})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()

    def open(self, path: Path, text: str) -> list[dict[str, Any]]:
        """Open a document with a text and return what the server says is wrong in it."""
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        while True:
            message = self._next()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == path.as_uri():
                problems: list[dict[str, Any]] = message["params"]["diagnostics"]
                return problems

    def complete(self, path: Path, line: int, column: int) -> dict[str, str]:
        """Return what the server offers at a place (from 0): label to what it says about it."""
        found = self.ask("textDocument/completion", _at(path, line, column))
        items = found["items"] if isinstance(found, dict) else found or []
        return {item["label"]: str(_text(item.get("documentation", ""))) for item in items}

    def hover(self, path: Path, line: int, column: int) -> str:
        """Return what the server shows at a place (from 0)."""
        found = self.ask("textDocument/hover", _at(path, line, column))
        return str(_text(found["contents"])) if found else ""

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        """Return the answer to a request; notifications that come before it are dropped."""
        self._told += 1
        number = self._told
        self._send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        while True:
            message = self._next()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message.get("result")

    def tell(self, method: str, params: dict[str, Any]) -> None:
        """Send a notification."""
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def _next(self) -> dict[str, Any]:
        """Return the next message, answering what the server itself asks."""
        while True:
            message = self._answers.get(timeout=SECONDS)
            if "method" in message and "id" in message:
                wanted = [self.settings.get(one.get("section", ""), {}) for one in message["params"].get("items", [])]
                result = wanted if message["method"] == "workspace/configuration" else None
                self._send({"jsonrpc": "2.0", "id": message["id"], "result": result})
                continue
            return message

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps(message).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream
        length = 0
        while line := stream.readline():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
            elif line == b"\r\n":
                self._answers.put(json.loads(stream.read(length)))


def _at(path: Path, line: int, column: int) -> dict[str, Any]:
    return {"textDocument": {"uri": path.as_uri()}, "position": {"line": line, "character": column}}


def _text(contents: Any) -> Any:
    return contents.get("value", "") if isinstance(contents, dict) else contents


if __name__ == "__main__":
    sys.exit(provide(find, get, "yaml-language-server", missing))
