"""Jobs that are defined and never run."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from groundrules.checks.phrases import related_places
from groundrules.checks.traps.documented_intent import DocumentedIntent
from groundrules.diagnostics import Diagnostic
from groundrules.graphs.definitions import DefinedVariant, Definitions
from groundrules.rules import traps as rules


def check(definitions: Definitions, _: DocumentedIntent) -> Iterator[Diagnostic]:
    """Yield each job that nothing uses.

    Nothing is reported if an unknown part may use it: for a repository on its own, with missing
    repositories, unreadable files or lost objects, and for libraries, which several tenants can
    use.
    """
    if not definitions.is_complete or definitions.missing or definitions.lost:
        return
    used = _used(definitions)
    for name, variants in definitions.definitions.items():
        if (
            name not in used
            and not any(variant.is_abstract for variant in variants)
            and variants[0].project not in definitions.shared | definitions.broken
        ):
            yield _unused(name, variants)


def _unused(name: str, variants: tuple[DefinedVariant, ...]) -> Diagnostic:
    first = min(variant.location for variant in variants)
    return Diagnostic(
        first,
        f"job {name!r} is not used: no pipeline runs it and no job inherits from it; run it, "
        "make it abstract or remove it",
        rules.UNUSED_JOB,
        related_places(((variant.location, "defined again") for variant in variants), first),
        key=f"job {name} of {variants[0].project}",
    )


def _used(definitions: Definitions) -> set[str]:
    """Return the jobs that a pipeline mentions or that another job inherits from."""
    used = {mention.job for mention in definitions.mentions} | definitions.lost_mentions
    variants = chain.from_iterable(definitions.definitions.values())
    return used | {one.parent for one in variants if one.parent and one.parent != one.job}
