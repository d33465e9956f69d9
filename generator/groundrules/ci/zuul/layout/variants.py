"""Objects with their locations and the branches they are for."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from msgspec import Struct

from groundrules.ci.zuul.layout.tenant import TenantProject
from groundrules.ci.zuul.reading.expressions import Expression, InvalidError, expression
from groundrules.diagnostics import Location
from groundrules.yamlsource import Place

if TYPE_CHECKING:
    from groundrules.ci.zuul.reading.objects import (
        JobSpec,
        NodeObject,
        Pattern,
        Pragma,
        ProjectSpec,
    )
    from groundrules.graphs.elements import Step


Spec = TypeVar("Spec", bound="JobSpec | NodeObject | ProjectSpec")


class Matcher(Protocol):
    """Decides whether an object is for a branch."""

    def matches(self, subject: str) -> bool:
        """Return whether ``subject`` matches."""


class Exactly(Struct, frozen=True):
    """Matches one branch by its name, as an implied matcher does."""

    branch: str

    def matches(self, subject: str) -> bool:
        """Return whether ``subject`` is the branch."""
        return self.branch == subject

    @property
    def for_refs(self) -> Expression | None:
        """What Zuul compares with a ref: the name as an expression; None if it is not one."""
        try:
            return expression(self.branch)
        except InvalidError:
            return None


class TagRef(Struct, frozen=True):
    """A ref that is not a branch, such as a tag, with the branches that contain it."""

    ref: str
    branches: tuple[str, ...] = ()

    def is_for(self, matcher: Matcher) -> bool:
        """Return whether an object with this matcher is for the ref.

        Zuul compares it with the whole ref, then with the branches (``BranchMatcher.matches`` in
        zuul/change_matcher.py); for the ref, it takes an implied branch for an expression.
        """
        by_ref = matcher.for_refs if isinstance(matcher, Exactly) else None
        if by_ref and by_ref.matches(self.ref):
            return True
        return any(map(matcher.matches, (self.ref, *self.branches)))

    @property
    def words(self) -> str:
        """The ref in a sentence."""
        return f"the ref {self.ref!r}"

    def __str__(self) -> str:
        return self.ref


def item_named(branch: str | TagRef) -> str:
    """Return a branch or another ref in words."""
    return branch.words if isinstance(branch, TagRef) else f"the branch {branch!r}"


Matchers = tuple[Matcher, ...] | None
"""One of them has to match; None means every branch, an empty tuple no branch."""


def matches(matchers: Matchers, branch: str | TagRef) -> bool:
    """Return whether an object with these matchers is for ``branch``, or for another ref."""
    if matchers is None:
        return True
    if isinstance(branch, TagRef):
        return any(map(branch.is_for, matchers))
    for matcher in matchers:  # noqa: SIM110 (asked some 100,000 times)
        if matcher.matches(branch):
            return True
    return False


class FileOrigin(Struct, eq=False):
    """A file on a branch of a project; ``path`` is its path in diagnostics.

    It is None for objects without a file: Zuul's built-in jobs, and jobs of other repositories.
    ``file`` is the path in the repository.
    """

    project: TenantProject
    branch: str
    path: str | None
    pragma: Pragma | None = None
    file: str = ""

    @property
    def is_here(self) -> bool:
        """Whether the file is available; else it is in another repository or built into Zuul."""
        return bool(self.path)

    def at(self, place: Place) -> Location | None:
        """Return the location of a place in this file."""
        return Location(self.path, *place) if self.path is not None else None

    @property
    def implied(self) -> tuple[Matcher, ...]:
        """The implied branch matcher of objects in this file."""
        if self.pragma and self.pragma.branches is not None:
            return _compiled(self.pragma.branches)
        return (Exactly(self.branch),)

    @property
    def uses_matchers(self) -> bool | None:
        """The value of a pragma for implied branch matchers."""
        return self.pragma.matchers if self.pragma else None


class Placed(Struct, Generic[Spec], eq=False):
    """An object at its place in a file."""

    spec: Spec
    source: FileOrigin
    _step: Step | None = None

    @property
    @abstractmethod
    def title(self) -> str:
        """What it is to a chain, in words."""

    @property
    def location(self) -> Location | None:
        """Its location."""
        return self.step.location

    @property
    def step(self) -> Step:
        """The step for chains; created once, since thousands of chains contain it."""
        if self._step is None:
            from groundrules.graphs.elements import Step  # a cached answer does not need graphs

            self._step = Step(self.title, self.source.at(self.spec.place))
        return self._step


class Variant(Placed["JobSpec"]):
    """A definition of a job, or a mention of it in a pipeline, with its place."""

    matchers: Matchers = None

    def __post_init__(self) -> None:
        self.matchers = job_matchers(self.spec, self.source)

    @property
    def may_be_for_all(self) -> bool:
        """Whether it is for its branch only if Zuul loads other branches, which is unknown."""
        has_choice = self.spec.branches is not None or self.source.uses_matchers is not None
        return not has_choice and not self.source.project.knows_branches

    @property
    def title(self) -> str:
        """What it is to a chain, in words."""
        return f"{'mention of' if self.spec.is_entry else 'job'} {self.spec.name!r}"


class PlacedNodeObject(Placed["NodeObject"]):
    """A label, flavor, section or provider with its place."""

    @property
    def title(self) -> str:
        """What it is to a chain, in words."""
        return f"{self.spec.kind} {self.spec.name!r}"


class Stanza(Placed["ProjectSpec"]):
    """A project stanza or template with its place, and a `Variant` for each mention."""

    pipelines: dict[str, list[Variant]] = {}

    def __post_init__(self) -> None:
        self.pipelines = {
            name: [Variant(entry, self.source) for entry in entries]
            for name, entries in self.spec.pipelines.items()
        }

    @property
    def mentions(self) -> list[Variant]:
        """The mentions of jobs in all pipelines."""
        return [variant for variants in self.pipelines.values() for variant in variants]

    @property
    def title(self) -> str:
        """What it is to a chain, in words."""
        project, name = self.source.project, self.spec.name
        if self.spec.is_template:
            return f"template {name!r}"
        if not name and not project.owns_nameless_stanza:
            return "project without a name"
        return f"project {name or project.name!r}"

    def may_be_for_all(self, target: TenantProject) -> bool:
        """Return whether it is limited to its branch only if Zuul loads other branches."""
        source = self.source
        if self.spec.branches or source.uses_matchers is not None or source.project.knows_branches:
            return False
        return self.spec.is_template or source.project is not target

    def matchers(self, target: TenantProject) -> Matchers:
        """Return the branch matchers that apply when it configures ``target``.

        A stanza in the project's own repository is for its own branch.  Elsewhere, and for
        templates, implied matchers apply as for jobs.
        """
        if self.spec.branches:
            return _compiled(self.spec.branches)
        source = self.source
        if not self.spec.is_template and source.project is target:
            return None if source.project.trusted else (Exactly(source.branch),)
        if source.uses_matchers is not None:
            return source.implied if source.uses_matchers else None
        if source.project.trusted or len(source.project.branches) == 1:
            return None
        return source.implied or None


def job_matchers(spec: JobSpec, source: FileOrigin) -> Matchers:
    """Return the branch matchers of a job's definition or mention.

    ``branches`` overrides everything.  A mention has no implied matcher.  A definition has one if
    several branches of the project are loaded, unless a pragma or the tenant sets it.
    """
    if spec.branches is not None:
        return _compiled(spec.branches)
    if spec.is_entry:
        return None
    project = source.project
    use = project.implied_matchers if source.uses_matchers is None else source.uses_matchers
    if use is not None:
        return source.implied if use else None
    if project.trusted:
        return None
    if len(project.branches) == 1 and not project.dynamic_branches:
        return None
    return source.implied


def _compiled(patterns: Sequence[Pattern]) -> tuple[Matcher, ...]:
    return tuple(expression(pattern, negate) for pattern, negate in patterns)
