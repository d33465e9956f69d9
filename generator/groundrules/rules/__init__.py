"""The table of rules, each with a summary, an explanation, and a wrong and a right example.

Each family is a module.  The manual's pages and ``groundrules explain`` are generated from the
table, and tests run every example (`groundrules.rules.examples`).
"""

from __future__ import annotations

from groundrules.diagnostics import Rule
from groundrules.rules import (
    broken_promises,
    drift,
    ignores,
    labels,
    policy,
    prose,
    reading,
    records,
    silent,
    traps,
    zuul,
)

_FAMILIES = (
    reading, records, prose, drift, policy, traps, silent, labels, broken_promises, ignores,
)  # fmt: skip
_OWN = (rule for family in _FAMILIES for rule in vars(family).values() if isinstance(rule, Rule))
_ALL = sorted((*_OWN, *zuul.RULES.values()), key=lambda rule: rule.id)
RULES: dict[str, Rule] = {rule.id: rule for rule in _ALL if rule.id not in zuul.ONLY_WITH_GRAPHS}
"""The rules of ``groundrules check`` and ``groundrules verify``."""


def every_rule() -> dict[str, Rule]:
    """Return `RULES` and those that only ``groundrules graph --findings`` reports."""
    return {rule.id: rule for rule in _ALL}
