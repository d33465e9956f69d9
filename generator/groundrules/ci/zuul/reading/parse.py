"""The bytes of one configuration file → `FileObjects`.

A file that is not one YAML document is lost.  After an item that is not a Zuul object, the rest
of the file is lost.  An object with an invalid value is lost alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from groundrules import yamlsource
from groundrules.ci.zuul.reading import schema
from groundrules.ci.zuul.reading.attribute import with_places
from groundrules.ci.zuul.reading.jobs import job_of
from groundrules.ci.zuul.reading.nodesets import FaultError, nodeset_of
from groundrules.ci.zuul.reading.objects import (
    FileObjects,
    Mistake,
    NamedSpec,
    NodeObject,
    PipelineSpec,
    Pragma,
    Word,
)
from groundrules.ci.zuul.reading.patterns import patterns_of
from groundrules.ci.zuul.reading.projects import project_of, template_of
from groundrules.ci.zuul.reading.refusals import check_whole
from groundrules.ci.zuul.reading.shapes import Fault, Faults, Shape
from groundrules.ci.zuul.reading.triggers import (
    check_expressions,
    names_tags,
    starts_of,
    tag_refs,
    timers_of,
)
from groundrules.nearest import cut, did_you_mean
from groundrules.yamlsource import Mapping, Place, Problem, Sequence, Tagged

LEAST = {
    "window": 0,
    "window-floor": 1,
    "window-ceiling": 1,
    "window-increase-factor": 1,
    "window-decrease-factor": 1,
    "disable-after-consecutive-failures": 1,
}


def parse(data: bytes) -> FileObjects:
    """Return the objects and mistakes of a file; no content raises an exception."""
    objects = FileObjects()
    try:
        source = yamlsource.read(data)
        check_whole(source, data)
    except Problem as problem:
        objects.mistakes.append(Mistake(rule="GR601", message=problem.message, place=problem.place))
        return objects
    objects.mistakes += [
        Mistake(rule="GR617", message=problem.message, place=problem.place)
        for problem in source.depends
    ]
    items = _items(source, objects.mistakes)
    for item in sorted(items, key=lambda item: item.kind != "pragma"):  # it is for the whole file
        _read_object(item, objects)
    _note_pragma(objects)
    return objects


def _note_pragma(objects: FileObjects) -> None:
    """Report the base jobs on which Zuul 14.3 fails because of this file's pragma."""
    pragma = objects.pragma
    if pragma is None or not pragma.matchers or pragma.branches is not None:
        return
    for job in objects.jobs:
        if job.is_base and job.branches is None:
            message = (
                f"Zuul 14.3 fails on the base job {job.name!r} and on all jobs without 'branches' "
                "that inherit from it, since the pragma has no 'implied-branches'; add 'branches' "
                "to the job"
            )
            objects.mistakes.append(Mistake(rule="GR616", message=message, place=job.place))


class Item(NamedTuple):
    """An object of a file: its kind, its content, and the place of its kind."""

    kind: str
    conf: Mapping
    place: Place


def _items(source: yamlsource.ParsedYaml, mistakes: list[Mistake]) -> list[Item]:
    """Return the objects before the first item that is not an object."""
    if source.value is None:
        return []
    if not isinstance(source.value, Sequence):
        message = "a file of Zuul is a list of objects; begin each object with '- '"
        mistakes.append(Mistake(rule="GR602", message=message, place=source.place))
        return []
    items: list[Item] = []
    for index, item in enumerate(source.value):
        if wrong := _wrong_item(item):
            rest = len(source.value) - index - 1
            lost = f"; {rest} more after it {'is' if rest == 1 else 'are'} lost too" if rest else ""
            place = source.value.item_place(index)
            mistakes.append(Mistake(rule="GR602", message=wrong + lost, place=place))
            break
        [(kind, conf)] = item.items()
        items.append(Item(kind, conf, item.key_place(kind)))
    return items


def _wrong_item(item: Any) -> str | None:
    if not isinstance(item, Mapping) or not item:
        return f"an item must be a mapping with one key: {', '.join(KINDS)}"
    if "hosts" in item or "import_playbook" in item:
        return (
            "this is a play of Ansible, not an object of Zuul; move the playbook to another folder"
        )
    if len(item) > 1:
        keys = ", ".join(repr(key) for key in item)
        return f"an item must have one key, not {len(item)} ({keys}); indent what is inside"
    [(kind, conf)] = item.items()
    if not isinstance(conf, Mapping):
        return f"{kind!r} must be followed by a mapping; indent its keys below it"
    if kind not in KINDS and kind not in NODE_KINDS:
        return f"unknown object {kind!r}{did_you_mean(str(kind), KINDS)}"
    return None


def _read_object(item: Item, objects: FileObjects) -> None:
    kind, conf, place = item
    if kind in NODE_KINDS:
        objects.node_objects += _node_objects(item)
        return
    shape, read = KINDS[kind]
    faults = shape(conf, place)
    if not faults:
        try:
            read(item, objects)
        except FaultError as error:
            faults = error.faults
    name = conf.get("name")
    name = name if isinstance(name, str) else ""
    noun = "project stanza" if kind == "project" else kind
    for fault in faults:
        message = f"{fault.message} (this {noun}{f' {cut(name)!r}' if name else ''} is lost)"
        objects.mistakes.append(
            Mistake(rule="GR603", message=message, place=fault.place, kind=kind, name=name)
        )
        name = cut(name)  # in full only once: each mistake is cached with it


def _read_pragma(item: Item, objects: FileObjects) -> None:
    conf = item.conf
    pragma = objects.pragma = objects.pragma or Pragma()
    if "implied-branch-matchers" in conf:
        pragma.matchers = conf["implied-branch-matchers"]
    if "implied-branches" in conf:
        pragma.branches = patterns_of(conf, "implied-branches", objects.mistakes)


def _read_pipeline(item: Item, objects: FileObjects) -> None:
    conf = item.conf
    check_expressions(conf.get("trigger"), objects.mistakes)
    objects.pipelines.append(
        PipelineSpec(
            name=conf["name"],
            place=item.place,
            post_review=conf.get("post-review", False),
            allow_parameters=conf.get("allow-parameters", False),
            runs_for_tags=names_tags(conf.get("trigger")),
            tag_refs=tag_refs(conf.get("trigger")),
            timers=tuple(timers_of(conf.get("trigger"))),
            starts=starts_of(conf.get("trigger")),
            is_serial=conf["manager"] == "serial",
        )
    )


def _pipeline(value: Any, place: Place) -> Faults:
    """Accept a pipeline; its windows are checked if all else is right."""
    return schema.PIPELINE(value, place) or list(_windows(value))


def _windows(conf: Mapping) -> Iterator[Fault]:
    """Yield the windows that Zuul does not accept."""
    for key, least in LEAST.items():
        value = conf.get(key)
        if value is not None and (not isinstance(value, int) or value < least):
            yield Fault(conf.value_place(key), f"{key} is a whole number, at least {least}")
    ceiling = conf.get("window-ceiling")
    if isinstance(ceiling, int) and 1 <= ceiling < conf.get("window-floor", 3):
        message = "window-ceiling is less than window-floor, which is 3 unless set"
        yield Fault(conf.value_place("window-ceiling"), message)


def _read_secret(item: Item, objects: FileObjects) -> None:
    conf = item.conf
    if ("data" in conf) is ("oidc" in conf):
        raise FaultError(item.place, "a secret has either the key 'data' or the key 'oidc'")
    objects.secrets.append(_named(item))


def _read_queue(item: Item, objects: FileObjects) -> None:
    conf = item.conf
    if "per-branch" in conf and "type" in conf:
        raise FaultError(conf.value_place("type"), "a queue has either 'per-branch' or 'type'")
    if conf.get("dependencies-by-topic") and not conf.get("allow-circular-dependencies"):
        message = "'dependencies-by-topic' needs 'allow-circular-dependencies: true'"
        raise FaultError(conf.value_place("dependencies-by-topic"), message)
    objects.queues.append(_named(item))


def _read_semaphore(item: Item, objects: FileObjects) -> None:
    spec = _named(item)
    spec.identity = str(item.conf.get("max", 1))
    objects.semaphores.append(spec)


def _node_objects(item: Item) -> Iterator[NodeObject]:
    """Yield the object of an item, which is not checked; nothing without a name."""
    kind, conf, place = item
    if not isinstance(name := conf.get("name"), str):
        return
    names: dict[str, tuple[Word, ...]] = {}
    for key, value in conf.items():
        if other := _NODE_KEYS.get(key):
            entries = with_places(value, conf.value_place(key))
            words = ((e.get("name") if isinstance(e, Mapping) else e, at) for e, at in entries)
            names[other] = tuple(Word(name=w, place=at) for w, at in words if isinstance(w, str))
    yield NodeObject(kind=kind, name=name, place=place, names=names)


def _named(item: Item) -> NamedSpec:
    identity = json.dumps(_comparable(item.conf), sort_keys=True, default=str)
    return NamedSpec(name=item.conf["name"], place=item.place, identity=identity)


def _comparable(value: Any) -> Any:
    if isinstance(value, Tagged):
        return [value.tag, _comparable(value.value)]
    if isinstance(value, dict):
        return {str(key): _comparable(item) for key, item in value.items()}
    return [_comparable(item) for item in value] if isinstance(value, list) else value


KINDS: dict[str, tuple[Shape, Callable[[Item, FileObjects], None]]] = {
    "job": (
        schema.JOB,
        lambda item, to: to.jobs.append(job_of(item.conf, item.place, to.mistakes)),
    ),
    "project": (
        schema.PROJECT,
        lambda item, to: to.projects.append(project_of(item.conf, item.place, to.mistakes)),
    ),
    "project-template": (
        schema.TEMPLATE,
        lambda item, to: to.templates.append(template_of(item.conf, item.place, to.mistakes)),
    ),
    "pipeline": (_pipeline, _read_pipeline),
    "nodeset": (
        schema.nodeset,
        lambda item, to: to.nodesets.append(nodeset_of(item.conf, item.place)),
    ),
    "secret": (schema.SECRET, _read_secret),
    "semaphore": (schema.SEMAPHORE, _read_semaphore),
    "queue": (schema.QUEUE, _read_queue),
    "pragma": (schema.PRAGMA, _read_pragma),
    "image": (schema.IMAGE, lambda item, to: to.images.append(_named(item))),
}
# these objects are about nodes and do not affect graphs
NODE_KINDS = ("flavor", "label", "section", "provider")
_NODE_KEYS = {
    **{"image": "image", "flavor": "flavor", "section": "section", "parent": "section"},
    **{"images": "image", "flavors": "flavor", "labels": "label"},
}
