"""File matchers that differ from others of the same project by one letter.

For where the tree is not at hand: what can be told then is only that one place spells a path
otherwise than all others do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from groundrules.checks.traps.paths import literal
from groundrules.counting import counted, verbatim
from groundrules.diagnostics import Location, Related, Report
from groundrules.graphs.definitions import DefinedVariant, Definitions, FileMatcher
from groundrules.rules import traps as rules

MANY = 3
"""So many places have to agree against the one."""

Places = dict[str, dict[Location, tuple[DefinedVariant, FileMatcher]]]


def check(definitions: Definitions, report: Report) -> None:
    """Note each path that is written once, a letter away from one that is written often."""
    projects: dict[str, Places] = {}
    for variant in definitions.variants():
        for matcher in variant.matchers:
            if path := literal(matcher.pattern):
                written = projects.setdefault(variant.project, {}).setdefault(path, {})
                written[matcher.location] = (variant, matcher)
    for project, places in projects.items():
        for variant, matcher, meant in list(_slips(places)):
            branches = {each.branch for each in definitions.graphs_of(project)} | {variant.branch}
            if not any((project, each) in definitions.trees for each in branches):
                _note(variant, matcher, meant, places, report)


def _slips(places: Places) -> Iterator[tuple[DefinedVariant, FileMatcher, str]]:
    """Give each matcher that is written once and near to another, with the other's path."""
    often = {path: min(found) for path, found in places.items() if len(found) >= MANY}
    by_slip: dict[str, set[str]] = {}
    for path in often:
        for slip in _one_less(path):
            by_slip.setdefault(slip, set()).add(path)
    for path, found in places.items():
        if len(found) > 1:
            continue
        meant = by_slip.get(path, set()) | (_one_less(path) & often.keys())
        if meant:
            [(variant, matcher)] = found.values()
            yield variant, matcher, min(meant)


def _one_less(path: str) -> set[str]:
    """Return the path with one letter left out of a word; other signs may well be meant.

    An 's' at the end of a word makes another word.
    """
    return {
        path[: at.start()] + path[at.end() :]
        for at in re.finditer(r"(?<=[a-z])[a-rt-z](?=[a-z])|(?<=[a-z])s(?=[a-z])", path)
    }


def _note(
    variant: DefinedVariant, matcher: FileMatcher, meant: str, places: Places, report: Report
) -> None:
    others = places[meant]
    report.note(
        rules.MISSPELT,
        matcher.location,
        f"{verbatim(matcher.pattern)} of {variant.job!r} is written here only, and "
        f"{verbatim(meant)} in {counted(len(others), 'place')}; did you mean {verbatim(meant)}?",
        [Related(min(others), "spelt otherwise")],
        key=f"{variant.job}: {matcher.pattern} in {matcher.location.path}",
    )
