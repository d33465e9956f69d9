"""Real configuration of CI systems → `groundrules.graphs.job_graph.JobGraph`."""

from __future__ import annotations

from importlib import import_module

from groundrules.ci.config_source import ConfigSource
from groundrules.ci.configuration import Configuration, NotAtHandError, NotThereError

# CI system → the module that reads its configuration; each has ``read(Source) -> Configuration``
SYSTEMS = {"zuul": "groundrules.ci.zuul.configuration"}


def read(system: str, source: ConfigSource) -> Configuration:
    """Return the configuration at ``source``.  Raises `NotAtHandError` where there is none."""
    module = import_module(SYSTEMS[system])
    configuration: Configuration = module.read(source)
    return configuration


__all__ = ["SYSTEMS", "ConfigSource", "Configuration", "NotAtHandError", "NotThereError", "read"]
