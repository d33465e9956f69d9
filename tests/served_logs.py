"""A Zuul and the logs of its builds on one server of the tests' own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from served_zuul import Answer, ServedZuul, build

FACTS = "ansible_memtotal_mb: {}\nansible_architecture: x86_64\n"
INVENTORY = "all:\n  hosts:\n    {}:\n      nodepool: {{label: {}, provider: rax, region: DFW}}\n"


class ServedLogs(ServedZuul):
    """Serves ``files`` by path, whatever else the server does."""

    def __init__(self) -> None:
        super().__init__({"main": []})
        self.files: dict[str, bytes | Answer] = {}
        self.always = self._file

    def _file(self, path: str) -> Answer | None:
        file = self.files.get(unquote(urlsplit(path).path))
        return Answer(headers={}, body=file) if isinstance(file, bytes) else file

    def add(self, number: int, memory: int = 7955, label: str = "small", manifest: bool = True):
        """Add a build of one node with its logs; return it."""
        added = build(number)
        added["log_url"] = f"{self.url}/logs/{number}/"
        self.builds["main"].append(added)
        self.put(number, "host-info.node.yaml", FACTS.format(memory))
        self.put(number, "inventory.yaml", INVENTORY.format("node", label))
        if manifest:
            self.manifest(added, ["host-info.node.yaml", "inventory.yaml"])
        return added

    def say_build(self, number: int) -> str:
        """Add the id of a build to its inventory, as Zuul does; return the id."""
        uuid = build(number)["uuid"]
        path = f"/logs/{number}/zuul-info/inventory.yaml"
        self.files[path] += f"  vars:\n    zuul:\n      build: '{uuid}'\n".encode()
        return str(uuid)

    def put(self, number: int, name: str, text: str) -> None:
        """Add a file about the nodes of a build."""
        self.files[f"/logs/{number}/zuul-info/{name}"] = text.encode()

    def manifest(self, added, names: Iterable[str]) -> None:
        """Add the list of a build's logs, as the role generate-zuul-manifest writes it."""
        url = f"{added['log_url']}zuul-manifest.json"
        metadata = {"type": "zuul_manifest"}
        added["artifacts"] = [{"name": "Zuul Manifest", "url": url, "metadata": metadata}]
        info = {"name": "zuul-info", "mimetype": "application/directory", "encoding": None}
        children = [{"name": name, "mimetype": "text/plain", "encoding": None} for name in names]
        tree = [{"name": "job-output.txt", "size": 5}, {**info, "children": children}]
        path = urlsplit(url).path
        self.files[path] = json.dumps({"tree": tree}).encode()

    def paths(self) -> list[str]:
        """Return the paths that were asked for, and forget them."""
        paths = [urlsplit(request).path.removeprefix("/logs") for request in self.requests]
        self.requests.clear()
        return paths
