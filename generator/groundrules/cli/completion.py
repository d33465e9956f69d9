"""Words that a shell can complete: rules, and the names of records."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from groundrules.authoring.new_record.known_names import KnownRecords
    from groundrules.authoring.new_record.record_questions import Question


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


def begun(words: Mapping[str, str], incomplete: str) -> list[CompletionItem]:
    """Return the words that begin with ``incomplete``, with what they mean."""
    return [
        CompletionItem(word, help=" ".join(said.split()) or None)
        for word, said in words.items()
        if word.casefold().startswith(incomplete.casefold())
    ]


def known_answers(ctx: click.Context, question: Question) -> list[str]:
    """Return the records that an answer can name."""
    return _known(ctx).offered(question) if question.offers or question.key == "series" else []


def known_names(ctx: click.Context, kind: str) -> list[str]:
    """Return the names of the records of a kind."""
    return sorted(_known(ctx).loaded.names.of(kind))


def _known(ctx: click.Context) -> KnownRecords:
    from groundrules.authoring.new_record.known_names import KnownRecords
    from groundrules.manual_search import manual_around
    from groundrules.records import load

    root = ctx.params.get("root") or manual_around(Path())
    return KnownRecords(load(Path(root).resolve()))
