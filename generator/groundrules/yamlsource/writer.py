"""Plain values → YAML, one line for each value, so that a diff shows what changed."""

from __future__ import annotations

from typing import Any

import yaml

WIDTH = 2**30  # no text is folded


def written(value: Any) -> str:
    """Return plain values as YAML; keys keep their order, and texts their type."""
    text: str = yaml.dump(
        value, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=WIDTH
    )
    return text


def flow_text(value: Any) -> str:
    """Return plain values as YAML on one line, for a place between brackets."""
    text: str = yaml.dump(
        [value],
        Dumper=yaml.CSafeDumper,
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=True,
        width=WIDTH,
    )
    return text.rstrip().removeprefix("[").removesuffix("]")
