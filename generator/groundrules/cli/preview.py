"""``groundrules preview``."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from groundrules.cli.options import CONFIGURATIONS, FOLDER, ROOT
from groundrules.cli.printing import fail

LIBRARIES = ("starlette", "uvicorn", "watchfiles")


@click.command()
@ROOT
@click.option(
    "-o", "--output", type=FOLDER, show_default="build/preview",
    help="Folder to write the pages to.",
)  # fmt: skip
@CONFIGURATIONS
@click.option(
    "--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
    help="Address of this machine to listen at; another one lets other machines read the manual.",
)  # fmt: skip
@click.option(
    "-p", "--port", type=click.IntRange(1, 65535), show_default="the first free one from 8000",
    help="Port to listen at.",
)  # fmt: skip
def preview(root: Path, output: Path | None, **options: Any) -> None:
    """Show the manual in the browser, and build it again after each change.

    The page that you read is loaded again where you were. Mistakes in the data are shown on
    the page and in the terminal, and the last good page stays. Ctrl-C stops the preview.
    """
    if missing := [name for name in LIBRARIES if find_spec(name) is None]:
        fail(f"{missing[0]} is not installed; install groundrules[preview]")
    from groundrules.authoring.preview.loop import PreviewSettings
    from groundrules.authoring.preview.processes import PortError, PreviewError
    from groundrules.authoring.preview.processes import preview as run
    from groundrules.cli.build import manual_to_build, output_folder

    manual, conf, source = manual_to_build(root)
    settings = PreviewSettings(
        root=manual.root,
        conf=conf,
        source=source,
        output=output_folder(output or manual.build / "preview", manual.root),
        **options,
    )
    try:
        run(settings)
    except (PortError, PreviewError) as error:
        fail(str(error))
