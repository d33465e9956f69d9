"""Pauses of Python's garbage collector while many long-lived objects are created."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collection_paused() -> Iterator[None]:
    """Pause the collector, which takes a third of the time of creating a large tenant's objects."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def collection_paused_to_end() -> Iterator[None]:
    """Pause the collector for the rest of a command, whose objects are needed until it ends."""
    with collection_paused():
        try:
            yield
        finally:
            gc.freeze()  # otherwise it visits all objects once more when the process ends


@contextmanager
def collection_less_often(threshold: int) -> Iterator[None]:
    """Raise the collector's threshold.

    A higher threshold, 0 (never), and one that was set in the meantime are not changed.
    """
    before = gc.get_threshold()
    raised = (threshold, *before[1:])
    if not 0 < before[0] < threshold:
        yield
        return
    gc.set_threshold(*raised)
    try:
        yield
    finally:
        if gc.get_threshold() == raised:
            gc.set_threshold(*before)


def freeze_after_collection() -> None:
    """Collect garbage; the collector skips all other objects from now on.

    What was frozen and has become garbage since is collected too.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


@contextmanager
def unfrozen_at_end() -> Iterator[None]:
    """Unfreeze objects at the end, unless some were frozen before."""
    others = gc.get_freeze_count()
    try:
        yield
    finally:
        if not others:
            gc.unfreeze()
