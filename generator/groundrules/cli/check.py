"""``groundrules check``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from groundrules.cli.garbage import keep_garbage
from groundrules.cli.options import CONFIGURATIONS, FILE, ROOT
from groundrules.cli.printing import coloured, show

FORMATS = ("text", "full", "json", "sarif", "junit", "github", "gitlab", "zuul")


class OutputFile(click.ParamType[tuple[str, Path]]):
    """``FORMAT=FILE``: a format and the file that it is written to."""

    name = "output"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, Path]:
        """Return the format and the file."""
        form, equals, path = str(value).partition("=")
        if form not in FORMATS:
            self.fail(f"{form!r} is no format; write FORMAT=FILE with one of {', '.join(FORMATS)}")
        if not equals or path in ("", "-"):
            self.fail(f"{value!r} names no file; --format {form} prints it")
        return form, Path(path)


def _apart(
    ctx: click.Context, param: click.Parameter, given: tuple[tuple[str, Path], ...]
) -> tuple[tuple[str, Path], ...]:
    """Return the outputs; of two in one file the first would be lost."""
    seen = set[Path]()
    for _, path in given:
        place = Path(os.path.abspath(path))  # noqa: PTH100 (resolve raises for links in a circle)
        if place in seen and (place.is_file() or not place.exists()):  # a device takes them all
            raise click.BadParameter(f"{path} is named twice", ctx, param)
        seen.add(place)
    return given


@click.command()
@ROOT
@click.option("--data", default="data", show_default=True, help="The folder of records in it.")
@CONFIGURATIONS
@click.option(
    "--require", metavar="NAME", multiple=True, help="This configuration has to be at hand."
)
@click.option(
    "--cache/--no-cache", default=True, show_default=True,
    help="Remember data that was clean and what files say, to read only what has changed; "
    "never in a folder of the repository that is checked.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default=None,
    help="The form of what is printed; else full on a terminal, and text elsewhere.",
)  # fmt: skip
@click.option(
    "--output", "outputs", metavar="FORMAT=FILE", multiple=True, type=OutputFile(),
    callback=_apart,
    help="Write the report to a file too; may be given several times.",
)  # fmt: skip
@click.option("--select", multiple=True, metavar="RULES", help="Only these: ids, GR2, names.")
@click.option("--ignore", multiple=True, metavar="RULES", help="None of these.")
@click.option(
    "--severity", type=click.Choice(["warning", "error"]), default="warning", show_default=True,
    help="Nothing less bad than this.",
)  # fmt: skip
@click.option("--baseline", type=FILE, help="A file of findings that are known and not told.")
@click.option("--update-baseline", is_flag=True, help="Make the baseline hold what is found now.")
@click.option("--fix", is_flag=True, help="Mend the data where the answer is certain.")
@click.option("--diff", is_flag=True, help="Print what --fix changes, or would change.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 though something was found.")
@click.option("--manual-url", "manual", default="", help="Where rules are explained, for links.")
@click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True,
    help="Colour; auto is on a terminal and never against NO_COLOR.",
)  # fmt: skip
def check(root: Path, form: str | None, color: str, cache: bool, **options: Any) -> None:
    """Check the data, and hold its graphs against the real configurations."""
    from groundrules.cache_folder import cache_folder
    from groundrules.checker import CannotGoOnError, CheckSettings, UnknownConfigurationError
    from groundrules.checker import check as run
    from groundrules.diagnostics import Severity
    from groundrules.findings.selection import Selection, UnknownRuleError

    keep_garbage()
    if options["update_baseline"] and not options["baseline"]:
        raise click.UsageError("--update-baseline needs --baseline FILE")
    form = form or ("full" if sys.stdout.isatty() else "text")
    select, ignore = _words(options.pop("select")), _words(options.pop("ignore"))
    selection = Selection(select, ignore, Severity(options.pop("severity")))
    summary = os.environ.get("GITHUB_STEP_SUMMARY") if form == "github" else None
    step_summary = Path(summary) if summary else None
    given = options["configurations"].values()
    options["cache"] = cache_folder(root, *given) if cache else None
    try:
        outcome = run(
            CheckSettings(
                root=root.resolve(), selection=selection, step_summary=step_summary, **options
            )
        )
    except (UnknownConfigurationError, UnknownRuleError) as error:
        raise click.UsageError(str(error)) from None
    except CannotGoOnError as error:
        click.echo(f"groundrules: {error}", err=True)
        sys.exit(3)
    for note in outcome.notes:
        click.echo(note, err=True)
    show(outcome, form, coloured=coloured(color))
    sys.exit(outcome.exit_code)


def _words(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for each in given for word in each.replace(",", " ").split())
