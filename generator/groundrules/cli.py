"""The command ``groundrules``: options → settings → one call → exit code.

The only user of click.  Commands import what they need when they run, so that ``check`` never
waits for Sphinx.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterable
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from groundrules import __version__
from groundrules.rules import every_rule

if TYPE_CHECKING:
    from groundrules.checkup import Outcome
    from groundrules.diagnostics import Diagnostic

FORMATS = ("text", "full", "json", "sarif", "junit", "github", "gitlab", "zuul")
STYLES: dict[str, dict[str, Any]] = {
    "place": {"bold": True},
    "error": {"fg": "red"},
    "warning": {"fg": "yellow"},
    "rule": {"fg": "cyan"},
    "hint": {"fg": "green"},
}
FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)
ROOT = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    show_default="this folder",
    help="The folder of the manual: the one with conf.py and data/.",
)


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


class NamedPath(click.ParamType[tuple[str, Path]]):
    """``NAME=PATH``: a configuration and where it is; it need not be there."""

    name = "config"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, Path]:
        """Return the name and the path."""
        name, equals, path = str(value).partition("=")
        if not (name and equals and path):
            self.fail(f"{value!r} names no path; write NAME=PATH")
        return name, Path(path).resolve()


class Commands(click.Group):
    """Ends with 3 after a mistake of ours: 1, Python's own, would read as findings."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
            raise
        except Exception:
            traceback.print_exc()
            sys.exit(3)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="groundrules")
def main() -> None:
    """Say what test jobs may count on and which job waits for which; prove that it is true.

    Exit codes: 0 nothing was found, 1 something was, 2 the command was not understood,
    3 it could not go on.
    """


@main.command()
@ROOT
@click.option(
    "-o", "--output", type=FOLDER, default=None, show_default="build/BUILDER",
    help="Where the manual is built.",
)  # fmt: skip
@click.option("-b", "--builder", default="html", show_default=True, help="Sphinx's builder.")
@click.option("-j", "--jobs", default="auto", show_default=True, help="Processes side by side.")
@click.option("-W", "--fail-on-warning", is_flag=True, help="Exit with 1 after any warning.")
@click.option("-n", "--nitpicky", is_flag=True, help="Warn about every reference to nothing.")
@click.option("-E", "--fresh-env", is_flag=True, help="Read every page again.")
@click.option("-q", "--quiet", is_flag=True, help="Show warnings only.")
def build(root: Path, output: Path | None, builder: str, **options: object) -> None:
    """Validate the data, generate its pages and build the manual with Sphinx."""
    from groundrules.sphinxext.build import Settings
    from groundrules.sphinxext.build import build as run

    root = root.resolve()
    if not (root / "conf.py").is_file():
        raise click.UsageError(f"there is no conf.py in {root}; --root names the manual's folder")
    output = (output or root / "build" / builder).resolve()
    settings = Settings(root=root, output=output, builder=builder, **options)  # type: ignore[arg-type]
    code = run(settings)
    if code == 0:
        index = output / "index.html"
        click.echo(f"The manual is at {index.as_uri() if index.is_file() else output}")
    sys.exit(code)


@main.command()
@ROOT
@click.option("--data", default="data", show_default=True, help="The folder of records in it.")
@click.option(
    "--config", "configurations", metavar="NAME=PATH", multiple=True, type=NamedPath(),
    help="Where a configuration of manual.yaml is: a folder, git repository or tenant file.",
)  # fmt: skip
@click.option(
    "--require", metavar="NAME", multiple=True, help="This configuration has to be at hand."
)
@click.option(
    "--cache/--no-cache", default=True, show_default=True,
    help="Remember data that was clean, so that it is validated again only after a change.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default=None,
    show_default="full on a terminal, else text", help="The form of what is printed.",
)  # fmt: skip
@click.option(
    "--output", "outputs", metavar="FORMAT=FILE", multiple=True, type=OutputFile(),
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
    from groundrules.checks.selection import Selection, UnknownRuleError
    from groundrules.checkup import CannotGoOnError, Settings, UnknownConfigurationError
    from groundrules.checkup import check as run
    from groundrules.ci.zuul.cache import cache_folder
    from groundrules.diagnostics import Severity

    if options["update_baseline"] and not options["baseline"]:
        raise click.UsageError("--update-baseline needs --baseline FILE")
    form = form or ("full" if sys.stdout.isatty() else "text")
    select, ignore = _words(options.pop("select")), _words(options.pop("ignore"))
    selection = Selection(select, ignore, Severity(options.pop("severity")))
    summary = os.environ.get("GITHUB_STEP_SUMMARY") if form == "github" else None
    step_summary = Path(summary) if summary else None
    options["configurations"] = dict(options["configurations"])
    options["cache"] = cache_folder() if cache else None
    try:
        outcome = run(
            Settings(root=root.resolve(), selection=selection, step_summary=step_summary, **options)
        )
    except (UnknownConfigurationError, UnknownRuleError) as error:
        raise click.UsageError(str(error)) from None
    except CannotGoOnError as error:
        click.echo(f"groundrules: {error}", err=True)
        sys.exit(3)
    for note in outcome.notes:
        click.echo(note, err=True)
    _print(outcome, form, _coloured(color))
    sys.exit(outcome.exit_code)


def _words(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for each in given for word in each.replace(",", " ").split())


def _print(outcome: Outcome, form: str, coloured: bool) -> None:
    """Print the document, and the diff before it; another document than text stays alone."""
    from groundrules.report import FORMATS as RENDERED
    from groundrules.report.terminal import pieces

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # what its encoding does not have is escaped
            stream.reconfigure(errors="backslashreplace")
    for_people = form in ("full", "text")
    click.echo(outcome.diff, nl=False, err=not for_people, color=False)
    if not for_people:
        click.echo(RENDERED[form](outcome.diagnostics, outcome.run), nl=False, color=False)
        return
    told = pieces(outcome.diagnostics, outcome.run, excerpts=form == "full")
    styled = (click.style(text, **STYLES.get(part, {}), reset=bool(part)) for text, part in told)
    click.echo("".join(styled), nl=False, color=coloured)


def _coloured(wanted: str) -> bool:
    """Return whether to colour; NO_COLOR (https://no-color.org) wins over FORCE_COLOR."""
    if wanted != "auto" or os.environ.get("NO_COLOR"):
        return wanted == "always"
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


@main.command()
@click.argument("rule")
def explain(rule: str) -> None:
    """Say why RULE exists, with an example of wrong and right."""
    from groundrules.diagnostics import did_you_mean

    rules = every_rule()
    by_name = {each.name: each for each in rules.values()}
    found = rules.get(rule.upper()) or by_name.get(rule.lower())
    if found is None:
        hint = did_you_mean(rule, [*rules, *by_name])
        raise click.BadParameter(f"there is no rule {rule!r}{hint}", param_hint="RULE")
    click.echo(f"{found.id} {found.name} ({found.severity})\n\n{found.summary}\n")
    click.echo(f"{click.wrap_text(found.explanation, 79)}\n")
    for title, example in (("Wrong", found.bad), ("Right", found.good)):
        click.echo(f"{title}:\n\n{_indented(example)}")


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines())


@main.command()
@click.argument("folder", type=FOLDER, default="data/schemas")
def schema(folder: Path) -> None:
    """Write the JSON Schema of each kind of record to FOLDER, for editors."""
    from groundrules.records.schema import write

    for path in write(folder):
        click.echo(path)
    click.echo(f"The schemas in {folder} are up to date.")


@main.command()
@click.option(
    "--tenant-config",
    "tenant_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Zuul's tenant file. Without it, --root is one repository, resolved on its own.",
)
@click.option("--tenant", help="Which tenant, where the file has several.")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    show_default="this folder",
    help="The folder with the tenant's repositories, or one repository.",
)
@click.option(
    "--connection",
    "hosts",
    multiple=True,
    metavar="NAME=HOST",
    help="The canonical host of a connection, for names such as opendev.org/openstack/nova.",
)
@click.option("--project", help="The project whose graph is wanted.")
@click.option("--pipeline", help="Only this pipeline; else all the project is in.")
@click.option("--branch", help="The branch of the change; else the default branch.")
@click.option("--job", help="Only this job, what it waits for, and what waits for it.")
@click.option("--why", nargs=2, metavar="JOB DEPENDENCY", help="Why JOB waits for DEPENDENCY.")
@click.option("--all", "everything", is_flag=True, help="Every project, pipeline and branch.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "jsonl", "dot", "mermaid"]),
    default="text",
    show_default=True,
)
@click.option("--findings", is_flag=True, help="Tell what is wrong in the configuration.")
@click.option(
    "--cache/--no-cache", default=True, show_default=True, help="Remember what files say."
)
def graph(
    hosts: tuple[str, ...],
    everything: bool,
    form: str,
    findings: bool,
    cache: bool,
    **options: object,
) -> None:
    """Show which job really waits for which, as Zuul would freeze it."""
    from groundrules.ci.zuul.answers import AskedError, Question, answer
    from groundrules.ci.zuul.cache import cache_folder

    pairs = dict(each.partition("=")[::2] for each in hosts)
    folder = cache_folder() if cache else None
    question = Question(hosts=pairs, all=everything, format=form, cache=folder, **options)  # type: ignore[arg-type]
    try:
        told = answer(question)
    except AskedError as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        click.echo(f"groundrules: {error}", err=True)
        sys.exit(3)
    click.echo(told.text, nl=False)
    _tell_findings(told.findings, in_full=findings)
    sys.exit(1 if told.has_error else 0)


def _tell_findings(found: tuple[Diagnostic, ...] | None, *, in_full: bool) -> None:
    if not found:
        return
    if in_full:
        from groundrules.report import Run
        from groundrules.report.text import text

        click.echo(text(found, Run()), nl=False, err=True)
    else:
        count = f"{len(found)} finding{'' if len(found) == 1 else 's'}"
        click.echo(f"{count} in the configuration; --findings tells them", err=True)
