"""`FORMS`: the one table of what ``groundrules new`` makes, and where each is written.

It imports no model, so that the command line can list the forms quickly.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from msgspec import Struct

from groundrules.records.kinds import RecordKind, kind_of

if TYPE_CHECKING:
    from groundrules.records.fields import Record

_RECORDS = "groundrules.records"


class RecordForm(Struct, frozen=True, kw_only=True):
    """A thing to make: a record with a file of its own, or a part of one.

    ``own`` is the key of its name.  A part is an item of the list ``holder`` of a record of the
    kind in ``folder``, which the answer ``where`` names; of an action, also of a topic in it.
    """

    name: str
    model: str
    folder: str
    own: str = "id"
    where: str = ""
    holder: str = ""

    def load(self) -> type[Record]:
        """Return the class of the thing."""
        module, _, name = self.model.partition(":")
        return cast("type[Record]", getattr(import_module(f"{_RECORDS}.{module}"), name))

    @property
    def kind(self) -> RecordKind:
        """The kind of the record that it is, or is in."""
        return kind_of(self.folder)


FORMS = {
    form.name: form
    for form in (
        RecordForm(
            name="expectation",
            model="expectation:Expectation",
            folder="expectations",
            where="topic",
            holder="expectations",
        ),
        RecordForm(name="platform", model="platform:Platform", folder="platforms"),
        RecordForm(
            name="label",
            model="platform:Label",
            folder="platforms",
            own="name",
            where="platform",
            holder="labels",
        ),
        RecordForm(name="graph", model="graph:Graph", folder="graphs"),
        RecordForm(name="session", model="session:Session", folder="sessions"),
        RecordForm(
            name="action",
            model="session:Action",
            folder="sessions",
            own="",
            where="session",
            holder="actions",
        ),
    )
}
