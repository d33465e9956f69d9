"""The links of a file: the other records that its fields name, and the places.

They come from the values of the file, not from the record.  So broken links in a part that is
removed because of another mistake are reported in the same run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from groundrules.diagnostics import Location
from groundrules.records.expectation import Exemption, Scope
from groundrules.records.fields import Record
from groundrules.records.graph import (
    DocumentedJob,
    DocumentedWait,
    Graph,
    GraphRule,
    IndependentJobs,
)
from groundrules.records.kinds import roles
from groundrules.records.measured import MeasuredLabel, RecordedMeasure
from groundrules.records.parts import RecordPart
from groundrules.records.platform import Label, Provider
from groundrules.records.session import SessionTopic
from groundrules.records.shape import keys_of
from groundrules.records.verified import Verification, VerifiedGraph


class Link(NamedTuple):
    """A reference to a record; ``scope`` is the id of the only record that can contain it."""

    kind: str
    name: str
    place: Location
    scope: str = ""


class _Field(NamedTuple):
    """The target of a key: a ``kind``, or ``KIND:NAME`` with one of the ``kinds``.

    With ``inside``, it must be in the record of the same file.
    """

    kind: str = ""
    inside: bool = False
    kinds: tuple[str, ...] = ()


_FIELDS: dict[type[Record], dict[str, _Field]] = {
    Record: {"evidence": _Field(kinds=("session",))},
    Exemption: {"providers": _Field("provider"), "regions": _Field("region")},
    Scope: {"platforms": _Field("platform"), "labels": _Field("label")},
    Label: {"replaced_by": _Field("label")},
    Provider: {"labels": _Field("label", inside=True)},
    SessionTopic: {"led_to": _Field(kinds=roles())},
    Graph: {"configuration": _Field("configuration")},
    DocumentedJob: {"labels": _Field("label"), "pipelines": _Field("pipeline", inside=True)},
    DocumentedWait: {"job": _Field("job", inside=True)},
    GraphRule: {"waits_for": _Field("job", inside=True)},
    IndependentJobs: {"jobs": _Field("job", inside=True)},
    Verification: {"configuration": _Field("configuration")},
    VerifiedGraph: {"graph": _Field("graph")},
    MeasuredLabel: {"label": _Field("label")},
    RecordedMeasure: {"expectation": _Field("expectation")},
}


def links(parts: Iterable[RecordPart], own: str) -> Iterator[Link]:
    """Yield each link of a file; validation reports values that are not text.

    ``own`` is the id of the file's record.
    """
    for part in parts:
        for key, field in _fields(part.kind).items():
            for name, place in part.values(key) if key in part.said else ():
                if isinstance(name, str):
                    yield from _link(field, name, place, own)


def link_kinds(model: type[Record], key: str) -> tuple[tuple[str, ...], bool]:
    """Return the kinds of record that a key names, and whether it does so as ``KIND:NAME``."""
    field = _fields(model).get(key, _Field())
    return (field.kinds, True) if field.kinds else ((field.kind,) if field.kind else (), False)


@cache
def _fields(model: type[Record]) -> dict[str, _Field]:
    matching = (fields for base, fields in _FIELDS.items() if issubclass(model, base))
    return {
        key: field for fields in matching for key, field in fields.items() if key in keys_of(model)
    }


def _link(field: _Field, said: str, place: Location, own: str) -> Iterator[Link]:
    if field.kind:
        yield Link(field.kind, said, place, own if field.inside else "")
        return
    kind, _, name = said.partition(":")
    if kind in field.kinds:
        yield Link(kind, name, place)
