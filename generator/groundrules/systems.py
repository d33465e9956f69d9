"""The table of supported CI systems."""

from __future__ import annotations

from typing import NamedTuple


class SystemEntry(NamedTuple):
    """A ``module`` that implements the protocol `groundrules.ci.system.System`.

    ``rules`` is the prefix of the rules that report the system's own errors.
    """

    module: str
    rules: str = ""


OTHER = "other"
"""The name of every system that nothing here reads, such as a wiki: its graphs are kept by hand."""

# the value of ``system`` in ``manual.yaml`` → its entry
SYSTEMS: dict[str, SystemEntry] = {
    "zuul": SystemEntry("groundrules.ci.zuul.system", rules="GR6"),
}
