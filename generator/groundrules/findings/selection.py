"""Which findings are asked for: by rule, family of rules, name and severity."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from groundrules.diagnostics import Diagnostic, Hidden, Severity, did_you_mean
from groundrules.rules import RULES


class UnknownRuleError(Exception):
    """A word that selects no rule; the message has the nearest that would."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Findings of ``select`` (of all rules when it is empty) but not of ``ignore``."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Severity = Severity.WARNING

    @property
    def rules(self) -> frozenset[str]:
        """The ids of the rules; raises `UnknownRuleError` for a word that means none."""
        wanted = _all(self.select) if self.select else frozenset(RULES)
        ignored = _all(self.ignore)
        return frozenset(each for each in wanted - ignored if self._is_severe(RULES[each].severity))

    def split(self, diagnostics: Iterable[Diagnostic]) -> tuple[list[Diagnostic], list[Hidden]]:
        """Return the findings that are asked for, in their order, and the others.

        One that follows from another is left out where the other's rule is asked for.
        """
        rules = self.rules
        asked: list[Diagnostic] = []
        others: list[Hidden] = []
        for each in diagnostics:
            if each.rule.id not in rules:
                others.append(Hidden(each, "not selected"))
            elif each.cause in rules:
                others.append(Hidden(each, f"follows from {each.cause}"))
            else:
                asked.append(each)
        return asked, others

    def _is_severe(self, severity: Severity) -> bool:
        return severity is Severity.ERROR or self.severity is Severity.WARNING


@cache
def matching(word: str) -> frozenset[str]:
    """Return the ids of the rules that a word means: an id, the beginning of ids, or a name.

    >>> sorted(matching("GR90"))
    ['GR901', 'GR902', 'GR903']
    >>> matching("yaml-surprise")
    frozenset({'GR108'})
    """
    begun = {each for each in RULES if len(word) > 2 and each.startswith(word.upper())}
    return frozenset(begun | {each.id for each in RULES.values() if each.name == word.lower()})


def _all(words: Iterable[str]) -> frozenset[str]:
    found = frozenset[str]()
    for word in words:
        if not (ids := matching(word)):
            known = (*RULES, *(each.name for each in RULES.values()))
            hint = did_you_mean(word, known)
            raise UnknownRuleError(f"unknown rule {word!r}{hint}")
        found |= ids
    return found
