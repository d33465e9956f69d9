"""The rules for Zuul configuration while it is resolved (GR6xx)."""

from __future__ import annotations

from groundrules.rules import zuul_files, zuul_tenants

ONLY_WITH_GRAPHS = frozenset(("GR611", "GR615"))
"""The rules that only ``groundrules graph --findings`` reports.

That a repository needs others is ordinary; an empty template loses nothing.
"""

ORDINARY = frozenset(("GR611",))
"""The rules that do not count as mistakes, because few users have every repository."""

RULES = {rule.id: rule for rule in (*zuul_files.RULES, *zuul_tenants.RULES)}
