"""Facts of facter under the names of Ansible.

Only facts that mean the same in both are here: Ansible 2.19 (``module_utils/facts``) and the
core facts of facter 4 (https://www.puppet.com/docs/puppet/8/core_facts.html).  Facter's
``os.architecture`` is Debian's name and its ``os.release.major`` has Ubuntu's month, so that they
are not what Ansible reports.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MIB = 2**20
# Ansible's name → the path in facter's, and what the number is divided by
NAMES: dict[str, tuple[tuple[str, ...], int]] = {
    "ansible_architecture": (("os", "hardware"), 0),
    "ansible_distribution": (("os", "name"), 0),
    "ansible_distribution_release": (("os", "distro", "codename"), 0),
    "ansible_hostname": (("networking", "hostname"), 0),
    "ansible_kernel": (("kernelrelease",), 0),
    "ansible_memtotal_mb": (("memory", "system", "total_bytes"), MIB),
    "ansible_os_family": (("os", "family"), 0),
    "ansible_processor_count": (("processors", "physicalcount"), 0),
    "ansible_processor_vcpus": (("processors", "count"), 0),
    "ansible_swaptotal_mb": (("memory", "swap", "total_bytes"), MIB),
}
_SIGNS = frozenset(("facterversion", "memory", "os", "processors"))


def is_of_facter(facts: Mapping[str, Any]) -> bool:
    """Return whether a document has the structured facts of facter."""
    return any(isinstance(facts.get(key), (dict, str)) for key in _SIGNS)


def ansible_names(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts that Ansible has too, by its names."""
    named = {name: _value(facts, path, divisor) for name, (path, divisor) in NAMES.items()}
    return {name: value for name, value in named.items() if value is not None}


def _value(facts: Any, path: tuple[str, ...], divisor: int) -> Any:
    for key in path:
        facts = facts.get(key) if isinstance(facts, dict) else None
    if not divisor:
        return facts
    return facts // divisor if type(facts) is int else None
