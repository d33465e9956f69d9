"""`Reach`: for each job, which jobs run before and after it, as sets of bits.

A set of 5,000 jobs takes 625 bytes, so that all sets of a large graph fit into memory and their
sizes are counted at once; sets of names would take a hundred times as much.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundrules.graphs.job_graph import JobGraph


class Reach:
    """The ancestors and descendants of every job.  Raises `CycleError` for a graph with a cycle.

    Bit *n* of a set is the *n*-th of all names in alphabetical order.
    """

    def __init__(self, graph: JobGraph) -> None:
        self.names = sorted(graph.by_name)
        self._bits = {name: 1 << number for number, name in enumerate(self.names)}
        order = [name for wave in graph.waves() for name in wave]
        self.before: dict[str, int] = {}
        self.after: dict[str, int] = {}
        for name in order:
            self.before[name] = self._joined(graph.dependencies(name), self.before)
        for name in reversed(order):
            self.after[name] = self._joined(graph.dependents(name), self.after)

    def _joined(self, neighbors: tuple[str, ...], known: dict[str, int]) -> int:
        joined = 0
        for neighbor in neighbors:
            joined |= self._bits[neighbor] | known[neighbor]
        return joined

    def set_of(self, names: list[str]) -> int:
        """Return the set of some jobs."""
        return sum(self._bits[name] for name in {*names})

    def unordered(self, name: str) -> int:
        """Return the set of jobs that neither wait for a job nor are waited for by it."""
        everything = (1 << len(self.names)) - 1
        return everything & ~(self.before[name] | self.after[name] | self._bits[name])

    def first(self, members: int, most: int) -> list[str]:
        """Return the first names of a set, at most ``most``."""
        return [name for name, _ in zip(self._members(members), range(most), strict=False)]

    def _members(self, members: int) -> Iterator[str]:
        while members:
            lowest = members & -members
            yield self.names[lowest.bit_length() - 1]
            members ^= lowest
