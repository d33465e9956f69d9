"""Why Zuul reads no file of a branch, although some look like configuration.

An empty file counts as absent, and in folders only names that end in ``.yaml`` are read
(``_updateConfigObjectCache`` in ``configloader.py``, ``Repo.getFiles`` in ``merger.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from groundrules.ci.errors import NotAvailableError
from groundrules.ci.zuul.sources.config_files import FILES, FOLDERS, IGNORE, ROOTS
from groundrules.diagnostics import Diagnostic
from groundrules.nearest import did_you_mean
from groundrules.text import listed

MISNAMED = tuple(f"{name.removesuffix('.yaml')}.yml" for name in FILES)
"""Names that are easily taken for those of Zuul's files."""

MOST = 3


def why_unread(sizes: Mapping[str, int]) -> str:
    """Return why no file is read; empty if none looks like configuration.

    ``sizes`` has the size of each file in Zuul's places, and of the `MISNAMED` ones.

    >>> why_unread({".zuul.yaml": 0, ".zuul.d/jobs.yml": 9})
    ".zuul.yaml is empty; .zuul.d/jobs.yml is not read: its name must end in '.yaml'"
    """
    folders = [[path for path in sizes if path.startswith(f"{folder}/")] for folder in FOLDERS]
    inside = [path for paths in folders for path in paths]
    named = [path for path in (*FILES, *inside) if path in sizes and path.endswith(".yaml")]
    excluding = [path for path in inside if IGNORE in path]
    return "; ".join(
        (
            *_phrase((path for path in named if not sizes[path]), "empty"),
            *_phrase((path for path in named if sizes[path]), f"excluded by {_few(excluding)}"),
            *_misnamed(path for path in (*MISNAMED, *inside) if path in sizes),
            *_without_any(folders),
        )
    )


def _misnamed(paths: Iterable[str]) -> Iterator[str]:
    found = [path for path in paths if path.endswith(".yml")]
    whose = "its name" if len(found) == 1 else "their names"
    return _phrase(found, f"not read: {whose} must end in '.yaml'")


def _without_any(folders: Iterable[list[str]]) -> Iterator[str]:
    for folder, paths in zip(FOLDERS, folders, strict=True):
        if paths and not any(path.endswith((".yaml", ".yml")) for path in paths):
            yield f"{folder} has no file that ends in '.yaml'"


def _phrase(paths: Iterable[str], state: str) -> Iterator[str]:
    if some := list(paths):
        yield f"{_few(some)} {'is' if len(some) == 1 else 'are'} {state}"


def _few(paths: Iterable[str]) -> str:
    return listed(sorted(paths), most=MOST)


class NoConfigurationError(NotAvailableError):
    """A repository, or a branch of it, without configuration; ``branches`` have some.

    ``findings`` say why its files cannot be read; ``unread`` says why Zuul reads none of those
    that look like configuration.
    """

    def __init__(
        self, findings: Sequence[Diagnostic], branches: tuple[str, ...], unread: str = ""
    ) -> None:
        where = did_you_mean("", branches, "branches that have some") if branches else ""
        reason = "; ".join(finding.message for finding in findings)
        what = f"that Zuul reads: {unread}" if unread else f"none of {', '.join(ROOTS)}"
        colon = " " if unread else ": "
        super().__init__(reason or f"it holds no configuration{colon}{what}{where}")
        self.findings, self.branches, self.unread = findings, branches, unread
