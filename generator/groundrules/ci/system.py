"""`System`: what the module of a CI system has; `groundrules.systems` is the table of them."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from groundrules.graphs.words import SystemWords
from groundrules.systems import SYSTEMS

if TYPE_CHECKING:
    from groundrules.ci.config_source import ConfigSource
    from groundrules.ci.configuration import Configuration
    from groundrules.ci.graph_question import AskedGraphs, GraphQuestion


class System(Protocol):
    """The module of a CI system; ``WORDS`` say how its files write what checks suggest."""

    @property
    def WORDS(self) -> SystemWords:  # noqa: N802 (a constant of the module)
        """The words of its files."""

    def read(self, source: ConfigSource) -> Configuration:
        """Return the configuration at ``source``.  Raises `NotAvailableError`."""

    def state(self, source: ConfigSource) -> Iterable[str]:
        """Yield texts of which one changes when `read` would see something else.

        It costs what looking at the times of files costs: no file is parsed.
        """

    def graphs(self, question: GraphQuestion) -> AskedGraphs:
        """Return the graphs that ``groundrules graph`` shows, resolved when they are wanted.

        Raises `AskedError` for a question without an answer, `BrokenError` for a configuration
        that cannot be used.
        """


def system_named(name: str) -> System:
    """Return the CI system of a name in the table."""
    return cast(System, import_module(SYSTEMS[name].module))
