"""Claims ↔ plain lists that JSON can hold, each value at the place of its field."""

from __future__ import annotations

import datetime
from typing import Any

from groundrules.claims.claims import (
    Claims,
    ConfigurationClaim,
    EdgeClaim,
    GraphClaim,
    JobClaim,
    LabelClaim,
    RuleClaim,
)
from groundrules.diagnostics import Location

CLASSES = {
    each.__name__: each
    for each in (
        Claims,
        ConfigurationClaim,
        EdgeClaim,
        GraphClaim,
        JobClaim,
        LabelClaim,
        Location,
        RuleClaim,
    )
}
DATE = "date"


def to_plain(value: Any) -> Any:
    """Return what JSON can hold of a claim."""
    name = type(value).__name__
    if name in CLASSES:
        return {name: [to_plain(getattr(value, key)) for key in type(value).__slots__]}
    if isinstance(value, datetime.date):
        return {DATE: value.isoformat()}
    return [to_plain(each) for each in value] if isinstance(value, tuple) else value


def from_plain(plain: Any) -> Any:
    """Return what `to_plain` was given."""
    if isinstance(plain, dict):
        [(name, values)] = plain.items()
        if name == DATE:
            return datetime.date.fromisoformat(values)
        kind = CLASSES[name]
        keys = kind.__slots__
        return kind(**dict(zip(keys, map(from_plain, values), strict=True)))
    return tuple(map(from_plain, plain)) if isinstance(plain, list) else plain
