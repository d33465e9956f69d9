"""The garbage collector, out of the way of commands that read much and then end."""

from __future__ import annotations

import gc

import click


def keep_garbage() -> None:
    """Let the collector rest until the command ends.

    What a command reads is needed until then, and looking through it again and again takes a
    tenth of a small check and a third of one of a large tenant.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    click.get_current_context().call_on_close(lambda: _end(was_enabled))


def _end(was_enabled: bool) -> None:
    gc.freeze()  # else it looks through everything when the process ends, and Python then frees it
    if was_enabled:
        gc.enable()
