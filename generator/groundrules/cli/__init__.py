"""The command ``groundrules``: options → settings → one call → exit code.

The only user of click; a module a command.  Commands import what they need when they run, so
that ``check`` never waits for Sphinx.
"""

from __future__ import annotations

import os
import sys
import traceback
from typing import Any

import click

from groundrules import __version__
from groundrules.cli import build, check, explain, graph, schema
from groundrules.clock import ClockError


class Commands(click.Group):
    """Ends with 3 when it could not go on: 1, Python's and click's own, would read as findings."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except BrokenPipeError:  # whoever read it has seen enough: nothing is left to say
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(3)
        except ClockError as error:
            click.echo(f"groundrules: {error}", err=True)
            sys.exit(3)
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


for each in (build.build, check.check, explain.explain, graph.graph, schema.schema):
    main.add_command(each)
