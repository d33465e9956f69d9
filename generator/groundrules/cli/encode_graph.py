"""``groundrules encode``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from groundrules.cli.options import CACHE, CONFIGURATIONS, CONNECTIONS, DATA, FOLDER, ROOT, TENANT
from groundrules.cli.printing import fail, refuse, show_note
from groundrules.garbage import collection_paused_to_end
from groundrules.text import escaped

if TYPE_CHECKING:
    from groundrules.encode.documented_change import Encoded, EncodeRequest


@click.command()
@click.argument("graph", required=False)
@ROOT
@DATA
@CONFIGURATIONS
@TENANT
@CONNECTIONS
@click.option(
    "--at", type=click.Choice(["project", "template", "job"]),
    help="Where to write: in the stanza of the project, in its template, or in the definition of "
    "the job.  [default: where it changes the least]",
)  # fmt: skip
@click.option("--reasons", is_flag=True, help="Write the documented reasons as comments.")
@click.option(
    "--steps", type=FOLDER, metavar="FOLDER",
    help="Write patches for 'git am' into a new folder, in the order in which to merge them.",
)  # fmt: skip
@click.option(
    "--write",
    is_flag=True,
    help="Write the files, unless they were read from commits. Without it, show the changes.",
)
@click.option("--diff", is_flag=True, help="Only show the changes, as without --write.")
@CACHE
def encode(
    root: Path, cache: bool, steps: Path | None, write: bool, diff: bool, **options: Any
) -> None:
    """Write documented dependencies into Zuul's configuration.

    GRAPH is the id of a documented graph; it can be left out if there is only one. Dependencies
    that are documented and missing are added, planned ones too; those that differ are changed, and
    those that the graph excludes are removed. Comments, anchors and layout stay.

    The result is resolved again: exactly the graphs that are documented change, in every project,
    pipeline and branch of the tenant. Otherwise nothing is written. Dependencies that were planned
    are enforced in the data afterwards.
    """
    from groundrules.authoring.drafts.request import MistakesError
    from groundrules.authoring.drafts.source import UnclearError
    from groundrules.cache_folder import cache_folder
    from groundrules.checker.settings import OptionError
    from groundrules.ci.wish import EncodeError, Level
    from groundrules.encode.documented_change import EncodeRequest
    from groundrules.encode.documented_change import encode as run

    click.get_current_context().with_resource(collection_paused_to_end())
    if steps and write:
        raise click.UsageError("--steps writes patches and --write writes files; choose one")
    if diff and (steps or write):
        raise click.UsageError("--diff writes nothing; use it without --write and --steps")
    at = options.pop("at")
    request = EncodeRequest(
        root=root.resolve(),
        at=Level(at) if at else None,
        paths=options.pop("configurations"),
        steps=steps is not None,
        cache=cache_folder(root) if cache else None,
        **options,
    )
    try:
        encoded = run(request)
    except (OptionError, UnclearError) as error:
        raise click.UsageError(str(error)) from None
    except MistakesError as error:
        refuse(error, error.findings, root)
    except EncodeError as error:
        for reason in error.reasons:
            show_note(reason)
        show_note("nothing was written")
        sys.exit(1)
    for note in encoded.notes:
        show_note(note)
    changes = encoded.steps if steps else (*encoded.files, *encoded.data)
    if not changes:
        show_note("the configuration is as documented")
    elif steps:
        _write_steps(encoded, steps)
    elif write:
        _write(encoded, request)
    else:
        _show(encoded)


def _show(encoded: Encoded) -> None:
    from groundrules.encode.written_files import is_in_work_tree

    for file in encoded.files:
        if is_in_work_tree(file, encoded.source) and not file.path.startswith("../"):
            click.echo(file.diff, nl=False)
        else:  # paths as in the repository, since the patch is applied there
            click.echo(escaped(f"# in {file.project}, branch {file.branch}"))
            click.echo(file.patch, nl=False)
    for changed in encoded.data:
        click.echo(changed.diff, nl=False)


def _write(encoded: Encoded, request: EncodeRequest) -> None:
    from groundrules.encode.written_files import write_all
    from groundrules.fixes import FixRefusedError

    try:
        write_all(encoded, request.root, request.data)
    except FixRefusedError as error:
        show_note(f"{error}\nnothing was written")
        sys.exit(1)
    for path in (*(file.path for file in encoded.files), *(file.path for file in encoded.data)):
        click.echo(escaped(f"{path}: written"))


def _write_steps(encoded: Encoded, folder: Path) -> None:
    from groundrules.encode.patches import patches_of, write_patches
    from groundrules.fixes import FixRefusedError

    patches = patches_of(encoded.steps)
    try:
        write_patches(patches, folder)
    except FixRefusedError as error:
        fail(str(error))
    for patch in patches:
        click.echo(folder / patch.path)
    if len({step.repository for step in encoded.steps}) > 1:
        show_note(
            "merge the patches in the order of their numbers; a patch that comes after one of "
            "another repository says so",
        )
    show_note(
        "after the last step is merged, 'groundrules encode --write' makes what was planned "
        "enforced in the data",
    )
