"""The variants of a job on a branch: its own and its parents', in the order they apply.

https://zuul-ci.org/docs/zuul/latest/config/job.html ("variants", "override-checkout")
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from msgspec import Struct

from groundrules.ci.zuul.freezing.merged import FreezeError
from groundrules.ci.zuul.layout.layout import Layout
from groundrules.ci.zuul.layout.variants import TagRef, Variant, item_named, matches
from groundrules.diagnostics import Location

DEEPEST = 480
"""The jobs that may inherit from one another.

``Layout.collectJobs`` of Zuul calls itself twice a job, and Python ends at 1,000 calls: with the
calls of the scheduler before it, Zuul fails between 480 and 495 jobs.
"""

Checkouts = dict[str | None, str]
"""Branches by canonical project name, or None for every project."""


class VanishedError(Exception):
    """A job is not in the graph: no variant of it or of a parent matches the branch.

    If that is uncertain (not ``is_sure``), the reason says what it depends on.  ``cause`` is the
    location of a finding about an undefined name, if that is the reason; with ``is_by_branch``,
    branch matchers are the reason: those of the definitions of ``job``, or of its mentions.  If a
    definition is lost, ``job`` is empty too.
    """

    def __init__(
        self,
        reason: str,
        cause: Location | None = None,
        *,
        is_sure: bool = True,
        is_by_branch: bool = False,
        job: str = "",
    ) -> None:
        super().__init__(reason)
        self.reason, self.cause, self.is_sure = reason, cause, is_sure
        self.is_by_branch, self.job = is_by_branch, job

    def of_assumed_branch(self, project: str) -> VanishedError:
        """Return why a job is missing on the branch that a project without files may not have."""
        if not self.is_by_branch:
            return self
        end = f"which {project} may not have: its repository is not here"
        return VanishedError(f"{self.reason}, {end}; name another with --branch", is_sure=False)


T = TypeVar("T")
Known = dict[tuple[object, ...], T | VanishedError | FreezeError]
"""What was made by key, or the error that there was."""


def known_or_made(known: Known[T], key: tuple[object, ...], make: Callable[[], T]) -> T:
    """Return what is known, or make it; raise the error that there was the first time."""
    if key not in known:
        try:
            known[key] = make()
        except (VanishedError, FreezeError) as error:
            known[key] = error
    answer = known[key]
    if isinstance(answer, VanishedError | FreezeError):
        raise answer
    return answer


def update_checkouts(checkouts: Checkouts, variant: Variant, layout: Layout) -> None:
    """Add the branches from which a variant takes jobs."""
    spec = variant.spec
    if spec.override_checkout:
        checkouts[None] = spec.override_checkout
    for name, branch in spec.required_projects:
        if branch and (project := layout.tenant.project(name)):
            checkouts[project.canonical_name] = branch


def collect(
    layout: Layout, name: str, branch: str | TagRef, checkouts: Checkouts
) -> tuple[list[Variant], bool]:
    """Return the variants of a job and of its parents for a branch, in the order they apply.

    The second value is true if they are the same for every branch.  Raises `VanishedError` if
    there are none, `FreezeError` if there are too many levels of parents.
    """
    walk = _Walk(layout, branch)
    levels = [walk.job(name, checkouts)]
    while levels:
        parent = next(levels[-1], None)
        if parent is None:
            levels.pop()
        elif len(levels) < DEEPEST:
            levels.append(walk.job(*parent))
        else:
            raise _too_deep(layout, name)
    return walk.variants, walk.is_general


def _too_deep(layout: Layout, name: str) -> FreezeError:
    message = (
        f"Zuul 14.3 fails on the job {name!r}: more than {DEEPEST} jobs inherit from one another; "
        "leave out some of its parents"
    )
    return FreezeError(message, layout.jobs[name][0].location, "GR616")


class _Walk(Struct):
    layout: Layout
    branch: str | TagRef
    visited: set[str] = set()
    variants: list[Variant] = []
    taken: set[int] = set()
    is_general: bool = True

    def job(self, name: str, checkouts: Checkouts) -> Iterator[tuple[str, Checkouts]]:
        """Take the variants of a job; yield each parent whose variants come first."""
        self.visited.add(name)
        variants = self.layout.jobs.get(name, [])
        local, matched = dict(checkouts), False
        branch = self.checked_out(variants, checkouts)
        for variant in variants:
            if variant.matchers is not None:
                self.is_general = False
            if matches(variant.matchers, branch):
                matched = True
                update_checkouts(local, variant, self.layout)
                parent = self.parent(variant)
                if parent and parent not in self.visited:
                    yield parent, local
                if id(variant) not in self.taken:
                    self.taken.add(id(variant))
                    self.variants.append(variant)
        if not matched:
            raise self.vanished(name, variants)

    def parent(self, variant: Variant) -> str | None:
        spec = variant.spec
        if spec.parent is None and not spec.is_base and not self.variants:
            return self.layout.tenant.default_parent
        return spec.parent

    def checked_out(self, variants: list[Variant], checkouts: Checkouts) -> str | TagRef:
        """Return the branch whose definitions of a job apply."""
        if not variants or not checkouts:
            return self.branch
        project = variants[0].source.project
        branch = checkouts.get(project.canonical_name, checkouts.get(None, self.branch))
        return branch if branch in project.branches else self.branch

    def vanished(self, name: str, variants: list[Variant]) -> VanishedError:
        if not variants:
            return VanishedError(self.layout.no_job(name), self.layout.cause(name))
        reason = f"no definition of {name!r} is for {item_named(self.branch)}"
        unsure = sorted(
            {variant.source.project.name for variant in variants if variant.may_be_for_all}
        )
        if not unsure:
            is_lost = ("job", name) in self.layout.lost_names  # perhaps the one for the branch
            return VanishedError(reason, is_by_branch=True, job="" if is_lost else name)
        end = (
            f"if Zuul loads more than one branch of {unsure[0]} (which are protected is not known)"
        )
        return VanishedError(f"{reason}, {end}", is_sure=False)
