"""The templates of a new manual's files, with a filter for each syntax that an answer meets."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from functools import cache
from textwrap import wrap
from typing import Any

import jinja2

from groundrules.pages import rst
from groundrules.yamlsource.writing import scalar

WIDTH = 100


def render(name: str, context: Mapping[str, Any]) -> str:
    """Return a template with the values of ``context``."""
    return _environment().get_template(f"{name}.j2").render(context)


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("groundrules.authoring.scaffold"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 (no file is HTML; each syntax has a filter)
    )
    environment.filters |= {
        "filled": _filled,
        "heading": _heading,
        "html": html.escape,
        "python": _python,
        "rst": rst.escape,
        "yaml": scalar,
    }
    return environment


def _filled(text: str, indent: int = 0) -> str:
    """Return a text on several lines, the ones after the first indented."""
    lines = wrap(text, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    return f"\n{' ' * indent}".join(lines)


def _heading(text: str) -> str:
    return rst.heading(text).rstrip("\n")


def _python(text: str) -> str:
    """Return a text as Python code, in the quotes that formatters use."""
    return json.dumps(text, ensure_ascii=False)
