"""The texts of a file with mistakes, including those of removed parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from groundrules.diagnostics import Location
from groundrules.records.fields import LONGEST_TEXT, TEXT, prose_fields
from groundrules.records.parts import RecordPart

Text = tuple[str, Location]


def texts(parts: Iterable[RecordPart]) -> Iterator[Text]:
    """Yield each text of reStructuredText with its location.

    Validation reports values that are not valid text.
    """
    for part in parts:
        for key in part.said:
            if key in prose_fields(part.kind):
                yield from (pair for pair in part.values(key) if _can_be(pair[0]))


def _can_be(text: object) -> bool:
    return (
        isinstance(text, str) and len(text) <= LONGEST_TEXT and re.fullmatch(TEXT, text) is not None
    )
