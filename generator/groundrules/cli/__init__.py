"""The command ``groundrules``: options → settings → one call → exit code.

Only this package imports click.  Each command is a module, which is imported when the command is
asked for, and imports what it needs when it runs, so that ``check`` does not load Sphinx.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from click.exceptions import NoSuchCommand
from typing_extensions import override

from groundrules import __version__
from groundrules.cli.printing import CANNOT_GO_ON, fail, printable
from groundrules.clock import ClockError
from groundrules.interrupts import (
    Interrupted,
    discard_output,
    interruptible,
    open_closed_streams,
)

COMMANDS = {
    "build": "build:build",
    "changes": "changes:changes",
    "check": "check:check",
    "encode": "encode_graph:encode",
    "explain": "explain:explain",
    "fmt": "fmt:fmt",
    "graph": "graph:graph",
    "impact": "impact:impact",
    "import": "importing:import_",
    "init": "init:init",
    "jobs": "jobs:jobs",
    "new": "new:new",
    "plan": "plan:plan",
    "preview": "preview:preview",
    "schema": "schema:schema",
    "verify": "verify:verify",
}
"""The module and the function of each command.

To import all of them would be a third of the time of a check that has nothing to do.
"""


class Commands(click.Group):
    """Exits with 3 if a command cannot continue; 1, which Python and click use, means findings."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*COMMANDS]

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module, _, function = COMMANDS.get(cmd_name, "").partition(":")
        if not module:
            return None
        command: click.Command = getattr(import_module(f"groundrules.cli.{module}"), function)
        return command

    @override
    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except NoSuchCommand:  # click suggests names of commands that were added
            raise NoSuchCommand(args[0], possibilities=COMMANDS, ctx=ctx) from None

    @override
    def main(self, *args: Any, **kwargs: Any) -> Any:
        open_closed_streams()
        with interruptible(), _failures():
            return super().main(*args, **kwargs)

    @override
    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        with _failures():  # --help and --version print while options are read
            return super().make_context(*args, **kwargs)

    @override
    def invoke(self, ctx: click.Context) -> Any:
        with _failures():
            return super().invoke(ctx)


@contextmanager
def _failures() -> Iterator[None]:
    """Exit with 3 for exceptions other than usage errors; print a traceback for bugs."""
    try:
        yield
    except click.ClickException as error:
        vars(error)["message"] = printable(error.message)  # final for type checkers only
        raise
    except (click.Abort, click.exceptions.Exit):
        raise
    except KeyboardInterrupt:
        raise Interrupted from None
    except BrokenPipeError:  # the reader has closed the pipe, so a message would not be read
        discard_output()
        sys.exit(CANNOT_GO_ON)
    except ClockError as error:
        fail(str(error))
    except MemoryError:
        fail("not enough memory")
    except OSError as error:
        if error.filename is None:
            discard_output()
        fail(_sentence(error))
    except Exception:
        traceback.print_exc()
        sys.exit(CANNOT_GO_ON)


def _sentence(error: OSError) -> str:
    reason = error.strerror or str(error)
    if error.filename is not None:
        return f"{error.filename}: {reason}"
    try:
        Path.cwd()
    except FileNotFoundError:
        return "the working directory does not exist any more; change to another one"
    return f"standard output cannot be written: {reason}"


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="groundrules")
def main() -> None:
    """Document what CI jobs can rely on and how they depend on each other, and verify it.

    Exit codes: 0 no findings, 1 findings, 2 wrong usage, 3 the command could not
    continue, 130 or 143 the command was interrupted.
    """
