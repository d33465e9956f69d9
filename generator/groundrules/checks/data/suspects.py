"""The expectations of one fact, and where they promise what most others of them do not."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from groundrules.checks.data.common_values import is_compared, keeps, most_kept
from groundrules.checks.data.conflicts import Promise
from groundrules.checks.data.targets import ScopeKey, Target, key_of
from groundrules.records.expectation import Expectation, ExpectationAnswer, Measure, Scope, Standing

EVERYWHERE: ScopeKey = ((), ())
Answer = tuple[Expectation, ExpectationAnswer]


def measures(expectation: Expectation) -> Iterator[tuple[Scope, Measure]]:
    """Yield the measures of an expectation, each with the labels that it may be about."""
    measured: list[tuple[Scope, Measure | None]] = [(expectation.applies_to, expectation.measure)]
    for scope, measure in [*measured, *((part, part.measure) for part in expectation.exceptions)]:
        if measure and is_compared(measure):
            yield scope, measure


class Suspects:
    """The expectations of one fact by what they apply to.

    Suspect are those with a measure that the value which keeps most of them does not keep: two
    of the others cannot exclude each other, so that only labels of suspects need a comparison.
    """

    def __init__(self, fact: str, expectations: Sequence[Expectation]) -> None:
        self._fact, self._all = fact, expectations
        of_fact = [
            (position, key_of(scope), measure)
            for position, expectation in enumerate(expectations)
            for scope, measure in measures(expectation)
            if measure.fact == fact
        ]
        self._shared = most_kept([measure for _, _, measure in of_fact])
        self._applying: dict[ScopeKey, list[int]] = defaultdict(list)
        for position, expectation in enumerate(expectations):
            self._applying[key_of(expectation.applies_to)].append(position)
        self._suspect: dict[ScopeKey, list[int]] = defaultdict(list)
        for position, key, measure in of_fact:
            if not keeps(self._shared, measure):
                self._suspect[key].append(position)

    def __bool__(self) -> bool:
        return bool(self._suspect)

    def promises(
        self, days: Sequence[datetime.date], target: Target, keys: Iterable[ScopeKey]
    ) -> Iterator[list[Promise]]:
        """Yield all that is guaranteed for nodes of one kind on a day, if a suspect is among it.

        The nodes are those of a label that scopes with these ``keys`` cover.
        """
        suspects = self._of(self._suspect, keys)
        is_suspect = any(
            not keeps(self._shared, measure)
            for day in days
            for promises in self._promises(suspects, day, target)
            for _, measure in promises
        )
        expectations = self._of(self._applying, keys) if is_suspect else []
        for day in days if is_suspect else ():
            yield from self._promises(expectations, day, target)

    def _of(self, by_key: dict[ScopeKey, list[int]], keys: Iterable[ScopeKey]) -> list[Expectation]:
        positions = {at for key in (EVERYWHERE, *keys) for at in by_key.get(key, ())}
        return [self._all[at] for at in sorted(positions)]

    def _promises(
        self, expectations: list[Expectation], day: datetime.date, target: Target
    ) -> Iterator[list[Promise]]:
        answers = [
            (expectation, answer)
            for expectation in expectations
            if expectation.is_said_on(day) and (answer := expectation.on(day, *target))
        ]
        for of_one_kind in _kinds_of_node(answers):
            yield [
                (expectation, answer.measure)
                for expectation, answer in of_one_kind
                if answer.standing is Standing.GUARANTEED
                if answer.measure and answer.measure.fact == self._fact
                if is_compared(answer.measure)
            ]


def _kinds_of_node(answers: list[Answer]) -> Iterator[list[Answer]]:
    """Yield the answers for a label, then for its nodes from each provider that differs."""
    yield answers
    different = {id(provider) for _, answer in answers for provider, _ in answer.elsewhere}
    for identity in different:
        yield [(expectation, _from(identity, answer)) for expectation, answer in answers]


def _from(identity: int, answer: ExpectationAnswer) -> ExpectationAnswer:
    """Return the answer for the nodes of one provider; ``identity`` is its `id`."""
    return next((other for provider, other in answer.elsewhere if id(provider) == identity), answer)
