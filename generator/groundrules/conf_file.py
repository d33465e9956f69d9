"""`ConfFile`: the settings of Sphinx in ``conf.py``, which is read but never executed."""

from __future__ import annotations

import ast
import os
import re
import warnings
from pathlib import Path
from typing import TypeGuard

from msgspec import Struct

from groundrules.checkout import checkout_around
from groundrules.confined import Confined

CONF = "conf.py"
LARGEST = 2**18  # bytes
EXTENSION = "groundrules.sphinxext"
_EXTENSION = re.compile(rf"\b{re.escape(EXTENSION)}\b".encode())


class UnknownSettingError(Exception):
    """The value of a setting is known only after ``conf.py`` was executed."""


class ConfFile(Struct, frozen=True):
    """The file ``conf.py`` in ``folder``; a link leads nowhere outside the repository of ``root``.

    Without a repository, it leads nowhere outside ``root``.
    """

    folder: Path
    root: Path

    @property
    def exists(self) -> bool:
        """Whether there is a file."""
        return (self.folder / CONF).is_file()

    @property
    def names_extension(self) -> bool:
        """Whether it names the extension, so that the folder contains a manual."""
        if not self.exists:  # most folders have none
            return False
        try:
            return _EXTENSION.search(self._source()) is not None
        except OSError:
            return False

    def setting(self, name: str) -> object:
        """Return the value that it assigns to a name, or None.

        Raises `UnknownSettingError` if it is computed, and for a file that cannot be read.
        """
        try:
            source = self._source()
            if len(source) > LARGEST:
                raise UnknownSettingError
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return _literal(ast.parse(source), name)
        except (OSError, SyntaxError, TypeError, ValueError, MemoryError, RecursionError):
            raise UnknownSettingError from None

    def _source(self) -> bytes:
        own = checkout_around(self.root) or self.root.resolve()
        path = os.path.relpath(self.folder.resolve() / CONF, own)
        return Confined(own, follow=True).read(Path(path).as_posix(), LARGEST)


def _literal(module: ast.Module, wanted: str) -> object:
    """Return the value that a module assigns; raises `ValueError` if it computes or uses it."""
    names = (node for node in ast.walk(module) if isinstance(node, ast.Name))
    uses = sum(name.id == wanted for name in names)
    if not uses:
        return None
    values = [node.value for node in module.body if _assigns(node, wanted)]
    if uses > 1 or len(values) != 1 or values[0] is None:
        raise ValueError(wanted)
    value: object = ast.literal_eval(values[0])
    return value


def _assigns(node: ast.stmt, wanted: str) -> TypeGuard[ast.Assign | ast.AnnAssign]:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name == wanted
    return False
