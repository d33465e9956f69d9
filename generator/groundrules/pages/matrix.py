"""`Matrix`: the answer of every expectation for every label."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from groundrules.records import Catalogue
from groundrules.records.expectation import Expectation, ExpectationAnswer, Measure, Standing, Topic
from groundrules.records.platform import Label, Platform, ProviderStatus, Stage

Translate = Callable[[str], str]
USABLE = (Stage.CURRENT, Stage.ANNOUNCED, Stage.DEPRECATED)
"""The stages of labels whose nodes a job can get."""


@dataclass(frozen=True, slots=True)
class Column:
    """One label; ``None`` is a platform without labels."""

    platform: Platform
    label: Label | None

    @property
    def name(self) -> str:
        """The label's name, or the platform's id."""
        return self.label.name if self.label else self.platform.id


@dataclass(frozen=True, slots=True)
class Row:
    """An expectation with its answer for each column; ``None`` if it does not apply."""

    topic: Topic
    expectation: Expectation
    answers: tuple[ExpectationAnswer | None, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """A table of expectations by label."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def matrix(catalogue: Catalogue, topic: str | None = None) -> Matrix:
    """Return the matrix of today's expectations and usable labels.

    Platforms with labels come first, because most readers look for one of those.
    """
    columns = tuple(
        Column(platform, label)
        for platform in sorted(catalogue.platforms, key=lambda each: not each.labels)
        if _is_usable(catalogue, platform)
        for label in platform.labels or (None,)
        if _is_usable(catalogue, platform, label)
    )
    day = catalogue.today
    rows = tuple(
        Row(
            holder,
            expectation,
            tuple(answer_on(expectation, day, each.platform, each.label) for each in columns),
        )
        for holder in catalogue.topics
        if topic in (None, holder.topic)
        for expectation in holder.expectations
        if expectation.is_said_on(catalogue.today) and not catalogue.is_example(expectation)
    )
    return Matrix(columns, rows)


def answer_on(
    expectation: Expectation, day: datetime.date, platform: Platform, label: Label | None
) -> ExpectationAnswer | None:
    """Return the answer for a label, which is not the general one where no node has that."""
    general = expectation.on(day, platform, label)
    if general is None or not general.elsewhere:
        return general
    suppliers = platform.suppliers(label)
    answers = [(each, expectation.answer_for(day, platform, label, each)) for each in suppliers]
    now = [said for each, said in answers if each.status is not ProviderStatus.DISABLED]
    if not now or any(said.exception == general.exception for said in now):
        return general
    others = (pair for pair in answers if pair[1].exception != now[0].exception)
    return now[0]._replace(elsewhere=tuple(others))


def _is_usable(catalogue: Catalogue, platform: Platform, label: Label | None = None) -> bool:
    return not platform.example and catalogue.stage(platform, label) in USABLE


def shown(
    answer: ExpectationAnswer | None, translate: Translate = str
) -> tuple[Standing | None, str]:
    """Return the text of a cell: the standing and, for a guarantee, its bounds."""
    if answer is None:
        return None, ""
    if answer.measure is None or answer.standing is not Standing.GUARANTEED:
        return answer.standing, ""
    return answer.standing, named_bounds(answer.measure, translate)


def elsewhere(answer: ExpectationAnswer | None) -> list[tuple[list[str], ExpectationAnswer]]:
    """Return the different texts for nodes of some providers, with the providers' names."""
    differences: dict[tuple[Standing | None, str], tuple[list[str], ExpectationAnswer]] = {}
    for provider, other in answer.elsewhere if answer else ():
        if shown(other) != shown(answer):
            differences.setdefault(shown(other), ([], other))[0].append(provider.full_name)
    return list(differences.values())


def measures(expectation: Expectation) -> list[tuple[Standing, Measure, tuple[str, ...]]]:
    """Return each standing and measure, and where it applies; empty means everywhere else."""
    measured: list[tuple[Standing, Measure, tuple[str, ...]]] = []
    if expectation.measure is not None:
        measured.append((expectation.standing, expectation.measure, ()))
    for exception in expectation.exceptions:
        if exception.measure is not None:
            standing = exception.standing or expectation.standing
            measured.append((standing, exception.measure, exception.named))
    return measured


def bounds(measure: Measure, translate: Translate = str) -> str:
    """Return the bounds of a measure as text, in which ``translate`` can translate words.

    >>> bounds(Measure(fact="ansible_memtotal_mb", at_least=7600, at_most=9000, unit="MB"))
    '7600 to 9000 MB'
    """
    unit = f" {measure.unit}" if measure.unit else ""
    least, most = measure.at_least, measure.at_most
    if least is not None and least == most:
        return f"{_number(least)}{unit}"
    if least is not None and most is not None:
        text = translate("{least} to {most}")
    elif least is not None:
        text = translate("at least {least}")
    elif most is not None:
        text = translate("at most {most}")
    elif measure.one_of:
        text = translate("one of {values}")
    else:
        return f"{_said(measure.equals)}{unit}"
    values = ", ".join(map(_said, measure.one_of))
    return text.format(least=_number(least), most=_number(most), values=values) + unit


def named_bounds(measure: Measure, translate: Translate = str) -> str:
    """Return the bounds of a measure, with its fact where values without a unit are all it says.

    Such a number, or true or false, says nothing to a reader who does not know of what.

    >>> named_bounds(Measure(fact="ansible_fips", equals=False))
    'ansible_fips: false'
    """
    text, values = bounds(measure, translate), measure.values
    is_bare = values and not measure.unit and not any(isinstance(each, str) for each in values)
    return f"{measure.fact}: {text}" if is_bare else text


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.15g}"


def _said(value: object) -> str:
    """Return a value as its record writes it: ``true``, not Python's ``True``."""
    return str(value).lower() if isinstance(value, bool) else str(value)
