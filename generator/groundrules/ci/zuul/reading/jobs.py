"""A mapping in a Zuul file → `JobSpec`, with the attributes that count as set.

https://zuul-ci.org/docs/zuul/latest/config/job.html
"""

from __future__ import annotations

from typing import Any

from groundrules.ci.zuul.reading.attribute import Attribute
from groundrules.ci.zuul.reading.attributes import READERS
from groundrules.ci.zuul.reading.nodesets import FaultError
from groundrules.ci.zuul.reading.objects import JobSpec, Mistake
from groundrules.ci.zuul.reading.shapes import Fault
from groundrules.yamlsource import Mapping, Place, untagged

# keys that Zuul does not count as set attributes
NOT_ATTRIBUTES = frozenset(
    {
        *("name", "description", "variant-description", "final", "abstract", "intermediate"),
        *("protected", "attribute-control", "secrets", "failure-url", "success-url"),
        *("semaphore", "semaphores", "roles", "post-review"),
    }
)
# set only if the value is not empty
IF_FILLED = frozenset(
    {
        *("pre-run", "run", "post-run", "cleanup-run", "vars", "extra-vars", "host-vars"),
        *("group-vars", "include-vars", "allowed-projects", "tags", "requires", "provides"),
    }
)
# set unless null
UNLESS_NULL = frozenset({"include-projects", "exclude-projects", "ansible-split-streams"})


def job_of(
    conf: Mapping, place: Place, mistakes: list[Mistake], entry: str | None = None
) -> JobSpec:
    """Return the job of a valid mapping; ``entry`` is its name in a pipeline.

    Expressions that are not RE2 are added to ``mistakes``.  Raises `FaultError` for a job that
    is lost.
    """
    name = conf["name"] if entry is None else entry
    spec = JobSpec(name=name, place=place, is_entry=entry is not None)
    if entry is not None and not conf:
        spec.is_bare = True
        return spec
    sets: list[str] = []
    faults: list[Fault] = []
    for key, value in conf.items():
        if reader := READERS.get(key):
            try:
                reader(spec, Attribute(conf, key, value, mistakes))
            except FaultError as error:
                faults += error.faults
        if _is_set(key, value):
            sets.append(key)
    FaultError.raise_for(faults)
    _add_indirect(spec, sets)
    spec.sets = tuple(sets)
    _check_together(spec, conf)
    return spec


def _is_set(key: str, value: Any) -> bool:
    if key in NOT_ATTRIBUTES:
        return False
    if key in IF_FILLED:
        return bool(untagged(value))
    return key not in UNLESS_NULL or untagged(value) is not None


def _add_indirect(spec: JobSpec, sets: list[str]) -> None:
    """Add the attributes that other keys set."""
    if spec.semaphores:
        sets.append("semaphores")
    if spec.post_review:
        sets.append("post-review")
    # every definition adds the repository's own roles, so it always sets them
    if not spec.is_entry or spec.role_projects:
        sets.append("roles")


def _check_together(spec: JobSpec, conf: Mapping) -> None:
    if spec.intermediate and not spec.abstract:
        place = conf.value_place("intermediate")
        raise FaultError(place, "an intermediate job must be abstract as well")
    if not spec.semaphores:
        return
    used = {word.name for playbook in spec.playbooks for word in playbook.semaphores}
    for word in spec.semaphores:
        if word.name in used:
            message = (
                f"the semaphore {word.name!r} is on the job and on a playbook; remove one of them"
            )
            raise FaultError(word.place, message)
