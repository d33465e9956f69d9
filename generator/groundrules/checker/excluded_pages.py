"""The pages that ``exclude_patterns`` in ``conf.py`` excludes; ``conf.py`` is never executed."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable
from typing import TypeGuard

from groundrules.confined import Confined
from groundrules.manual_folder import CONF, ManualFolder

NAME = "exclude_patterns"
LARGEST = 2**18  # bytes of a conf.py
_PART = re.compile(r"\*\*|[*?]|\[!?+\]?+[^\]]*\]|.", re.DOTALL)
_WILD = {"**": ".*", "*": "[^/]*", "?": "[^/]"}


Excluded = Callable[[str], bool]
"""Whether a file or folder is excluded, by its path from the source folder."""


class UnknownPagesError(Exception):
    """The pages that Sphinx excludes are known only after ``conf.py`` was executed."""

    def __init__(self) -> None:
        super().__init__(
            f"{NAME!r} in {CONF} cannot be read, so the pages that Sphinx reads are not known"
        )


def excluded_pages(manual: ManualFolder) -> Excluded:
    """Return what Sphinx excludes.  Raises `UnknownPagesError`."""
    patterns = _patterns(manual)
    if not patterns:
        return lambda path: False
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        # one expression, whose size RE2 limits; Python's engine can take forever
        compiled = re2.compile(
            "|".join(f"(?:{_expression(pattern)})" for pattern in patterns), options=options
        )
    except (re2.error, UnicodeEncodeError):
        raise UnknownPagesError from None
    return lambda path: bool(compiled.fullmatch(path.encode("utf-8", "replace").decode()))


def _patterns(manual: ManualFolder) -> tuple[str, ...]:
    """Return the patterns of the list in ``conf.py``."""
    if manual.conf is None:
        return ()
    path = CONF if manual.conf == manual.root else f"{manual.conf.name}/{CONF}"
    try:
        source = Confined(manual.root, follow=True).read(path, LARGEST)
        if len(source) > LARGEST:
            raise UnknownPagesError
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _literal(ast.parse(source))
    except (OSError, SyntaxError, TypeError, ValueError, MemoryError, RecursionError):
        raise UnknownPagesError from None


def _literal(module: ast.Module) -> tuple[str, ...]:
    """Return the texts that a module assigns; raises `ValueError` if it computes or uses them."""
    names = (node for node in ast.walk(module) if isinstance(node, ast.Name))
    uses = sum(name.id == NAME for name in names)
    if not uses:
        return ()
    [value] = [node.value for node in module.body if _is_assignment(node)]
    patterns = ast.literal_eval(value or "")
    if uses > 1 or isinstance(patterns, str) or not all(isinstance(text, str) for text in patterns):
        raise ValueError(NAME)
    return tuple(patterns)


def _is_assignment(node: ast.stmt) -> TypeGuard[ast.Assign | ast.AnnAssign]:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name == NAME
    return False


def _expression(pattern: str) -> str:
    """Return a pattern of Sphinx (`sphinx.util.matching`) as a regular expression."""
    return "".join(map(_translated, _PART.findall(pattern)))


def _translated(part: str) -> str:
    if part in _WILD:
        return _WILD[part]
    if len(part) == 1:
        return re.escape(part)
    letters = part[1:-1].replace("\\", "\\\\").replace("[", "\\[")
    if letters.startswith("!"):
        return f"[^/{letters[1:]}]"
    return f"[\\{letters}]" if letters.startswith("^") else f"[{letters}]"
