"""Random changes of a set of Zuul configuration, for comparison with Zuul's own classes.

``python random_changes.py SET COUNT SEED FOLDER`` unpacks a set of ``golden/`` into a folder, and
prints questions for ``groundrules jobs --batch`` and for ``ask_zuul_changes.py``: random files,
and random edits of the configuration.

Nodesets that name an undefined alternative are removed first: with one, Zuul's recorded answers
refuse every change that edits configuration.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bundles import unpack

PATHS = (
    *("README.rst", "src/a.py", "src/b/x.py", "docs/x", "tox.ini", "lib/a.py", "SRC/y.c", "x"),
    *("/COMMIT_MSG", "playbooks/run.yaml", "playbooks/pre.yaml", "roles/x/tasks/main.yaml"),
    *("zuul.d.txt", "a b/\u00fc.txt", "play.yaml", "zuul.d/x.yml", "extra/x.yaml"),
)
ATTRIBUTES = (
    *("vars: {zz: 1}", "tags: zzt", "description: hi", "attempts: 3", "attempts: 2"),
    *("provides: zzp", "success-message: ok", "roles: []", "required-projects: []"),
    *("voting: true", "match-on-config-updates: false", "files: [^src/]", "branches: .*"),
    *("irrelevant-files: [^doc]", "extra-vars: {a: {b: 1}}", "pre-run: playbooks/pre.yaml"),
    *("post-run: [playbooks/post.yaml]", "nodeset: {nodes: []}", "override-checkout: stable/1"),
    *("include-vars: src/a.py", "failure-output: [x]", "workspace-scheme: flat"),
    *("variant-description: q", "deduplicate: false", "ansible-version: 11", "post-timeout: 50"),
    *("pre-timeout: 99999", "group-vars: {g: {v: 1}}", "semaphores: zz-sem", "abstract: true"),
    *("dependencies: []", "final: true", "parent: base"),
)
ITEM = re.compile(r"(?m)^(?=- )")
NAME = re.compile(r"(?m)^    name: (\S+)$")


def without_undefined_nodesets(folder: Path) -> Path:
    """Remove the objects that name an undefined nodeset, and return the folder."""
    for path in folder.rglob("*.yaml"):
        text = path.read_text("utf-8")
        if "nosuch-ns" in text:
            kept = [item for item in ITEM.split(text) if "nosuch-ns" not in item]
            path.write_text("".join(kept), "utf-8")
    return folder


class Changes:
    """Random changes of the projects in a folder; equal seeds give equal changes."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random, self.folder = random.Random(seed), folder  # noqa: S311 (no secret)
        self.projects = json.loads((folder / "index.json").read_text("utf-8"))["projects"]

    def questions(self, count: int) -> Iterator[dict[str, Any]]:
        """Yield questions of a batch."""
        for number in range(count):
            project = self.random.choice(self.projects)
            branch = self.random.choice([*project["branches"], "master"])
            asked = {
                "id": number,
                "project": project["canonical_name"],
                "pipeline": self.random.choice(["check", "gate", "post"]),
                "branch": branch,
                "files": [],
            }
            folder = self.folder / project["project"] / branch.replace("/", "%2F")
            files = sorted(folder.rglob("*.yaml")) if folder.is_dir() else []
            texts = [path.read_text("utf-8", "replace") for path in files]
            asked["files"] = self.paths("".join(texts))
            if files and self.random.random() < 0.5:
                self.edit(asked, files, folder)
            elif self.random.random() < 0.1:
                asked |= self.ref()
            yield asked

    def paths(self, text: str) -> list[str]:
        """Return some paths, which expressions of a text often match."""
        words = re.findall(r"[\^'\"]([\w./^$*()|\\-]{3,30})", text)
        near = [re.sub(r"[\^$*()|\\]", "", word).replace("..", "z") for word in words]
        near += re.findall(r"[\w./-]+\.yaml", text)
        known = [path for path in near if path and not path.startswith("/")] or [*PATHS]
        count = self.random.choice([0, 1, 1, 1, 2, 3, 5])
        chosen = (self.random.choice(self.random.choice([known, PATHS])) for _ in range(count))
        return list(dict.fromkeys(chosen))

    def ref(self) -> dict[str, Any]:
        """Return a push or a tag in place of a change."""
        if self.random.random() < 0.3:
            return {"kind": "branch"}
        branches = ["master", "stable/1", "stable/10", "feature/x"]
        containing = self.random.sample(branches, self.random.randrange(4))
        return {"kind": "tag", "ref": "1.0", "containing": containing}

    def edit(self, asked: dict[str, Any], files: list[Path], folder: Path) -> None:
        """Edit one of the files of a branch."""
        path = self.random.choice(files)
        name, text = path.relative_to(folder).as_posix(), path.read_text("utf-8", "replace")
        patch: dict[str, str | None] = {name: self.edited(text)}
        if self.random.random() < 0.1:
            patch = {name: None, "zuul.d/moved.yaml": text}
        asked["patch"] = patch
        asked["files"] = [*asked["files"], *patch]

    def edited(self, text: str) -> str:
        """Return a text with some of its objects edited, moved, repeated or removed."""
        head, *items = ITEM.split(text)
        for _ in range(self.random.choice([1, 1, 1, 2, 3]) if items else 0):
            at = self.random.randrange(len(items))
            if not items[at]:
                continue  # it is removed already
            match self.random.randrange(8):
                case 0:
                    items[at] = ""
                case 1:
                    other = self.random.randrange(len(items))
                    items[at], items[other] = items[other], items[at]
                case 2:
                    items.append(items[at])
                case 3:
                    items[at] = f"# moved\n{items[at]}"
                case 4:
                    items[at] = re.sub(r"\b(run|r|other)\.yaml", "new.yaml", items[at], count=1)
                case 5:
                    lines = items[at].splitlines(keepends=True)
                    del lines[self.random.randrange(len(lines))]
                    items[at] = "".join(lines)
                case _:
                    added = self.random.choice(ATTRIBUTES)
                    items[at] = NAME.sub(rf"    name: \1\n    {added}", items[at], count=1)
        return "".join([head, *items])


if __name__ == "__main__":
    name, count, seed, root = sys.argv[1:]
    unpacked = without_undefined_nodesets(unpack(name, Path(root)))
    for question in Changes(unpacked, int(seed)).questions(int(count)):
        print(json.dumps(question))
