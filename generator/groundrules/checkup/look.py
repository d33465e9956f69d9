"""Every check there is, over one manual; what the manual's build looks at too."""

from __future__ import annotations

from pathlib import Path

from groundrules.checks import check_records
from groundrules.checks.ignores import apply_ignores
from groundrules.checkup.compare import Wanted, compare
from groundrules.diagnostics import Checked
from groundrules.records import Loaded, load
from groundrules.records.claims import claims_of


def look(root: Path, data: str = "data", wanted: Wanted | None = None) -> Loaded:
    """Return what the folder ``data`` says; its report has the findings, in no file ignored.

    Where something is ``wanted`` of configurations, graphs are held against them.  The build
    wants nothing: it shows a graph that has drifted, and marks it (`compare.verdicts`).

    A check of something else than data goes before the ignores: it notes what it finds, what it
    looked at and what it skipped in the report, and adds the texts that its places are in.
    """
    from groundrules.sphinxext.prose import check_prose

    loaded = load(root, data)
    check_records(loaded)
    check_prose(loaded)
    if wanted is not None:
        _compare(loaded, root, wanted)
    loaded.report.checked += [Checked(path) for path in loaded.texts]
    apply_ignores(loaded.report, loaded.texts)
    return loaded


def _compare(loaded: Loaded, root: Path, wanted: Wanted) -> None:
    """Hold graphs against configurations.  Raises `UnknownConfigurationError`."""
    if loaded.catalogue is None:
        return
    if "configuration" not in loaded.names.uncertain:
        wanted.check(loaded.names.of("configuration"))
    _, texts = compare(claims_of(loaded.catalogue), root, wanted, loaded.report)
    loaded.texts.update(texts)
