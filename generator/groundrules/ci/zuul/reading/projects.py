"""A mapping in a Zuul file → `ProjectSpec`, for project stanzas and templates alike.

https://zuul-ci.org/docs/zuul/latest/config/project.html
"""

from __future__ import annotations

from typing import Any

from groundrules.ci.zuul.reading.jobs import job_of
from groundrules.ci.zuul.reading.nodesets import FaultError
from groundrules.ci.zuul.reading.objects import JobSpec, Mistake, ProjectSpec, Word
from groundrules.ci.zuul.reading.patterns import patterns_of
from groundrules.ci.zuul.reading.variables import RESERVED, check_names
from groundrules.yamlsource import Mapping, Place, Sequence, Tagged

NOT_PIPELINES = frozenset(
    {
        *("name", "description", "templates", "merge-mode", "default-branch", "vars", "queue"),
        "branches",
    }
)
# what an attribute is when it is not written
DEFAULTS: dict[str, Any] = {
    "voting": True,
    "hold-following-changes": False,
    "match-on-config-updates": True,
    "deduplicate": "auto",
    "attempts": 3,
    "final": False,
    "abstract": False,
    "intermediate": False,
    "workspace-scheme": "golang",
    "workspace-checkout": True,
    "type": "regular",
    "secret-exposure": "ignore",
}
UNORDERED = ("dependencies", "tags", "provides", "requires", "allowed-projects")


def template_of(conf: Mapping, place: Place, mistakes: list[Mistake]) -> ProjectSpec:
    """Return the template of a mapping that has the right shape.

    Raises `FaultError` for a template that is lost.
    """
    spec = ProjectSpec(name=conf.get("name"), place=place, is_template=True)
    for name, contents in conf.items():
        if name not in NOT_PIPELINES:
            spec.pipelines[name] = tuple(_entries(contents, mistakes))
            _check_parameters(contents)
    spec.parametrised = tuple(name for name in spec.pipelines if conf[name].get("parameters", ()))
    check_names(conf.get("vars", Mapping()), RESERVED)
    return spec


def project_of(conf: Mapping, place: Place, mistakes: list[Mistake]) -> ProjectSpec:
    """Return the project of a mapping that has the right shape.

    Raises `FaultError` for a project that is lost.
    """
    spec = template_of(conf, place, mistakes)
    spec.is_template = False
    if "branches" in conf:
        spec.branches = patterns_of(conf, "branches", mistakes)
    names = conf.get("templates", Sequence())
    found: dict[str, Word] = {}
    for index, name in enumerate(names):
        found.setdefault(name, Word(name=name, place=names.item_place(index)))
    spec.templates = tuple(found.values())
    return spec


def _check_parameters(contents: Mapping) -> None:
    if isinstance(contents.get("parameters"), Mapping):
        place = contents.value_place("parameters")
        raise FaultError(place, "expected a list, found a mapping")


def _entries(contents: Mapping, mistakes: list[Mistake]) -> list[JobSpec]:
    """Return the jobs of one pipeline; an entry that equals an earlier one is left out."""
    jobs = contents.get("jobs", Sequence())
    entries: list[JobSpec] = []
    seen: dict[str, list[Mapping]] = {}
    for index, item in enumerate(jobs):
        place = jobs.item_place(index)
        name, conf = _entry(item, place, mistakes)
        entry = job_of(conf, place, mistakes, name)
        twins = [each for each in seen.get(name, ()) if _alike(each, conf)]
        if twins:
            _note_twin(twins[0], conf, name, place, mistakes)
            continue
        seen.setdefault(name, []).append(conf)
        entries.append(entry)
    return entries


def _entry(item: Any, place: Place, mistakes: list[Mistake]) -> tuple[str, Mapping]:
    if isinstance(item, str):
        return item, _empty(place)
    if not item:
        raise FaultError(place, "expected the name of a job, found an empty mapping")
    name, conf = next(iter(item.items()))
    if len(item) > 1:
        lost = ", ".join(repr(key) for key in list(item)[1:])
        message = f"Zuul takes only the first key, {name!r}, and drops {lost}; check indentation"
        mistakes.append(Mistake(rule="GR614", message=message, place=place))
    if isinstance(conf, str):
        message = f"expected the attributes of the job {name!r}, found text; drop the ':'"
        raise FaultError(item.value_place(name), message)
    return name, conf


def _empty(place: Place) -> Mapping:
    conf = Mapping()
    conf.place, conf._marks = place, {}
    return conf


def _alike(one: Mapping, other: Mapping) -> bool:
    return _values(one) == _values(other)


def _values(conf: Mapping) -> dict[str, Any]:
    """Return what an entry says beyond the defaults, so that two entries can be compared."""
    values = {}
    for key, value in conf.items():
        kept = value.value if isinstance(value, Tagged) else value
        if key in UNORDERED:
            kept = _unordered(kept)
        merges = isinstance(value, Tagged) and value.tag
        if kept not in ([], (), {}, None, DEFAULTS.get(key)) or merges:
            values[key] = (kept, merges)
    return values


def _unordered(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value] if value else []
    named = ({"name": each, "soft": False} if isinstance(each, str) else each for each in items)
    return sorted({f"{each.get('name')} {each.get('soft', False)}" for each in named})


def _note_twin(
    twin: Mapping, conf: Mapping, name: str, place: Place, mistakes: list[Mistake]
) -> None:
    if set(twin) == set(conf):
        return
    message = (
        f"this second mention of {name!r} says nothing beyond the defaults; whether Zuul applies "
        "it changes from run to run, so write what is meant in one mention"
    )
    mistakes.append(Mistake(rule="GR610", message=message, place=place))
