"""Check completion, hover and messages in editors, with the language server that they run.

The settings are those of the manual's page on editors.  Skipped where npm is missing.

``python tools/check_editors.py``
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
FOLDER = Path(__file__).parent / "editors"
SERVER = FOLDER / "node_modules/yaml-language-server/bin/yaml-language-server"
PAGE = ROOT / "source/reference/editors.rst"

EXPECTATION = (
    "topic: memory\ntitle: Memory\nexpectations:\n  - id: memory-8gb\n    standing: \n"
    "    statement: Every node has 8 GB.\n    \n"
)
MISTAKE = EXPECTATION.replace("standing: ", "standing: guarantied")
ZUUL = "- secret:\n    name: key\n    data: {a: !encrypted/pkcs1-oaep [YQ==]}\n"


class Server:
    """A running language server; ``request`` waits for its answer."""

    def __init__(self, process: subprocess.Popen[bytes], settings: dict[str, Any]) -> None:
        self.process, self.settings, self.last = process, settings, 0
        self.diagnostics: dict[str, list[Any]] = {}

    def send(self, method: str, params: Any, **more: Any) -> None:
        """Send a notification, or with an ``id`` a request."""
        message = {"jsonrpc": "2.0", "method": method, "params": params, **more}
        self.write(message)

    def write(self, message: dict[str, Any]) -> None:
        """Write a message with its length."""
        data = json.dumps(message).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self.process.stdin.flush()

    def read(self) -> dict[str, Any]:
        """Return the next message."""
        assert self.process.stdout
        length = 0
        while line := self.process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        if not length:
            raise SystemExit("the language server has ended")
        return dict(json.loads(self.process.stdout.read(length)))

    def next(self) -> dict[str, Any]:
        """Return the next message; answer what the server asks, and keep its diagnostics."""
        message = self.read()
        if message.get("method") == "workspace/configuration":
            sections = [item.get("section", "") for item in message["params"]["items"]]
            result = [self.section(section) for section in sections]
            self.write({"jsonrpc": "2.0", "id": message["id"], "result": result})
        elif "method" in message and "id" in message:
            self.write({"jsonrpc": "2.0", "id": message["id"], "result": None})
        elif message.get("method") == "textDocument/publishDiagnostics":
            params = message["params"]
            self.diagnostics[params["uri"]] = params["diagnostics"]
        return message

    def section(self, name: str) -> dict[str, Any]:
        """Return the settings below a name, as an editor has them."""
        start = f"{name}."
        return {key.removeprefix(start): value for key, value in self.settings.items()
                if key.startswith(start)}  # fmt: skip

    def request(self, method: str, params: Any) -> Any:
        """Return the answer to a request."""
        self.last += 1
        self.send(method, params, id=self.last)
        while (message := self.next()).get("id") != self.last or "method" in message:
            continue
        return message.get("result")

    def open(self, path: Path) -> str:
        """Open a file, wait for its diagnostics, and return its address."""
        uri = path.as_uri()
        text = path.read_text("utf-8")
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.send("textDocument/didOpen", {"textDocument": document})
        while uri not in self.diagnostics:
            self.next()
        return uri

    def at(self, method: str, uri: str, line: int, character: int) -> Any:
        """Return the answer to a request about a place; lines and characters count from 0."""
        place = {"line": line, "character": character}
        return self.request(method, {"textDocument": {"uri": uri}, "position": place})


@contextmanager
def server(manual: Path, settings: dict[str, Any]) -> Iterator[Server]:
    """Run a language server in a manual with the settings of an editor."""
    node = shutil.which("node")
    assert node
    command = [node, str(SERVER), "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        running = Server(process, settings)
        try:
            root = {"uri": manual.as_uri(), "name": "manual"}
            abilities = {
                "textDocument": {"completion": {"completionItem": {"documentationFormat": []}}},
                "workspace": {"configuration": True, "workspaceFolders": True},
            }
            running.request(
                "initialize",
                {"processId": None, "rootUri": root["uri"], "workspaceFolders": [root],
                 "capabilities": abilities},
            )  # fmt: skip
            running.send("initialized", {})
            running.send("workspace/didChangeConfiguration", {"settings": {}})
            yield running
        finally:
            process.kill()


def settings_of_page() -> dict[str, Any]:
    """Return the settings of VS Code that the page shows."""
    block = re.search(r"   :name: vscode-settings\n\n((?:   .*\n|\n)+)", PAGE.read_text("utf-8"))
    if block is None:
        raise SystemExit(f"{PAGE} has no block vscode-settings")
    return dict(json.loads("\n".join(line[3:] for line in block[1].splitlines())))


def check(manual: Path) -> None:
    """Raise `AssertionError` where an editor would not help."""
    records = manual / "data/expectations"
    shutil.copytree(ROOT / "data/schemas", manual / "data/schemas")
    records.mkdir()
    (records / "memory.yaml").write_text(EXPECTATION, "utf-8")
    (records / "mistake.yaml").write_text(MISTAKE, "utf-8")
    line = "# yaml-language-server: $schema=../schemas/expectation.json\n"
    (manual / "elsewhere.yaml").write_text(line.replace("../", "data/") + MISTAKE, "utf-8")
    (manual / ".zuul.yaml").write_text(ZUUL, "utf-8")
    with server(manual, settings_of_page()) as running:
        uri = running.open(records / "memory.yaml")
        words = _labels(running.at("textDocument/completion", uri, 4, 14))
        assert {"guaranteed", "varies", "present", "not-guaranteed"} <= words, words
        keys = _labels(running.at("textDocument/completion", uri, 6, 4))
        assert {"applies_to", "detect", "evidence", "except", "keywords", "why"} <= keys, keys
        hover = running.at("textDocument/hover", uri, 4, 6)
        assert "How far a job can count on it." in hover["contents"]["value"], hover
        for path in (records / "mistake.yaml", manual / "elsewhere.yaml"):
            messages = _messages(running, running.open(path))
            assert any("Value is not accepted" in message for message in messages), messages
        messages = _messages(running, running.open(manual / ".zuul.yaml"))
        assert messages == [], messages


def _labels(answer: Any) -> set[str]:
    items = answer["items"] if isinstance(answer, dict) else answer
    return {item["label"] for item in items}


def _messages(running: Server, uri: str) -> list[str]:
    return [diagnostic["message"] for diagnostic in running.diagnostics[uri]]


def main() -> int:
    """Return 0 if editors help as the page shows, or if npm is missing."""
    npm = shutil.which("npm")
    if npm is None:
        print("npm is missing: completion in editors was not checked")
        return 0
    if code := subprocess.run(
        [npm, "ci", "--no-audit", "--no-fund"], cwd=FOLDER, check=False
    ).returncode:
        return code
    with tempfile.TemporaryDirectory() as folder:
        check(Path(folder).resolve())
    print("completion, hover and messages are as the page on editors shows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
