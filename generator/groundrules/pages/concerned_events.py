"""`ConcernedEvents`: the dated changes that concern one label of nodes, or one graph."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING

from msgspec import Struct

from groundrules.grouping import grouped
from groundrules.pages.lifecycle import stages
from groundrules.records.expectation import Scope
from groundrules.records.graph import Graph
from groundrules.records.pattern_index import PatternIndex
from groundrules.records.platform import LIFE, Label, Platform

if TYPE_CHECKING:
    from groundrules.pages.event import Event
    from groundrules.pages.outline import Outline

MOST = 25
"""The newest events of a view; with all of them, the site would grow with labels times events."""

Name = tuple[str, str]


class ConcernedEvents(Struct, frozen=True, dict=True):
    """Look-ups in the past events of a manual, newest first, created once for all views."""

    outline: Outline

    def of_label(self, platform: Platform, label: Label) -> list[Event]:
        """Return the newest events of a label, its platform, its providers and expectations."""
        expectations = self.outline.catalogue.expectations
        in_scopes = (f"platform:{platform.id}", f"label:{label.name}")
        names = [("label", label.name)]
        names += [("expectation", name) for name in self._limited.matching(*in_scopes)]
        dated = {key: getattr(label, key) and getattr(platform, key) for key in LIFE}
        replaced = stages(platform.model_copy(update=dated), self.outline.catalogue.today)
        own_dates = {(date, what) for date, what, _ in replaced}
        of_platform = (
            event
            for event in self._by_name.get(("platform", platform.id), ())
            if event.provider is None or event.provider.supplies(label.name)
            if event.provider is not None or (event.date, event.what) not in own_dates
        )
        own = (self._by_name.get(name, []) for name in names)
        excepted = (
            event
            for event in self._excepted.matching(*in_scopes)
            if event.exception and event.exception.concerns(platform, label)
            if expectations[event.name].applies_to.covers(platform, label)
        )
        return _newest(self._general, of_platform, excepted, *own)

    def of_graph(self, graph: Graph) -> list[Event]:
        """Return the newest events of a graph."""
        return _newest(self._by_name.get(("graph", graph.id), []))

    @cached_property
    def _by_name(self) -> dict[Name, list[Event]]:
        events = (event for event in self.outline.events if event.exception is None)
        return grouped(((event.kind, event.name), event) for event in events)

    @cached_property
    def _excepted(self) -> PatternIndex[Event]:
        """The events of exceptions, which concern the labels of the exception alone."""
        events = self.outline.events
        return PatternIndex((_patterns(each.exception), each) for each in events if each.exception)

    @cached_property
    def _general(self) -> list[Event]:
        """The newest events of the expectations that apply to every label."""
        expectations = self.outline.catalogue.expectations.values()
        names = (
            ("expectation", each.id) for each in expectations if not each.applies_to.is_limited
        )
        return _newest(*(self._by_name.get(name, []) for name in names))

    @cached_property
    def _limited(self) -> PatternIndex[str]:
        """The expectations with events that apply to some labels only."""
        return PatternIndex(
            (_patterns(expectation.applies_to), name)
            for name, expectation in self.outline.catalogue.expectations.items()
            if expectation.applies_to.is_limited and ("expectation", name) in self._by_name
        )


def _patterns(scope: Scope) -> tuple[str, ...]:
    """Return what a scope names, or a pattern of any name."""
    platforms = (f"platform:{name}" for name in scope.platforms)
    return (*platforms, *(f"label:{name}" for name in scope.labels)) or ("*",)


def _newest(*lists: Iterable[Event]) -> list[Event]:
    """Return the newest events of several lists that have the newest first."""
    newest = chain.from_iterable(islice(events, MOST) for events in lists)
    return sorted(newest, key=lambda event: event.newest_first)[:MOST]
