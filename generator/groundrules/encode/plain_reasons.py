"""`plain_reasons`: the reasons of a documented graph as text for comments and messages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from groundrules.records.graph import Graph

_ROLE = re.compile(r"(?::[\w:.+-]+:)?`+([^`<]+?)(?:\s*<[^`>]*>)?`+_{0,2}")


def plain_reasons(graph: Graph, ruled: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """Return why a job waits for another one, by the names of both.

    ``ruled`` has the id of the rule that requires a dependency.
    """
    own = {
        (job.name, wait.job): plain_text(wait.why)
        for job in graph.current
        for wait in job.waits_for
        if wait.why
    }
    rules = {rule.id: plain_text(rule.why) for rule in graph.rules}
    return {pair: rules[rule] for pair, rule in ruled.items()} | own


def plain_text(text: str) -> str:
    """Return a text on one line, without its markup.

    >>> plain_text("It serves ``HTTPS``,\\nsee :ci:job:`proxy <opendev/proxy>`.")
    'It serves HTTPS, see proxy.'
    """
    return " ".join(_ROLE.sub(r"\1", text).split())
