"""``groundrules schema``."""

from __future__ import annotations

from pathlib import Path

import click

from groundrules.cli.options import FOLDER, manual_folder
from groundrules.cli.printing import fail


@click.command()
@click.argument("folder", type=FOLDER, required=False)
def schema(folder: Path | None) -> None:
    """Write the JSON Schema of each kind of record to FOLDER, for editors.

    The default is the folder schemas/ beside the records of the manual.
    """
    from groundrules.manual_folder import ManualFolder
    from groundrules.records.schema import write

    if folder is None:
        manual = ManualFolder(manual_folder(Path()))
        if not (manual.root / manual.data).is_dir():
            where = manual.root.absolute()
            raise click.UsageError(
                f"there is no manual in {where}; give FOLDER, or write one with 'groundrules init'"
            )
        folder = manual.root / manual.data / "schemas"
    try:
        written = write(folder)
    except OSError as error:
        fail(f"{folder} cannot be written: {error.strerror}")
    for path in written:
        click.echo(path)
    click.echo(f"The schemas in {folder} are up to date.")
