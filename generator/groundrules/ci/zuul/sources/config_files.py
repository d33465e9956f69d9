"""The configuration files of a branch, in the order in which Zuul reads them.

Zuul reads the first that exists of ``zuul.yaml``, ``zuul.d``, ``.zuul.yaml``, ``.zuul.d``, and
the extra paths of the tenant.
https://zuul-ci.org/docs/zuul/latest/project-config.html#configuration-loading
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

ROOTS = ("zuul.yaml", "zuul.d", ".zuul.yaml", ".zuul.d")
FOLDERS = ("zuul.d", ".zuul.d")
IGNORE = ".zuul.ignore"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The configuration files of a branch; ``shut_out`` are files that Zuul skips for them."""

    paths: tuple[str, ...]
    shut_out: tuple[str, ...] = ()


def wanted(paths: Iterable[str], extra: Sequence[str] = ()) -> list[str]:
    """Return the ``paths`` of configuration files and of ``.zuul.ignore`` files.

    ``extra`` are the tenant's extra-config-paths; a folder ends with ``/``.
    """
    names = {*(root for root in ROOTS if root not in FOLDERS), *extra}
    folders = (*(f"{name}/" for name in FOLDERS), *(path for path in extra if path[-1:] == "/"))
    return [path for path in paths if path in names or path.startswith(folders)]


def choose(sizes: Mapping[str, int], extra: Sequence[str] = ()) -> Chosen:
    """Return the files to read; ``sizes`` has the size of each file on a branch.

    Empty files are ignored.  In folders, only names that end in ``.yaml`` count, and a
    ``.zuul.ignore`` excludes all paths that start with the path of its folder.
    """
    folders = [*FOLDERS, *(path[:-1] for path in extra if path.endswith("/"))]
    paths = {path for path in sizes if path in ROOTS or path in extra}
    for folder in folders:
        paths |= _of_folder(folder, sizes)
    filled = sorted(path for path in paths if sizes[path])
    main = [path for root in ROOTS for path in filled if _root(path) == root]
    taken = [path for path in main if _root(path) == _root(main[0])]
    rest = main[len(taken) :]  # in the order of their roots
    added = _extras(filled, extra)
    return Chosen(tuple(dict.fromkeys([*taken, *added])), tuple(rest))


def _root(path: str) -> str:
    return path.partition("/")[0]


def _of_folder(folder: str, sizes: Mapping[str, int]) -> set[str]:
    inside = [path for path in sizes if path.startswith(f"{folder}/")]
    ignored = tuple({start for path in inside if IGNORE in path for start in _ignored(path)})
    return {path for path in inside if path.endswith(".yaml") and not path.startswith(ignored)}


def _ignored(path: str) -> list[str]:
    """Return the folders above each name in ``path`` that ends in ``.zuul.ignore``."""
    parts = path.split("/")
    return ["/".join(parts[:at]) for at, part in enumerate(parts) if part.endswith(IGNORE)]


def _extras(filled: list[str], extra: Sequence[str]) -> list[str]:
    """Return the extra files, then the files of extra folders."""
    files = [path for path in extra if not path.endswith("/") and path in filled]
    folders = tuple(path for path in extra if path.endswith("/"))
    others = [path for path in filled if path.startswith(folders)] if folders else []
    return [*files, *others]
