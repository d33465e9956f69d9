"""A mapping in a Zuul file → `ProjectSpec`, for project stanzas and templates alike.

https://zuul-ci.org/docs/zuul/latest/config/project.html
"""

from __future__ import annotations

from typing import Any

from groundrules.ci.zuul.reading.equal_mentions import (
    ComparedMention,
    EarlierMentions,
    Equality,
    compared,
)
from groundrules.ci.zuul.reading.jobs import job_of
from groundrules.ci.zuul.reading.nodesets import FaultError
from groundrules.ci.zuul.reading.objects import JobSpec, Mistake, ProjectSpec, Word
from groundrules.ci.zuul.reading.patterns import RESERVED, check_names, patterns_of, places_of
from groundrules.yamlsource import Mapping, Place, Sequence

EQUAL = Equality.EQUAL

NOT_PIPELINES = frozenset(
    {
        *("name", "description", "templates", "merge-mode", "default-branch", "vars", "queue"),
        "branches",
    }
)


def template_of(conf: Mapping, place: Place, mistakes: list[Mistake]) -> ProjectSpec:
    """Return the template of a valid mapping.

    Raises `FaultError` for a template that is lost.
    """
    spec = ProjectSpec(name=conf.get("name"), place=place, is_template=True)
    if queue := conf.get("queue"):
        spec.queue = Word(name=queue, place=conf.value_place("queue"))
    for name, contents in conf.items():
        if name not in NOT_PIPELINES:
            spec.places[name] = conf.key_place(name)
            spec.pipelines[name] = tuple(_entries(contents, mistakes))
            _check_parameters(contents)
    spec.parametrised = tuple(name for name in spec.pipelines if conf[name].get("parameters", ()))
    check_names(conf.get("vars", Mapping()), RESERVED)
    return spec


def project_of(conf: Mapping, place: Place, mistakes: list[Mistake]) -> ProjectSpec:
    """Return the project of a valid mapping.

    Raises `FaultError` for a project that is lost.
    """
    spec = template_of(conf, place, mistakes)
    spec.is_template = False
    if spec.name:
        spec.places["name"] = conf.value_place("name")
    if "branches" in conf:
        spec.branches = patterns_of(conf, "branches", mistakes)
        spec.branch_places = places_of(conf, "branches")
    names = conf.get("templates", Sequence())
    words: dict[str, Word] = {}
    for index, name in enumerate(names):
        words.setdefault(name, Word(name=name, place=names.item_place(index)))
    spec.templates = tuple(words.values())
    return spec


def _check_parameters(contents: Mapping) -> None:
    if isinstance(contents.get("parameters"), Mapping):
        place = contents.value_place("parameters")
        raise FaultError(place, "expected a list, found a mapping")


def _entries(contents: Mapping, mistakes: list[Mistake]) -> list[JobSpec]:
    """Return the mentions in a pipeline, without bare ones that equal an earlier one."""
    jobs = contents.get("jobs", Sequence())
    entries: list[JobSpec] = []
    applied: dict[str, EarlierMentions] = {}
    for index, item in enumerate(jobs):
        place = jobs.item_place(index)
        name, conf = _entry(item, place, mistakes)
        entry = job_of(conf, place, mistakes, name)
        mention, earlier = compared(conf, place), applied.setdefault(name, EarlierMentions())
        equal = earlier.equal_to(mention)
        if equal and _matters(mention, equal, earlier):
            mistakes.append(_unstable(mention, equal, name))
        entry.is_repeated = equal is not None and mention.compare(equal) is EQUAL
        if not entry.is_repeated:
            earlier.add(mention)
        if not (entry.is_repeated and entry.is_bare):
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
        message = (
            f"Zuul reads only the first key, {name!r}, and ignores {lost}; check the indentation"
        )
        mistakes.append(Mistake(rule="GR614", message=message, place=place))
    if isinstance(conf, str):
        message = f"expected the attributes of the job {name!r}, found text; remove the ':'"
        raise FaultError(item.value_place(name), message)
    return name, conf


def _empty(place: Place) -> Mapping:
    conf = Mapping()
    conf.place, conf._marks = place, {}
    return conf


def _matters(mention: ComparedMention, equal: ComparedMention, earlier: EarlierMentions) -> bool:
    """Return whether applying ``mention`` can change a graph."""
    is_repeated = equal is earlier.last and mention.keys == equal.keys
    return bool(mention.keys - {"description"}) and not is_repeated


def _unstable(mention: ComparedMention, equal: ComparedMention, name: str) -> Mistake:
    how_often = "except" if mention.compare(equal) is EQUAL else "but only"
    message = (
        f"Zuul ignores this mention of {name!r}, which equals the one on line "
        f"{equal.place.line}, {how_often} once after each reload; write one mention"
    )
    return Mistake(rule="GR610", message=message, place=mention.place)
