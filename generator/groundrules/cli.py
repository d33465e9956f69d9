"""The command ``groundrules``: options → settings → one call → exit code.

The only user of click.  Commands import what they need when they run, so that ``check`` never
waits for Sphinx.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from groundrules import __version__
from groundrules.rules import RULES

if TYPE_CHECKING:
    from groundrules.diagnostics import Diagnostic

FOLDER = click.Path(file_okay=False, path_type=Path)
ROOT = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    show_default="this folder",
    help="The folder of the manual: the one with conf.py and data/.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
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
def check(root: Path, data: str) -> None:
    """Check the data: every mistake of every file in one run."""
    from groundrules.checks import check_records
    from groundrules.records import load
    from groundrules.report import FORMATS
    from groundrules.sphinxext.prose import check_prose

    loaded = load(root.resolve(), data)
    check_records(loaded)
    check_prose(loaded)
    click.echo(FORMATS["text"](loaded.report.diagnostics), nl=False)
    if not loaded.report.found:
        click.echo(f"No findings in {len(loaded.texts)} files.")
    sys.exit(loaded.report.exit_code)


@main.command()
@click.argument("rule")
def explain(rule: str) -> None:
    """Say why RULE exists, with an example of wrong and right."""
    from groundrules.ci.zuul.rules import RULES as OF_ZUUL
    from groundrules.diagnostics import did_you_mean

    rules = {**RULES, **OF_ZUUL}
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
        from groundrules.report import FORMATS

        click.echo(FORMATS["text"](found), nl=False, err=True)
    else:
        count = f"{len(found)} finding{'' if len(found) == 1 else 's'}"
        click.echo(f"{count} in the configuration; --findings tells them", err=True)
