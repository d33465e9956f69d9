"""The attributes of a job, each read into its field of `JobSpec`.

The invalid values that lose a job are those of Zuul's documentation:
https://zuul-ci.org/docs/zuul/latest/config/job.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import compress
from posixpath import normpath

from groundrules.ci.zuul.reading import schema
from groundrules.ci.zuul.reading.attribute import Attribute, with_places
from groundrules.ci.zuul.reading.nodesets import FaultError, nodeset_of
from groundrules.ci.zuul.reading.objects import (
    Dependency,
    JobSpec,
    Mistake,
    PlaybookSpec,
    VariablesFile,
    Word,
)
from groundrules.ci.zuul.reading.patterns import (
    RESERVED_IN_JOBS,
    check_names,
    complaint_of,
    patterns_of,
    places_of,
)
from groundrules.ci.zuul.reading.shapes import listed, named_table
from groundrules.text import verbatim
from groundrules.yamlsource import Mapping, Place, untagged

SUPPORTED_ANSIBLE = ("9", "11")
DISALLOWED_HOME_PATHS = (".ssh/config", ".kube/config")


Reader = Callable[[JobSpec, Attribute], None]


def _same(job: JobSpec, at: Attribute) -> None:
    setattr(job, at.field, at.value)


def _placed(job: JobSpec, at: Attribute) -> None:
    job.places[at.key] = at.place
    _same(job, at)


def _parent(job: JobSpec, at: Attribute) -> None:
    job.parent, job.is_base = at.value, at.value is None
    job.places[at.key] = at.place


def _dependencies(job: JobSpec, at: Attribute) -> None:
    """Read the dependencies; of equal ones the first is kept."""
    job.inherits_dependencies = at.inherits
    dependencies: dict[tuple[str, bool], Dependency] = {}
    for item, place in at.tables:
        name, soft = item["name"], item.get("soft", False)
        dependency = Dependency(name=name, soft=soft, place=place)
        dependencies.setdefault((name, soft), dependency)
    job.dependencies = tuple(dependencies.values())


def _tags(job: JobSpec, at: Attribute) -> None:
    job.tags = tuple(listed(at.plain))
    job.overrides_tags = at.overrides


def _control(job: JobSpec, at: Attribute) -> None:
    job.final_attributes = tuple(name for name, control in at.value.items() if control)


def _post_review(job: JobSpec, at: Attribute) -> None:
    if not at.value:
        message = "'post-review: false' is not allowed; remove the key"
        raise FaultError(at.place, message)
    job.post_review = True


def _playbooks(job: JobSpec, at: Attribute) -> None:
    playbooks = tuple(
        PlaybookSpec(name=item["name"], place=place, semaphores=_words(item, "semaphores"))
        for item, place in at.tables
    )
    setattr(job, at.field, playbooks)


def _words(conf: Mapping, key: str) -> tuple[Word, ...]:
    """Return the names under ``key`` with their places."""
    if key not in conf:
        return ()
    return tuple(
        Word(name=name, place=place)
        for name, place in with_places(conf[key], conf.value_place(key))
    )


def _secrets(job: JobSpec, at: Attribute) -> None:
    uses = [
        (Mapping(secret=use), place) if isinstance(use, str) else (use, use.value_place("secret"))
        for use, place in with_places(at.value, at.place)
    ]
    job.secrets = tuple(Word(name=use["secret"], place=place) for use, place in uses)
    passed = (use.get("pass-to-parent") for use, _ in uses)
    job.passed_secrets = tuple(compress(job.secrets, passed))


def _nodeset(job: JobSpec, at: Attribute) -> None:
    place = job.places[at.key] = at.place
    if isinstance(at.value, str):
        job.nodeset = at.value
        return
    for fault in schema.anonymous_nodeset(at.value, place):
        raise FaultError(*fault)
    job.nodeset = nodeset_of(at.value, place)


def _required(job: JobSpec, at: Attribute) -> None:
    required = {item["name"]: item.get("override-checkout") for item, _ in at.tables}
    job.required_projects = tuple(required.items())
    _place_projects(job, ((item["name"], place) for item, place in at.tables))


def _chosen(job: JobSpec, at: Attribute) -> None:
    named = [table for table in at.tables if table[0].get("type", "name") == "name"]
    _add_projects(job, [(item.get("name", ""), place) for item, place in named])


def _included(job: JobSpec, at: Attribute) -> None:
    files: list[VariablesFile] = []
    projects: list[tuple[str, Place]] = []
    for item, _ in at.tables:
        project = None if item.get("zuul-project") else item.get("project", "")
        files.append(VariablesFile(name=item["name"], project=project))
        if project:
            projects.append((project, item.value_place("project")))
    job.variables_files, job.overrides_variables_files = tuple(files), at.overrides
    _add_projects(job, projects)


def _add_projects(job: JobSpec, named: list[tuple[str, Place]]) -> None:
    job.other_projects = (*job.other_projects, *(name for name, _ in named))
    _place_projects(job, named)


def _allowed(job: JobSpec, at: Attribute) -> None:
    job.allowed_projects = tuple(listed(at.value)) or None
    _place_projects(job, with_places(at.value, at.place))


def _place_projects(job: JobSpec, places: Iterable[tuple[str, Place]]) -> None:
    for name, place in places:
        job.project_places.setdefault(name, place)


def _roles(job: JobSpec, at: Attribute) -> None:
    if isinstance(at.value, Mapping):
        if "zuul" not in at.value:
            return  # Zuul looks for "zuul" in the keys, as if they were roles
        raise FaultError(at.place, "expected a list of roles, found a mapping")
    for role in at.value:
        if ("zuul" in role) is ("galaxy" in role):
            raise FaultError(role.place, "a role has either the key 'zuul' or the key 'galaxy'")
    job.role_projects = tuple(role["zuul"] for role in at.value if "zuul" in role)


def _semaphores(job: JobSpec, at: Attribute) -> None:
    """Read one or several semaphores; ``semaphores`` overrides ``semaphore``."""
    words: dict[str, Word] = {}
    for item, place in at.tables:
        words.setdefault(item["name"], Word(name=item["name"], place=place))
    if at.key == "semaphore" and "semaphores" in at.conf:
        _note_ignored(words, at)
        return
    job.semaphores = tuple(words[name] for name in sorted(words))


def _note_ignored(words: Iterable[str], at: Attribute) -> None:
    """Report the names under ``semaphore`` that ``semaphores`` lacks (``JobParser.fromYaml``)."""
    used = [named_table(item)["name"] for item in listed(untagged(at.conf["semaphores"]))]
    if lost := ", ".join(repr(name) for name in words if name not in used):
        message = f"Zuul ignores {lost} here, since the job has 'semaphores' too; add it there"
        at.mistakes.append(Mistake(rule="GR614", message=message, place=at.conf.key_place(at.key)))


def _branches(job: JobSpec, at: Attribute) -> None:
    job.branches = patterns_of(at.conf, at.key, at.mistakes)
    job.branch_places = places_of(at.conf, at.key)


def _files(job: JobSpec, at: Attribute) -> None:
    setattr(job, at.field, patterns_of(at.conf, at.key, at.mistakes))
    setattr(job, f"inherits_{at.field}", at.inherits)
    setattr(job, f"{at.field.removesuffix('s')}_places", places_of(at.conf, at.key))


def _failure_output(job: JobSpec, at: Attribute) -> None:
    for pattern in listed(at.plain):
        if complaint := complaint_of(pattern):
            message = f"{verbatim(pattern)} is not an RE2 expression: {complaint}"
            raise FaultError(at.place, message)


def _cleanup(job: JobSpec, at: Attribute) -> None:
    """Read the playbooks of a key that Zuul deprecates (zuul.exceptions.CleanupRunDeprecation)."""
    _playbooks(job, at)
    if job.cleanup_run:
        message = (
            "the key 'cleanup-run' is deprecated; list the playbook under 'post-run' with "
            "'cleanup: true'"
        )
        at.mistakes.append(Mistake(rule="GR618", message=message, place=at.conf.key_place(at.key)))


def _variables(job: JobSpec, at: Attribute) -> None:
    check_names(at.plain, RESERVED_IN_JOBS)


def _host_variables(job: JobSpec, at: Attribute) -> None:
    for variables in at.plain.values():
        check_names(variables, RESERVED_IN_JOBS)


def _ansible(job: JobSpec, at: Attribute) -> None:
    if str(at.value) not in SUPPORTED_ANSIBLE:
        known = ", ".join(SUPPORTED_ANSIBLE)
        message = f"Ansible {at.value} is not supported by Zuul 14.3 (supported: {known})"
        raise FaultError(at.place, message)


def _home_paths(job: JobSpec, at: Attribute) -> None:
    for path in at.value:  # Zuul iterates over the letters of the text
        if normpath(path) in DISALLOWED_HOME_PATHS:
            message = f"{path} may not be preserved, since it redirects connections; remove it"
            raise FaultError(at.place, message)


READERS: dict[str, Reader] = {
    **dict.fromkeys(
        (
            *("final", "abstract", "intermediate", "protected", "voting", "type"),
            *("override-checkout", "secret-exposure"),
            "match-on-config-updates",
        ),
        _same,
    ),
    **dict.fromkeys(("pre-timeout", "timeout", "post-timeout", "image-build-name"), _placed),
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
