"""The rules that Zuul configuration is held against while it is resolved (GR6xx)."""

from __future__ import annotations

from groundrules.rules import zuul_files, zuul_tenants

ONLY_WITH_GRAPHS = frozenset(("GR611", "GR615"))
"""What ``check`` leaves to ``groundrules graph --findings``.

That a repository needs others is ordinary; an empty template loses nothing.
"""

ORDINARY = frozenset(("GR611",))
"""What is reported on request and not counted: hardly anyone has every repository."""

RULES = {rule.id: rule for rule in (*zuul_files.RULES, *zuul_tenants.RULES)}
