"""Selects findings by rule, family of rules, name and severity."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from msgspec import Struct

from groundrules.diagnostics import Diagnostic, Hidden, Severity
from groundrules.nearest import did_you_mean
from groundrules.rules import RULES


class UnknownRuleError(Exception):
    """A word selects no rule; the message suggests the nearest one."""


class Selection(Struct, frozen=True):
    """Selects the rules of ``select`` (all rules if it is empty) except those of ``ignore``."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Severity = Severity.WARNING

    @property
    def rules(self) -> frozenset[str]:
        """The ids of the selected rules; raises `UnknownRuleError`."""
        selected = _all(self.select) if self.select else frozenset(RULES)
        rules = selected - _all(self.ignore)
        levels = (Severity.ERROR, self.severity)
        return frozenset(rule for rule in rules if RULES[rule].severity in levels)

    def split(self, diagnostics: Iterable[Diagnostic]) -> tuple[list[Diagnostic], list[Hidden]]:
        """Return the selected findings, in their order, and the others.

        A consequence of another finding is not selected if the rule of that finding is.
        """
        rules = self.rules
        selected: list[Diagnostic] = []
        others: list[Hidden] = []
        for diagnostic in diagnostics:
            if diagnostic.rule.id not in rules:
                others.append(Hidden(diagnostic, "not selected"))
            elif diagnostic.cause in rules:
                others.append(Hidden(diagnostic, f"follows from {diagnostic.cause}"))
            else:
                selected.append(diagnostic)
        return selected, others


@cache
def matching(word: str) -> frozenset[str]:
    """Return the ids of the rules that a word selects: an id, a prefix of ids, or a name.

    >>> sorted(matching("GR90"))
    ['GR901', 'GR902', 'GR903']
    >>> matching("yaml-surprise")
    frozenset({'GR108'})
    """
    ids = {rule for rule in RULES if len(word) > 2 and rule.startswith(word.upper())}
    return frozenset(ids | {rule.id for rule in RULES.values() if rule.name == word.lower()})


def unknown_rule(word: str) -> str:
    """Return the message about a word that selects no rule."""
    known = (*RULES, *(rule.name for rule in RULES.values()))
    return f"unknown rule {word!r}{did_you_mean(word, known)}"


def _all(words: Iterable[str]) -> frozenset[str]:
    rules = frozenset[str]()
    for word in words:
        if not (ids := matching(word)):
            raise UnknownRuleError(unknown_rule(word))
        rules |= ids
    return rules
