"""`System`: the protocol of a CI system's module; `groundrules.systems` is the table of them."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from groundrules.graphs.words import SystemWords
from groundrules.systems import SYSTEMS

if TYPE_CHECKING:
    from groundrules.ci.change_question import AskedChange, ChangeQuestion
    from groundrules.ci.config_source import ConfigSource
    from groundrules.ci.configuration import Configuration
    from groundrules.ci.graph_question import AskedGraphs, GraphQuestion
    from groundrules.ci.impact_question import ImpactQuestion
    from groundrules.graphs.impact import Impact


class System(Protocol):
    """The module of a CI system; ``WORDS`` are the syntax of suggestions in its files."""

    @property
    def WORDS(self) -> SystemWords:  # noqa: N802 (a constant of the module)
        """The syntax of its files."""

    def read(self, source: ConfigSource) -> Configuration:
        """Return the configuration at ``source``.  Raises `NotAvailableError`."""

    def state(self, source: ConfigSource) -> Iterable[str]:
        """Yield texts; at least one changes if `read` would read different data.

        It only reads the times of files and parses none.
        """

    def graphs(self, question: GraphQuestion) -> AskedGraphs:
        """Return the graphs for ``groundrules graph``, which are resolved when they are needed.

        Raises `AskedError` for a question that cannot be answered, `BrokenConfigError` for
        a configuration that cannot be used.
        """

    def change(self, question: ChangeQuestion) -> AskedChange:
        """Return the jobs of a change for ``groundrules jobs``, chosen when they are needed.

        Raises the exceptions of `graphs`.
        """

    def impact(self, question: ImpactQuestion) -> Impact:
        """Return what an object touches for ``groundrules impact``.

        Raises the exceptions of `graphs`.
        """


def system_named(name: str) -> System:
    """Return the CI system with a name from the table."""
    return cast(System, import_module(SYSTEMS[name].module))
