"""`ValueType`: the types of values that are compared, and which texts are numbers.

A value counts as one of another type in two cases.  For a promise of numbers only, a text that is
exactly a number is one.  For a promise of texts only, a whole number is a text.  `judged_facts`
and the role of ``--write-role`` both follow that.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from groundrules.verify.node_facts import FactValue

NUMERIC = "-?(0|[1-9][0-9]{0,17})([.][0-9]{1,18})?"
"""What matches a whole text if it is exactly a number, in every engine and in Python."""

EXACT = 2**53
"""From here on, a column of numbers does not have all whole ones."""


class ValueType(StrEnum):
    """The type of a value, in the words of Ansible."""

    NUMBER = "number"
    TEXT = "text"
    TRUTH = "boolean"


def type_of(value: FactValue) -> ValueType:
    """Return the type of a value.

    >>> [type_of(value).value for value in (7600, 0.5, "7600", True)]
    ['number', 'number', 'text', 'boolean']
    """
    if isinstance(value, bool):
        return ValueType.TRUTH
    return ValueType.TEXT if isinstance(value, str) else ValueType.NUMBER


def types_of(values: Iterable[FactValue]) -> list[str]:
    """Return the types of the values that keep a promise, sorted; a range has no listed values.

    >>> types_of(["a", 1]), types_of([])
    (['number', 'text'], ['number'])
    """
    return sorted({type_of(value).value for value in values} or {ValueType.NUMBER.value})
