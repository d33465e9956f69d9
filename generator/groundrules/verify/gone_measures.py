"""`GoneMeasures`: recorded measurements about a label or expectations that the data has lost."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from groundrules.confined import Confined
from groundrules.records import Catalogue
from groundrules.records.measured import MeasuredLabel
from groundrules.verify.recorded_measures import (
    UnwritableRecordError,
    check_folder,
    path_of,
    text_of,
    write,
)


class GoneMeasures(Struct, frozen=True):
    """A file, relative to the data folder, and what the data has lost of it, a sentence each."""

    path: str
    reasons: list[str]


def remove_gone(folder: Path, catalogue: Catalogue) -> list[GoneMeasures]:
    """Remove measurements about what the data has lost; return them.

    A file in which nothing is left is removed.  ``folder`` is the data folder, and the data must
    be without mistakes: one can hide a label or expectation.  Raises `UnwritableRecordError`.
    """
    gone = [
        (file, GoneMeasures(path_of(file.label), reasons))
        for file in catalogue.measured
        if (reasons := _reasons(file, catalogue))
    ]
    if gone:
        check_folder(folder)
    for file, removed in gone:
        has_label = file.label in catalogue.labels
        known = catalogue.expectations if has_label else ()
        if others := [one for one in file.promises if one.expectation in known]:
            write(folder, removed.path, text_of(file.label, others))
        else:
            _remove(folder, removed.path)
    return [removed for _, removed in gone]


def _reasons(file: MeasuredLabel, catalogue: Catalogue) -> list[str]:
    """Return what the data has lost; empty if it has all that a file is about."""
    if file.label not in catalogue.labels:
        return [f"the data has no label {file.label!r}"]
    lost = {one.expectation for one in file.promises} - catalogue.expectations.keys()
    return [f"the data has no expectation {name!r}" for name in sorted(lost)]


def _remove(folder: Path, path: str) -> None:
    try:
        Confined(folder).remove(path)
    except OSError as error:
        raise UnwritableRecordError(f"{path} cannot be removed: {error.strerror}") from None
