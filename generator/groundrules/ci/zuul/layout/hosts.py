"""The hosts that a project without a tenant may be on, from expressions for canonical names.

https://zuul-ci.org/docs/zuul/latest/config/project.html#attr-project.name
"""

from __future__ import annotations

import re
from collections.abc import Collection

from groundrules.ci.zuul.layout.tenant import TenantProject
from groundrules.ci.zuul.reading.expressions import InvalidError, expression

START = re.compile(r"\^(?P<host>[\w-]+(?:\\?\.[\w-]+)+)/")


def host_of(pattern: str) -> str:
    r"""Return the host that an expression starts with, or an empty text.

    >>> host_of(r"^opendev\.org/openstack/.*"), host_of("^openstack/.*"), host_of("^.*")
    ('opendev.org', '', '')
    """
    match = START.match(pattern)
    return match["host"].replace("\\.", ".") if match else ""


def possible_hosts(project: TenantProject, patterns: Collection[str]) -> tuple[str, ...]:
    """Return the hosts for which an expression matches a project of which only the name is known.

    They are sorted.
    """
    if "." in project.canonical_name.partition("/")[0]:
        return ()
    hosts = {
        host
        for pattern in patterns
        if (host := host_of(pattern)) and _is_named(f"{host}/{project.canonical_name}", pattern)
    }
    return tuple(sorted(hosts))


def _is_named(name: str, pattern: str) -> bool:
    try:
        return expression(pattern).matches_all(name)
    except InvalidError:
        return False
