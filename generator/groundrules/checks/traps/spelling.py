"""File matchers that differ from others of the same project by one letter.

This is for projects whose files are unknown: a mistake can only be recognized if one place spells
a path differently from all others.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from groundrules.checks.traps.documented_intent import DocumentedIntent
from groundrules.checks.traps.paths import literal
from groundrules.diagnostics import Diagnostic, Location, Related
from groundrules.graphs.definitions import DefinedVariant, Definitions, FileMatcher
from groundrules.rules import traps as rules
from groundrules.text import counted, verbatim

MANY = 3
"""The number of places that have to agree."""

Places = dict[str, dict[Location, tuple[DefinedVariant, FileMatcher]]]


def check(definitions: Definitions, _: DocumentedIntent) -> Iterator[Diagnostic]:
    """Yield each path that is written once and differs by one letter from a frequent one."""
    projects: dict[str, Places] = {}
    for variant in definitions.variants():
        for matcher in variant.matchers:
            if not matcher.negate and (path := literal(matcher.pattern)):
                written = projects.setdefault(variant.project, {}).setdefault(path, {})
                written[matcher.location] = (variant, matcher)
    for project, places in projects.items():
        for variant, matcher, meant in _misspelled(places):
            branches = {graph.branch for graph in definitions.graphs_of(project)}
            branches.add(variant.branch)
            if not any((project, branch) in definitions.trees for branch in branches):
                yield _one_letter(variant, matcher, meant, places[meant], definitions)


def _misspelled(places: Places) -> Iterator[tuple[DefinedVariant, FileMatcher, str]]:
    """Yield each matcher that is written once and near to another, with the other's path."""
    often = {path: min(written) for path, written in places.items() if len(written) >= MANY}
    by_slip: dict[str, set[str]] = {}
    for path in often:
        for slip in _one_less(path):
            by_slip.setdefault(slip, set()).add(path)
    for path, written in places.items():
        if len(written) > 1:
            continue
        meant = by_slip.get(path, set()) | (_one_less(path) & often.keys())
        if meant:
            [(variant, matcher)] = written.values()
            yield variant, matcher, min(meant)


def _one_less(path: str) -> set[str]:
    """Return the paths with one letter of a word left out; other signs are often intended.

    A final 's' does not count, because it makes another word.
    """
    return {
        path[: letter.start()] + path[letter.end() :]
        for letter in re.finditer(r"(?<=[a-z])[a-rt-z](?=[a-z])|(?<=[a-z])s(?=[a-z])", path)
    }


def _one_letter(
    variant: DefinedVariant,
    matcher: FileMatcher,
    meant: str,
    others: Collection[Location],
    definitions: Definitions,
) -> Diagnostic:
    file = definitions.file_of(matcher.location)
    return Diagnostic(
        matcher.location,
        f"{verbatim(matcher.pattern)} of {variant.job!r} differs by one letter from "
        f"{verbatim(meant)}, which is used in {counted(len(others), 'place')}; correct it if "
        "both mean the same file",
        rules.MISSPELLED,
        (Related(min(others), "the other spelling"),),
        key=f"{variant.job}: {matcher.pattern} in {file}",
    )
