"""``groundrules check``."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from groundrules.cli.options import (
    CONFIGURATIONS,
    CONNECTIONS,
    DATA,
    FILE,
    IGNORE,
    ROOT,
    TENANT,
    rules_option,
)
from groundrules.cli.printing import fail, is_colored, show, show_note
from groundrules.garbage import collection_paused_to_end
from groundrules.report import FORMATS


def _output_file(value: str) -> tuple[str, Path]:
    """Return a format and its output file."""
    form, equals, path = value.partition("=")
    if form not in FORMATS:
        known = ", ".join(FORMATS)
        raise click.BadParameter(f"unknown format {form!r}; write FORMAT=FILE with one of {known}")
    if not equals or path in ("", "-"):
        raise click.BadParameter(f"{value!r} has no file; --format {form} prints it")
    return form, Path(path)


def _different_files(
    ctx: click.Context, param: click.Parameter, outputs: tuple[tuple[str, Path], ...]
) -> tuple[tuple[str, Path], ...]:
    """Return the outputs; the second of two in one file would overwrite the first."""
    files = set[Path]()
    for _, path in outputs:
        file = Path(os.path.abspath(path))  # noqa: PTH100 (resolve raises for a loop of links)
        if file in files and (file.is_file() or not file.exists()):  # a device accepts both
            raise click.BadParameter(f"{path} is given twice", ctx, param)
        files.add(file)
    return outputs


@click.command()
@click.argument(
    "only",
    metavar="[FILES]...",
    nargs=-1,
    type=click.Path(exists=True, path_type=Path),
)
@ROOT
@DATA
@CONFIGURATIONS
@click.option("--configuration-only", is_flag=True, help="Check the configuration, not the data.")
@TENANT
@CONNECTIONS
@click.option(
    "--require", metavar="NAME", multiple=True,
    help="Report an error if this configuration is not found.",
)  # fmt: skip
@click.option(
    "--cache/--no-cache", default=True, show_default=True,
    help="Cache what files contain, so that only changed files are read. A cache inside the "
    "checked repository is never used.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)),
    show_default="full in a terminal, else text", help="Format of the report.",
)  # fmt: skip
@click.option(
    "--output", "outputs", metavar="FORMAT=FILE", multiple=True, type=_output_file,
    callback=_different_files,
    help="Also write the report to a file. Can be repeated.",
)  # fmt: skip
@rules_option("--select", "Rules to check: ids, families such as GR2, or names.")
@IGNORE
@click.option(
    "--severity", type=click.Choice(["warning", "error"]), default="warning", show_default=True,
    help="Lowest severity to report.",
)  # fmt: skip
@click.option(
    "--max-findings", "most", type=click.IntRange(min=0), default=5_000, show_default=True,
    help="Number of findings to list; 0 lists all. The totals count every finding.",
)  # fmt: skip
@click.option("--baseline", type=FILE, help="File of known findings, which are not reported.")
@click.option("--update-baseline", is_flag=True, help="Write the findings to the baseline.")
@click.option("--record", is_flag=True, help="Write the results of graphs to data/verified/.")
@click.option("--fix", is_flag=True, help="Fix the data where only one fix is possible.")
@click.option("--diff", is_flag=True, help="Show the changes of --fix. Alone, change nothing.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even if there are findings.")
@click.option(
    "--manual-url", "manual", metavar="URL", default="",
    help="Address of the folder of the rules' pages, for links in reports.",
)  # fmt: skip
@click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True,
    help="Color the report. auto: in a terminal, unless NO_COLOR is set.",
)  # fmt: skip
def check(root: Path, form: str | None, color: str, cache: bool, **options: Any) -> None:
    """Check the data and compare its graphs with the real CI configuration.

    Without a manual, the Zuul configuration of the repository is checked alone.
    With FILES, only findings in these files and folders are reported.
    """
    from groundrules.cache_folder import cache_folder
    from groundrules.checker import CannotGoOnError, CheckSettings, OptionError
    from groundrules.checker import check as run
    from groundrules.diagnostics import Severity
    from groundrules.findings.selection import Selection, UnknownRuleError

    click.get_current_context().with_resource(collection_paused_to_end())
    if options["update_baseline"] and not options["baseline"]:
        raise click.UsageError("--update-baseline needs --baseline FILE")
    form = form or ("full" if sys.stdout.isatty() else "text")
    severity = Severity(options.pop("severity"))
    selection = Selection(options.pop("select"), options.pop("ignore"), severity)
    summary = os.environ.get("GITHUB_STEP_SUMMARY") if form == "github" else None
    configurations = options["configurations"].values()
    root = root.resolve()
    settings = CheckSettings(
        root=root,
        selection=selection,
        step_summary=Path(summary) if summary else None,
        cache=cache_folder(root, *configurations) if cache else None,
        **options,
    )
    try:
        result = run(settings)
    except (OptionError, UnknownRuleError) as error:
        raise click.UsageError(str(error)) from None
    except CannotGoOnError as error:
        fail(str(error))
    for note in result.notes:
        show_note(note)
    show(result, form, colored=is_colored(color))
    sys.exit(result.exit_code)
