"""File matchers that match no file, so that a change of the intended file starts no job.

An expression matches at the start of a path, and of a job's ``files`` one has to match:
https://zuul-ci.org/docs/zuul/latest/config/job.html#attr-job.files
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from groundrules.checks.phrases import first_few, related_places
from groundrules.checks.traps.chains import branches_by_chain
from groundrules.checks.traps.documented_intent import DocumentedIntent
from groundrules.checks.traps.paths import Paths
from groundrules.diagnostics import Diagnostic, Location
from groundrules.graphs.definitions import DefinedVariant, Definitions, FileMatcher
from groundrules.graphs.trees import Branch, Tree
from groundrules.grouping import grouped
from groundrules.rules import traps as rules
from groundrules.text import listed, verbatim

LONG = 12
MOST_JOBS, MOST_PROJECTS = 3, 3
"""The number of names that a message lists."""

NEVER = re.compile(r"\bnever\b|non-?exist|not-exist|no-such", re.IGNORECASE)
"""The words of a matcher that matches nothing on purpose.

Zuul runs a job for a change of its definition whatever its matcher says:
https://zuul-ci.org/docs/zuul/latest/config/job.html#attr-job.match-on-config-updates
"""


Applied = dict[tuple[Location, str], set[Branch]]
"""The branches where matchers apply, by their definition or mention and their expression."""


class _Use(NamedTuple):
    """A matcher of a job, the branches where it applies, and the one to suggest a path of."""

    variant: DefinedVariant
    matcher: FileMatcher
    branches: tuple[Branch, ...]
    suggest_from: Branch


class _Unmatched(NamedTuple):
    """A matcher that matches no file, and the path that it almost matches."""

    use: _Use
    near: str | None


def check(definitions: Definitions, _: DocumentedIntent) -> Iterator[Diagnostic]:
    """Yield each matcher that matches nothing on any branch where it applies."""
    applied = _applied(definitions)
    uses = [
        _Use(variant, matcher, branches, _suggest_from(variant, branches, definitions))
        for variant in definitions.variants()
        for matcher in variant.matchers
        if not matcher.negate
        if (branches := _branches(variant, matcher, applied, definitions.shared))
    ]
    written: dict[tuple[Location, str, bool], list[_Unmatched]] = {}
    for unmatched in _unmatched(uses, definitions.trees):
        if _is_mistake(unmatched, definitions):
            matcher = unmatched.use.matcher
            line = matcher.location, matcher.pattern, matcher.irrelevant
            written.setdefault(line, []).append(unmatched)
    for same in written.values():
        same.sort(key=lambda unmatched: unmatched.use.variant.location)
        yield _no_file(same, definitions)


def _suggest_from(
    variant: DefinedVariant, branches: tuple[Branch, ...], definitions: Definitions
) -> Branch:
    """Return the branch of the definition, a default branch, or the first one."""
    own = (variant.project, variant.branch)
    defaults = definitions.default_branches
    default = (branch for branch in branches if defaults.get(branch[0]) == branch[1])
    return own if own in branches else next(default, branches[0])


def _unmatched(uses: list[_Use], trees: Mapping[Branch, Tree]) -> list[_Unmatched]:
    """Return the matchers that match nothing, where all files they could match are known.

    Each tree is read once for all matchers, and only if one of them has not matched yet.
    """
    near: dict[int, str | None] = dict.fromkeys(range(len(uses)))
    by_branch = grouped((branch, at) for at, use in enumerate(uses) for branch in use.branches)
    for branch, numbers in sorted(by_branch.items()):
        left = [number for number in numbers if number in near]
        looked_at = _LookedAt(trees.get(branch) if left else None)
        for number in left:
            use = uses[number]
            if looked_at.matches(use.matcher):
                del near[number]
            elif branch == use.suggest_from:
                near[number] = looked_at.nearest(use.matcher.pattern)
    return [_Unmatched(uses[number], path) for number, path in near.items()]


class _LookedAt:
    """The matches of matchers in one tree; in an unknown tree, everything matches."""

    def __init__(self, tree: Tree | None) -> None:
        self._tree = tree
        self._paths: Paths | None = None
        self._matches: dict[str, bool] = {}
        self._nearest: dict[str, str | None] = {}

    def matches(self, matcher: FileMatcher) -> bool:
        """Return whether a matcher matches any path."""
        if self._tree is None:
            return True
        if matcher.pattern not in self._matches:
            self._matches[matcher.pattern] = any(map(matcher.matches, self._tree))
        return self._matches[matcher.pattern]

    def nearest(self, pattern: str) -> str | None:
        """Return the path that an expression almost matches."""
        if self._paths is None:
            self._paths = Paths(self._tree or ())
        if pattern not in self._nearest:
            self._nearest[pattern] = self._paths.nearest(pattern)
        return self._nearest[pattern]


def _is_mistake(unmatched: _Unmatched, definitions: Definitions) -> bool:
    """Return whether a matcher that matches nothing is a mistake, not intended or a coincidence."""
    (variant, matcher, *_), near = unmatched
    if near is None and (matcher.irrelevant or NEVER.search(matcher.pattern)):
        # lists of irrelevant files are often copied, and do no harm; a job whose matcher never
        # matches runs only for a change of its own definition
        return False
    return _is_certain(variant, definitions) or (near is not None and len(near) >= LONG)


def _is_certain(variant: DefinedVariant, definitions: Definitions) -> bool:
    """Return whether no other project can use the job, with files that the expression matches.

    Otherwise only a long path that almost matches is not a coincidence.
    """
    if variant.project in definitions.shared or variant.is_for_unknown:
        return False
    return variant.is_mention or definitions.is_complete


def _no_file(written: list[_Unmatched], definitions: Definitions) -> Diagnostic:
    """Return the finding about a line, which aliases can add to several jobs."""
    variants = [use.variant for use, _ in written]
    matcher, words = written[0].use.matcher, definitions.words
    places = ((variant.location, f"the job {variant.job!r}") for variant in variants)
    file = definitions.file_of(matcher.location)
    key = words.irrelevant_files if matcher.irrelevant else words.files
    jobs = first_few(dict.fromkeys(variant.job for variant in variants), most=MOST_JOBS)
    near = next((path for _, path in written if path), None)
    hint = f"; did you mean {verbatim(near)}?" if near else "; correct or remove it"
    return Diagnostic(
        matcher.location,
        f"{verbatim(matcher.pattern)} in {key!r} of {jobs} matches no file of "
        f"{_projects(written)}{hint}",
        rules.NO_FILE,
        related_places(places, matcher.location),
        key=f"{variants[0].job}: {key} {matcher.pattern} in {file}",
    )


def _projects(written: list[_Unmatched]) -> str:
    names = dict.fromkeys(project for use, _ in written for project, _ in use.branches)
    return f"any of {len(names)} projects" if len(names) > MOST_PROJECTS else listed(names)


def _applied(definitions: Definitions) -> Applied:
    """Return where each matcher of the jobs in graphs applies."""
    applied: Applied = {}
    same = branches_by_chain(definitions, lambda job: (*job.files, *job.irrelevant_files))
    for (chain, patterns), branches in same.items():
        for location in {step.location for step in chain if step.location}:
            for pattern, _ in patterns:
                applied.setdefault((location, pattern), set()).update(branches)
    return applied


def _branches(
    variant: DefinedVariant, matcher: FileMatcher, applied: Applied, shared: frozenset[str]
) -> tuple[Branch, ...]:
    """Return where a matcher applies, or where the job that has it is defined.

    An unused job of a library may be for any repository.
    """
    is_for_others = variant.is_mention or variant.project in shared
    own = () if is_for_others else ((variant.project, variant.branch),)
    return tuple(sorted(applied.get((variant.location, matcher.pattern), own)))
