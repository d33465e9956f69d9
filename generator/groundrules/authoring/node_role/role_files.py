"""`role_files`: the texts of the files of the role, and how they are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from typing import Any

from groundrules.atomic import write_text
from groundrules.authoring.file_templates import FileTemplates
from groundrules.authoring.node_role.role_data import RoleData
from groundrules.confined import Confined, EntryKind, LinkError
from groundrules.pages import rst
from groundrules.verify.value_types import EXACT, NUMERIC
from groundrules.yamlsource.writing import scalar

# path in the role → template
_TEMPLATES = {
    "README.rst": "README.rst",
    "defaults/main.yml": "defaults.yml",
    "meta/argument_specs.yml": "argument_specs.yml",
    "meta/main.yml": "meta.yml",
    "tasks/main.yml": "tasks.yml",
    "vars/main.yml": "vars.yml",
}
_HEAD = re.compile(rb"(?:#|\.\.) Written by groundrules verify --write-role, ([0-9a-f]{32})\.\n\n?")
# what never is a template for Ansible
_PLAIN = re.compile(r"[A-Za-z0-9_.,+*/: -]*")
# the fact of a row in a loop, with its type
_VALUE = (
    "(groundrules_row.path[0] | extract(ansible_facts, groundrules_row.path[1:]) | default(none))"
)


class ForeignFileError(Exception):
    """A file of the folder may not be replaced; the message says why, and nothing was written."""


def role_files(data: RoleData, name: str) -> dict[str, str]:
    """Return the files of a role of a name by their paths.

    The first line of a file has a digest of the others, by which `is_own` knows it.
    """
    context = {"data": data, "name": name, "value": _VALUE, "numeric": NUMERIC, "exact": EXACT}
    texts = {path: _TEXTS.render(template, context) for path, template in _TEMPLATES.items()}
    return {path: _stamped(path, text) for path, text in texts.items()}


def is_own(content: bytes) -> bool:
    """Return whether a file is of a role, and as it was written."""
    head = _HEAD.match(content)
    return head is not None and head[1].decode() == _digest(content[head.end() :])


def _stamped(path: str, text: str) -> str:
    mark, gap = ("..", "\n") if path.endswith(".rst") else ("#", "")
    head = f"{mark} Written by groundrules verify --write-role, {_digest(text.encode())}.\n"
    return f"{head}{gap}{text}"


def _digest(text: bytes) -> str:
    return blake2b(text, digest_size=16).hexdigest()


def _inert(value: Any) -> str:
    """Return a value in YAML; Ansible never evaluates its texts as templates.

    >>> _inert("{{ 1 }}"), _inert(["a", 7600.5, True])
    ("!unsafe '{{ 1 }}'", '[a, 7600.5, true]')
    """
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_inert, value))}]"
    if not isinstance(value, str) or _PLAIN.fullmatch(value):
        return scalar(value, in_flow=True)
    return f"!unsafe {scalar(value, in_flow=True)}"


def write_role_files(folder: Path, files: Mapping[str, str]) -> list[Path]:
    """Write files by their paths in the folder; return the paths of those that changed.

    Raises `ForeignFileError`, or `OSError` if a file cannot be written.
    """
    for path in files:
        if reason := _why_not(folder, path):
            raise ForeignFileError(f"{folder / path} {reason}; move it, or choose another folder")
    return [folder / path for path, text in files.items() if write_text(folder / path, text)]


def _why_not(folder: Path, path: str) -> str:
    """Return why a path may not be written; empty if it is free, or has a file of a role."""
    confined = Confined(folder)
    try:
        if above := PurePosixPath(path).parent.as_posix().strip("."):
            confined.entries(above)
        entry = confined.entry(path)
        content = confined.read(path) if entry.kind is EntryKind.FILE else b""
    except FileNotFoundError:
        return ""
    except (LinkError, NotADirectoryError):
        return "is behind a link or a file"
    if entry.kind is not EntryKind.FILE:
        return "is not a file"
    return "" if is_own(content) else "was not written by this command, or was changed since"


_TEXTS = FileTemplates(
    "groundrules.authoring.node_role",
    {"inert": _inert, "literal": rst.literal},
    # other marks than Ansible's, whose expressions are the text of the role
    {
        "block_start_string": "<%",
        "block_end_string": "%>",
        "variable_start_string": "<<",
        "variable_end_string": ">>",
        "comment_start_string": "<#",
        "comment_end_string": "#>",
    },
)
