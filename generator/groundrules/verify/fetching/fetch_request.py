"""`FetchRequest`: the builds of a Zuul, or a list of addresses, that are to be fetched."""

from __future__ import annotations

import datetime

from msgspec import Struct

from groundrules.text import counted, listed
from groundrules.verify.fetching.address_list import AddressList
from groundrules.zuul_api.build import BuildQuery


class FetchRequest(Struct, frozen=True, kw_only=True):
    """What to fetch.

    ``since`` is the first day on which builds ended.  ``log_hosts`` are hosts that may have
    private addresses, and ``rate`` the most requests a second.
    """

    url: str = ""
    tenant: str | None = None
    query: BuildQuery = BuildQuery()
    since: datetime.date | None = None
    lists: tuple[AddressList, ...] = ()
    log_hosts: tuple[str, ...] = ()
    rate: float = 5

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to fetch."""
        return not self.url and not self.lists

    @property
    def plan(self) -> str:
        """What would be fetched, as the end of a sentence."""
        named = (
            f"fetch {counted(each.count, 'file')} that {each.path} names" for each in self.lists
        )
        return listed([*([self._builds] if self.url else []), *named])

    @property
    def _builds(self) -> str:
        tenant = f"the tenant {self.tenant}" if self.tenant else "the only tenant"
        chosen = "".join(f", {name} {value}" for name, value in self.query.parameters())
        since = f", ended since {self.since}" if self.since else ""
        return (
            f"list {self.query.most} builds of {tenant} at {self.url}{chosen}{since}, and fetch "
            "zuul-info/inventory.yaml and zuul-info/host-info.*.yaml of each from its logs"
        )
