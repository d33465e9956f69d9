"""``groundrules explain``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from groundrules.cli.completion import complete_rule

if TYPE_CHECKING:
    from groundrules.diagnostics import Rule


@click.command()
@click.argument("rule", shell_complete=complete_rule)
def explain(rule: str) -> None:
    """Explain why RULE exists, with an example.

    RULE is an id or a name. A prefix of ids, such as GR2, lists the rules of a family.
    """
    from groundrules.rules import every_rule

    rules = every_rule()
    by_name = {entry.name: entry for entry in rules.values()}
    if known := rules.get(rule.upper()) or by_name.get(rule.lower()):
        _show(known)
    elif _is_id(rule) and (ids := [name for name in rules if name.startswith(rule.upper())]):
        click.echo("\n".join(f"{name} {rules[name].name}" for name in ids))
    else:
        hint = _hint(rule, rules, by_name)
        raise click.BadParameter(f"unknown rule {rule!r}{hint}", param_hint="RULE")


def _is_id(word: str) -> bool:
    return re.fullmatch(r"GR\d*", word, re.IGNORECASE | re.ASCII) is not None


def _hint(word: str, ids: Iterable[str], names: Iterable[str]) -> str:
    from groundrules.nearest import did_you_mean

    if _is_id(word):
        return f"; families: {', '.join(sorted({rule[:3] for rule in ids}))}"
    return did_you_mean(word, [*ids, *names])


def _show(rule: Rule) -> None:
    click.echo(f"{rule.id} {rule.name} ({rule.severity})\n\n{rule.summary}\n")
    click.echo(f"{click.wrap_text(rule.explanation, 79)}\n")
    for title, example in (("Wrong", rule.bad), ("Right", rule.good)):
        click.echo(f"{title}:\n\n{_indented(example)}")


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines())
