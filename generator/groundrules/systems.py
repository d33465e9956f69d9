"""The CI systems whose configuration can be read: the one table of them."""

from __future__ import annotations

from typing import NamedTuple


class SystemEntry(NamedTuple):
    """A ``module`` that keeps the protocol `groundrules.ci.system.System`.

    ``rules`` begins the ids of the rules that report what the system itself calls wrong.
    """

    module: str
    rules: str = ""


OTHER = "other"
"""The name of every system that nothing here reads, such as a wiki: its graphs are kept by hand."""

# the name that ``manual.yaml`` gives in ``system`` → where it is read
SYSTEMS: dict[str, SystemEntry] = {
    "zuul": SystemEntry("groundrules.ci.zuul.system", rules="GR6"),
}
