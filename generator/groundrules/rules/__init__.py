"""The table of rules: what is checked, why, and an example of wrong and right for each.

One module a family.  The manual's pages and ``groundrules explain`` are made from the table, and
tests run every example (`groundrules.rules.examples`).
"""

from __future__ import annotations

from groundrules.diagnostics import Rule
from groundrules.rules import drift, ignores, labels, policy, prose, reading, records, traps

_FAMILIES = (reading, records, prose, drift, policy, traps, labels, ignores)
_OWN = (each for family in _FAMILIES for each in vars(family).values() if isinstance(each, Rule))
RULES: dict[str, Rule] = {each.id: each for each in sorted(_OWN, key=lambda rule: rule.id)}


def every_rule() -> dict[str, Rule]:
    """Return `RULES` and those of the resolvers, which ``groundrules graph --findings`` tells."""
    from groundrules.ci.zuul.rules import RULES as OF_ZUUL

    return dict(sorted((RULES | OF_ZUUL).items()))
