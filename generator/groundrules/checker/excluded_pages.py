"""The pages that ``exclude_patterns`` in ``conf.py`` excludes; ``conf.py`` is never executed."""

from __future__ import annotations

import re
from collections.abc import Callable

from groundrules.conf_file import CONF, ConfFile, UnknownSettingError
from groundrules.manual_folder import ManualFolder

NAME = "exclude_patterns"
_PART = re.compile(r"\*\*|[*?]|\[!?+\]?+[^\]]*\]|.", re.DOTALL)
_WILD = {"**": ".*", "*": "[^/]*", "?": "[^/]"}


Excluded = Callable[[str], bool]
"""Whether a file or folder is excluded, by its path from the source folder."""


class UnknownPagesError(Exception):
    """The pages that Sphinx excludes are known only after ``conf.py`` was executed."""

    def __init__(self) -> None:
        what = f"{NAME!r} in {CONF} cannot be read"
        super().__init__(f"{what}, so the pages that Sphinx reads are not known")


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
        whole = "|".join(f"(?:{_expression(pattern)})" for pattern in patterns)
        compiled = re2.compile(whole, options=options)
    except (re2.error, UnicodeEncodeError):
        raise UnknownPagesError from None
    return lambda path: bool(compiled.fullmatch(path.encode("utf-8", "replace").decode()))


def _patterns(manual: ManualFolder) -> tuple[str, ...]:
    """Return the patterns of the list in ``conf.py``."""
    if manual.conf is None:
        return ()
    try:
        patterns = ConfFile(manual.conf, manual.root).setting(NAME)
    except UnknownSettingError:
        raise UnknownPagesError from None
    if patterns is None:
        return ()
    if not (
        isinstance(patterns, (list, tuple, set)) and all(isinstance(text, str) for text in patterns)
    ):
        raise UnknownPagesError
    return tuple(patterns)


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
