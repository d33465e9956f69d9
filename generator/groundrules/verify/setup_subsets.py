"""The subsets of Ansible's ``setup`` module that have the facts which are asked for.

The collectors are those of ansible-core 2.19, ``module_utils/facts/default_collectors.py``.
Without the others, such as those of hardware inventories and cloud services, a host answers
sooner.
"""

from __future__ import annotations

from groundrules.verify.reading.asked_facts import AskedFacts, path_of

ALL, MINIMAL = "all", "min"
# the beginning of a fact's name → the subset that has it
_STARTS = {
    "all_ipv": "network",
    "default_ipv": "network",
    "interfaces": "network",
    "bios_": "hardware",
    "devices": "hardware",
    "form_factor": "hardware",
    "memfree_mb": "hardware",
    "memory_mb": "hardware",
    "memtotal_mb": "hardware",
    "mounts": "hardware",
    "processor": "hardware",
    "product_": "hardware",
    "swap": "hardware",
    "system_vendor": "hardware",
    "uptime_seconds": "hardware",
    "virtualization_": "virtual",
    "architecture": MINIMAL,
    "date_time": MINIMAL,
    "distribution": MINIMAL,
    "domain": MINIMAL,
    "fips": MINIMAL,
    "fqdn": MINIMAL,
    "hostname": MINIMAL,
    "kernel": MINIMAL,
    "machine": MINIMAL,
    "nodename": MINIMAL,
    "os_family": MINIMAL,
    "pkg_mgr": MINIMAL,
    "python": MINIMAL,
    "selinux": MINIMAL,
    "service_mgr": MINIMAL,
    "userspace_": MINIMAL,
    "user_": MINIMAL,
}


def subset_of(fact: str) -> str:
    """Return the subset that has a fact; ``all`` if it is not known.

    >>> subset_of("ansible_memtotal_mb"), subset_of("ansible_kernel"), subset_of("ansible_mine")
    ('hardware', 'min', 'all')
    """
    first = path_of(fact)[0]
    return next((of for start, of in _STARTS.items() if first.startswith(start)), ALL)


def subsets_of(asked: AskedFacts) -> tuple[str, ...]:
    """Return the subsets to gather; all of them if it is not known which has a fact."""
    subsets = {MINIMAL, *map(subset_of, asked.names)}
    return (ALL,) if ALL in subsets else ("!all", *sorted(subsets))
