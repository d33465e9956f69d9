"""Sets of Zuul configuration in ``golden/``, one text file each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

GOLDEN = Path(__file__).parent / "golden"


def rows(name: str) -> list[Any]:
    """Return the values of a file in ``golden/``, one from each line."""
    return [json.loads(line) for line in (GOLDEN / name).read_text("utf-8").splitlines()]


def unpack(name: str, root: Path) -> Path:
    """Write the files of a set below ``root`` and return their folder."""
    for path, text in rows(f"{name}.jsonl"):
        file = root / name / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    return root / name
