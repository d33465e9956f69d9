"""`FORMS`: the form of every field of every record; a test fails for a field without one."""

from __future__ import annotations

from collections.abc import Mapping

from groundrules.changes.field_difference import Form
from groundrules.changes.field_forms import value
from groundrules.changes.graph_forms import GRAPH_FORMS
from groundrules.changes.manual_forms import MANUAL_FORMS
from groundrules.changes.measurement_forms import MEASUREMENT_FORMS
from groundrules.changes.promise_forms import PROMISE_FORMS
from groundrules.records.fields import Record

FORMS: Mapping[type[Record], Mapping[str, Form]] = {
    **MANUAL_FORMS,
    **PROMISE_FORMS,
    **GRAPH_FORMS,
    **MEASUREMENT_FORMS,
}


def with_fields_of(model: type[Record]) -> Mapping[type[Record], Mapping[str, Form]]:
    """Return the forms, with plain ones for a kind of record that an extension added."""
    if model in FORMS:
        return FORMS
    return {**FORMS, model: {name: value(f"field {name!r}") for name in model.model_fields}}
