"""`single_changes`: a change of several repositories → changes of one repository each.

A change in review, such as one in Gerrit, is of one repository and one of its branches.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from groundrules.ci.wish import EncodeError, Encoder, Encoding, Target, Waits, Wish
from groundrules.encode.kept_order import KeptOrder

Repository = tuple[str, str]
"""A project and a branch of it."""


class SingleChange(Struct, frozen=True):
    """A change of one repository, and the dependencies of all jobs after it."""

    waits: Waits
    encoding: Encoding


def repositories_of(encoding: Encoding) -> dict[Repository, frozenset[Target]]:
    """Return the changed repositories, each with the jobs whose dependencies are written there."""
    found: dict[Repository, frozenset[Target]] = {}
    for file in encoding.files:
        repository = file.project, file.branch
        found[repository] = found.get(repository, frozenset()) | file.targets
    return found


def single_changes(
    encoder: Encoder, before: Waits, wish: Wish, kept: Mapping[str, KeptOrder]
) -> list[SingleChange]:
    """Return the changes in an order in which each is proven and loses no order that is ``kept``.

    Raises `EncodeError` if there is no such order.
    """
    whole = _proven(encoder, wish, kept)
    repositories = repositories_of(whole)
    if len(repositories) <= 1:
        return [SingleChange(wish.waits, whole)]
    reasons: list[str] = []
    for project, branch in repositories:
        targets = repositories[project, branch]
        first = replace(wish, waits=_partly(before, wish.waits, targets))
        try:
            # alone, they may be written at other places, so this too can be of several repositories
            changes = single_changes(encoder, before, first, kept)
            rest = single_changes(_after(encoder, changes), first.waits, wish, kept)
            return [*changes, *rest]
        except EncodeError as error:
            reasons += [f"{project}, branch {branch}: {reason}" for reason in error.reasons]
    names = " and ".join(project for project, _ in repositories)
    raise EncodeError([f"no change of one repository alone comes before others: {names}", *reasons])


def _after(encoder: Encoder, changes: Iterable[SingleChange]) -> Encoder:
    for change in changes:
        encoder = encoder.after(change.encoding)
    return encoder


def _proven(encoder: Encoder, wish: Wish, kept: Mapping[str, KeptOrder]) -> Encoding:
    for pipeline, order in kept.items():
        if lost := order.lost(wish.waits[pipeline]):
            where = f"{lost[0]!r} would not wait for {lost[1]!r} in the pipeline {pipeline!r}"
            raise EncodeError([f"an order would be lost in between: {where}"])
    return encoder.encoded(wish)


def _partly(before: Waits, after: Waits, targets: frozenset[Target]) -> Waits:
    """Return the dependencies of some jobs after a change, and of all others before it."""
    return {
        pipeline: {
            job: waits if (pipeline, job) in targets else before[pipeline][job]
            for job, waits in jobs.items()
        }
        for pipeline, jobs in after.items()
    }
