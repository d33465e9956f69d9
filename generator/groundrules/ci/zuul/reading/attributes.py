"""The attributes of a job, each read into its field of `JobSpec`.

The invalid values that lose a job are those of Zuul's documentation:
https://zuul-ci.org/docs/zuul/latest/config/job.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import compress
from posixpath import normpath
from typing import Any

from groundrules.ci.zuul.reading import schema
from groundrules.ci.zuul.reading.nodesets import FaultError, nodeset_of
from groundrules.ci.zuul.reading.objects import (
    Dependency,
    JobSpec,
    Mistake,
    PlaybookSpec,
    VariablesFile,
    Word,
)
from groundrules.ci.zuul.reading.patterns import complaint_of, patterns_of, places_of
from groundrules.ci.zuul.reading.shapes import listed, named_table
from groundrules.ci.zuul.reading.variables import RESERVED_IN_JOBS, check_names
from groundrules.text import verbatim
from groundrules.yamlsource import Mapping, Place, Sequence, Tagged, untagged

INHERIT = "!inherit"
SUPPORTED_ANSIBLE = ("9", "11")
DISALLOWED_HOME_PATHS = (".ssh/config", ".kube/config")


def inherits(value: Any) -> bool:
    """Return whether a value is tagged ``!inherit``."""
    return isinstance(value, Tagged) and value.tag == INHERIT


Reader = Callable[[JobSpec, Mapping, str, Any, list[Mistake]], None]


def _same(spec: JobSpec, conf: Mapping, key: str, value: Any, mistakes: list[Mistake]) -> None:
    setattr(spec, key.replace("-", "_"), value)


def _parent(spec: JobSpec, conf: Mapping, key: str, value: Any, mistakes: list[Mistake]) -> None:
    spec.parent, spec.is_base = value, value is None


def _dependencies(
    spec: JobSpec, conf: Mapping, key: str, value: Any, mistakes: list[Mistake]
) -> None:
    """Read the dependencies; of equal ones the first is kept."""
    spec.inherits_dependencies = inherits(value)
    dependencies: dict[tuple[str, bool], Dependency] = {}
    for item, place in _tables(untagged(value), conf.value_place(key)):
        name, soft = item["name"], item.get("soft", False)
        dependency = Dependency(name=name, soft=soft, place=place)
        dependencies.setdefault((name, soft), dependency)
    spec.dependencies = tuple(dependencies.values())


def _with_places(value: Any, place: Place) -> list[tuple[Any, Place]]:
    """Return one value or the items of a list, each with its place."""
    if isinstance(value, Sequence):
        return [(item, value.item_place(index)) for index, item in enumerate(value)]
    return [(item, place) for item in listed(value)]


def _tables(value: Any, place: Place) -> list[tuple[Any, Place]]:
    """Return names or mappings with a name as mappings, each with its place."""
    return [(named_table(item), at) for item, at in _with_places(value, place)]


def _tags(spec: JobSpec, conf: Mapping, key: str, value: Any, mistakes: list[Mistake]) -> None:
    spec.tags = tuple(listed(untagged(value)))
    spec.overrides_tags = isinstance(value, Tagged) and not inherits(value)


def _control(spec: JobSpec, conf: Mapping, key: str, value: Any, mistakes: list[Mistake]) -> None:
    spec.final_attributes = tuple(name for name, control in value.items() if control)


def _post_review(
    spec: JobSpec, conf: Mapping, key: str, value: Any, mistakes: list[Mistake]
) -> None:
    if not value:
        message = "'post-review: false' is not allowed; remove the key"
        raise FaultError(conf.value_place(key), message)
    spec.post_review = True


def _playbooks(spec: JobSpec, conf: Mapping, key: str, value: Any, mistakes: list[Mistake]) -> None:
    playbooks = tuple(
        PlaybookSpec(name=item["name"], place=place, semaphores=_words(item, "semaphores"))
        for item, place in _tables(value, conf.value_place(key))
    )
    setattr(spec, key.replace("-", "_"), playbooks)


def _words(conf: Mapping, key: str) -> tuple[Word, ...]:
    """Return the names under ``key`` with their places."""
    if key not in conf:
        return ()
    return tuple(
        Word(name=name, place=place)
        for name, place in _with_places(conf[key], conf.value_place(key))
    )


def _secrets(spec: JobSpec, conf: Mapping, key: str, value: Any, mistakes: list[Mistake]) -> None:
    uses = [
        (Mapping(secret=use), place) if isinstance(use, str) else (use, use.value_place("secret"))
        for use, place in _with_places(value, conf.value_place(key))
    ]
    spec.secrets = tuple(Word(name=use["secret"], place=place) for use, place in uses)
    passed = (use.get("pass-to-parent") for use, _ in uses)
    spec.passed_secrets = tuple(compress(spec.secrets, passed))


def _nodeset(spec: JobSpec, conf: Mapping, key: str, value: Any, mistakes: list[Mistake]) -> None:
    place = spec.nodeset_place = conf.value_place(key)
    if isinstance(value, str):
        spec.nodeset = value
        return
    for fault in schema.anonymous_nodeset(value, place):
        raise FaultError(*fault)
    spec.nodeset = nodeset_of(value, place)


def _required(spec: JobSpec, conf: Mapping, key: str, value: Any, mistakes: list[Mistake]) -> None:
    tables = _tables(untagged(value), conf.value_place(key))
    required = {item["name"]: item.get("override-checkout") for item, _ in tables}
    spec.required_projects = tuple(required.items())
    _place_projects(spec, ((item["name"], place) for item, place in tables))


def _chosen(spec: JobSpec, conf: Mapping, key: str, value: Any, mistakes: list[Mistake]) -> None:
    tables = _tables(untagged(value), conf.value_place(key))
    names = [
        (item.get("name", ""), place)
        for item, place in tables
        if item.get("type", "name") == "name"
    ]
    spec.other_projects = (*spec.other_projects, *(name for name, _ in names))
    _place_projects(spec, names)


def _included(spec: JobSpec, conf: Mapping, key: str, value: Any, mistakes: list[Mistake]) -> None:
    tables = _tables(untagged(value), conf.value_place(key))
    files = [
        VariablesFile(
            name=item["name"],
            project=None if item.get("zuul-project") else item.get("project", ""),
        )
        for item, _ in tables
    ]
    spec.variables_files = tuple(files)
    spec.overrides_variables_files = isinstance(value, Tagged) and not inherits(value)
    spec.other_projects = (*spec.other_projects, *(file.project for file in files if file.project))
    places = (
        (file.project, item.value_place("project"))
        for file, (item, _) in zip(files, tables, strict=True)
        if file.project
    )
    _place_projects(spec, places)


def _allowed(spec: JobSpec, conf: Mapping, key: str, value: Any, mistakes: list[Mistake]) -> None:
    spec.allowed_projects = tuple(listed(value)) or None
    _place_projects(spec, _with_places(value, conf.value_place(key)))


def _place_projects(spec: JobSpec, places: Iterable[tuple[str, Place]]) -> None:
    for name, place in places:
        spec.project_places.setdefault(name, place)


def _roles(spec: JobSpec, conf: Mapping, key: str, value: Any, mistakes: list[Mistake]) -> None:
    if isinstance(value, Mapping):
        if "zuul" not in value:
            return  # Zuul looks for "zuul" in the keys, as if they were roles
        raise FaultError(conf.value_place(key), "expected a list of roles, found a mapping")
    for role in value:
        if ("zuul" in role) is ("galaxy" in role):
            raise FaultError(role.place, "a role has either the key 'zuul' or the key 'galaxy'")
    spec.role_projects = tuple(role["zuul"] for role in value if "zuul" in role)


def _semaphores(
    spec: JobSpec, conf: Mapping, key: str, value: Any, mistakes: list[Mistake]
) -> None:
    """Read one or several semaphores; ``semaphores`` overrides ``semaphore``."""
    if key == "semaphore" and "semaphores" in conf:
        return
    words: dict[str, Word] = {}
    for item, place in _tables(value, conf.value_place(key)):
        words.setdefault(item["name"], Word(name=item["name"], place=place))
    spec.semaphores = tuple(words[name] for name in sorted(words))


def _branches(spec: JobSpec, conf: Mapping, key: str, value: Any, mistakes: list[Mistake]) -> None:
    spec.branches = patterns_of(conf, key, mistakes)
    spec.branch_places = places_of(conf, key)


def _files(spec: JobSpec, conf: Mapping, key: str, value: Any, mistakes: list[Mistake]) -> None:
    name = key.replace("-", "_")
    setattr(spec, name, patterns_of(conf, key, mistakes))
    setattr(spec, f"inherits_{name}", inherits(value))
    setattr(spec, f"{name.removesuffix('s')}_places", places_of(conf, key))


def _failure_output(
    spec: JobSpec, conf: Mapping, key: str, value: Any, mistakes: list[Mistake]
) -> None:
    for pattern in listed(untagged(value)):
        if complaint := complaint_of(pattern):
            message = f"{verbatim(pattern)} is not an RE2 expression: {complaint}"
            raise FaultError(conf.value_place(key), message)


def _cleanup(spec: JobSpec, conf: Mapping, key: str, value: Any, mistakes: list[Mistake]) -> None:
    """Read the playbooks of a key that Zuul deprecates (zuul.exceptions.CleanupRunDeprecation)."""
    _playbooks(spec, conf, key, value, mistakes)
    if spec.cleanup_run:
        message = (
            "the key 'cleanup-run' is deprecated; list the playbook under 'post-run' with "
            "'cleanup: true'"
        )
        mistakes.append(Mistake(rule="GR618", message=message, place=conf.key_place(key)))


def _variables(spec: JobSpec, conf: Mapping, key: str, value: Any, mistakes: list[Mistake]) -> None:
    check_names(untagged(value), RESERVED_IN_JOBS)


def _host_variables(
    spec: JobSpec, conf: Mapping, key: str, value: Any, mistakes: list[Mistake]
) -> None:
    for variables in untagged(value).values():
        check_names(variables, RESERVED_IN_JOBS)


def _ansible(spec: JobSpec, conf: Mapping, key: str, value: Any, mistakes: list[Mistake]) -> None:
    if str(value) not in SUPPORTED_ANSIBLE:
        known = ", ".join(SUPPORTED_ANSIBLE)
        message = f"Ansible {value} is not supported by Zuul 14.3 (supported: {known})"
        raise FaultError(conf.value_place(key), message)


def _home_paths(
    spec: JobSpec, conf: Mapping, key: str, value: Any, mistakes: list[Mistake]
) -> None:
    for path in value:  # Zuul iterates over the letters of the text
        if normpath(path) in DISALLOWED_HOME_PATHS:
            message = f"{path} may not be preserved, since it redirects connections; remove it"
            raise FaultError(conf.value_place(key), message)


READERS: dict[str, Reader] = {
    **dict.fromkeys(
        (
            *("final", "abstract", "intermediate", "protected", "voting", "type", "timeout"),
            *("pre-timeout", "post-timeout", "override-checkout", "secret-exposure"),
            *("image-build-name", "match-on-config-updates"),
        ),
        _same,
    ),
    **dict.fromkeys(("pre-run", "run", "post-run"), _playbooks),
    "cleanup-run": _cleanup,
    **dict.fromkeys(("semaphore", "semaphores"), _semaphores),
    **dict.fromkeys(("include-projects", "exclude-projects"), _chosen),
    **dict.fromkeys(("files", "irrelevant-files"), _files),
    **dict.fromkeys(("vars", "extra-vars"), _variables),
    **dict.fromkeys(("host-vars", "group-vars"), _host_variables),
    "parent": _parent,
    "dependencies": _dependencies,
    "tags": _tags,
    "attribute-control": _control,
    "post-review": _post_review,
    "secrets": _secrets,
    "nodeset": _nodeset,
    "required-projects": _required,
    "include-vars": _included,
    "allowed-projects": _allowed,
    "roles": _roles,
    "branches": _branches,
    "failure-output": _failure_output,
    "ansible-version": _ansible,
    "preserve-home-paths": _home_paths,
}
