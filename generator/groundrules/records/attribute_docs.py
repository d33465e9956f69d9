"""Reads attribute docstrings: the descriptions of a record's keys and of allowed words.

Python keeps these docstrings only in the source.  They are read on request, because a check of
data without mistakes does not need them, and reading the source takes longer than the check.
"""

from __future__ import annotations

import ast
import inspect
from enum import StrEnum
from functools import cache
from itertools import pairwise

from groundrules.records.fields import Record


def meanings(words: type[StrEnum]) -> dict[str, str]:
    """Return the meaning of each word of an enumeration."""
    docstrings = _docstrings(words)
    return {word.value: docstrings[word.name] for word in words if word.name in docstrings}


def description(model: type[Record], name: str) -> str:
    """Return the docstring of a field, from the class of a record or a base class."""
    inherited = (_docstrings(base) for base in model.__mro__ if issubclass(base, Record))
    return next((docstrings[name] for docstrings in inherited if name in docstrings), "")


@cache
def _docstrings(described: type) -> dict[str, str]:
    """Return the docstring under each name in the body of a class."""
    (definition,) = ast.parse(inspect.getsource(described)).body
    assert isinstance(definition, ast.ClassDef)  # noqa: S101 - it is the source of a class
    docstrings = {}
    for member, doc in pairwise(definition.body):
        if isinstance(member, (ast.Assign, ast.AnnAssign)) and isinstance(doc, ast.Expr):
            docstrings[_name(member)] = inspect.cleandoc(ast.literal_eval(doc.value))
    return docstrings


def _name(member: ast.Assign | ast.AnnAssign) -> str:
    (target,) = member.targets if isinstance(member, ast.Assign) else (member.target,)
    return ast.unparse(target)
