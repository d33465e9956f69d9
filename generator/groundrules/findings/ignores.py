"""Ignore comments: the findings that they take away, and what is wrong with the comments.

``# groundrules: ignore[GR203, GR204] reason`` speaks of the line it ends, or, on a line of its
own, of the next one that says something; in the file of the finding or of a related place.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from groundrules.diagnostics import Diagnostic, Hidden, Location, Report, did_you_mean
from groundrules.findings.selection import matching
from groundrules.rules import RULES
from groundrules.rules import ignores as rules
from groundrules.rules.reading import UNREAD
from groundrules.yamlsource import Comment, comments

MARK = "groundrules:"
_IGNORE = re.compile(r"#\s*groundrules:\s*ignore\[([^\]]*\w[^\]]*)\]\s*(.*)")


@dataclass(slots=True)
class Ignore:
    """One comment: the rules it names, those of them that it has taken a finding of."""

    place: Location
    lines: range
    words: tuple[str, ...]
    reason: str
    used: set[str] = field(default_factory=set)

    def takes(self, found: Diagnostic) -> bool:
        """Return whether the comment takes ``found`` away; remember that it does."""
        words = [word for word in self.words if found.rule.id in matching(word)]
        places = (found.location, *(each.location for each in found.related))
        if not words or not any(self._covers(place) for place in places):
            return False
        self.used.update(words)
        return True

    def _covers(self, place: Location) -> bool:
        return place.path == self.place.path and place.line in self.lines


def apply_ignores(report: Report, texts: Mapping[str, str]) -> None:
    """Take the ignored findings out of ``report`` and note what is wrong with the comments.

    A file that is not YAML has one finding, which no comment of it can take away.
    """
    broken = {found.location.path for found in report.found if found.rule in UNREAD}
    readable = {path: text for path, text in texts.items() if path not in broken and MARK in text}
    ignores = [each for path, text in readable.items() for each in _ignores(path, text, report)]
    if ignores:
        _hide(report, ignores)
    untried = {rule for skipped in report.skipped for rule in skipped.rules}
    for each in ignores:
        _note(each, untried, report)


def _hide(report: Report, ignores: Iterable[Ignore]) -> None:
    found, report.found = report.found, []
    for each in found:
        # every comment is asked, so that each of two that say the same counts as used
        if takers := [ignore for ignore in ignores if ignore.takes(each)]:
            report.hidden.append(Hidden(each, f"ignored: {takers[0].reason}".rstrip(": ")))
        else:
            report.found.append(each)


def _ignores(path: str, text: str, report: Report) -> Iterator[Ignore]:
    for comment in comments(text):
        if comment.text.lstrip("# \t").startswith(MARK):
            yield from _understood(Location(path, *comment.place), comment, report)


def _understood(place: Location, comment: Comment, report: Report) -> Iterator[Ignore]:
    if (match := _IGNORE.fullmatch(comment.text.rstrip())) is None:
        message = "invalid ignore comment; write '# groundrules: ignore[GR203] reason'"
        report.note(rules.IGNORE_NOT_UNDERSTOOD, place, message)
        return
    words = tuple(word.strip() for word in match[1].split(",") if word.strip())
    for word in words:
        if not matching(word):
            hint = did_you_mean(word, (*RULES, *(each.name for each in RULES.values())))
            report.note(rules.IGNORE_NOT_UNDERSTOOD, place, f"unknown rule {word!r}{hint}")
    known = tuple(word for word in words if matching(word))
    yield Ignore(place, comment.lines, known, match[2].strip())


def _note(ignore: Ignore, untried: Collection[str], report: Report) -> None:
    if ignore.words and not ignore.reason:
        message = "the reason is missing; write it after the brackets"
        report.note(rules.IGNORE_WITHOUT_REASON, ignore.place, message)
    for word in ignore.words:
        if word not in ignore.used and not _untried(matching(word), untried):
            near = _nearest(ignore.place, matching(word), report)
            hint = f"move the comment to line {near}" if near else "remove it from the comment"
            message = f"{word} is not reported here; {hint}"
            report.note(rules.UNUSED_IGNORE, ignore.place, message)


def _nearest(place: Location, ids: Collection[str], report: Report) -> int | None:
    """Return the line with a finding that a comment seems to be meant for."""
    lines = (
        each.location.line
        for each in report.found
        if each.rule.id in ids and each.location.path == place.path
    )
    return min(lines, key=lambda line: abs(line - place.line), default=None)


def _untried(ids: Iterable[str], untried: Collection[str]) -> bool:
    return any(rule.startswith(tuple(untried)) for rule in ids)
