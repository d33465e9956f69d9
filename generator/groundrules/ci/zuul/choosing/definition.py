"""`definition_of`: everything about a merged job that Zuul compares to see whether it changed.

Zuul compares a hash of all values of the job (``Job.getConfigHash`` in zuul/model.py), except its
file matchers and its description.  The hash has the file of each playbook.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from groundrules.ci.zuul.choosing.written_values import Written
from groundrules.ci.zuul.freezing.merged import Merged
from groundrules.ci.zuul.layout.layout import Layout
from groundrules.ci.zuul.layout.variants import FileOrigin, Stanza, Variant
from groundrules.ci.zuul.reading.equal_mentions import ComparedMention
from groundrules.ci.zuul.reading.nodesets import alternatives
from groundrules.ci.zuul.reading.objects import NodesetSpec

REPLACED = (
    *("override-checkout", "voting", "pre-timeout", "timeout", "post-timeout", "attempts"),
    *("match-on-config-updates", "deduplicate", "image-build-name", "type", "parent"),
    *("ansible-split-streams", "ansible-version", "workspace-scheme", "workspace-checkout"),
    "branches",
)
"""The values of which the last one counts."""

UNITED = ("provides", "requires", "include-projects", "exclude-projects", "failure-output")
VARIABLES = ("vars", "extra-vars", "host-vars", "group-vars")
AROUND = {"pre-run": False, "post-run": True, "cleanup-run": True}
"""Whether later playbooks come first."""

Origin = tuple[str, str, str]


class DefinitionParts(Struct, frozen=True):
    """A merged job, its mentions that apply, and the stanzas of its pipeline."""

    job: Merged
    mentions: tuple[Variant, ...]
    stanzas: tuple[Stanza, ...]

    @property
    def variants(self) -> tuple[Variant, ...]:
        """The definitions and mentions, in the order they apply."""
        return (*self.job.applied, *self.mentions)

    @property
    def sources(self) -> list[object]:
        """Values that are equal only if nothing was edited."""
        jobs = [(id(variant.spec), origin_of(variant.source)) for variant in self.variants]
        stanzas = [(id(stanza.spec), origin_of(stanza.source)) for stanza in self.stanzas]
        return [jobs, stanzas, self.job.applied[0].matchers is None]


def origin_of(source: FileOrigin) -> Origin:
    """Return the project, branch and path of a file."""
    return source.project.canonical_name, source.branch, source.file


def definition_of(parts: DefinitionParts, written: Written, layout: Layout) -> str:
    """Return the values of a job as text; ``layout`` has the nodesets of alternatives."""
    job = parts.job
    building = _Building()
    for variant in job.applied:
        building.add(variant, written.attributes(variant))
    variables: dict[str, Any] = {}
    for stanza in parts.stanzas:
        variables = _updated(variables, written.variables(stanza))
    building.values["vars"] = _updated(variables, building.values.get("vars", {}))
    for variant in parts.mentions:
        building.add(variant, written.attributes(variant))
    values = building.finished()
    first = written.attributes(job.applied[0]).values
    values |= {
        "base": (first.get("protected"), first.get("variant-description")),
        "flags": (job.final, job.abstract, job.intermediate, job.post_review),
        "secret-exposure": job.secret_exposure or "ignore",
        "tags": sorted(job.tags),
        "dependencies": frozenset(job.dependencies),
        "nodeset": list(_nodes(job.nodeset, layout)),
        "implied": _implied(job) if "branches" not in values else None,
    }
    return _text(values)


def _text(value: Any) -> str:
    """Return a value as text, in which 1 and true differ and the order of keys does not matter."""
    match value:
        case dict():
            return (
                f"{{{','.join(sorted(f'{key!r}:{_text(item)}' for key, item in value.items()))}}}"
            )
        case frozenset():
            return f"{{{','.join(sorted(map(_text, value)))}}}"
        case list() | tuple():
            return f"[{','.join(map(_text, value))}]"
    return repr(value)


def _implied(job: Merged) -> str | None:
    return None if job.applied[0].matchers is None else job.applied[-1].source.branch


def _nodes(nodeset: str | NodesetSpec | None, layout: Layout) -> Iterator[str]:
    """Yield the nodesets of which the job can get one."""
    if not isinstance(nodeset, NodesetSpec):
        if nodeset is not None:
            yield nodeset
        return
    for name, spec in alternatives(nodeset, layout.nodeset_specs):
        if spec is None:
            yield name
        elif spec.labels:
            yield spec.identity


class _Building(Struct):
    """The values of the variants that have been applied."""

    values: dict[str, Any] = {}
    roles: tuple[Any, ...] = ()
    homes: frozenset[str] = frozenset()

    def add(self, variant: Variant, said: ComparedMention) -> None:
        """Apply the values of one more variant."""
        new = said.values
        for key in said.defaults:
            self.values.pop(key, None)
        self.values |= {key: new[key] for key in REPLACED if key in new}
        for key in UNITED:
            if key in new:
                self.values[key] = frozenset(self._kept(key, new, ())) | frozenset(new[key])
        for key in VARIABLES:
            if key in new:
                self.values[key] = _updated(self._kept(key, new, {}), new[key])
        if "required-projects" in new:
            kept = self._kept("required-projects", new, {})
            self.values["required-projects"] = kept | new["required-projects"]
        if "semaphores" in new:
            held = {*self.values.get("semaphores", ()), *new["semaphores"]}
            self.values["semaphores"] = sorted(held)
        self._add_files(variant, new)
        self._add_playbooks(variant, new)

    def _kept(self, key: str, new: dict[str, Any], nothing: Any) -> Any:
        """Return what is united with new values: nothing after ``!override``."""
        return nothing if f"control of {key}" in new else self.values.get(key, nothing)

    def _add_files(self, variant: Variant, new: dict[str, Any]) -> None:
        project = variant.source.project.canonical_name
        files = [(project, *file) for file in new.get("include-vars", ())]
        if files:
            kept = self._kept("include-vars", new, [])
            self.values["include-vars"] = list(dict.fromkeys([*kept, *files]))

    def _add_playbooks(self, variant: Variant, new: dict[str, Any]) -> None:
        own = [] if variant.spec.is_entry else [("", variant.source.project.canonical_name)]
        roles = (*new.get("roles", ()), *own)
        self.roles = tuple(dict.fromkeys((*roles, *self.roles)))
        self.homes |= frozenset(new.get("preserve-home-paths", ()))
        secrets = repr(new.get("secrets", ""))
        where = (origin_of(variant.source), self.roles, self.homes, secrets)
        if "run" in new:
            self.values["run"] = [(where, playbook) for playbook in new["run"]]
        for key, is_first in AROUND.items():
            if key in new:
                added = [(where, playbook) for playbook in new[key]]
                kept = self.values.get(key, [])
                self.values[key] = added + kept if is_first else kept + added

    def finished(self) -> dict[str, Any]:
        """Return the values of the job."""
        values = self.values | {"roles": self.roles}
        before, whole = values.get("pre-timeout"), values.get("timeout")
        if before and whole and before > whole:
            values["pre-timeout"] = whole
        return values


def _updated(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Return variables in which later ones replace earlier ones at every depth."""
    merged = dict(old)
    todo: list[tuple[dict[str, Any], Iterable[tuple[str, Any]]]] = [(merged, new.items())]
    while todo:
        into, items = todo.pop()
        for key, value in items:
            earlier = into.get(key)
            if isinstance(earlier, dict) and isinstance(value, dict):
                into[key] = dict(earlier)
                todo.append((into[key], value.items()))
            else:
                into[key] = value
    return merged
