"""Zuul as a `groundrules.ci.system.System`; the resolver is imported when it is used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from groundrules.ci.config_source import ConfigSource
from groundrules.ci.zuul.words import WORDS

if TYPE_CHECKING:
    from groundrules.ci.change_question import AskedChange, ChangeQuestion
    from groundrules.ci.configuration import Configuration
    from groundrules.ci.graph_question import AskedGraphs, GraphQuestion
    from groundrules.ci.impact_question import ImpactQuestion
    from groundrules.graphs.impact import Impact

__all__ = ["WORDS", "change", "graphs", "impact", "read", "state"]


def read(source: ConfigSource) -> Configuration:
    """Return the configuration at ``source``.  Raises `NotAvailableError`."""
    from groundrules.ci.zuul.configuration import read

    return read(source)


def state(source: ConfigSource) -> Iterator[str]:
    """Yield texts; at least one changes if the files that Zuul would read change."""
    from groundrules.ci.zuul.sources.state import state_of

    return state_of(source)


def graphs(question: GraphQuestion) -> AskedGraphs:
    """Return the graphs as Zuul would freeze them."""
    from groundrules.ci.zuul.graphs import graphs

    return graphs(question)


def change(question: ChangeQuestion) -> AskedChange:
    """Return the jobs that Zuul would run for a change."""
    from groundrules.ci.zuul.change_jobs import change

    return change(question)


def impact(question: ImpactQuestion) -> Impact:
    """Return what an object of the configuration touches."""
    from groundrules.ci.zuul.impact.answer import impact

    return impact(question)
