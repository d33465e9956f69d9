"""Reports undefined names; the objects that use them are not changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import nullcontext
from itertools import chain

from groundrules.ci.zuul.layout.layout import Layout
from groundrules.ci.zuul.layout.variants import FileOrigin, Stanza, Variant
from groundrules.ci.zuul.reading.nodesets import alternatives
from groundrules.ci.zuul.reading.objects import NodesetSpec, Word
from groundrules.graphs.elements import Edge, Job
from groundrules.graphs.job_graph import JobGraph
from groundrules.nearest import meaning
from groundrules.yamlsource import Place


def check_references(layout: Layout) -> None:
    """Report each undefined name of a job, nodeset, secret or template."""
    for spec, source in layout.nodesets.values():
        _check_alternatives(layout, spec, source)
    for variant in layout.definitions():
        _check_variant(layout, variant)
    with layout.beyond_zuul():  # the other mistakes of a lost job, to correct them together
        for variant in layout.without_project:
            _check_variant(layout, variant)
    _check_default_parent(layout)
    _check_parents(layout)
    _check_nodesets(layout)
    for stanza in layout.stanzas():
        _check_stanza(layout, stanza)


def _note(
    layout: Layout,
    kind: str,
    name: str,
    source: FileOrigin,
    place: Place,
    known: Collection[str | None] = (),
    use: str = "",
    but: str = "",
) -> None:
    """Report an undefined name; in an incomplete tenant only at its first use.

    Of a repository on its own, that is the first use on each branch.  ``known`` are the names to
    suggest, except ``but``; ``use`` follows the name in the message.
    """
    location = source.at(place)
    key = _use_of(kind, name, source)
    if layout.tenant.lacks(kind, name):
        layout.note("GR606", location, layout.not_defined(kind, name, known, use, but), but)
    elif location and key not in layout.named_elsewhere:
        layout.named_elsewhere.add(key)
        rule, message = "GR611", layout.not_defined(kind, name, (), use)
        if (kind, name) not in layout.lost_names:
            # a job can only use the secrets of its own project
            other = "branch" if kind == "secret" else "repository"
            end = layout.lost(kind, name)
            if not end:
                end = f"another {other} may define it"
                if meant := layout.meant(kind, name, known, but):
                    rule, end = "GR620", f"{end}{meaning(name, meant)}"
            message = f"the {kind} {name!r} is not defined here: {end}"
        layout.note(rule, location, message)


def _use_of(kind: str, name: str, source: FileOrigin) -> tuple[str, str, str]:
    """Return the same for all uses of a name of which the first is reported."""
    return kind, name, source.branch if source.project.is_alone else ""


def _note_job(
    layout: Layout, name: str, source: FileOrigin, place: Place, use: str = "", but: str = ""
) -> None:
    if location := source.at(place):
        layout.undefined.setdefault(name, location)
    _note(layout, "job", name, source, place, layout.jobs, use, but)


def _note_slip(
    layout: Layout,
    kind: str,
    name: str,
    source: FileOrigin,
    place: Place,
    known: Collection[str],
) -> None:
    """Report a pipeline or semaphore, which Zuul does not look up, if another one is meant."""
    key = _use_of(kind, name, source)
    if key in layout.named_elsewhere or layout.lost(kind, name):
        return
    if meant := layout.meant(kind, name, known):
        layout.named_elsewhere.add(key)
        here = " here: another repository may define it"
        end = ", so its limit is 1" if layout.tenant.is_complete else here
        message = f"the {kind} {name!r} is not defined{end}{meaning(name, meant)}"
        layout.note("GR620", source.at(place), message)


def _check_alternatives(layout: Layout, nodeset: NodesetSpec, source: FileOrigin) -> None:
    for name in nodeset.alternatives:
        if isinstance(name, str) and name not in layout.nodesets:
            place = nodeset.place_of(name)
            layout.wrong_alternatives.setdefault(name, source.at(place))
            _note(layout, "nodeset", name, source, place, layout.nodesets)


def _check_variant(layout: Layout, variant: Variant) -> None:
    spec, source = variant.spec, variant.source
    if spec.parent and spec.parent not in layout.jobs:
        use = f", the parent of {spec.name!r}"
        _note_job(layout, spec.parent, source, spec.place_of("parent"), use, but=spec.name)
    elif spec.parent:
        _check_parent(layout, variant, layout.jobs[spec.parent])
    if isinstance(spec.nodeset, str) and spec.nodeset not in layout.nodesets:
        place = spec.place_of("nodeset")
        _note(layout, "nodeset", spec.nodeset, source, place, layout.nodesets)
    elif isinstance(spec.nodeset, NodesetSpec):
        _check_alternatives(layout, spec.nodeset, source)
    _check_nodes(layout, variant)
    for word in spec.all_semaphores:
        if word.name not in layout.semaphores:
            _note_slip(layout, "semaphore", word.name, source, word.place, layout.semaphores)
    for dependency in spec.dependencies or ():
        if dependency.name not in layout.jobs:
            with layout.beyond_zuul():
                _note_job(layout, dependency.name, source, dependency.place)
    # Zuul looks for them with the playbooks, or as a graph passes them on (``Job.applyVariant``)
    with nullcontext() if spec.playbooks else layout.beyond_zuul():
        for word in {word.name: word for word in reversed(spec.secrets)}.values():
            _check_secret(layout, word, variant)  # where it is named first


def _check_secret(layout: Layout, word: Word, variant: Variant) -> None:
    """Report a secret that is undefined, or defined in another project than the job's."""
    name, project = word.name, variant.source.project
    if defined := layout.secrets.get(name):
        _, source = defined
        if source.project is not project and variant.spec.playbooks:
            message = (
                f"the secret {name!r} belongs to {source.project.name}; {variant.spec.name!r} can "
                f"only use secrets of its own project, {project.name}"
            )
            layout.note("GR607", variant.source.at(word.place), message, variant.spec.name)
    elif layout.lacks_secret(name, project):
        place = "this repository" if project.is_alone else project.name
        use = f" in {place}, and a job can only use secrets of its own project"
        message = layout.not_defined("secret", name, layout.secrets, use)
        layout.note("GR606", variant.source.at(word.place), message)
    else:
        _note(layout, "secret", name, variant.source, word.place, layout.secrets)


def _check_nodes(layout: Layout, variant: Variant) -> None:
    """Report a nodeset with more nodes than the tenant allows for a job."""
    most, nodeset = layout.tenant.max_nodes_per_job, variant.spec.nodeset
    if nodeset is None or most == -1 or not layout.tenant.is_complete:
        return
    entry = layout.nodesets.get(nodeset) if isinstance(nodeset, str) else (nodeset, None)
    for _, spec in alternatives(entry[0], layout.nodeset_specs) if entry else ():
        if spec and len(spec.labels) > most:
            place = variant.spec.place_of("nodeset")
            message = (
                f"{variant.spec.name!r} has {len(spec.labels)} nodes, which exceeds the tenant's "
                f"'max-nodes-per-job' of {most}"
            )
            layout.note("GR607", variant.source.at(place), message, variant.spec.name)


def _check_default_parent(layout: Layout) -> None:
    """Report once that the parent of all jobs without ``parent`` is not defined."""
    if not layout.tenant.is_complete or layout.tenant.default_parent in layout.jobs:
        return
    for first, *_ in layout.jobs.values():
        if first.spec.parent is None and not first.spec.is_base:
            use = ", the parent of jobs without 'parent'"
            name = layout.tenant.default_parent
            _note_job(layout, name, first.source, first.spec.place, use)
            return


def _check_parent(layout: Layout, variant: Variant, parents: list[Variant]) -> None:
    """Report a parent if none of its definitions allows this job to inherit."""
    if wrong := _wrong_parent(variant, parents):
        spec = variant.spec
        message = f"{spec.name!r} cannot inherit from {spec.parent!r}, which is {wrong}"
        location = variant.source.at(spec.place_of("parent"))
        layout.note("GR612", location, message, spec.name)


def _wrong_parent(variant: Variant, parents: list[Variant]) -> str:
    """Return what a parent is that does not allow a job to inherit; empty if it does."""
    if all(parent.spec.final for parent in parents):
        return "final"
    if not variant.spec.abstract and all(parent.spec.intermediate for parent in parents):
        return "intermediate: only an abstract job may"
    owner = parents[0].source.project
    is_own = owner is variant.source.project
    if not is_own and all(parent.spec.protected for parent in parents):
        return f"protected by {owner.name}"
    return ""


def _check_stanza(layout: Layout, stanza: Stanza) -> None:
    if stanza.spec.is_template and not stanza.pipelines:
        # one without jobs puts the project into the pipeline
        message = f"the template {stanza.spec.name!r} brings no job into any pipeline"
        layout.note("GR615", stanza.location, message)
    for pipeline in stanza.pipelines if not layout.tenant.is_complete else ():
        if pipeline not in layout.pipelines:
            place = stanza.spec.place_of(pipeline)
            _note_slip(layout, "pipeline", pipeline, stanza.source, place, layout.pipelines)
    for word in stanza.spec.templates:
        if word.name not in layout.templates:
            known = layout.templates
            _note(layout, "project-template", word.name, stanza.source, word.place, known)
    for variant in stanza.mentions:
        if variant.spec.is_repeated:
            continue  # the equal mention has the same names
        if variant.spec.name not in layout.jobs:
            _note_job(layout, variant.spec.name, variant.source, variant.spec.place)
        _check_variant(layout, variant)


def _check_parents(layout: Layout) -> None:
    """Report each cycle of parents once, at its alphabetically first job."""
    parents = (
        (name, variant.spec.parent)
        for name, variants in layout.jobs.items()
        for variant in variants
        if variant.spec.parent
    )
    for circle in _circles(parents):
        way = " → ".join(circle)
        variants = layout.jobs[circle[0]]
        variant = next(variant for variant in variants if variant.spec.parent == circle[1])
        location = variant.source.at(variant.spec.place_of("parent"))
        with layout.beyond_zuul():
            layout.note("GR612", location, f"the jobs inherit from each other: {way}")


def _check_nodesets(layout: Layout) -> None:
    """Report each cycle of alternatives once (``NodeSet.flattenAlternatives`` in zuul/model.py)."""
    alternatives = (
        (name, other) for name, (spec, _) in layout.nodesets.items() for other in spec.places
    )
    for circle in _circles(alternatives):
        way = " → ".join(circle)
        spec, source = layout.nodesets[circle[0]]
        location = source.at(spec.place_of(circle[1]))
        layout.wrong_alternatives.update(dict.fromkeys(circle, location))
        layout.note("GR612", location, f"a nodeset is an alternative of itself: {way}")


def _circles(links: Iterable[tuple[str, str]]) -> Iterator[list[str]]:
    """Yield each cycle of links between names, with the first name at its end again."""
    edges = dict.fromkeys(links)
    graph = JobGraph(
        tuple(Job(name=name) for name in dict.fromkeys(chain.from_iterable(edges))),
        tuple(Edge(job=name, dependency=other) for name, other in edges),
    )
    yield from ([*circle, circle[0]] for circle in graph.cycles())
