"""``groundrules explain``."""

from __future__ import annotations

import click


@click.command()
@click.argument("rule")
def explain(rule: str) -> None:
    """Say why RULE exists, with an example of wrong and right."""
    from groundrules.diagnostics import did_you_mean
    from groundrules.rules import every_rule

    rules = every_rule()
    by_name = {each.name: each for each in rules.values()}
    found = rules.get(rule.upper()) or by_name.get(rule.lower())
    if found is None:
        hint = did_you_mean(rule, [*rules, *by_name])
        raise click.BadParameter(f"there is no rule {rule!r}{hint}", param_hint="RULE")
    click.echo(f"{found.id} {found.name} ({found.severity})\n\n{found.summary}\n")
    click.echo(f"{click.wrap_text(found.explanation, 79)}\n")
    for title, example in (("Wrong", found.bad), ("Right", found.good)):
        click.echo(f"{title}:\n\n{_indented(example)}")


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines())
