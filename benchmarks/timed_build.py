"""One build in this process that knows how much of its CPU time is our own.

Writes a JSON object with the CPU seconds of our parts: ``import`` (our modules, and what only they
import), and our listeners by the event of Sphinx that they hear: ``builder-inited`` loads, checks,
plans, renders and writes; ``env-get-outdated`` compares listings; ``build-finished`` writes the
data and the feed.  ``lines`` finds the line in the data for texts on pages, and ``records`` is the
data loaded and checked for a page that is read again though nothing was generated.  What runs
inside a part counts for that part.

What turns a page into nodes counts as Sphinx's, as all directives and roles do: also our listener
of ``doctree-resolved``, which makes the links of lists that Sphinx would else make itself; it is
given as ``links of lists`` and not summed up.  Neither is ``collector``: Python's garbage collector
walks through Sphinx's nodes wherever it happens to, or when `footprint` says so, which only spares
it some of that.  Run by `own_share`.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import pydata_sphinx_theme  # type: ignore[import-untyped]  # noqa: F401 - before ours, so that it does not count as ours
import sphinx.cmd.build
import sphinx.domains.std
from measure import arguments
from sphinx.application import Sphinx

LINKS, COLLECTOR = "links of lists", "collector"
parts: dict[str, float] = {}
running: list[str] = []


def timed(part: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``function``, its CPU time added to ``part``."""

    @wraps(function)
    def run(*given: Any, **options: Any) -> Any:
        if running:
            return function(*given, **options)
        start = time.process_time()
        running.append(part)
        try:
            return function(*given, **options)
        finally:
            running.remove(part)
            parts[part] = parts.get(part, 0.0) + time.process_time() - start

    return run


def import_ours() -> None:
    """Import the extension, and what it imports."""
    import groundrules.sphinxext.extension  # noqa: F401


def connect(self: Sphinx, event: str, callback: Callable[..., Any], priority: int = 500) -> int:
    """Connect a listener of ours timed, and any other as it is."""
    module = callback.__module__
    if module == "groundrules.sphinxext.memory_use":
        callback = timed(COLLECTOR, callback)
    elif module.startswith("groundrules."):
        callback = timed(LINKS if event == "doctree-resolved" else event, callback)
    return original(self, event, callback, priority)


def time_records() -> None:
    """Have the reading of records timed, and the search for the lines of their texts."""
    from groundrules.sphinxext.manual_records import ManualRecords
    from groundrules.sphinxext.text_places import TextPlaces

    records = vars(ManualRecords)["loaded"]
    records.func = timed("records", records.func)
    TextPlaces.of_lines = timed("lines", TextPlaces.of_lines)  # type: ignore[method-assign]


original = Sphinx.connect


def main() -> None:
    """Build the manual in the folder that is given; write the file that is given."""
    manual, report = map(Path, sys.argv[1:])
    timed("import", import_ours)()
    Sphinx.connect = connect  # type: ignore[method-assign]
    timed("records", time_records)()
    if sphinx.cmd.build.build_main(arguments(manual)):
        raise SystemExit("the build failed")
    report.write_text(json.dumps(parts))


if __name__ == "__main__":
    main()
