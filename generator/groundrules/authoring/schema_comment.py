"""The first line of a new data file, by which editors find the schema of its records."""

from __future__ import annotations

from pathlib import Path


def schema_comment(root: Path, data: str, kind: str) -> str:
    """Return the comment and its line end; nothing if the manual does not have the schema."""
    has_schema = (root / data / "schemas" / f"{kind}.json").is_file()
    return f"# yaml-language-server: $schema=../schemas/{kind}.json\n" if has_schema else ""
