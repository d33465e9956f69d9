"""Words that a shell can complete: the ids and names of rules."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem


def complete_rule(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the rules whose id or name begins with ``incomplete``; of several, the last word."""
    from groundrules.rules import every_rule

    before, comma, word = incomplete.rpartition(",")
    return [
        CompletionItem(f"{before}{comma}{name}", help=rule.summary)
        for rule in every_rule().values()
        for name in (rule.id, rule.name)
        if name.casefold().startswith(word.casefold())
    ]
