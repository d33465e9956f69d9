"""`record_file`: a new file of a record, with the line by which editors find its schema."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from groundrules.records.kinds import RecordKind
from groundrules.yamlsource import yaml_text


def record_file(
    root: Path, data: str, kind: RecordKind, name: str, values: Mapping[str, Any]
) -> tuple[str, str]:
    """Return the path of a record in the folder ``data`` of a manual, and the text of its file."""
    has_schema = (root / data / "schemas" / f"{kind.name}.json").is_file()
    head = f"# yaml-language-server: $schema=../schemas/{kind.name}.json\n" if has_schema else ""
    return f"{data}/{kind.folder}/{name}.yaml", f"{head}{yaml_text(values)}"
