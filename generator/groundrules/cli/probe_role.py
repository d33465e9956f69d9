"""``groundrules verify --write-role``: the manual's promises as an Ansible role."""

from __future__ import annotations

from pathlib import Path

import click

from groundrules.cli.options import FOLDER, linked
from groundrules.cli.printing import fail, refuse, show_note

WRITE_ROLE = click.option(
    "--write-role", "role", type=FOLDER, metavar="FOLDER",
    help="Write an Ansible role that fails on a node which breaks a promise. A base job includes "
    "it.",
)  # fmt: skip


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
