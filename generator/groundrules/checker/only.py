"""Selects the findings in given files and folders."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from groundrules.checker.settings import CheckResult, OptionError
from groundrules.diagnostics import Diagnostic, Hidden
from groundrules.manual_folder import ManualFolder
from groundrules.manual_search import OutsideRepositoryError, manual_around, root_option


def only_in(asked: Sequence[Path], root: Path, result: CheckResult) -> CheckResult:
    """Return the findings with a place in one of the files or folders, or all findings.

    The whole manual is still checked, because records refer to each other.  Raises `OptionError`
    for a path of which nothing was read.
    """
    if not asked:
        return result
    paths = {checked.path for checked in result.context.checked}
    paths |= {path for diagnostic in result.diagnostics for path in _paths(diagnostic)}
    holders = {path: set(_path_and_parents(root / path)) for path in paths}
    places = {os.path.realpath(path): path for path in asked}
    for place in places.keys() - set().union(*holders.values()):
        hint = _hint(places[place], root)
        raise OptionError(f"{places[place]} is not a file that is checked{hint}")
    inside = {path for path, above in holders.items() if above & places.keys()}
    others = [found for found in result.diagnostics if inside.isdisjoint(_paths(found))]
    hidden = (Hidden(diagnostic, "not in the files named") for diagnostic in others)
    context = replace(result.context, hidden=(*result.context.hidden, *hidden))
    reported = [found for found in result.diagnostics if not inside.isdisjoint(_paths(found))]
    return replace(result, diagnostics=reported, context=context)


def _paths(diagnostic: Diagnostic) -> set[str]:
    return {place.path for place in diagnostic.places}


def _path_and_parents(path: Path) -> Iterator[str]:
    place = Path(os.path.realpath(path))
    yield from map(str, (place, *place.parents))


def _hint(place: Path, root: Path) -> str:
    """Return the end of a message: the options for a file of another manual, or what is read."""
    folder = place if place.is_dir() else place.parent
    with suppress(OutsideRepositoryError):
        manual = manual_around(folder)
        if manual.resolve() != root.resolve() and ManualFolder(manual).exists:
            return f"; for the manual there, write {root_option(manual)}"
    return "; a check reads the records in data/, the pages and the CI configuration"
