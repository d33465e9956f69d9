"""`Written`: the values of jobs and stanzas as their files have them, read where needed.

The objects of the cache have only the values that affect graphs.  Whether a change edits a job
depends on all values, so the few files of such jobs are parsed once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from groundrules import yamlsource
from groundrules.ci.zuul.layout.loading import Raw
from groundrules.ci.zuul.layout.variants import Placed, Variant
from groundrules.ci.zuul.reading.equal_mentions import ComparedMention, compared
from groundrules.ci.zuul.reading.objects import JobSpec, ProjectSpec
from groundrules.yamlsource import Mapping, Place, Sequence

Values = dict[Place, Mapping]


class Written(Struct):
    """The values of objects by their places in files."""

    contents: dict[int, bytes] = {}
    """By the identity of the origin."""

    _files: dict[int, Values] = {}

    @classmethod
    def of(cls, files: Iterable[Raw]) -> Written:
        """Return the values in some files, which are parsed on first use."""
        return cls({id(raw.source): raw.content for raw in files if isinstance(raw.content, bytes)})

    def attributes(self, variant: Variant) -> ComparedMention:
        """Return the values of a job or mention, in the form in which Zuul compares them."""
        return compared(self._values(variant), variant.spec.place)

    def variables(self, stanza: Placed[ProjectSpec]) -> Mapping:
        """Return the variables of a project stanza or template."""
        return self._values(stanza).get("vars") or Mapping()

    def _values(self, placed: Placed[JobSpec] | Placed[ProjectSpec]) -> Mapping:
        key = id(placed.source)
        if key not in self._files:
            content = self.contents.get(key)
            self._files[key] = dict(_objects(content)) if content is not None else {}
        return self._files[key].get(placed.spec.place, Mapping())


def _objects(content: bytes) -> Iterator[tuple[Place, Mapping]]:
    """Yield the jobs, stanzas and mentions of a file that has been parsed before."""
    items = yamlsource.read(content).value
    for item in items if isinstance(items, Sequence) else ():
        if not isinstance(item, Mapping) or len(item) != 1:
            return
        [(kind, values)] = item.items()
        if isinstance(values, Mapping):
            yield item.key_place(kind), values
            if kind in ("project", "project-template"):
                yield from _mentions(values)


def _mentions(stanza: Mapping) -> Iterator[tuple[Place, Mapping]]:
    for pipeline in stanza.values():
        jobs = pipeline.get("jobs") if isinstance(pipeline, Mapping) else None
        if not isinstance(jobs, Sequence):
            continue
        for index, item in enumerate(jobs):
            if isinstance(item, Mapping) and item:
                values = next(iter(item.values()))
                if isinstance(values, Mapping):
                    yield jobs.item_place(index), values
