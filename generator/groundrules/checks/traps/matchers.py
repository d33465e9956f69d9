"""File matchers that match no file, so that a change of the file they mean starts no job.

An expression matches at the start of a path, and of a job's ``files`` one has to match:
https://zuul-ci.org/docs/zuul/latest/config/job.html#attr-job.files
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from groundrules.checks.traps.paths import nearest_path
from groundrules.checks.traps.wording import few
from groundrules.counting import verbatim
from groundrules.diagnostics import Related, Report
from groundrules.graphs.definitions import DefinedVariant, Definitions, FileMatcher
from groundrules.graphs.job_graph import FilePattern
from groundrules.graphs.trees import Branch, Tree
from groundrules.graphs.words import SystemWords
from groundrules.rules import traps as rules

LONG = 12
NOT_FILES = ("/COMMIT_MSG",)


class _Use(NamedTuple):
    """A matcher of a job, and the branches whose files it is for."""

    variant: DefinedVariant
    matcher: FileMatcher
    branches: tuple[Branch, ...]


def check(definitions: Definitions, report: Report) -> None:
    """Note each matcher that matches nothing on any branch where its job runs."""
    users = _Users(definitions)
    uses = [
        _Use(variant, matcher, branches)
        for variant in definitions.variants()
        for matcher in variant.matchers
        if (branches := users.branches(variant, matcher))
    ]
    for variant, matcher, branches in _unmatched(uses, definitions.trees):
        near = _near(matcher, (definitions.trees[each] for each in branches))
        if _is_certain(variant, definitions) or (near and len(near) >= LONG):
            _note(variant, matcher, branches, near, definitions.words, report)


def _unmatched(uses: list[_Use], trees: Mapping[Branch, Tree]) -> list[_Use]:
    """Return the matchers that match nothing, as far as all files they could match are at hand.

    Each tree is asked for once, and only where a matcher has not matched before.
    """
    todo = dict(enumerate(uses))
    wanted: dict[Branch, list[int]] = {}
    for number, use in todo.items():
        for branch in use.branches:
            wanted.setdefault(branch, []).append(number)
    for branch, numbers in sorted(wanted.items()):
        left = [each for each in numbers if each in todo]
        tree = trees.get(branch) if left else None
        known: dict[str, bool] = {}
        for number in left:
            matcher = uses[number].matcher
            if tree is not None and matcher.pattern not in known:
                known[matcher.pattern] = any(map(matcher.matches, (*tree, *NOT_FILES)))
            if known.get(matcher.pattern, True):
                del todo[number]
    return list(todo.values())


def _near(matcher: FileMatcher, trees: Iterable[Tree]) -> str | None:
    """Return the first path that an expression misses by a slip."""
    found = (nearest_path(matcher.pattern, each) for each in trees)
    return next((each for each in found if each), None)


def _is_certain(variant: DefinedVariant, definitions: Definitions) -> bool:
    """Return whether nobody else can use the job, for whose files the expression may be.

    Else only a long path that is missed by a slip is no chance.
    """
    if variant.project in definitions.shared:
        return False
    return variant.is_mention or definitions.is_complete


def _note(
    variant: DefinedVariant,
    matcher: FileMatcher,
    branches: tuple[Branch, ...],
    near: str | None,
    words: SystemWords,
    report: Report,
) -> None:
    if matcher.irrelevant and near is None:
        return  # lists of files that do not matter are often copied whole; they do no harm
    key = words.irrelevant_files if matcher.irrelevant else words.files
    where = few((project for project, _ in branches), "project", most=1)
    hint = f"; did you mean {verbatim(near)}?" if near else "; correct or remove it"
    report.note(
        rules.NO_FILE,
        matcher.location,
        f"{verbatim(matcher.pattern)} in {key!r} of {variant.job!r} matches no file of "
        f"{where}{hint}",
        [Related(variant.location, f"the job {variant.job!r}")],
        key=f"{variant.job}: {key} {matcher.pattern} in {matcher.location.path}",
    )


@dataclass(slots=True)
class _Users:
    """Which trees matchers are for: those of the projects that run their jobs."""

    definitions: Definitions
    _users: dict[tuple[str, str], list[tuple[str, set[Branch]]]] = field(init=False)

    def __post_init__(self) -> None:
        # a few jobs run in most graphs, with the same lists of files in nearly all of them
        same: dict[tuple[str, tuple[str, ...], tuple[FilePattern, ...]], set[Branch]] = {}
        for placed in self.definitions.graphs:
            for job in placed.graph.jobs:
                if patterns := (*job.files, *job.irrelevant_files):
                    branches = same.setdefault((job.name, job.parents, patterns), set())
                    branches.add((placed.project, placed.branch))
        self._users = {}
        for (job_name, parents, patterns), branches in same.items():
            for name in (job_name, *parents):
                for pattern, _ in patterns:
                    self._users.setdefault((pattern, name), []).append((job_name, branches))

    def branches(self, variant: DefinedVariant, matcher: FileMatcher) -> tuple[Branch, ...]:
        """Return where the job that says ``matcher`` runs, or where it is at home.

        A job of a library that runs nowhere may be meant for any repository.
        """
        users = self._users.get((matcher.pattern, variant.job), ())
        mine = (each for job, each in users if not variant.is_mention or job == variant.job)
        found = set[Branch]().union(*mine)
        if not found and not variant.is_mention and variant.project not in self.definitions.shared:
            found = {(variant.project, variant.branch)}
        return tuple(sorted(found))
