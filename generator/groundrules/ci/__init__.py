"""Real configuration of CI systems → `groundrules.graphs.job_graph.JobGraph`."""

from __future__ import annotations

from groundrules.ci.config_source import ConfigSource
from groundrules.ci.configuration import Configuration
from groundrules.ci.errors import BrokenConfigError, NotAvailableError, NotFoundError
from groundrules.ci.system import System, system_named


def read(system: str, source: ConfigSource) -> Configuration:
    """Return the configuration at ``source``.  Raises `NotAvailableError` if there is none."""
    return system_named(system).read(source)


__all__ = [
    "BrokenConfigError",
    "ConfigSource",
    "Configuration",
    "NotAvailableError",
    "NotFoundError",
    "System",
    "read",
    "system_named",
]
