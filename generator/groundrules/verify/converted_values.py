"""`converted`: values that count as a number or a text, because a promise asks for these only."""

from __future__ import annotations

import ibis
from ibis.expr.types import BooleanColumn, Table

from groundrules.verify.value_types import EXACT, NUMERIC, ValueType


def converted(rows: Table) -> Table:
    """Return rows with the ``number`` and ``text`` that are compared.

    ``rows`` have those of the facts, and ``value_types``, which the promise asks for.
    """
    number, text = rows.number, rows.text
    whole = number.try_cast("int64")
    is_numeric = text.re_search(rf"^{NUMERIC}\z")  # Spark's $ is also before the last line's end
    is_number = _asks(rows, ValueType.NUMBER) & number.isnull() & is_numeric
    is_text = _asks(rows, ValueType.TEXT) & text.isnull() & (whole.cast("float64") == number)
    is_text &= number.abs() < EXACT
    return rows.mutate(
        number=ibis.cases(
            (is_number, text.try_cast("float64")), (is_text, ibis.null("float64")), else_=number
        ),
        text=ibis.cases(
            (is_number, ibis.null("string")), (is_text, whole.cast("string")), else_=text
        ),
    )


def _asks(rows: Table, kind: ValueType) -> BooleanColumn:
    return rows.value_types == kind.value
