"""What ``groundrules verify`` writes: results with ``--record``, a role with ``--write-role``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from groundrules.cli.options import FOLDER, linked
from groundrules.cli.printing import fail, refuse, show_note

if TYPE_CHECKING:
    from groundrules.records import Catalogue
    from groundrules.verify.verification import NodeVerification

UNNAMED = "its provider or region is not a name; use letters, digits, '_', '-', '+' and single dots"
WRITE_ROLE = click.option(
    "--write-role", "role", type=FOLDER, metavar="FOLDER",
    help="Write an Ansible role that fails on a node which breaks a promise. A base job includes "
    "it.",
)  # fmt: skip


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


def write_role(folder: Path, root: Path, data: str) -> None:
    """Write the role of a manual's data into a folder, and print the files that changed."""
    from groundrules.authoring.drafts.request import MistakesError, manual_data
    from groundrules.authoring.drafts.source import UnclearError
    from groundrules.authoring.node_role.role_data import role_data
    from groundrules.authoring.node_role.role_files import role_files
    from groundrules.authoring.node_role.role_folder import ForeignFileError, write_role_files
    from groundrules.confined import LinkError, check_named

    try:
        check_named(folder, root)
        promises = role_data(manual_data(root, data).catalogue)
        if not promises.is_of_use:
            raise click.UsageError(
                "no guaranteed expectation has a measure that applies to a label, so the role "
                "would test nothing; write one in the data"
            )
        written = write_role_files(folder, role_files(promises, folder.resolve().name))
    except LinkError:
        raise click.UsageError(linked(folder)) from None
    except (ForeignFileError, UnclearError) as error:
        raise click.UsageError(str(error)) from None
    except MistakesError as error:
        refuse(error, error.findings, root)
    except OSError as error:
        fail(f"{error.filename or folder} cannot be written: {error.strerror}")
    for path in written:
        click.echo(f"{path}: written")
    if not written:
        show_note(f"{folder}: the role is up to date")
