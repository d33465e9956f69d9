"""The configuration files of a branch, in the order in which Zuul reads them.

Zuul reads the first that exists of ``zuul.yaml``, ``zuul.d``, ``.zuul.yaml``, ``.zuul.d``, and
the extra paths of the tenant.
https://zuul-ci.org/docs/zuul/latest/project-config.html#configuration-loading
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from groundrules.systems import SYSTEMS

ROOTS = SYSTEMS["zuul"].files
FOLDERS = ("zuul.d", ".zuul.d")
IGNORE = ".zuul.ignore"
FILES = tuple(root for root in ROOTS if root not in FOLDERS)
NOT_A_FILE = -1
"""The size of a pipe, a device, or a folder whose name is that of a file."""

# Repo.getFiles of Zuul's merger passes over a file with the name of a folder, and fails for the
# whole branch on a folder with the name of a file
NOT_A_FOLDER = "not a folder, as Zuul expects here; it is skipped"
NAMED_AS_A_FILE = "a folder with the name of a file, which Zuul cannot read; rename it"
NOT_PLAIN = "not a plain file, which Zuul cannot read; replace or remove it"


class Chosen(Struct, frozen=True):
    """The configuration files of one branch; ``shut_out`` are those that Zuul skips for them.

    ``unusable`` are the places that are not what Zuul expects there, with the reason.
    """

    paths: tuple[str, ...]
    shut_out: tuple[str, ...] = ()
    unusable: Mapping[str, str] = {}


def choose(sizes: Mapping[str, int], extra: Sequence[str] = ()) -> Chosen:
    """Return the files to read; ``sizes`` has the size of each file on a branch.

    An empty file counts as absent.  In folders only names that end in ``.yaml`` count, and a
    ``.zuul.ignore`` drops all paths that begin with its own folder's path.  What is in a place of
    Zuul that comes later is skipped even if the tenant names it as an extra path.
    """
    files = {*FILES, *(path for path in extra if not path.endswith("/"))}
    folders = [*FOLDERS, *(path[:-1] for path in extra if path.endswith("/"))]
    paths = files & sizes.keys()
    for folder in folders:
        paths |= _of_folder(folder, sizes)
    unusable = {path: NOT_A_FOLDER for path in folders if path in sizes and path not in files}
    unusable |= {path: NOT_PLAIN for path in sorted(paths) if sizes[path] == NOT_A_FILE}
    unusable |= dict.fromkeys(_folders_as_files(paths, files, sizes), NAMED_AS_A_FILE)
    filled = sorted(path for path in paths - unusable.keys() if sizes[path])
    main = [path for root in ROOTS for path in filled if _root(path) == root]
    taken = [path for path in main if _root(path) == _root(main[0])]
    rest = main[len(taken) :]  # in the order of their roots
    added = [path for path in _extras(filled, extra) if path not in rest]
    return Chosen(tuple(dict.fromkeys([*taken, *added])), tuple(rest), unusable)


def _folders_as_files(
    paths: Collection[str], files: Collection[str], sizes: Iterable[str]
) -> Iterator[str]:
    """Yield the folders in the place of ``files``, and those above ``paths`` with such a name."""
    for path in sizes:
        parts = path.split("/")
        for parent in ("/".join(parts[:at]) for at in range(1, len(parts))):
            if parent in files or (path in paths and parent.endswith(".yaml")):
                yield parent


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
