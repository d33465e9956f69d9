"""Merges the same problem on several branches into one finding at the default branch.

The branches of a project start as copies of each other, so a mistake in a file occurs once for
each branch.
"""

from __future__ import annotations

import re
from collections import ChainMap, Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from groundrules.checks.phrases import related_places
from groundrules.diagnostics import Diagnostic, Location, Result
from groundrules.graphs.definitions import Definitions

BOTS = re.compile(
    r"dependabot/|renovate/|pre-commit-ci-|patchback/|mergify/|gh-readonly-queue/|revert-\d+-"
)
"""How the branches begin that bots and forges make for a change and delete after it."""

REPORTED_BY_ZUUL = "GR6"
Rank = tuple[bool, bool, str, Location]
Problem = tuple[str, str, str, int]
"""A rule, a file, the mistake, and a number for equal findings on a branch."""


def merged(results: Iterable[Result], definitions: Definitions) -> Iterator[Result]:
    """Yield each problem once; the same problem on other branches is a related place.

    A problem that only a bot's branch has is left out, unless Zuul itself reports it, which it
    does for the branches that it is known to read.
    """
    problems: dict[Problem, list[Diagnostic]] = {}
    alike: Counter[tuple[str, ...]] = Counter()
    for diagnostic in results:
        if not isinstance(diagnostic, Diagnostic):
            yield diagnostic
            continue
        subject = _subject(diagnostic, definitions)
        branch = (*subject, _branch(diagnostic.location, definitions))
        alike[branch] += 1
        problems.setdefault((*subject, alike[branch]), []).append(diagnostic)
    for (rule, *_), same in problems.items():
        first, *others = sorted(same, key=lambda one: _rank(one.location, definitions))
        is_reported = rule.startswith(REPORTED_BY_ZUUL) and _is_read(first.location, definitions)
        if is_reported or not _is_of_a_bot(first.location, definitions):
            yield _with_branches(first, others, definitions)


def joined(configurations: Sequence[Definitions]) -> Definitions:
    """Return the files and default branches of several configurations."""
    files = (dict(configuration.files) for configuration in configurations)
    defaults = (dict(configuration.default_branches) for configuration in configurations)
    return Definitions(files=ChainMap(*files), default_branches=ChainMap(*defaults))


def best_place(places: Iterable[Location], definitions: Definitions) -> Location:
    """Return the place on a default branch, or the first that is not on a bot's branch."""
    return min(places, key=lambda place: _rank(place, definitions))


def _subject(diagnostic: Diagnostic, definitions: Definitions) -> tuple[str, str, str]:
    """Return the subject of a finding, the same on every branch."""
    if diagnostic.key:
        return diagnostic.rule.id, "", diagnostic.key
    return diagnostic.rule.id, definitions.file_of(diagnostic.location), diagnostic.message


def _branch(place: Location, definitions: Definitions) -> str:
    source = definitions.files.get(place.path)
    return source.branch if source else ""


def _rank(place: Location, definitions: Definitions) -> Rank:
    source = definitions.files.get(place.path)
    defaults = definitions.default_branches
    is_default = source is None or defaults.get(source.project) == source.branch
    return not is_default, _is_of_a_bot(place, definitions), place.path, place


def _is_of_a_bot(place: Location, definitions: Definitions) -> bool:
    return BOTS.match(_branch(place, definitions)) is not None


def _is_read(place: Location, definitions: Definitions) -> bool:
    source = definitions.files.get(place.path)
    return source is None or (source.project, source.branch) not in definitions.unsure_branches


def _with_branches(
    first: Diagnostic, others: list[Diagnostic], definitions: Definitions
) -> Diagnostic:
    """Return a finding with its places on other branches, except temporary ones."""
    places = [
        (other.location, f"the same on {_branch(other.location, definitions)}")
        for other in others
        if not _is_of_a_bot(other.location, definitions)
    ]
    because = (place for diagnostic in (first, *others) for place in diagnostic.because)
    return replace(
        first,
        related=(*first.related, *related_places(places, first.location)),
        because=tuple(dict.fromkeys(because)),
    )
