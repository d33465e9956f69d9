"""The global semaphores of a tenant file, which tenants can use.

https://zuul-ci.org/docs/zuul/latest/tenants.html#global-semaphore
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from groundrules.ci.zuul.reading.objects import NamedSpec
from groundrules.ci.zuul.reading.schema import SEMAPHORE
from groundrules.ci.zuul.reading.shapes import listed
from groundrules.nearest import did_you_mean
from groundrules.yamlsource import Mapping, Problem, Sequence

KIND = "global-semaphore"


def global_semaphores(objects: Sequence, tenant: Mapping) -> Iterator[NamedSpec]:
    """Yield the global semaphores that a tenant lists.

    Raises `Problem` for an invalid or undefined semaphore.
    """
    known = _defined(objects)
    for name in listed(tenant.get("semaphores")):
        if name not in known:
            hint = did_you_mean(name, known, "global semaphores")
            raise Problem(f"no {KIND} {name!r} is defined{hint}", *tenant.value_place("semaphores"))
        yield known[name]


def _defined(objects: Sequence) -> dict[str, NamedSpec]:
    semaphores: dict[str, NamedSpec] = {}
    for index, item in enumerate(objects):
        conf: Any = item.get(KIND) if isinstance(item, Mapping) else None
        if conf is None:
            continue
        place = objects.item_place(index)
        for fault in SEMAPHORE(conf, place):
            raise Problem(fault.message, *fault.place)
        semaphores[conf["name"]] = NamedSpec(
            name=conf["name"], place=place, identity=str(conf.get("max", 1))
        )
    return semaphores
