"""`OwnDate`: a day that a record names, as pages show it."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from groundrules.records.expectation import Exemption


class OwnDate(NamedTuple):
    """A day, what it is for a record, and the exception that it is about.

    ``what`` is a record's text, or `Rst` if it is a sentence of this program.
    """

    date: datetime.date
    what: str
    exception: Exemption | None = None
