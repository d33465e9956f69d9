"""Expectations that exclude each other: up to a thousand pairs, in linear time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from groundrules.checks.data.common_values import exclude, keeps, most_kept
from groundrules.records.expectation import Expectation, Measure

Promise = tuple[Expectation, Measure]
MOST = 1000  # expectations that are compared with every earlier one


class Conflicts:
    """Pairs of expectations that exclude each other, each pair once."""

    def __init__(self) -> None:
        self.last: Promise | None = None
        self._pairs: set[tuple[str, str]] = set()
        self._compared = 0

    @property
    def are_too_many(self) -> bool:
        """Whether some expectations were not compared."""
        return self._compared > MOST

    def between(self, promises: Sequence[Promise]) -> Iterator[tuple[Promise, Promise]]:
        """Yield pairs of expectations about a fact that no value satisfies."""
        if len(promises) < 2:
            return
        shared = most_kept([measure for _, measure in promises])
        others: list[Promise] = []
        for position, promise in enumerate(promises):
            if keeps(shared, promise[1]):  # so only the others can exclude it
                earlier: Sequence[Promise] = others
            else:
                self._compared += 1
                if self.are_too_many:
                    self.last = promise
                    return
                earlier = promises[:position]
                others.append(promise)
            for other in earlier:
                pair = (other[0].id, promise[0].id)
                if pair not in self._pairs and exclude(other[1], promise[1]):
                    if len(self._pairs) == MOST:
                        self._compared, self.last = MOST + 1, promise
                        return
                    self._pairs.add(pair)
                    yield other, promise
