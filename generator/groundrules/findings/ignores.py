"""Ignore comments: hides findings, and reports mistakes in the comments.

``# groundrules: ignore[GR203, GR204] reason`` applies to its line or, on a line of its own, to
the next line with content.  It can be at the finding or at a related place.  On a hand-written
page, ``.. groundrules: ignore[GR124] reason`` applies to the next block.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from groundrules.diagnostics import Diagnostic, Hidden, Location, Report
from groundrules.findings.page_comments import PAGES, page_comments
from groundrules.findings.selection import matching, unknown_rule
from groundrules.grouping import grouped
from groundrules.rules import ignores as rules
from groundrules.rules.reading import UNREAD
from groundrules.yamlsource import Comment, comments

MARK = "groundrules:"
OF_NODES = ("GR7",)
"""Rules that ``verify`` reports: ``check`` does not know whether their comments are used."""
_IGNORE = re.compile(r"(?:#|\.\.|%)\s*groundrules:\s*ignore\[([^\]]*\w[^\]]*)\]\s*(.*)")


class Ignore(Struct, frozen=True):
    """A comment: its place, the known rules that it names, and its reason."""

    place: Location
    words: tuple[str, ...]
    reason: str


class IgnoredLines(Struct, eq=False):
    """The comments that apply to the same lines, and the rules for which one hid a finding."""

    comments: list[Ignore] = []
    reasons: dict[frozenset[str], str] = {}
    used: set[frozenset[str]] = set()

    def add(self, ignore: Ignore) -> None:
        """Add a comment; a finding shows the reason of the first one that hides it."""
        self.comments.append(ignore)
        for word in ignore.words:
            self.reasons.setdefault(matching(word), ignore.reason)

    def hides(self, diagnostic: Diagnostic) -> str | None:
        """Return why a finding in these lines is hidden, or None, and record what hid it."""
        hiding = [ids for ids in self.reasons if diagnostic.rule.id in ids]
        self.used.update(hiding)
        return self.reasons[hiding[0]] if hiding else None


AllIgnoredLines = dict[tuple[str, range], IgnoredLines]
"""By path and lines: a thousand comments before one block share its lines."""


def apply_ignores(report: Report, texts: Mapping[str, str]) -> None:
    """Remove the ignored findings from ``report``, and report mistakes in the comments.

    A file that is not YAML has one finding, which cannot be ignored.
    """
    broken = {diagnostic.location.path for diagnostic in report.found if diagnostic.rule in UNREAD}
    readable = {path: text for path, text in texts.items() if path not in broken and MARK in text}
    scopes: AllIgnoredLines = {}
    for path, text in readable.items():
        _add_comments(scopes, path, text, report)
    if not scopes:
        return
    _hide(report, scopes)
    skipped_rules = (*{rule for skipped in report.skipped for rule in skipped.rules}, *OF_NODES)
    mistakes = Report(cut=report.cut)
    lines = _lines_by_rule_and_path(report.found)
    for scope in scopes.values():
        for ignore in scope.comments:
            _note(ignore, scope, skipped_rules, lines, mistakes)
    report.add(mistakes.found)


def _hide(report: Report, scopes: AllIgnoredLines) -> None:
    by_line: dict[tuple[str, int], list[IgnoredLines]] = {}
    for (path, lines), scope in scopes.items():
        for line in lines:
            by_line.setdefault((path, line), []).append(scope)
    diagnostics, report.found = report.found, []
    for diagnostic in diagnostics:
        # all matching comments count as used, also of two equal ones
        reasons = [scope.hides(diagnostic) for scope in _at(diagnostic, by_line)]
        if hiding := [reason for reason in reasons if reason is not None]:
            reason = f"ignored: {hiding[0]}".rstrip(": ")
            report.hidden.append(Hidden(diagnostic, reason))
        else:
            report.found.append(diagnostic)


def _at(
    diagnostic: Diagnostic, by_line: Mapping[tuple[str, int], list[IgnoredLines]]
) -> Iterable[IgnoredLines]:
    """Return the comments at the places of a finding, without duplicates."""
    lines = ((place.path, place.line) for place in diagnostic.places)
    return dict.fromkeys(scope for line in lines for scope in by_line.get(line, ()))


def _add_comments(scopes: AllIgnoredLines, path: str, text: str, report: Report) -> None:
    on_page = path.endswith(PAGES)
    for comment in page_comments(path, text) if on_page else comments(text):
        if on_page or comment.text.lstrip("# \t").startswith(MARK):
            for ignore in _parsed(Location(path, *comment.place), comment, report):
                scopes.setdefault((path, comment.lines), IgnoredLines()).add(ignore)


def _parsed(place: Location, comment: Comment, report: Report) -> Iterator[Ignore]:
    if (match := _IGNORE.fullmatch(comment.text.rstrip())) is None:
        mark = "#" if comment.text.startswith("#") else comment.text.partition("groundrules")[0]
        message = (
            f"invalid ignore comment; write '{mark.strip()} groundrules: ignore[GR203] reason'"
        )
        report.note(rules.IGNORE_NOT_UNDERSTOOD, place, message)
        return
    words = tuple(word.strip() for word in match[1].split(",") if word.strip())
    for word in words:
        if not matching(word):
            report.note(rules.IGNORE_NOT_UNDERSTOOD, place, unknown_rule(word))
    known = tuple(word for word in words if matching(word))
    yield Ignore(place, known, match[2].strip())


Lines = Mapping[tuple[str, str], list[int]]
"""By rule and path: the lines of findings, in order."""


def _lines_by_rule_and_path(diagnostics: Iterable[Diagnostic]) -> Lines:
    places = ((diagnostic.rule.id, diagnostic.location) for diagnostic in diagnostics)
    lines = grouped(((rule, place.path), place.line) for rule, place in places)
    return {key: sorted(numbers) for key, numbers in lines.items()}


def _note(
    ignore: Ignore,
    scope: IgnoredLines,
    skipped_rules: tuple[str, ...],
    lines: Lines,
    report: Report,
) -> None:
    if ignore.words and not ignore.reason:
        message = "the reason is missing; write it after the brackets"
        report.note(rules.IGNORE_WITHOUT_REASON, ignore.place, message)
    for word in ignore.words if ignore.place.path not in report.cut else ():
        ids = matching(word)
        if ids in scope.used or any(rule.startswith(skipped_rules) for rule in ids):
            continue
        near = _nearest(ignore.place, ids, lines)
        # what it was written for may be corrected, and the nearest finding another one
        moved = f", or move the comment to line {near} if it is about that one" if near else ""
        message = f"{word} is not reported here; remove it from the comment{moved}"
        report.note(rules.UNUSED_IGNORE, ignore.place, message)


def _nearest(place: Location, ids: Collection[str], lines: Lines) -> int | None:
    """Return the line of the nearest finding that a comment can be about."""
    of_rules = (lines.get((rule, place.path), []) for rule in ids)
    near = (line for numbers in of_rules for line in _around(numbers, place.line))
    return min(near, key=lambda line: (abs(line - place.line), line), default=None)


def _around(lines: Sequence[int], line: int) -> Sequence[int]:
    """Return the last of the sorted ``lines`` before a line, and the first from it on."""
    at = bisect_left(lines, line)
    return lines[max(at - 1, 0) : at + 1]
