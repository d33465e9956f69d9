"""The forms of fields that many records have."""

from __future__ import annotations

from groundrules.changes.change_kinds import Effect
from groundrules.changes.dated_entries import entry_differences
from groundrules.changes.field_forms import Key, NameSet

NAME, OWN_RECORDS = Key(), Key()
EVIDENCE = NameSet("source")
KEYWORDS = NameSet("search word")
CHANGED = entry_differences
DIFFERENT = Effect.DIFFERENT
