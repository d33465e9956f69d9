"""``groundrules schema``."""

from __future__ import annotations

from pathlib import Path

import click

from groundrules.cli.options import FOLDER
from groundrules.cli.printing import fail


@click.command()
@click.argument("folder", type=FOLDER, default="data/schemas")
def schema(folder: Path) -> None:
    """Write the JSON Schema of each kind of record to FOLDER, for editors."""
    from groundrules.records.schema import write

    try:
        written = write(folder)
    except OSError as error:
        fail(f"{folder} cannot be written: {error.strerror}")
    for path in written:
        click.echo(path)
    click.echo(f"The schemas in {folder} are up to date.")
