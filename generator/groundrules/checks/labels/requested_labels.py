"""Documented labels compared with the labels that jobs request."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from groundrules.checks.branches import best_place, joined
from groundrules.checks.phrases import first_few, names_or_count, related_places
from groundrules.claims.claims import LabelClaim
from groundrules.diagnostics import Diagnostic, Location, Related, Result, Skipped
from groundrules.graphs.definitions import Definitions, LabelUse
from groundrules.grouping import grouped
from groundrules.nearest import NameIndex, nearest
from groundrules.rules import labels as rules
from groundrules.text import counted

MOST_HINTS = 200
"""The unknown labels of a run, the first ones, for which a documented one is suggested."""

MOST_CANDIDATES = 20


def check(
    configurations: Sequence[Definitions],
    claims: Iterable[LabelClaim],
    today: datetime.date,
    *,
    are_all: bool = True,
) -> Iterator[Result]:
    """Yield the labels on which the manual and the configurations disagree.

    Nothing is reported if no label is documented, because the manual is about other things.
    Whether one is used at all is not known where a configuration has projects that are not read.
    ``are_all`` says whether no configuration is missing, which may use a label that these do not.
    """
    documented = {label.name: label for label in claims}
    if not documented:
        return
    uses = grouped((use.label, use) for known in configurations for use in known.label_uses)
    files = joined(configurations)
    for name in sorted(uses.keys() & documented.keys()):
        yield from _check_dates(documented[name], uses[name], today, files)
    index = NameIndex(documented)
    for number, name in enumerate(sorted(uses.keys() - documented.keys())):
        near = _nearest(name, index) if number < MOST_HINTS else None
        hint = f"; did you mean {near!r}?" if near else "; document it with its platform"
        yield _undocumented(name, uses[name], hint, files)
    if are_all:
        yield from _check_unused(configurations, documented, today)


def _nearest(name: str, documented: NameIndex) -> str | None:
    candidates = documented.nearest(name, MOST_CANDIDATES)
    return next((candidate for candidate in candidates if _is_spelled_like(name, candidate)), None)


def _is_spelled_like(name: str, other: str) -> bool:
    """Return whether a label may be a misspelling of another, with the same numbers.

    A label with another size or release is a different label.
    """
    words, others = re.split("[-_.]", name), re.split("[-_.]", other)
    return len(words) == len(others) and all(
        (one == two or nearest(one, [two]))
        and set(re.findall(r"\d+", one)) <= set(re.findall(r"\d+", two))
        for one, two in zip(words, others, strict=True)
    )


def _undocumented(name: str, uses: Sequence[LabelUse], hint: str, files: Definitions) -> Diagnostic:
    first = best_place((use.location for use in uses), files)
    return Diagnostic(
        first,
        f"label {name!r} is not documented; {_requested(uses)} it{hint}",
        rules.UNDOCUMENTED_LABEL,
        _places(uses, first),
        key=f"label {name}",
    )


def _check_dates(
    label: LabelClaim, uses: Sequence[LabelUse], today: datetime.date, files: Definitions
) -> Iterator[Diagnostic]:
    if _is_gone(label, today):
        by_place = grouped((use.location, use) for use in uses)
        for place, here in sorted(by_place.items(), key=lambda item: item[0]):
            yield _gone(label, place, here, today, files)
    elif label.removed or label.not_supplied or _has_come(label.deprecated, today):
        yield _deprecated(label, uses, today)


def _has_come(date: datetime.date | None, today: datetime.date) -> bool:
    return date is not None and date <= today


def _is_gone(label: LabelClaim, today: datetime.date) -> bool:
    """Return whether no job can get a node of a label."""
    return _has_come(label.removed, today) or _has_come(label.not_supplied, today)


def _gone(
    label: LabelClaim,
    place: Location,
    uses: list[LabelUse],
    today: datetime.date,
    files: Definitions,
) -> Diagnostic:
    rule, ended = rules.NOT_SUPPLIED_LABEL, f"has not been supplied since {label.not_supplied}"
    documented = "documented as not supplied"
    if _has_come(label.removed, today):
        rule, ended = rules.REMOVED_LABEL, f"was removed on {label.removed}"
        documented = "documented as removed"
    jobs = ((use.job_location, f"{use.job!r} requests it") for use in uses if use.job_location)
    return Diagnostic(
        place,
        f"label {label.name!r} {ended}, but {_requested(uses)} it{_instead(label)}",
        rule,
        (Related(label.place, documented), *related_places(jobs, place)),
        key=f"label {label.name} in {files.file_of(place)}",
    )


def _deprecated(label: LabelClaim, uses: Sequence[LabelUse], today: datetime.date) -> Diagnostic:
    is_deprecated, ends = _has_come(label.deprecated, today), label.not_supplied
    dates = (
        f"has been deprecated since {label.deprecated}" if is_deprecated else "",
        f"will not be supplied from {ends} on" if ends else "",
        f"will be removed on {label.removed}" if label.removed else "",
    )
    return Diagnostic(
        label.place,
        f"label {label.name!r} {' and '.join(filter(None, dates))}; {_requested(uses, ' still')} it"
        f"{_instead(label)}",
        rules.DEPRECATED_LABEL,
        _places(uses, label.place),
        key=f"label {label.name}",
    )


def _check_unused(
    configurations: Sequence[Definitions],
    documented: Mapping[str, LabelClaim],
    today: datetime.date,
) -> Iterator[Result]:
    """Yield labels that nothing uses, unless a configuration that is not known may use them."""
    written = frozenset().union(*(configuration.written_labels for configuration in configurations))
    labels = (documented[name] for name in sorted(documented.keys() - written))
    unused = [label for label in labels if not _is_gone(label, today)]
    if unused and (doubt := next(filter(None, map(_doubt, configurations)), "")):
        what = f"use of {counted(len(unused), 'documented label')} that no known job requests"
        yield Skipped(what, doubt, (rules.UNUSED_LABEL.id,))
        return
    names = names_or_count((known.name for known in configurations), "configuration")
    for label in unused if configurations else ():
        yield Diagnostic(
            label.place,
            f"label {label.name!r} is documented but nothing in {names} uses it; set its "
            "'removed' date, or ignore this rule here with the reason",
            rules.UNUSED_LABEL,
            key=f"label {label.name}",
        )


def _instead(label: LabelClaim) -> str:
    """Return the end of a message: what to use."""
    return f"; use {label.replaced_by!r}" if label.replaced_by else ""


def _doubt(definitions: Definitions) -> str:
    """Return why jobs that are not known may use a label; empty if all jobs are known."""
    name = definitions.name
    if missing := sorted(definitions.missing):
        return f"projects of {name} are missing: {first_few(missing)}"
    if unread := sorted(definitions.unread):
        return f"{name} reads no configuration of {first_few(unread)}"
    if lost := sorted(definitions.lost):
        return f"files of {name} cannot be read: {first_few(lost)}"
    return "" if definitions.is_complete else f"{name} is one repository of several"


def _users(uses: Sequence[LabelUse]) -> str:
    jobs = counted(len({use.job for use in uses}), "job")
    return f"{jobs} in {names_or_count(sorted({use.project for use in uses}), 'project', most=1)}"


def _requested(uses: Sequence[LabelUse], still: str = "") -> str:
    verb = "requests" if len({use.job for use in uses}) == 1 else "request"
    return f"{_users(uses)}{still} {verb}"


def _places(uses: Iterable[LabelUse], primary: Location) -> tuple[Related, ...]:
    by_place = grouped((use.location, use) for use in uses)
    return related_places(((place, _users(here)) for place, here in by_place.items()), primary)
