"""The table of supported CI systems."""

from __future__ import annotations

from typing import NamedTuple


class SystemEntry(NamedTuple):
    """A ``module`` that implements the protocol `groundrules.ci.system.System`.

    ``rules`` is the prefix of the rules that report the system's own errors.  ``files`` are the
    names of its configuration at the top of a repository.
    """

    module: str
    rules: str = ""
    files: tuple[str, ...] = ()


OTHER = "other"
"""The name of every system that nothing here reads, such as a wiki: its graphs are kept by hand."""

# the value of ``system`` in ``manual.yaml`` → its entry
SYSTEMS: dict[str, SystemEntry] = {
    "zuul": SystemEntry(
        "groundrules.ci.zuul.system",
        rules="GR6",
        files=("zuul.yaml", "zuul.d", ".zuul.yaml", ".zuul.d"),
    ),
}

CONFIGURATION_FILES = tuple(name for system in SYSTEMS.values() for name in system.files)
"""The names that show a configuration of any system at the top of a repository."""
