"""`KINDS`: the one table of the kinds of record.

Folders, models, schemas, roles, references, names and pages are derived from it.  A new kind
needs a model, two templates (``FOLDER.rst.j2`` lists the records, ``NAME.rst.j2`` shows one) and
an entry here.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast
from urllib.parse import quote

from msgspec import Struct

if TYPE_CHECKING:
    from groundrules.records.fields import Record


class NamedPart(Struct, frozen=True):
    """Names in a file to which other records can refer.

    ``kind`` is the word before the colon of a reference.  The names are the ``key`` of each item
    of the list ``holder``, or of the file itself; without a key, they are the items themselves.
    With ``role``, texts can mention it; with ``optional``, an item does not need the key.
    """

    kind: str
    holder: str = ""
    key: str = ""
    role: bool = True
    optional: bool = False


class RecordKind(Struct, frozen=True, kw_only=True):
    """A kind of record: its name, folder, class, and the names in its files.

    ``model`` is ``module:Class``: pydantic is imported only if a model is needed.  A file is
    named after the value of ``key``.  ``title`` and ``titles`` are the words for one record and
    for several.  Records are sorted by the fields ``order``, then by their file names.
    """

    name: str
    folder: str
    model: str
    title: str
    titles: str
    named: tuple[NamedPart, ...] = ()
    key: str = "id"
    order: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The path of a record of this kind, with the key in capitals."""
        return f"data/{self.folder}/{self.key.upper()}.yaml"

    @property
    def has_page(self) -> bool:
        """Whether the page of a record has the record's own id."""
        return self.key == "id"

    def load(self) -> type[Record]:
        """Return the class of the records."""
        module, _, name = self.model.partition(":")
        return cast("type[Record]", getattr(import_module(module), name))


_RECORDS = "groundrules.records"
MANUAL = "manual"
KINDS: list[RecordKind] = [
    RecordKind(
        name="platform",
        folder="platforms",
        model=f"{_RECORDS}.platform:Platform",
        title="platform",
        titles="platforms",
        named=(
            NamedPart("platform", key="id"),
            NamedPart("label", "labels", "name"),
            NamedPart("provider", "providers", "name", role=False),
            NamedPart("region", "providers", "region", role=False, optional=True),
        ),
    ),
    RecordKind(
        name="expectation",
        folder="expectations",
        model=f"{_RECORDS}.expectation:Topic",
        title="topic",
        titles="topics",
        named=(
            NamedPart("expectation", "expectations", "id"),
            NamedPart("topic", key="topic", role=False),
        ),
        key="topic",
        order=("order",),
    ),
    RecordKind(
        name="graph",
        folder="graphs",
        model=f"{_RECORDS}.graph:Graph",
        title="graph",
        titles="graphs",
        named=(
            NamedPart("graph", key="id"),
            NamedPart("job", "jobs", "name"),
            NamedPart("pipeline", "pipelines", role=False),
        ),
    ),
    RecordKind(
        name="session",
        folder="sessions",
        model=f"{_RECORDS}.session:Session",
        title="session",
        titles="sessions",
        named=(NamedPart("session", key="id"),),
        order=("date", "id"),
    ),
]
"""The kinds that have a folder; the manual itself is one file."""


MANUAL_KIND = RecordKind(
    name=MANUAL,
    folder=MANUAL,
    model=f"{_RECORDS}.manual:Manual",
    title="manual",
    titles="manuals",
    named=(NamedPart("configuration", "configurations", "id", role=False),),
    key="",
)


VERIFIED = "verified"
VERIFIED_KIND = RecordKind(
    name=VERIFIED,
    folder=VERIFIED,
    model=f"{_RECORDS}.verified:Verification",
    title="recorded verification",
    titles="recorded verifications",
    key="configuration",
)
"""What ``groundrules check --record`` writes."""

MEASURED = "measured"
MEASURED_KIND = RecordKind(
    name=MEASURED,
    folder=MEASURED,
    model=f"{_RECORDS}.measured:MeasuredLabel",
    title="recorded measurement",
    titles="recorded measurements",
    key="label",
)
"""What ``groundrules verify --record`` writes."""

RECORDED_KINDS = (VERIFIED_KIND, MEASURED_KIND)
"""The kinds that programs write and no person does; none of them has a page."""


def folders() -> tuple[str, ...]:
    """Return the folders of all kinds that people write."""
    return tuple(kind.folder for kind in KINDS)


def stem_of(name: str) -> str:
    """Return the name of the file of a record, without its suffix.

    >>> stem_of("ubuntu-24.04"), stem_of("team/linux:large")
    ('ubuntu-24.04', 'team%2Flinux%3Alarge')
    """
    return quote(name, safe="+")


def roles() -> tuple[str, ...]:
    """Return the kinds of record that texts and references can name, sorted."""
    return tuple(sorted(part.kind for kind in KINDS for part in kind.named if part.role))


def kind_of(folder: str) -> RecordKind:
    """Return the kind of the records in a folder; the manual's for ``manual``."""
    return next(kind for kind in (MANUAL_KIND, *RECORDED_KINDS, *KINDS) if kind.folder == folder)
