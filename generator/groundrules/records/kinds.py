"""`KINDS`: the one table of the kinds of record.

Folders, models, schemas, roles, references, names and pages are derived from it.  A new kind is
its model, its two templates (``FOLDER.rst.j2`` lists the records, ``NAME.rst.j2`` shows one) and
an entry here.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from groundrules.records.fields import Record


@dataclass(frozen=True, slots=True)
class NamedPart:
    """What a file names, so that others can refer to it.

    ``kind`` is the word before the colon of a reference.  The names are the ``key`` of each item
    of the list ``holder``, or of the file itself; the items themselves where no key is given.
    ``role`` says whether texts can mention it; ``optional`` that an item may lack the key.
    """

    kind: str
    holder: str = ""
    key: str = ""
    role: bool = True
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordKind:
    """One kind of record: its name, folder, class and what its files name.

    ``model`` is ``module:Class``: pydantic is imported only where a model is needed.  ``key`` is
    the key that the file is named after; ``title`` and ``titles`` are what people call one record
    and several.  ``order`` are the fields that records are sorted by, before their files' names.
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
        """Where a record of the kind is, with the key it is named after in capitals."""
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
        named=(NamedPart("expectation", "expectations", "id"),),
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
"""What ``groundrules check --record`` writes: no kind that people write, and none with a page."""


def folders() -> tuple[str, ...]:
    """Return the folders of all kinds that people write."""
    return tuple(kind.folder for kind in KINDS)


def roles() -> tuple[str, ...]:
    """Return the kinds of record that texts and references can name, sorted."""
    return tuple(sorted(part.kind for kind in KINDS for part in kind.named if part.role))


def kind_of(folder: str) -> RecordKind:
    """Return the kind of the records in a folder; the manual's for ``manual``."""
    return next(kind for kind in (MANUAL_KIND, VERIFIED_KIND, *KINDS) if kind.folder == folder)
