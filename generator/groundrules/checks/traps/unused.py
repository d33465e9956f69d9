"""Jobs that are defined and never run."""

from __future__ import annotations

from groundrules.checks.traps.wording import related
from groundrules.diagnostics import Report
from groundrules.graphs.definitions import DefinedVariant, Definitions
from groundrules.rules import traps as rules


def check(definitions: Definitions, report: Report) -> None:
    """Note each job that nothing names.

    Silent where a user may stand elsewhere: in a repository on its own, with a repository
    that is not at hand or a file that cannot be read, and for projects whose jobs others use
    (they are libraries, and one library serves several tenants).
    """
    if not definitions.is_complete or definitions.missing or definitions.lost:
        return
    used = _used(definitions)
    for name, variants in definitions.definitions.items():
        if (
            name not in used
            and _is_to_run(variants)
            and variants[0].project not in definitions.shared
        ):
            first = min(each.location for each in variants)
            report.note(
                rules.UNUSED_JOB,
                first,
                f"the job {name!r} is in no pipeline and no job inherits from it; "
                "run it somewhere, make it abstract, or remove it",
                related(((each.location, "defined again") for each in variants), first),
                key=f"job {name} of {variants[0].project}",
            )


def _used(definitions: Definitions) -> set[str]:
    """Return the jobs that a pipeline mentions or that another job inherits from."""
    used = {each.job for each in definitions.mentions}
    for variants in definitions.definitions.values():
        used.update(each.parent for each in variants if each.parent and each.parent != each.job)
    return used


def _is_to_run(variants: tuple[DefinedVariant, ...]) -> bool:
    return not any(each.is_abstract for each in variants)
