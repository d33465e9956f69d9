"""Every check there is, over one manual; what the manual's build looks at too."""

from __future__ import annotations

from pathlib import Path

from groundrules.checks import check_records
from groundrules.checks.ignores import apply_ignores
from groundrules.diagnostics import Checked
from groundrules.records import Loaded, load


def look(root: Path, data: str = "data") -> Loaded:
    """Return what the folder ``data`` says; its report has the findings, in no file ignored.

    A check of something else than data goes before the ignores: it notes what it finds, what it
    looked at and what it skipped in the report, and adds the texts that its places are in.
    """
    from groundrules.sphinxext.prose import check_prose

    loaded = load(root, data)
    check_records(loaded)
    check_prose(loaded)
    loaded.report.checked += [Checked(path) for path in loaded.texts]
    apply_ignores(loaded.report, loaded.texts)
    return loaded
