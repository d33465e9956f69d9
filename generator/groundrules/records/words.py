"""What the words of an enumeration mean, as the docstrings under its members say."""

from __future__ import annotations

import ast
import inspect
from enum import StrEnum
from functools import cache
from itertools import pairwise


@cache
def meanings(words: type[StrEnum]) -> dict[str, str]:
    """Return the meaning of each word; Python keeps these docstrings only in the source."""
    (definition,) = ast.parse(inspect.getsource(words)).body
    assert isinstance(definition, ast.ClassDef)  # noqa: S101 - an enumeration is a class
    found = {}
    for member, doc in pairwise(definition.body):
        if isinstance(member, ast.Assign) and isinstance(doc, ast.Expr):
            found[_name(member)] = ast.literal_eval(doc.value)
    return {word.value: found[word.name] for word in words if word.name in found}


def _name(member: ast.Assign) -> str:
    (target,) = member.targets
    return ast.unparse(target)
