"""`UsedNames`: the labels that a job of a graph requests, and the jobs that it is made of."""

from __future__ import annotations

from msgspec import Struct

from groundrules.ci.zuul.freezing.merged import Merged
from groundrules.ci.zuul.impact.subject import nodesets_named
from groundrules.ci.zuul.layout.layout import Layout
from groundrules.ci.zuul.reading.nodesets import labels_of
from groundrules.ci.zuul.reading.objects import NodesetSpec


class UsedNames(Struct):
    """Answers of which labels and jobs a job uses; the labels of a nodeset are collected once."""

    layout: Layout
    _labels: dict[str, frozenset[str]] = {}

    def labels(self, job: Merged) -> frozenset[str]:
        """Return the labels of the nodeset that a job has, and of all alternatives in it."""
        written = job.nodeset_variant.spec.nodeset if job.nodeset_variant else None
        if not isinstance(written, str):
            return self._of_nodeset(written)
        if written not in self._labels:
            self._labels[written] = self._of_nodeset(written)
        return self._labels[written]

    def _of_nodeset(self, written: str | NodesetSpec | None) -> frozenset[str]:
        labels: set[str] = set()
        visited: set[str] = set()
        todo = [written]
        while todo:
            nodeset = todo.pop()
            labels.update(word.name for word in labels_of(nodeset))
            names = {*nodesets_named(nodeset)} - visited
            visited |= names
            todo += [self.layout.nodesets[name][0] for name in names & self.layout.nodesets.keys()]
        return frozenset(labels)

    @staticmethod
    def jobs(job: Merged) -> set[str]:
        """Return the jobs whose definitions a job is made of: its own name and its parents'."""
        return {variant.spec.name for variant in job.applied}
