"""``groundrules verify --record``: how promises were kept on nodes, written to the data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from groundrules.cli.options import linked
from groundrules.cli.printing import fail, show_note

if TYPE_CHECKING:
    from groundrules.records import Catalogue
    from groundrules.verify.verification import NodeVerification

UNNAMED = "its provider or region is not a name; use letters, digits, '_', '-', '+' and single dots"


def record_nodes(
    root: Path, data: str, catalogue: Catalogue, verification: NodeVerification
) -> None:
    """Write the measurements, remove those of what the data has lost, and say what changed."""
    from groundrules.clock import today
    from groundrules.confined import LinkError, check_named
    from groundrules.text import escaped
    from groundrules.verify.gone_measures import remove_gone
    from groundrules.verify.promise_words import kind_words
    from groundrules.verify.recorded_measures import UnwritableRecordError, record, unnamed_kinds

    day = today()
    try:
        check_named(root / data, root)
        removed = remove_gone(root / data, catalogue)
        written = record(root / data, verification.measured, day)
    except LinkError:
        raise click.UsageError(linked(root / data, root)) from None
    except UnwritableRecordError as error:
        fail(str(error))
    for kind in unnamed_kinds(verification.measured, day):
        show_note(f"not recorded: {escaped(kind_words(kind))}: {UNNAMED}")
    for gone in removed:
        for reason in gone.reasons:
            show_note(f"removed from {data}/{gone.path}: {reason}")
    for path in written:
        show_note(f"recorded in {data}/{path}")
    if not written and not removed:
        show_note("the records say the same already")
