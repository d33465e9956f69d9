"""A small manual that is in order, and the places where tests put mistakes into it."""

from __future__ import annotations

from pathlib import Path

MANUAL = """\
title: What jobs may count on
publisher: The CI team
summary: Promises.
configurations: [{id: ours, title: Our jobs}]
"""
PLATFORM = """\
id: vm
title: Virtual machine
summary: One.
labels:
- {name: small, operating_system: Debian}
"""
SURPRISE = PLATFORM.replace("Debian}", "24.10}")
FOUND = (
    "data/platforms/vm.yaml:5:35: YAML reads 24.10 as the number 24.1; "
    "write '24.10' for text [GR108]\n"
)
UNTAGGED = """\
id: deploy
title: Deployment
configuration: ours
project: team/config
pipelines: [deploy]
jobs: [{name: base}]
rules:
- {id: first, every: {tag: web}, waits_for: base, why: Users come first.}
"""


def write(root: Path, platform: str = PLATFORM, graph: str = "") -> Path:
    """Write the manual to ``root``, as bytes: no line end is changed on the way."""
    files = {"manual.yaml": MANUAL, "platforms/vm.yaml": platform, "graphs/deploy.yaml": graph}
    for name, text in files.items():
        if text:
            path = root / "data" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
    return root
