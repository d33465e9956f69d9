"""Lists of irrelevant files that match every file, or all but those of one negated item.

A file is irrelevant if any item of the list matches it, so a negated item makes every other file
irrelevant: https://zuul-ci.org/docs/zuul/latest/config/job.html#attr-job.irrelevant-files
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from groundrules.checks.phrases import first_few, names_or_count, related_places
from groundrules.checks.traps.applied_lists import AppliedLists
from groundrules.checks.traps.documented_intent import DocumentedIntent
from groundrules.checks.traps.negated_items import Left, files_left
from groundrules.diagnostics import Diagnostic, Location, Related
from groundrules.graphs.definitions import DefinedVariant, Definitions, FileMatcher
from groundrules.rules import silent as rules
from groundrules.text import verbatim


class _List(NamedTuple):
    """A list, the item to correct, and what the list leaves."""

    variant: DefinedVariant
    item: FileMatcher
    left: Left


def check(definitions: Definitions, _: DocumentedIntent) -> Iterator[Diagnostic]:
    """Yield each list that leaves no file, or only those of a negated item.

    The texts of some lists show it.  Others are compared with the files where they apply.
    """
    applied = AppliedLists(definitions)
    lists: dict[Location, list[_List]] = {}
    for place, left in (applied.left() | _by_text(definitions)).items():
        variant = definitions.by_location[place]
        items = [matcher for matcher in variant.matchers if matcher.irrelevant]
        negated = [item for item in items if item.negate and len(items) > 1]
        item = (negated or items)[0]
        lists.setdefault(item.location, []).append(_List(variant, item, left))
    for same in lists.values():  # a YAML alias makes one list that of several jobs
        is_negated = same[0].item.negate
        yield _negated(same, definitions) if is_negated else _covers(same, applied, definitions)


def _by_text(definitions: Definitions) -> dict[Location, Left]:
    left: dict[Location, Left] = {}
    for variant in definitions.variants():
        items = [matcher for matcher in variant.matchers if matcher.irrelevant]
        if negated := next((item for item in items if item.negate), None):
            files = files_left(negated, [item for item in items if item is not negated])
            if files is not Left.UNKNOWN:
                left[variant.location] = files
    return left


def _negated(lists: Sequence[_List], definitions: Definitions) -> Diagnostic:
    variant, item, left = lists[0]
    key, text = definitions.words.irrelevant_files, verbatim(item.pattern)
    effect = (
        "and the other items match the rest, so no file starts the job"
        if left is Left.NONE
        else "so the other items have no effect"
    )
    return Diagnostic(
        item.location,
        f"{text} (negated) in {key!r} of {_jobs(lists)} makes all other files irrelevant, "
        f"{effect}; remove it, or list the files that start the job in {definitions.words.files!r}",
        rules.NO_RELEVANT_FILE,
        _related(lists),
        key=f"{variant.job}: negated {text} in {definitions.file_of(item.location)}",
    )


def _covers(lists: Sequence[_List], applied: AppliedLists, definitions: Definitions) -> Diagnostic:
    variant, first, _ = lists[0]
    where = (applied.branches[each.variant.location] for each in lists)
    branches = {branch for by_list in where for some in by_list.values() for branch in some}
    projects = names_or_count((project for project, _ in sorted(branches)), "project", most=1)
    return Diagnostic(
        first.location,
        f"{definitions.words.irrelevant_files!r} of {_jobs(lists)} matches every file of "
        f"{projects}, so no change starts the job; remove an item that matches too much",
        rules.NO_RELEVANT_FILE,
        _related(lists),
        key=f"{variant.job}: every file in {definitions.file_of(first.location)}",
    )


def _jobs(lists: Sequence[_List]) -> str:
    return first_few(dict.fromkeys(each.variant.job for each in lists))


def _related(lists: Sequence[_List]) -> tuple[Related, ...]:
    places = ((each.variant.location, f"the job {each.variant.job!r}") for each in lists)
    return related_places(places, lists[0].item.location)
