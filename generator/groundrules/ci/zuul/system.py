"""Zuul as a `groundrules.ci.system.System`; each function is imported when it is used."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from groundrules.graphs.words import SystemWords

# https://zuul-ci.org/docs/zuul/latest/config/job.html
WORDS = SystemWords(
    title="Zuul",
    hard="{job}",
    soft="{{name: {job}, soft: true}}",
    whole_list="dependencies: [{jobs}]",
    limit="max",
    no_nodes="nodes: []",
    files="files",
    irrelevant_files="irrelevant-files",
    negated="{{regex: {text}, negate: true}}",
)
"""The syntax of suggestions in Zuul's files."""

MODULES = {
    "read": "configuration",
    "state": "sources.state",
    "graphs": "graphs",
    "change": "change_jobs",
    "impact": "impact.answer",
}
"""The module below this package of each function of the protocol, which has the same name."""


def __getattr__(name: str) -> Any:
    if name not in MODULES:
        raise AttributeError(name)
    return getattr(import_module(f"groundrules.ci.zuul.{MODULES[name]}"), name)
