"""Which projects a tenant has, in which order, and what each may do.

https://zuul-ci.org/docs/zuul/latest/tenants.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from groundrules.ci.zuul.reading.expressions import Expression, InvalidError, expression
from groundrules.ci.zuul.reading.objects import NamedSpec
from groundrules.yamlsource import Place, Problem

JOB_CLASSES = frozenset(
    {
        *("pipeline", "job", "semaphore", "project", "project-template", "nodeset", "secret"),
        "queue",
    }
)
PROVIDER_CLASSES = frozenset({"image", "flavor", "label", "section", "provider"})
ALL_CLASSES = JOB_CLASSES | PROVIDER_CLASSES


@dataclass(slots=True, kw_only=True)
class TenantProject:
    """A project in a tenant: its names, its branches there, and what the tenant lets it do."""

    name: str
    connection: str
    canonical_name: str
    trusted: bool
    place: Place | None = None
    classes: frozenset[str] = JOB_CLASSES
    shadows: frozenset[str] = frozenset()
    extra_paths: tuple[str, ...] = ()
    include_branches: tuple[Expression, ...] | None = None
    exclude_branches: tuple[Expression, ...] | None = None
    has_dynamic_branches: bool = False
    load_branch: str | None = None
    implied_matchers: bool | None = None
    configures: tuple[Expression, ...] = ()
    allow_reporter_jobs: bool = False
    allow_base_jobs: bool = True
    is_alone: bool = False
    """It is resolved on its own, so that names that are not in it may be defined elsewhere."""

    has_sure_name: bool = True
    """Whether the name is known; else it is that of a folder, which may have any name."""

    has_nameless_stanza: bool = False
    """It is on its own and has a stanza without a name, so that one with a name like its own may
    be for another project."""

    owns_nameless_stanza: bool = True
    """Whether a stanza without a name is for it; else it is a project that another configures."""

    loads_protected_only: bool = False
    """Zuul leaves out its unprotected or locked branches, which look like others in a clone."""

    branches: Sequence[str] = ()
    all_branches: Sequence[str] = ()
    default_branch: str = ""
    """The branch that its repository names as default; empty if that is not known."""

    knows_branches: bool = True
    """Whether ``branches`` are those that Zuul loads, not only those that it could."""

    def includes(self, branch: str) -> bool:
        """Return whether the tenant loads a branch."""
        if self.include_branches is not None:
            return any(pattern.matches_all(branch) for pattern in self.include_branches)
        return not any(pattern.matches_all(branch) for pattern in self.exclude_branches or ())

    def may_configure(self, other: TenantProject) -> bool:
        """Return whether a stanza here may be about ``other``."""
        if self.trusted or self is other:
            return True
        names = (other.name, other.canonical_name)
        return not other.trusted and any(
            pattern.matches_all(name) for pattern in self.configures for name in names
        )

    @property
    def may_define_base_jobs(self) -> bool:
        """Whether a job here may have ``parent: null``."""
        return self.is_alone or (self.trusted and self.allow_base_jobs)


def is_same_project(one: str, other: str, *, loosely: bool = True) -> bool:
    """Return whether two names can be of one project: the short and the canonical one.

    ``loosely`` takes a name without its team as well.
    """
    long, short = max(one, other, key=len), min(one, other, key=len)
    if not long.endswith(f"/{short}"):
        return one == other
    start = long.removesuffix(f"/{short}")
    return loosely or ("/" not in start and "." in start)


class AmbiguousError(LookupError):
    """A short name that two projects share."""


@dataclass(slots=True, kw_only=True)
class Tenant:
    """A tenant: projects in the order their configuration is loaded, and its limits."""

    name: str
    projects: list[TenantProject] = field(default_factory=list)
    default_parent: str = "base"
    max_job_timeout: int = 10800
    max_nodes_per_job: int = 5
    allowed_labels: tuple[str, ...] = ()
    disallowed_labels: tuple[str, ...] = ()
    surprises: tuple[Problem, ...] = ()
    """The options that Zuul reads in another way than they look."""

    file: str = ""
    """How a diagnostic names the tenant file."""

    semaphores: tuple[NamedSpec, ...] = ()
    """The global ones that the tenant takes part in."""

    is_alone: bool = False
    """It is made up for one repository; which others belong to it is not known."""

    missing: tuple[str, ...] = ()
    """The projects whose configuration it reads and whose files are missing."""

    _by_name: dict[str, list[TenantProject]] = field(init=False, default_factory=dict)
    _by_canonical_name: dict[str, TenantProject] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for project in self.projects:
            self._by_name.setdefault(project.name, []).append(project)
            self._by_canonical_name[project.canonical_name] = project

    def project(self, name: str) -> TenantProject | None:
        """Return the project of a short or canonical name, or None.

        Raises `AmbiguousError` for a short name of two projects.
        """
        if project := self._by_canonical_name.get(name):
            return project
        if self.is_alone:  # which connection it is in, and so its whole name, is not known
            [project] = self.projects
            loosely = not project.has_nameless_stanza
            is_same = is_same_project(name, project.canonical_name, loosely=loosely)
            return project if is_same else None
        projects = self._by_name.get(name, [])
        if len(projects) > 1:
            names = ", ".join(project.canonical_name for project in projects)
            raise AmbiguousError(
                f"{name!r} is the name of more than one project; write one of {names}"
            )
        return projects[0] if projects else None

    @property
    def is_complete(self) -> bool:
        """Whether all of its configuration is here; else an unknown name is not a mistake."""
        return not self.is_alone and not self.missing

    @property
    def names(self) -> list[str]:
        """The short names of the projects."""
        return list(self._by_name)

    def unknown_shadows(self) -> Iterator[tuple[TenantProject, str]]:
        """Yield the projects that shadow one that is not in the tenant, with its name."""
        for project in self.projects:
            for name in sorted(project.shadows):
                if name not in self._by_name and name not in self._by_canonical_name:
                    yield project, name

    def may_use_label(self, label: str) -> bool:
        """Return whether the tenant's limits on labels let a label through.

        Raises `InvalidError` for an expression that is not RE2, once it is reached.
        """
        if self.allowed_labels and not any(
            _matches(pattern, label) for pattern in self.allowed_labels
        ):
            return False
        return not any(_matches(pattern, label) for pattern in self.disallowed_labels)


def _matches(pattern: str, label: str) -> bool:
    """Return whether RE2 matches; Zuul asks no other engine here (`filter_allowed_disallowed`)."""
    compiled = expression(pattern)
    if compiled.complaint:
        raise InvalidError(compiled.complaint)
    return compiled.matches(label)
