"""An `Impact` as text for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from groundrules.graphs.elements import Step
from groundrules.graphs.impact import Impact, LostGraph, Touched, Use
from groundrules.text import counted, escaped

ELSEWHERE = {
    "label": "labels are defined outside Zuul's job configuration",
    "playbook": "a playbook, which jobs name by its path",
    "role file": "a file of a role, which playbooks name",
    "included file": "a file that playbooks include",
}
"""What is said of kinds that no configuration defines."""


def impact_text(impact: Impact, configuration: str = "") -> str:
    """Return what an object touches; ``configuration`` is the name of several in a manual."""
    within = f" in {configuration}" if configuration else ""
    lines = [f"{impact.kind} {impact.name!r}{within}", *_definitions(impact)]
    lines += _touched("nodeset", impact.nodesets)
    lines += _touched("job", impact.jobs)
    if impact.stanzas:
        lines += ["", f"Named in {counted(len(impact.stanzas), 'place')}:"]
        lines += [f"  {_placed(step)}" for step in impact.stanzas]
    lines += _projects(impact)
    # without a parent, the job itself is lost
    losses = impact.kind != "parent" and (*impact.losses, *impact.reported)
    if not (impact.nodesets or impact.jobs or impact.stanzas or impact.projects or losses):
        lines += ["", "Nothing here uses it."]
    lines += [*_losses(impact), *_reported(impact), *_informed(impact)]
    if impact.unknown:
        lines += ["", "Not known:", *(f"  {sentence}" for sentence in impact.unknown)]
    return "".join(f"{escaped(line)}\n" for line in lines)


def records_text(records: Sequence[Step]) -> str:
    """Return the records that name an object or a job that uses it."""
    title = f"{counted(len(records), 'record')} of the manual:"
    lines = [title, *(f"  {_placed(step)}" for step in records)]
    return "".join(f"{escaped(line)}\n" for line in lines)


def _definitions(impact: Impact) -> Iterator[str]:
    if impact.definitions:
        yield from (f"  {_placed(step)}" for step in impact.definitions)
    elif impact.kind in ELSEWHERE:
        yield f"  {ELSEWHERE[impact.kind]}"
    else:
        yield "  not defined here"


def _touched(noun: str, touched: Sequence[Touched]) -> Iterator[str]:
    if touched:
        yield from ("", f"Used by {counted(len(touched), noun)}:")
    for one in touched:
        variants = f" ({len(one.locations)} variants)" if len(one.locations) > 1 else ""
        yield f"  {one.name}{variants}"
        yield from _chain(one.chain)
        written = {step.location for step in one.chain}
        yield from (
            f"    {location}: variant" for location in one.locations if location not in written
        )


def _projects(impact: Impact) -> Iterator[str]:
    if impact.projects:
        yield from ("", f"Used in the graphs of {counted(len(impact.projects), 'project')}:")
    for project in impact.projects:
        yield f"  {project.name}"
        for use in project.uses:
            yield f"    {use.job} in {graphs_in_words(use)}"
            yield from _chain(use.chain, "      ")


def graphs_in_words(use: Use) -> str:
    """Return pipelines and branches in words: ``check, gate on main; check on stable``."""
    by_branch: dict[str, list[str]] = {}
    for pipeline, branch in use.graphs:
        by_branch.setdefault(branch, []).append(pipeline)
    branches: dict[str, list[str]] = {}
    for branch, pipelines in by_branch.items():
        branches.setdefault(", ".join(pipelines), []).append(branch)
    return "; ".join(f"{names} on {', '.join(on)}" for names, on in branches.items())


def _chain(chain: Iterable[Step], indent: str = "    ") -> Iterator[str]:
    yield from (f"{indent}{_placed(step)}" for step in chain)


def _placed(step: Step) -> str:
    return f"{step.location or 'not here'}: {step.what}"


def _losses(impact: Impact) -> Iterator[str]:
    if impact.without:
        yield from ("", f"Without it: {impact.without}.")
        return
    whole = [loss for loss in impact.losses if loss.is_whole]
    parts = [loss for loss in impact.losses if not loss.is_whole]
    if not impact.losses:
        which = "graphs that are known" if impact.unknown else "graphs"
        yield from ("", f"Without it all {which} are built as before.")
    if whole:
        yield from ("", f"Without it {counted(len(whole), 'graph')} cannot be built:")
        yield from _grouped(whole)
    if parts:
        yield from ("", f"Without it {counted(len(parts), 'graph')} would lack jobs:")
        yield from (f"  {_title(loss)}: {', '.join(loss.jobs)}" for loss in parts)


def _grouped(losses: Sequence[LostGraph]) -> Iterator[str]:
    """Yield each error with its graphs."""
    for error, graphs in groupby(sorted(losses, key=_error), key=_error):
        yield f"  {error}"
        yield from (f"    {_title(loss)}" for loss in graphs)


def _error(loss: LostGraph) -> str:
    return str(loss.error) if loss.error else "the project is not in the pipeline any more"


def _title(loss: LostGraph) -> str:
    return f"{loss.project} {loss.pipeline} {loss.branch}"


def _reported(impact: Impact) -> Iterator[str]:
    if impact.reported:
        number = counted(len(impact.reported), "mistake")
        yield from ("", f"Without it the configuration has {number}:")
        yield from (f"  {diagnostic}" for diagnostic in impact.reported)


def _informed(impact: Impact) -> Iterator[str]:
    if impact.informed:
        yield from ("", f"To inform: {counted(len(impact.informed), 'project')}")
        yield from (f"  {name}" for name in impact.informed)
