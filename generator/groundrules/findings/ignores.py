"""Ignore comments: hides findings, and reports mistakes in the comments.

``# groundrules: ignore[GR203, GR204] reason`` applies to its line or, on a line of its own, to
the next line with content.  It can be at the finding or at a related place.  On a hand-written
page, ``.. groundrules: ignore[GR124] reason`` applies to the next block.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct

from groundrules.diagnostics import Diagnostic, Hidden, Location, Report
from groundrules.findings.page_comments import PAGES, page_comments
from groundrules.findings.selection import matching
from groundrules.nearest import did_you_mean
from groundrules.rules import RULES
from groundrules.rules import ignores as rules
from groundrules.rules.reading import UNREAD
from groundrules.yamlsource import Comment, comments

MARK = "groundrules:"
_IGNORE = re.compile(r"(?:#|\.\.|%)\s*groundrules:\s*ignore\[([^\]]*\w[^\]]*)\]\s*(.*)")


class Ignore(Struct, eq=False):
    """A comment: its rules, and those for which it has hidden a finding."""

    place: Location
    lines: range
    words: tuple[str, ...]
    reason: str
    used: set[str] = set()

    def hides(self, diagnostic: Diagnostic) -> bool:
        """Return whether the comment applies to a finding in its lines, and record its use."""
        words = [word for word in self.words if diagnostic.rule.id in matching(word)]
        self.used.update(words)
        return bool(words)


def apply_ignores(report: Report, texts: Mapping[str, str]) -> None:
    """Remove the ignored findings from ``report``, and report mistakes in the comments.

    A file that is not YAML has one finding, which cannot be ignored.
    """
    broken = {diagnostic.location.path for diagnostic in report.found if diagnostic.rule in UNREAD}
    readable = {path: text for path, text in texts.items() if path not in broken and MARK in text}
    ignores = [ignore for path, text in readable.items() for ignore in _ignores(path, text, report)]
    if not ignores:
        return
    _hide(report, ignores)
    skipped_rules = tuple({rule for skipped in report.skipped for rule in skipped.rules})
    mistakes = Report()
    lines = _lines_by_rule_and_path(report.found)
    for ignore in ignores:
        _note(ignore, skipped_rules, lines, mistakes)
    report.add(mistakes.found)


def _hide(report: Report, ignores: Iterable[Ignore]) -> None:
    by_line: dict[tuple[str, int], list[Ignore]] = {}
    for ignore in ignores:
        for line in ignore.lines:
            by_line.setdefault((ignore.place.path, line), []).append(ignore)
    diagnostics, report.found = report.found, []
    for diagnostic in diagnostics:
        # all matching comments count as used, also of two equal ones
        if hiding := [ignore for ignore in _at(diagnostic, by_line) if ignore.hides(diagnostic)]:
            reason = f"ignored: {hiding[0].reason}".rstrip(": ")
            report.hidden.append(Hidden(diagnostic, reason))
        else:
            report.found.append(diagnostic)


def _at(
    diagnostic: Diagnostic, by_line: Mapping[tuple[str, int], list[Ignore]]
) -> Iterable[Ignore]:
    """Return the comments at the places of a finding, without duplicates."""
    places = (diagnostic.location, *(related.location for related in diagnostic.related))
    return dict.fromkeys(
        ignore for place in places for ignore in by_line.get((place.path, place.line), ())
    )


def _ignores(path: str, text: str, report: Report) -> Iterator[Ignore]:
    on_page = path.endswith(PAGES)
    for comment in page_comments(path, text) if on_page else comments(text):
        if on_page or comment.text.lstrip("# \t").startswith(MARK):
            yield from _parsed(Location(path, *comment.place), comment, report)


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
            hint = did_you_mean(word, (*RULES, *(rule.name for rule in RULES.values())))
            report.note(rules.IGNORE_NOT_UNDERSTOOD, place, f"unknown rule {word!r}{hint}")
    known = tuple(word for word in words if matching(word))
    yield Ignore(place, comment.lines, known, match[2].strip())


Lines = Mapping[tuple[str, str], list[int]]


def _lines_by_rule_and_path(diagnostics: Iterable[Diagnostic]) -> Lines:
    lines: dict[tuple[str, str], list[int]] = {}
    for diagnostic in diagnostics:
        key = diagnostic.rule.id, diagnostic.location.path
        lines.setdefault(key, []).append(diagnostic.location.line)
    return lines


def _note(ignore: Ignore, skipped_rules: tuple[str, ...], lines: Lines, report: Report) -> None:
    if ignore.words and not ignore.reason:
        message = "the reason is missing; write it after the brackets"
        report.note(rules.IGNORE_WITHOUT_REASON, ignore.place, message)
    for word in ignore.words:
        ids = matching(word)
        if word in ignore.used or any(rule.startswith(skipped_rules) for rule in ids):
            continue
        near = _nearest(ignore.place, ids, lines)
        hint = f"move the comment to line {near}" if near else "remove it from the comment"
        message = f"{word} is not reported here; {hint}"
        report.note(rules.UNUSED_IGNORE, ignore.place, message)


def _nearest(place: Location, ids: Collection[str], lines: Lines) -> int | None:
    """Return the line of the finding that a comment was probably written for."""
    of_rules = (line for rule in ids for line in lines.get((rule, place.path), ()))
    return min(of_rules, key=lambda line: abs(line - place.line), default=None)
