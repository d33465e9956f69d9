"""`GoneMeasures`: recorded measurements about a label or expectations that the data has lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from groundrules.confined import Confined
from groundrules.records import Catalogue
from groundrules.records.measured import MeasuredLabel, RecordedMeasure
from groundrules.verify.recorded_measures import (
    UnwritableRecordError,
    check_folder,
    path_of,
    text_of,
    write,
)


class GoneMeasures(Struct, frozen=True):
    """What one file has about a lost ``label`` or lost ``expectations``, and what else it has."""

    label: str
    expectations: tuple[str, ...]
    others: tuple[RecordedMeasure, ...]
    is_label_lost: bool

    @classmethod
    def of(cls, file: MeasuredLabel, catalogue: Catalogue) -> GoneMeasures:
        """Return what a file has about labels and expectations that a catalogue does not have."""
        known = catalogue.expectations
        lost = dict.fromkeys(one.expectation for one in file.promises)
        if file.label not in catalogue.labels:
            return cls(file.label, tuple(lost), (), is_label_lost=True)
        others = tuple(one for one in file.promises if one.expectation in known)
        return cls(file.label, tuple(lost.keys() - known.keys()), others, is_label_lost=False)

    @property
    def path(self) -> str:
        """The file, relative to the data folder."""
        return path_of(self.label)

    @property
    def reasons(self) -> list[str]:
        """What the data has lost, a sentence each."""
        if self.is_label_lost:
            return [f"the data has no label {self.label!r}"]
        return [f"the data has no expectation {name!r}" for name in sorted(self.expectations)]


def remove_gone(folder: Path, catalogue: Catalogue) -> list[GoneMeasures]:
    """Remove measurements about what the data has lost; return them.

    A file in which nothing is left is removed.  ``folder`` is the data folder, and the data must
    be without mistakes: one can hide a label or expectation.  Raises `UnwritableRecordError`.
    """
    removed = list(_gone(catalogue))
    if removed:
        check_folder(folder)
    for gone in removed:
        if gone.others:
            write(folder, gone.path, text_of(gone.label, gone.others))
        else:
            _remove(folder, gone.path)
    return removed


def _gone(catalogue: Catalogue) -> Iterator[GoneMeasures]:
    for file in catalogue.measured:
        gone = GoneMeasures.of(file, catalogue)
        if gone.expectations:
            yield gone


def _remove(folder: Path, path: str) -> None:
    try:
        Confined(folder).remove(path)
    except OSError as error:
        raise UnwritableRecordError(f"{path} cannot be removed: {error.strerror}") from None
