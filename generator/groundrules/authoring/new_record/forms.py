"""`FORMS`: the one table of what ``groundrules new`` makes, and where each is written.

It imports no model, so that the command line can list the forms quickly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from groundrules.records.kinds import RecordKind, kind_of

if TYPE_CHECKING:
    from groundrules.records.fields import Record


class RecordForm(Struct, frozen=True, kw_only=True):
    """A thing to make: a record with a file of its own, or a part of one.

    ``own`` is the key of its name.  A part is an item of the list ``holder`` of a record of the
    kind in ``folder``, which the answer ``where`` names; of an action, also of a topic in it.
    """

    name: str
    folder: str
    own: str = "id"
    where: str = ""
    holder: str = ""

    def load(self) -> type[Record]:
        """Return the class of the thing."""
        from groundrules.records.session import Session, SessionTopic
        from groundrules.records.shape import parts_in

        model = self.kind.load()
        if not self.holder:
            return model
        return parts_in(SessionTopic if model is Session else model)[self.holder]

    @property
    def kind(self) -> RecordKind:
        """The kind of the record that it is, or is in."""
        return kind_of(self.folder)


FORMS = {
    form.name: form
    for form in (
        RecordForm(name="expectation", folder="expectations", where="topic", holder="expectations"),
        RecordForm(name="platform", folder="platforms"),
        RecordForm(name="label", folder="platforms", own="name", where="platform", holder="labels"),
        RecordForm(name="graph", folder="graphs"),
        RecordForm(name="session", folder="sessions"),
        RecordForm(name="action", folder="sessions", own="", where="session", holder="actions"),
    )
}
