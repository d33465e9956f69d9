"""A mapping in a Zuul file → `JobSpec`.

Which attributes count as set, and which values lose the job, follow Zuul's documentation of
jobs: https://zuul-ci.org/docs/zuul/latest/config/job.html
"""

from __future__ import annotations

import re
from typing import Any

from groundrules.ci.zuul import schema
from groundrules.ci.zuul.expressions import InvalidError, expression
from groundrules.ci.zuul.nodesets import FaultError, listed, nodeset_of
from groundrules.ci.zuul.objects import Dependency, JobSpec, Mistake, Pattern, Word
from groundrules.yamlsource import Mapping, Place, Sequence, Tagged

INHERIT = "!inherit"
SUPPORTED_ANSIBLE = ("9", "11")
RESERVED_VARIABLES = frozenset({"zuul", "zuul_node", "nodepool", "unsafe_vars", "zuul_user_dir"})
RESERVED_IN_JOBS = RESERVED_VARIABLES | {
    *("ansible_connection", "ansible_host", "ansible_python_interpreter"),
    *("ansible_shell_executable", "ansible_user"),
}
DISALLOWED_HOME_PATHS = (".ssh/config", ".kube/config")
# set whenever the key is written, whatever the value
PLAIN = (
    *("pre-timeout", "timeout", "post-timeout", "attempts", "override-branch"),
    *("override-checkout", "workspace-scheme", "workspace-checkout", "image-build-name", "type"),
    *("secret-exposure", "failure-output", "required-projects", "nodeset", "ansible-version"),
    *("voting", "hold-following-changes", "failure-message", "success-message"),
    *("match-on-config-updates", "deduplicate", "dependencies", "files", "irrelevant-files"),
    *("branches", "parent"),
)
# set only when the value is not empty
IF_FILLED = (
    *("pre-run", "run", "post-run", "cleanup-run", "vars", "extra-vars", "host-vars"),
    *("group-vars", "include-vars", "allowed-projects", "tags", "requires", "provides"),
)
# set unless null
UNLESS_NULL = ("include-projects", "exclude-projects", "ansible-split-streams")


def job_of(
    conf: Mapping, place: Place, mistakes: list[Mistake], entry: str | None = None
) -> JobSpec:
    """Return the job of a mapping that has the right shape; ``entry`` is its name in a pipeline.

    Expressions that are not RE2 are added to ``mistakes``.  Raises `FaultError` for a job that
    is lost.
    """
    spec = JobSpec(
        name=conf["name"] if entry is None else entry,
        place=place,
        is_entry=entry is not None,
    )
    for part in (_relations, _attributes, _playbooks, _nodeset, _projects, _semaphores):
        part(spec, conf)
    _matchers(spec, conf, mistakes)
    _check_variables(conf)
    _check_rest(conf)
    spec.sets = tuple(_set_keys(spec, conf))
    return spec


def plain(value: Any) -> Any:
    """Return a value without ``!inherit`` or ``!override``."""
    return value.value if isinstance(value, Tagged) else value


def inherits(value: Any) -> bool:
    """Return whether a value is tagged ``!inherit``."""
    return isinstance(value, Tagged) and value.tag == INHERIT


def _relations(spec: JobSpec, conf: Mapping) -> None:
    if "parent" in conf:
        spec.parent, spec.is_base = conf["parent"], conf["parent"] is None
    if "dependencies" in conf:
        value = conf["dependencies"]
        spec.inherits_dependencies = inherits(value)
        spec.dependencies = _dependencies(plain(value), conf.value_place("dependencies"))


def _dependencies(value: Any, place: Place) -> list[Dependency]:
    """Return the distinct dependencies; of two alike the first is kept."""
    found: dict[tuple[str, bool], Dependency] = {}
    for index, item in enumerate(listed(value)):
        at = value.item_place(index) if isinstance(value, Sequence) else place
        name, soft = (item, False) if isinstance(item, str) else (item["name"], _soft(item))
        found.setdefault((name, soft), Dependency(name=name, soft=soft, place=at))
    return list(found.values())


def _soft(item: Mapping) -> bool:
    return bool(item.get("soft", False))


def _attributes(spec: JobSpec, conf: Mapping) -> None:
    spec.final = conf.get("final", False)
    spec.abstract = conf.get("abstract", False)
    spec.intermediate = conf.get("intermediate", False)
    spec.protected = conf.get("protected")
    spec.voting = conf.get("voting")
    spec.type = conf.get("type")
    spec.timeout, spec.pre_timeout = conf.get("timeout"), conf.get("pre-timeout")
    spec.post_timeout = conf.get("post-timeout")
    spec.override_checkout = conf.get("override-checkout")
    spec.image = conf.get("image-build-name")
    spec.secret_exposure = conf.get("secret-exposure")
    spec.tags = tuple(listed(plain(conf.get("tags"))))
    value = conf.get("tags")
    spec.overrides_tags = isinstance(value, Tagged) and not inherits(value)
    spec.final_attributes = tuple(
        key for key, control in conf.get("attribute-control", {}).items() if "final" in control
    )
    if spec.intermediate and not spec.abstract:
        raise FaultError(
            conf.value_place("intermediate"), "an intermediate job must be abstract as well"
        )
    if "post-review" in conf:
        spec.post_review = conf["post-review"]
        if not spec.post_review:
            message = "post-review cannot be taken back; leave the key out"
            raise FaultError(conf.value_place("post-review"), message)


def _playbooks(spec: JobSpec, conf: Mapping) -> None:
    spec.pre_run = _semaphores_of(conf.get("pre-run"))
    spec.run = _semaphores_of(conf.get("run"))
    spec.post_run = _semaphores_of(conf.get("post-run"))
    spec.cleanup_run = _semaphores_of(conf.get("cleanup-run"))
    names = [each if isinstance(each, str) else each["secret"] for each in listed(conf.get("secrets"))]
    spec.secrets = tuple(names)
    spec.passed_secrets = tuple(
        each["secret"]
        for each in listed(conf.get("secrets"))
        if isinstance(each, Mapping) and each.get("pass-to-parent")
    )


def _semaphores_of(value: Any) -> tuple[tuple[str, ...], ...]:
    return tuple(
        () if isinstance(each, str) else tuple(listed(each.get("semaphores")))
        for each in listed(value)
    )


def _nodeset(spec: JobSpec, conf: Mapping) -> None:
    if "nodeset" not in conf:
        return
    value, place = conf["nodeset"], conf.value_place("nodeset")
    spec.nodeset_place = place
    if isinstance(value, str):
        spec.nodeset = value
        return
    if fault := schema.anonymous_nodeset(value, place):
        raise FaultError(fault.place, fault.message)
    spec.nodeset = nodeset_of(value, place)


def _projects(spec: JobSpec, conf: Mapping) -> None:
    required: dict[str, str | None] = {}
    for each in listed(plain(conf.get("required-projects"))):
        if isinstance(each, str):
            required[each] = None
        else:
            required[each["name"]] = each.get("override-checkout")
    spec.required_projects = tuple(required.items())
    others = []
    for key in ("include-projects", "exclude-projects"):
        for each in listed(plain(conf.get(key))):
            if isinstance(each, str) or each["type"] == "name":
                others.append(each if isinstance(each, str) else each.get("name", ""))
    for each in listed(plain(conf.get("include-vars"))):
        if not isinstance(each, str) and "project" in each and not each.get("zuul-project"):
            others.append(each["project"])
    spec.other_projects = tuple(others)
    allowed = listed(conf.get("allowed-projects"))
    spec.allowed_projects = tuple(allowed) if allowed else None
    if isinstance(conf.get("roles"), Mapping):
        raise FaultError(conf.value_place("roles"), "expected a list, found a mapping")
    for role in conf.get("roles", ()):
        if ("zuul" in role) is ("galaxy" in role):
            raise FaultError(role.place, "a role has either the key 'zuul' or the key 'galaxy'")
    spec.role_projects = tuple(role["zuul"] for role in conf.get("roles", ()) if "zuul" in role)


def _semaphores(spec: JobSpec, conf: Mapping) -> None:
    key = "semaphores" if "semaphores" in conf else "semaphore"
    value = conf.get(key)
    found: dict[str, Word] = {}
    for index, item in enumerate(listed(value)):
        name = item if isinstance(item, str) else item["name"]
        at = value.item_place(index) if isinstance(value, Sequence) else conf.value_place(key)
        found.setdefault(name, Word(name=name, place=at))
    spec.semaphores = [found[name] for name in sorted(found)]
    playbooks = (*spec.pre_run, *spec.run, *spec.post_run, *spec.cleanup_run)
    if common := sorted({name for names in playbooks for name in names} & found.keys()):
        message = f"the semaphore {common[0]!r} stands on the job and on one of its playbooks"
        raise FaultError(conf.value_place(key), message)


def _matchers(spec: JobSpec, conf: Mapping, mistakes: list[Mistake]) -> None:
    if "branches" in conf:
        spec.branches = patterns_of(conf, "branches", mistakes)
    if "files" in conf:
        spec.inherits_files = inherits(conf["files"])
        spec.files = tuple(pattern for pattern, _ in patterns_of(conf, "files", mistakes))
    if "irrelevant-files" in conf:
        spec.inherits_irrelevant_files = inherits(conf["irrelevant-files"])
        found = patterns_of(conf, "irrelevant-files", mistakes)
        spec.irrelevant_files = tuple(pattern for pattern, _ in found)
    for pattern in listed(plain(conf.get("failure-output"))):
        if complaint := _complaint(pattern):
            message = f"{pattern!r} is not an RE2 expression: {complaint}"
            raise FaultError(conf.value_place("failure-output"), message)


def _complaint(pattern: str) -> str | None:
    try:
        return expression(pattern).complaint
    except InvalidError as error:
        return str(error)


def patterns_of(conf: Mapping, key: str, mistakes: list[Mistake]) -> tuple[Pattern, ...]:
    """Return the expressions under ``key``; add those to ``mistakes`` that are not RE2.

    Raises `FaultError` for one that no engine accepts.
    """
    value = plain(conf[key])
    found: list[Pattern] = []
    for index, item in enumerate(listed(value)):
        place = value.item_place(index) if isinstance(value, Sequence) else conf.value_place(key)
        text, negate = (item, False) if isinstance(item, str) else (item["regex"], _negated(item))
        try:
            compiled = expression(text, negate)
        except InvalidError as error:
            message = f"{text!r} is not a regular expression: {error}"
            raise FaultError(place, message) from None
        if compiled.complaint:
            mistakes.append(_deprecated(text, compiled.complaint, compiled.is_run, place))
        found.append((text, negate))
    return tuple(found)


def _negated(item: Mapping) -> bool:
    return bool(item.get("negate", False))


def _deprecated(text: str, complaint: str, is_run: bool, place: Place) -> Mistake:
    end = "" if is_run else "; Python's engine could run for ever on it, so it matches nothing here"
    return Mistake(
        rule="GR604",
        message=f"{text!r} is not an RE2 expression: {complaint}{end}",
        place=place,
    )


def _check_variables(conf: Mapping) -> None:
    for key in ("vars", "extra-vars"):
        value = plain(conf.get(key))
        if value:
            check_names(value, RESERVED_IN_JOBS)
    for key in ("host-vars", "group-vars"):
        for value in (plain(conf.get(key)) or {}).values():
            check_names(value, RESERVED_IN_JOBS)


def check_names(variables: Mapping, reserved: frozenset[str]) -> None:
    """Raise `FaultError` for a variable whose name Zuul keeps for itself."""
    for name in variables:
        if name in reserved:
            message = f"the variable {name!r} belongs to Zuul; give it another name"
            raise FaultError(variables.key_place(name), message)


def _check_rest(conf: Mapping) -> None:
    version = conf.get("ansible-version")
    if version is not None and str(version) not in SUPPORTED_ANSIBLE:
        known = ", ".join(SUPPORTED_ANSIBLE)
        message = f"Ansible {version} is not supported by Zuul 14.3 (supported: {known})"
        raise FaultError(conf.value_place("ansible-version"), message)
    for path in listed(conf.get("preserve-home-paths")):
        if re.sub(r"/(\./|/)*", "/", path).removeprefix("./") in DISALLOWED_HOME_PATHS:
            message = f"{path} cannot be preserved: it could turn a job's connections"
            raise FaultError(conf.value_place("preserve-home-paths"), message)


def _set_keys(spec: JobSpec, conf: Mapping) -> list[str]:
    keys = [key for key in PLAIN if key in conf]
    keys += [key for key in IF_FILLED if plain(conf.get(key))]
    keys += [key for key in UNLESS_NULL if plain(conf.get(key)) is not None]
    if spec.semaphores:
        keys.append("semaphores")
    if spec.post_review:
        keys.append("post-review")
    # a repository's own roles come with every definition, so a definition always sets them
    if not spec.is_entry or spec.role_projects:
        keys.append("roles")
    if "preserve-home-paths" in conf:
        keys.append("preserve-home-paths")
    return keys
