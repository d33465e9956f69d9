"""`documents`: all records as plain values for JSON, for programs that read the manual.

There is one document for ``manual`` and one for the folder of each kind of record.  Each is an
object with ``version`` (a number that increases with incompatible changes) and ``records``, a
list.  A record has every key of its kind, with ``null`` or an empty list if it is not in the
file.  Dates are ISO 8601, durations are seconds.  A value with a name also has a ``source`` with
the ``file``, relative to the root of the manual, and its first ``line``.  Records are sorted by
their files; lists in records keep the order of the file.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from groundrules.records.catalogue import Catalogue
from groundrules.records.fields import Record
from groundrules.records.kinds import KINDS, MANUAL
from groundrules.records.shape import keys_of

VERSION = 1
_NAMES = frozenset(("id", "name", "publisher", "topic"))


def documents(catalogue: Catalogue) -> dict[str, object]:
    """Return the documents by their names."""
    records = {kind.folder: _document(catalogue.of(kind)) for kind in KINDS}
    return {MANUAL: _document([catalogue.manual]), **records}


def _document(records: Iterable[Record]) -> dict[str, object]:
    ordered = sorted(records, key=lambda record: record.location())
    return {"version": VERSION, "records": [_plain(record) for record in ordered]}


def _plain(value: object) -> object:
    match value:
        case Record():
            return _plain_record(value)
        case tuple():
            return [_plain(item) for item in value]
        case datetime.date():
            return value.isoformat()
        case datetime.timedelta():
            return int(value.total_seconds())
    return value


def _plain_record(record: Record) -> dict[str, object]:
    names = {field.alias: name for name, field in type(record).model_fields.items()}
    keys = keys_of(type(record))
    fields = {key: _plain(getattr(record, names.get(key, key))) for key in keys}
    if _NAMES.isdisjoint(fields):
        return fields
    place = record.location()
    return {**fields, "source": {"file": place.path, "line": place.line}}
