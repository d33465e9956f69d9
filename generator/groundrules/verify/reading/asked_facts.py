"""`AskedFacts`: the facts that are kept of each node."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:  # each process that reads would load pydantic
    from groundrules.records import Catalogue

PREFIX = "ansible_"
# kept even if no measure asks for them, so that a store can answer a measure that is added later
ALWAYS = tuple(
    f"{PREFIX}{name}"
    for name in (
        "architecture",
        "default_ipv4.mtu",
        "distribution",
        "distribution_major_version",
        "distribution_release",
        "distribution_version",
        "kernel",
        "memtotal_mb",
        "os_family",
        "processor_count",
        "processor_nproc",
        "processor_vcpus",
        "python_version",
        "service_mgr",
        "swaptotal_mb",
        "virtualization_role",
        "virtualization_type",
    )
)


class AskedFacts(Struct, frozen=True):
    """Names of facts as measures write them, sorted."""

    names: tuple[str, ...] = ALWAYS

    @classmethod
    def of(cls, catalogue: Catalogue) -> AskedFacts:
        """Return the facts that the measures of a manual ask for, and `ALWAYS`."""
        measures = (
            measure
            for expectation in catalogue.expectations.values()
            for measure in expectation.measures
        )
        return cls(tuple(sorted({*ALWAYS, *(measure.fact for measure in measures)})))


def path_of(name: str) -> tuple[str, ...]:
    """Return the keys that lead to a fact in Ansible's facts, the first without the prefix.

    >>> path_of("ansible_default_ipv4.mtu"), path_of("ansible_facts.memtotal_mb")
    (('default_ipv4', 'mtu'), ('memtotal_mb',))
    """
    first, *rest = name.removeprefix("ansible_facts.").split(".")
    return first.removeprefix(PREFIX), *rest
