"""Validates the regular expressions and the names of variables in a mapping of a Zuul file."""

from __future__ import annotations

from typing import Any

from groundrules.ci.zuul.reading.expressions import InvalidError, expression
from groundrules.ci.zuul.reading.nodesets import FaultError
from groundrules.ci.zuul.reading.objects import Mistake, Pattern
from groundrules.ci.zuul.reading.shapes import Fault, listed
from groundrules.text import verbatim
from groundrules.yamlsource import Mapping, Place, Sequence, untagged

RESERVED = frozenset({"zuul", "zuul_node", "nodepool", "unsafe_vars", "zuul_user_dir"})
RESERVED_IN_JOBS = RESERVED | {
    *("ansible_connection", "ansible_host", "ansible_python_interpreter"),
    *("ansible_shell_executable", "ansible_user"),
}


def patterns_of(conf: Mapping, key: str, mistakes: list[Mistake]) -> tuple[Pattern, ...]:
    """Return the expressions under ``key``; report those that are not RE2 in ``mistakes``.

    Raises `FaultError` for an expression that is invalid for both engines.
    """
    value = untagged(conf[key])
    patterns: list[Pattern] = []
    faults: list[Fault] = []
    for index, item in enumerate(listed(value)):
        text, negate = pattern_of(item)
        try:
            compiled = expression(text, negate)
        except InvalidError as error:
            message = f"{verbatim(text)} is not a regular expression: {error}"
            faults.append(Fault(_place(value, index, conf, key), message))
            continue
        if compiled.complaint:
            place = _place(value, index, conf, key)
            mistakes.append(_deprecated(text, compiled.complaint, compiled.is_run, place))
        patterns.append((text, negate))
    FaultError.raise_for(faults)
    return tuple(patterns)


def places_of(conf: Mapping, key: str) -> tuple[Place, ...]:
    """Return the places of the expressions under ``key``."""
    value = untagged(conf[key])
    return tuple(_place(value, index, conf, key) for index in range(len(listed(value))))


def complaint_of(pattern: str) -> str | None:
    """Return why an expression is not RE2, or None."""
    try:
        return expression(pattern).complaint
    except InvalidError as error:
        return str(error)


def pattern_of(item: Any) -> Pattern:
    """Return an expression that can be text, or a mapping that negates it."""
    if isinstance(item, str):
        return item, False
    return item["regex"], item.get("negate", False)


def _place(value: Any, index: int, conf: Mapping, key: str) -> Place:
    return value.item_place(index) if isinstance(value, Sequence) else conf.value_place(key)


def _deprecated(text: str, complaint: str, is_run: bool, place: Place) -> Mistake:
    end = (
        ""
        if is_run
        else "; it is not run here, since Python's engine might never end, so it matches nothing"
    )
    message = f"{verbatim(text)} is not an RE2 expression: {complaint}{end}"
    return Mistake(rule="GR604", message=message, place=place)


def check_names(variables: Mapping, reserved: frozenset[str]) -> None:
    """Raise `FaultError` for a variable whose name is reserved."""
    if variables and not reserved.isdisjoint(variables):
        name = next(name for name in variables if name in reserved)
        message = f"the variable name {name!r} is reserved by Zuul; use another name"
        raise FaultError(variables.key_place(name), message)
