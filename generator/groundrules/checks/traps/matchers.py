"""File matchers that match no file, so that a change of the file they mean starts no job.

An expression matches at the start of a path, and of a job's ``files`` one has to match:
https://zuul-ci.org/docs/zuul/latest/config/job.html#attr-job.files
"""

from __future__ import annotations

from dataclasses import dataclass, field

from groundrules.checks.traps.paths import nearest_path
from groundrules.checks.traps.wording import few
from groundrules.definitions import Definitions, FileMatcher, Variant
from groundrules.diagnostics import Related, Report
from groundrules.rules import traps as rules

Branch = tuple[str, str]
"""A project and one of its branches."""

LONG = 12
NOT_FILES = ("/COMMIT_MSG",)


def check(definitions: Definitions, report: Report) -> None:
    """Note each matcher that matches nothing on any branch where its job runs."""
    trees = _Trees(definitions)
    for variant in definitions.variants():
        for matcher in variant.matchers:
            branches = trees.branches(variant, matcher)
            if not branches or not all(each in definitions.trees for each in branches):
                continue  # some of the files that it could match are not at hand
            if any(trees.matches(matcher, each) for each in branches):
                continue
            tree = frozenset().union(*(definitions.trees[each] for each in branches))
            near = nearest_path(matcher.pattern, tree)
            if _is_certain(variant, definitions) or (near and len(near) >= LONG):
                _note(variant, matcher, branches, near, report)


def _is_certain(variant: Variant, definitions: Definitions) -> bool:
    """Return whether nobody else can use the job, for whose files the expression may be.

    Else only a long path that is missed by a slip is no chance.
    """
    if variant.project in definitions.shared:
        return False
    return variant.is_mention or definitions.is_complete


def _note(
    variant: Variant,
    matcher: FileMatcher,
    branches: list[Branch],
    near: str | None,
    report: Report,
) -> None:
    if matcher.irrelevant and near is None:
        return  # lists of files that do not matter are often copied whole; they do no harm
    key = "irrelevant-files" if matcher.irrelevant else "files"
    where = few((project for project, _ in branches), "project", most=1)
    hint = f"; did you mean {near!r}?" if near else "; correct or remove it"
    report.note(
        rules.NO_FILE,
        matcher.location,
        f"{matcher.pattern!r} in {key!r} of {variant.job!r} matches no file of {where}{hint}",
        [Related(variant.location, f"the job {variant.job!r}")],
        key=f"{variant.job}: {key} {matcher.pattern} in {matcher.location.path}",
    )


@dataclass(slots=True)
class _Trees:
    """Which trees matchers are for, and whether they match there; asked once each."""

    definitions: Definitions
    _users: dict[tuple[str, str], list[tuple[str, set[Branch]]]] = field(init=False)
    _known: dict[tuple[str, Branch], bool] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        # a few jobs run in most graphs, with the same lists of files in nearly all of them
        same: dict[tuple[str, tuple[str, ...], tuple[str, ...]], set[Branch]] = {}
        for placed in self.definitions.graphs:
            for job in placed.graph.jobs:
                if patterns := (*job.files, *job.irrelevant_files):
                    branches = same.setdefault((job.name, job.parents, patterns), set())
                    branches.add((placed.project, placed.branch))
        self._users = {}
        for (job_name, parents, patterns), branches in same.items():
            for name in (job_name, *parents):
                for pattern in patterns:
                    self._users.setdefault((pattern, name), []).append((job_name, branches))

    def branches(self, variant: Variant, matcher: FileMatcher) -> list[Branch]:
        """Return where the job that says ``matcher`` runs, or where it is at home.

        A job of a library that runs nowhere may be meant for any repository.
        """
        users = self._users.get((matcher.pattern, variant.job), ())
        mine = (each for job, each in users if not variant.is_mention or job == variant.job)
        found = set[Branch]().union(*mine)
        if not found and not variant.is_mention and variant.project not in self.definitions.shared:
            found = {(variant.project, variant.branch)}
        return sorted(found)

    def matches(self, matcher: FileMatcher, branch: Branch) -> bool:
        key = (matcher.pattern, branch)
        if key not in self._known:
            tree = self.definitions.trees[branch]
            self._known[key] = any(map(matcher.matches, (*tree, *NOT_FILES)))
        return self._known[key]
