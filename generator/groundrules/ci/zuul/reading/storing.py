"""`FileObjects` ↔ plain lists and dicts that JSON can hold.

Only what differs from the defaults is written, so that most jobs are a few words long.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from operator import attrgetter
from typing import Any

from groundrules.ci.zuul.reading.objects import (
    Dependency,
    FileObjects,
    JobSpec,
    Mistake,
    NamedSpec,
    NodesetSpec,
    PipelineSpec,
    PlaybookSpec,
    Pragma,
    ProjectSpec,
    Word,
)
from groundrules.yamlsource import Place

Plain = dict[str, Any]
_CLASSES: tuple[type[Any], ...] = (
    *(Dependency, FileObjects, JobSpec, Mistake, NamedSpec, NodesetSpec, PipelineSpec, Pragma),
    *(PlaybookSpec, ProjectSpec, Word),
)
_PLAIN = frozenset((bool, int, str, Place, type(None)))


def _default(each: Field[Any]) -> Any:
    if each.default_factory is not MISSING:
        return each.default_factory()
    return each.default


_NAMES = {kind: tuple(each.name for each in fields(kind)) for kind in _CLASSES}
_VALUES = {kind: attrgetter(*names) for kind, names in _NAMES.items()}
_DEFAULTS = {kind: tuple(map(_default, fields(kind))) for kind in _CLASSES}


def to_plain(value: Any) -> Any:
    """Return what JSON can hold of the objects of a file."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is JobSpec and value.is_bare:  # half of all jobs: a name and its place
        return [value.name, *value.place]
    if (names := _NAMES.get(kind)) is not None:
        stored = zip(names, _VALUES[kind](value), _DEFAULTS[kind], strict=True)
        return {name: to_plain(item) for name, item, default in stored if item != default}
    if isinstance(value, dict):
        return {key: to_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(item) for item in value]
    return value


def from_plain(plain: Plain) -> FileObjects:
    """Return the objects that `to_plain` wrote; what is in ``plain`` becomes theirs."""
    objects = FileObjects()
    for name, items in plain.items():
        if name == "pragma":
            objects.pragma = Pragma(**items)
        else:
            setattr(objects, name, [_READERS[name](item) for item in items])
    return objects


def _placed(kind: type[Any]) -> Callable[[Plain], Any]:
    def read(plain: Plain) -> Any:
        plain["place"] = Place(*plain["place"])
        return kind(**plain)

    return read


_dependency, _word = _placed(Dependency), _placed(Word)


def _nodeset(plain: Plain) -> NodesetSpec:
    plain["place"] = Place(*plain["place"])
    if "labels" in plain:
        plain["labels"] = [_word(each) for each in plain["labels"]]
    if "alternatives" in plain:
        plain["alternatives"] = [
            each if isinstance(each, str) else _nodeset(each) for each in plain["alternatives"]
        ]
    return NodesetSpec(**plain)


def _job(plain: Plain | list[Any]) -> JobSpec:
    if isinstance(plain, list):
        name, line, column = plain
        return JobSpec(name=name, place=Place(line, column), is_entry=True, is_bare=True)
    plain["place"] = Place(*plain["place"])
    for name, read in _LISTS.items():
        if name in plain:
            plain[name] = [read(each) for each in plain[name]]
    if "nodeset_place" in plain:
        plain["nodeset_place"] = Place(*plain["nodeset_place"])
        if isinstance(plain["nodeset"], dict):
            plain["nodeset"] = _nodeset(plain["nodeset"])
    return JobSpec(**plain)


def _playbook(plain: Plain) -> PlaybookSpec:
    if "semaphores" in plain:
        plain["semaphores"] = [_word(each) for each in plain["semaphores"]]
    return PlaybookSpec(**plain)


_LISTS: dict[str, Callable[[Any], Any]] = {
    "dependencies": _dependency,
    **dict.fromkeys(("semaphores", "file_words", "irrelevant_file_words"), _word),
    **dict.fromkeys(("files", "irrelevant_files"), tuple),
    **dict.fromkeys(("pre_run", "run", "post_run", "cleanup_run"), _playbook),
}


def _project(plain: Plain) -> ProjectSpec:
    plain["place"] = Place(*plain["place"])
    plain.setdefault("name", None)
    if "templates" in plain:
        plain["templates"] = [_word(each) for each in plain["templates"]]
    if "pipelines" in plain:
        plain["pipelines"] = {
            name: [_job(each) for each in entries] for name, entries in plain["pipelines"].items()
        }
    return ProjectSpec(**plain)


_READERS: dict[str, Callable[[Plain], Any]] = {
    "pipelines": _placed(PipelineSpec),
    "jobs": _job,
    "templates": _project,
    "projects": _project,
    "nodesets": _nodeset,
    **dict.fromkeys(("secrets", "semaphores", "queues", "images"), _placed(NamedSpec)),
    "mistakes": _placed(Mistake),
}
