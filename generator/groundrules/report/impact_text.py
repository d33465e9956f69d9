"""An `Impact` as text for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from groundrules.graphs.elements import Step
from groundrules.graphs.impact import Impact, LostGraph, ProjectUses, Touched, Use
from groundrules.text import counted, escaped_lines, section

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
    for noun, touched in (("nodeset", impact.nodesets), ("job", impact.jobs)):
        lines += section(f"Used by {counted(len(touched), noun)}:", _touched(touched))
    places = counted(len(impact.stanzas), "place")
    lines += section(f"Named in {places}:", map(_placed, impact.stanzas))
    projects = counted(len(impact.projects), "project")
    lines += section(f"Used in the graphs of {projects}:", _uses(impact.projects))
    # without a parent, the job itself is lost
    losses = impact.kind != "parent" and (*impact.losses, *impact.reported)
    if not (impact.nodesets or impact.jobs or impact.stanzas or impact.projects or losses):
        lines += ["", "Nothing here uses it."]
    lines += _losses(impact)
    mistakes = counted(len(impact.reported), "mistake")
    lines += section(f"Without it the configuration has {mistakes}:", map(str, impact.reported))
    informed = counted(len(impact.informed), "project")
    lines += section(f"To inform: {informed}", impact.informed)
    return escaped_lines([*lines, *section("Not known:", impact.unknown)])


def records_text(records: Sequence[Step]) -> str:
    """Return the records that name an object or a job that uses it."""
    title = f"{counted(len(records), 'record')} of the manual:"
    return escaped_lines((title, *(f"  {_placed(step)}" for step in records)))


def _definitions(impact: Impact) -> Iterator[str]:
    if impact.definitions:
        yield from (f"  {_placed(step)}" for step in impact.definitions)
    elif impact.kind in ELSEWHERE:
        yield f"  {ELSEWHERE[impact.kind]}"
    else:
        yield "  not defined here"


def _touched(touched: Iterable[Touched]) -> Iterator[str]:
    for one in touched:
        variants = f" ({len(one.locations)} variants)" if len(one.locations) > 1 else ""
        yield f"{one.name}{variants}"
        yield from (f"  {_placed(step)}" for step in one.chain)
        written = {step.location for step in one.chain}
        yield from (f"  {at}: variant" for at in one.locations if at not in written)


def _uses(projects: Iterable[ProjectUses]) -> Iterator[str]:
    for project in projects:
        yield project.name
        for use in project.uses:
            yield f"  {use.job} in {graphs_in_words(use)}"
            yield from (f"    {_placed(step)}" for step in use.chain)


def graphs_in_words(use: Use) -> str:
    """Return pipelines and branches in words: ``check, gate on main; check on stable``."""
    by_branch: dict[str, list[str]] = {}
    for pipeline, branch in use.graphs:
        by_branch.setdefault(branch, []).append(pipeline)
    branches: dict[str, list[str]] = {}
    for branch, pipelines in by_branch.items():
        branches.setdefault(", ".join(pipelines), []).append(branch)
    return "; ".join(f"{names} on {', '.join(on)}" for names, on in branches.items())


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
    lost = counted(len(whole), "graph")
    yield from section(f"Without it {lost} cannot be built:", _grouped(whole))
    lacking = (f"{_title(loss)}: {', '.join(loss.jobs)}" for loss in parts)
    yield from section(f"Without it {counted(len(parts), 'graph')} would lack jobs:", lacking)


def _grouped(losses: Sequence[LostGraph]) -> Iterator[str]:
    """Yield each error with its graphs."""
    for error, graphs in groupby(sorted(losses, key=_error), key=_error):
        yield error
        yield from (f"  {_title(loss)}" for loss in graphs)


def _error(loss: LostGraph) -> str:
    return str(loss.error) if loss.error else "the project is not in the pipeline any more"


def _title(loss: LostGraph) -> str:
    return f"{loss.project} {loss.pipeline} {loss.branch}"
