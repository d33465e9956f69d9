"""Documented labels against those that jobs really ask for."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence

from groundrules.checks.traps.wording import few, related
from groundrules.checks.words import some
from groundrules.claims.claims import LabelClaim
from groundrules.counting import counted
from groundrules.diagnostics import Location, Related, Report, Skipped, nearest
from groundrules.graphs.definitions import Definitions, LabelUse
from groundrules.rules import labels as rules


def check(
    configurations: Sequence[Definitions],
    claims: Iterable[LabelClaim],
    today: datetime.date,
    report: Report,
    *,
    are_all: bool = True,
) -> None:
    """Note labels that the manual and the configurations see differently.

    Nothing is said where no label is documented: then the manual is about other things.  Whether
    one is used at all cannot be told where a configuration has projects that are not read.
    ``are_all`` says whether no configuration is missing, which may use a label that these do not.
    """
    documented = {each.name: each for each in claims}
    uses: dict[str, list[LabelUse]] = {}
    for definitions in configurations:
        for name, found in definitions.label_uses.items():
            uses.setdefault(name, []).extend(found)
    if not documented:
        return
    for name in sorted(uses):
        if name in documented:
            _check_life(documented[name], uses[name], today, report)
        else:
            _note_undocumented(name, uses[name], documented, report)
    if are_all:
        _check_unused(configurations, documented, today, report)


def _note_undocumented(
    name: str, uses: list[LabelUse], documented: Iterable[str], report: Report
) -> None:
    first = min(each.location for each in uses)
    near = nearest(name, (each for each in documented if _is_spelt_like(name, each)))
    hint = f"; did you mean {near!r}?" if near else "; document it with its platform"
    report.note(
        rules.UNDOCUMENTED_LABEL,
        first,
        f"the label {name!r} is not documented, and {_ask(uses)} for it{hint}",
        _places(uses, first),
        key=f"label {name}",
    )


def _is_spelt_like(name: str, other: str) -> bool:
    """Return whether two labels may be one: alike word by word, and no number is another.

    One of another size or release is as real as the one that it resembles.
    """
    words, others = re.split("[-_.]", name), re.split("[-_.]", other)
    return len(words) == len(others) and all(
        nearest(one, [two]) and set(re.findall(r"\d+", one)) <= set(re.findall(r"\d+", two))
        for one, two in zip(words, others, strict=True)
    )


def _check_life(
    label: LabelClaim, uses: list[LabelUse], today: datetime.date, report: Report
) -> None:
    if label.removed and label.removed <= today:
        for location in sorted({each.location for each in uses}):
            here = [each for each in uses if each.location == location]
            report.note(
                rules.REMOVED_LABEL,
                location,
                f"the label {label.name!r} is removed since {label.removed}, and {_ask(here)} "
                f"for it{_instead(label)}",
                [Related(label.place, "documented as removed"), *_askers(here, location)],
                key=f"label {label.name} in {location.path}",
            )
    elif label.removed or (label.deprecated and label.deprecated <= today):
        since = f"is deprecated since {label.deprecated}" if label.deprecated else "is to go"
        end = f" and removed on {label.removed}" if label.removed else ""
        report.note(
            rules.DEPRECATED_LABEL,
            label.place,
            f"the label {label.name!r} {since}{end}; {_ask(uses, ' still')} for it"
            f"{_instead(label)}",
            _places(uses, label.place),
            key=f"label {label.name}",
        )


def _check_unused(
    configurations: Sequence[Definitions],
    documented: Mapping[str, LabelClaim],
    today: datetime.date,
    report: Report,
) -> None:
    """Note labels that nothing names; whoever is not at hand may well use them."""
    written = frozenset().union(*(each.written_labels for each in configurations))
    unused = [
        label
        for name, label in sorted(documented.items())
        if name not in written and not (label.removed and label.removed <= today)
    ]
    if unused and (doubt := next(filter(None, map(_doubt, configurations)), "")):
        what = f"use of {counted(len(unused), 'documented label')} that nothing at hand names"
        report.skipped.append(Skipped(what, doubt, (rules.UNUSED_LABEL.id,)))
        return
    for label in unused if configurations else ():
        report.note(
            rules.UNUSED_LABEL,
            label.place,
            f"the label {label.name!r} is documented, and nothing in {_names(configurations)} "
            "names it; say that it is removed, or that it is for others",
            key=f"label {label.name}",
        )


def _instead(label: LabelClaim) -> str:
    """Return the end of a message: what to use."""
    return f"; use {label.replaced_by!r}" if label.replaced_by else ""


def _names(configurations: Sequence[Definitions]) -> str:
    return few((each.name for each in configurations), "configuration")


def _doubt(definitions: Definitions) -> str:
    """Return why jobs that cannot be seen may use a label; empty where all can be seen."""
    name = definitions.name
    if lost := sorted(definitions.missing):
        return f"{name} has projects that are not at hand: {some(lost)}"
    if lost := sorted(definitions.unread):
        return f"{name} reads no configuration of {some(lost)}"
    if lost := sorted(definitions.lost):
        return f"{name} has files that cannot be read: {some(lost)}"
    return "" if definitions.is_complete else f"{name} is one repository of several"


def _users(uses: Sequence[LabelUse]) -> str:
    jobs = counted(len({each.job for each in uses}), "job")
    return f"{jobs} in {few(sorted({each.project for each in uses}), 'project', most=1)}"


def _ask(uses: Sequence[LabelUse], still: str = "") -> str:
    verb = "asks" if len({each.job for each in uses}) == 1 else "ask"
    return f"{_users(uses)}{still} {verb}"


def _askers(uses: Iterable[LabelUse], but: Location) -> list[Related]:
    """Return the jobs that ask for a label through one place, such as a line of a nodeset."""
    jobs = ((each.at, f"{each.job!r} asks for it") for each in uses if each.at)
    return related(jobs, but)


def _places(uses: Iterable[LabelUse], but: Location) -> list[Related]:
    by_place: dict[Location, list[LabelUse]] = {}
    for each in uses:
        by_place.setdefault(each.location, []).append(each)
    return related(((place, _users(here)) for place, here in by_place.items()), but)
