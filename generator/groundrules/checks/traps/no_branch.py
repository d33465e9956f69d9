"""``branches`` that match no branch, so that a job, mention or project is for none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from groundrules.checks.phrases import names_or_count
from groundrules.checks.traps.documented_intent import DocumentedIntent
from groundrules.checks.traps.paths import literal
from groundrules.diagnostics import Diagnostic
from groundrules.graphs.definitions import BranchChoice, Definitions
from groundrules.nearest import nearest
from groundrules.rules import silent as rules
from groundrules.text import listed, verbatim

EXCLAMATION = re.compile(r"\^?\(*!\(*(?P<branch>[\w./-]+)\)*\$?")
"""An attempt to negate an expression: RE2 compares ``!`` with itself."""


def check(definitions: Definitions, _: DocumentedIntent) -> Iterator[Diagnostic]:
    """Yield each choice of branches that matches no branch of the projects it can be for."""
    known: dict[tuple[object, ...], bool] = {}  # each branch has a copy of the same file
    for choice in definitions.branch_choices:
        key = choice.expressions, choice.branches
        if key not in known:
            known[key] = any(map(choice.matches, choice.branches))
        if not known[key]:
            yield _no_branch(choice, definitions)


def _no_branch(choice: BranchChoice, definitions: Definitions) -> Diagnostic:
    texts = [
        verbatim(text) + (" (negated)" if negate else "") for text, negate in choice.expressions
    ]
    projects = names_or_count(choice.projects, "project", most=1) or "any project"
    many = len(texts) > 1
    return Diagnostic(
        choice.location,
        f"the expression{'s' if many else ''} {listed(texts)} in 'branches' of the "
        f"{choice.what} match{'' if many else 'es'} no branch of {projects}"
        f"{_hint(choice, definitions)}",
        rules.NO_BRANCH,
        key=f"{choice.what}: {', '.join(map(str, choice.expressions))} in "
        f"{definitions.file_of(choice.location)}",
    )


def _hint(choice: BranchChoice, definitions: Definitions) -> str:
    text, negate = choice.expressions[0]
    if meant := EXCLAMATION.fullmatch(text):
        negated = definitions.words.negated.format(text=f"^{meant['branch']}$")
        return f"; did you mean {negated}?"
    path = None if negate else literal(text)
    near = nearest(path, choice.branches) if path else None
    return f"; did you mean {near!r}?" if near else f"; correct it or remove the {choice.what}"
