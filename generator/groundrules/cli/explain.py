"""``groundrules explain``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from groundrules.diagnostics import Rule


@click.command()
@click.argument("rule")
def explain(rule: str) -> None:
    """Say why RULE exists, with an example of wrong and right.

    Of the beginning of ids, such as GR2, list the rules.
    """
    from groundrules.rules import every_rule

    rules = every_rule()
    by_name = {each.name: each for each in rules.values()}
    if found := rules.get(rule.upper()) or by_name.get(rule.lower()):
        _tell(found)
    elif _is_id(rule) and (begun := [each for each in rules if each.startswith(rule.upper())]):
        click.echo("\n".join(f"{each} {rules[each].name}" for each in begun))
    else:
        hint = _hint(rule, rules, by_name)
        raise click.BadParameter(f"there is no rule {rule!r}{hint}", param_hint="RULE")


def _is_id(word: str) -> bool:
    return re.fullmatch(r"GR\d*", word, re.IGNORECASE | re.ASCII) is not None


def _hint(word: str, ids: Iterable[str], names: Iterable[str]) -> str:
    from groundrules.diagnostics import did_you_mean

    if _is_id(word):
        return f"; families: {', '.join(sorted({each[:3] for each in ids}))}"
    return did_you_mean(word, [*ids, *names])


def _tell(found: Rule) -> None:
    click.echo(f"{found.id} {found.name} ({found.severity})\n\n{found.summary}\n")
    click.echo(f"{click.wrap_text(found.explanation, 79)}\n")
    for title, example in (("Wrong", found.bad), ("Right", found.good)):
        click.echo(f"{title}:\n\n{_indented(example)}")


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines())
