"""A repository with an unreadable branch counts as missing: its content is unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from groundrules.ci.errors import UnreadableError
from groundrules.ci.zuul.layout.loading import gather
from groundrules.ci.zuul.layout.tenant import Tenant, TenantProject
from groundrules.ci.zuul.sources.repositories import Nowhere
from groundrules.diagnostics import Report


class Damaged(Nowhere):
    """A repository with a branch whose files git cannot list."""

    known: bool = True

    def sizes(self, branch: str, extra: Sequence[str]) -> Mapping[str, int]:
        raise UnreadableError("an object is missing")


def project(name: str) -> TenantProject:
    return TenantProject(name=name, connection="", canonical_name=name, trusted=True)


def missing(**repositories: Nowhere) -> tuple[tuple[str, ...], list[str]]:
    report = Report()
    tenant = Tenant(name="ours", projects=[project(name) for name in repositories])
    gather(tenant, lambda each: repositories[each.name], report)
    return tenant.missing, [str(each) for each in report.diagnostics]


def test_it_is_reported_and_counts_as_missing():
    assert missing(config=Damaged("config", branches=("master", "stable/1"))) == (
        ("config",),
        ["config:1:1: config: an object is missing [GR613]"],
    )


def test_a_repository_without_configuration_is_not_missing():
    assert missing(config=Nowhere("config", known=True)) == ((), [])
