"""The projects of a tenant, their order, and what each is allowed to do.

https://zuul-ci.org/docs/zuul/latest/tenants.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from msgspec import Struct

from groundrules.ci.zuul.reading.expressions import Expression, InvalidError, expression
from groundrules.ci.zuul.reading.objects import NamedSpec
from groundrules.grouping import grouped
from groundrules.yamlsource import Place, Problem

JOB_CLASSES = frozenset(
    {
        *("pipeline", "job", "semaphore", "project", "project-template", "nodeset", "secret"),
        "queue",
    }
)
PROVIDER_CLASSES = frozenset({"image", "flavor", "label", "section", "provider"})
ALL_CLASSES = JOB_CLASSES | PROVIDER_CLASSES

# https://zuul-ci.org/docs/zuul/latest/tenants.html#attr-tenant.config-projects.<project>.load-branch
ONE_BRANCH = (
    "Zuul reads one branch of a config project: 'load-branch' of the tenant, by default 'master'"
)


class TenantProject(Struct, kw_only=True):
    """A project in a tenant: its names, loaded branches and permissions."""

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
    dynamic_branches: tuple[Expression, ...] = ()
    """The branches that Zuul loads only for changes of them."""

    load_branch: str | None = None
    implied_matchers: bool | None = None
    configures: tuple[Expression, ...] = ()
    allow_reporter_jobs: bool = False
    allow_base_jobs: bool = True
    is_alone: bool = False
    """Whether it is resolved on its own, so that other repositories may define missing names."""

    has_sure_name: bool = True
    """Whether the name is certain; otherwise it is the name of a folder."""

    has_nameless_stanza: bool = False
    """Whether it is on its own and has a stanza without a name.

    Then a stanza with a similar name may be for another project.
    """

    hosts: tuple[str, ...] = ()
    """The hosts of canonical names that it may have; empty if its host is known or no matter."""

    owns_nameless_stanza: bool = True
    """Whether a stanza without a name is for it, and not for the repository that configures it."""

    loads_protected_only: bool = False
    """Whether Zuul ignores unprotected or locked branches, which a clone does not distinguish."""

    branches: Sequence[str] = ()
    all_branches: Sequence[str] = ()
    default_branch: str = ""
    """The default branch of its repository; empty if unknown."""

    knows_branches: bool = True
    """Whether ``branches`` are exactly the branches that Zuul loads."""

    assumes_branch: bool = False
    """Whether its repository is not available and nothing else names its branches."""

    has_all_branches: bool = False
    """Whether ``all_branches`` are certainly all branches of its repository."""

    def includes(self, branch: str) -> bool:
        """Return whether the tenant loads a branch."""
        if self.include_branches is not None:
            return any(pattern.matches_all(branch) for pattern in self.include_branches)
        return not any(pattern.matches_all(branch) for pattern in self.exclude_branches or ())

    def is_named(self, name: Expression) -> bool:
        """Return whether an expression matches the short or the canonical name.

        Zuul accepts either (``Tenant.getTPCsByRegex``).  Without a tenant, one of them may not be
        known.
        """
        return any(map(name.matches_all, (self.name, self.canonical_name, *self._other_forms())))

    def _other_forms(self) -> Iterator[str]:
        """Yield the name without its host, or with the only host that it can have."""
        host, _, short = self.canonical_name.partition("/")
        if self.is_alone and "." in host and short:
            yield short
        elif len(self.hosts) == 1:
            yield f"{self.hosts[0]}/{self.canonical_name}"

    def may_configure(self, other: TenantProject) -> bool:
        """Return whether this project can configure ``other``."""
        if self.trusted or self is other:
            return True
        names = (other.name, other.canonical_name)
        return not other.trusted and any(
            pattern.matches_all(name) for pattern in self.configures for name in names
        )

    @property
    def may_define_pipelines(self) -> bool:
        """Whether it is, or may be, a config project."""
        return self.trusted or self.is_alone

    @property
    def may_define_base_jobs(self) -> bool:
        """Whether a job here can have ``parent: null``."""
        return self.is_alone or (self.trusted and self.allow_base_jobs)


def is_same_project(one: str, other: str, *, loosely: bool = True) -> bool:
    """Return whether two names can be the short and the canonical name of one project.

    With ``loosely``, a name without its team matches too.
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
    """A tenant: its projects in load order, and its limits."""

    name: str
    projects: list[TenantProject] = field(default_factory=list)
    default_parent: str = "base"
    max_job_timeout: int = 10800
    max_nodes_per_job: int = 5
    allowed_labels: tuple[str, ...] = ()
    disallowed_labels: tuple[str, ...] = ()
    surprises: tuple[Problem, ...] = ()
    """The options that Zuul reads differently than intended."""

    file: str = ""
    """The path of the tenant file in diagnostics."""

    semaphores: tuple[NamedSpec, ...] = ()
    """The global semaphores of the tenant."""

    is_alone: bool = False
    """It is made up for one repository, its first project; others are those it configures.

    Which other repositories belong to it is not known.
    """

    missing: tuple[str, ...] = ()
    """The projects whose configuration the tenant reads, but whose files are missing."""

    removed: frozenset[tuple[str, str]] = frozenset()
    """The kinds and names that nothing defines, also no other repository: they were left out."""

    _by_name: dict[str, list[TenantProject]] = field(init=False)
    _by_canonical_name: dict[str, TenantProject] = field(init=False)
    _named: WeakKeyDictionary[Expression, tuple[TenantProject, ...]] = field(
        init=False, repr=False, compare=False, default_factory=WeakKeyDictionary
    )

    def __post_init__(self) -> None:
        self._by_name = grouped((project.name, project) for project in self.projects)
        self._by_canonical_name = {project.canonical_name: project for project in self.projects}

    def project(self, name: str) -> TenantProject | None:
        """Return the project with a short or canonical name, or None.

        Raises `AmbiguousError` if two projects have the short name.
        """
        if project := self._by_canonical_name.get(name):
            return project
        projects = self._by_name.get(name, [])
        if self.is_alone:  # its connection, and so its canonical name, is unknown
            own, *_ = self.projects
            loosely = not own.has_nameless_stanza
            is_same = is_same_project(name, own.canonical_name, loosely=loosely)
            return own if is_same else next(iter(projects), None)
        if len(projects) > 1:
            names = ", ".join(project.canonical_name for project in projects)
            raise AmbiguousError(
                f"{name!r} is the name of more than one project; write one of {names}"
            )
        return projects[0] if projects else None

    def named(self, name: Expression) -> tuple[TenantProject, ...]:
        """Return the projects whose short or canonical name an expression matches.

        Every file and each change of one asks the same expressions again.
        """
        if (known := self._named.get(name)) is None:
            known = self._named[name] = tuple(
                project for project in self.projects if project.is_named(name)
            )
        return known

    def unique_name(self, project: TenantProject) -> str:
        """Return the short name of a project, or its canonical name if two have the short one."""
        return project.canonical_name if len(self._by_name[project.name]) > 1 else project.name

    @property
    def is_complete(self) -> bool:
        """Whether all of its configuration is available, so that an unknown name is a mistake."""
        return not self.is_alone and not self.missing

    def lacks(self, kind: str, name: str) -> bool:
        """Return whether a name that is not defined here is certainly not defined elsewhere."""
        return self.is_complete or (kind, name) in self.removed

    @property
    def names(self) -> list[str]:
        """The short names of the projects."""
        return list(self._by_name)

    def unknown_shadows(self) -> Iterator[tuple[TenantProject, str]]:
        """Yield the projects that shadow an unknown project, with its name."""
        for project in self.projects:
            for name in sorted(project.shadows):
                if name not in self._by_name and name not in self._by_canonical_name:
                    yield project, name

    def may_use_label(self, label: str) -> bool:
        """Return whether the tenant allows a label.

        Raises `InvalidError` when it evaluates an expression that is not RE2.
        """
        if self.allowed_labels and not any(
            _matches(pattern, label) for pattern in self.allowed_labels
        ):
            return False
        return not any(_matches(pattern, label) for pattern in self.disallowed_labels)


def _matches(pattern: str, label: str) -> bool:
    """Return whether RE2 matches; Zuul uses no other engine here (`filter_allowed_disallowed`)."""
    compiled = expression(pattern)
    if compiled.complaint:
        raise InvalidError(compiled.complaint)
    return compiled.matches(label)
