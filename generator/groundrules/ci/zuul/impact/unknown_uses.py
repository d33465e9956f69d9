"""What is not known of the users of an object, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from groundrules.ci.zuul.freezing.frozen import Frozen
from groundrules.ci.zuul.layout.layout import Layout
from groundrules.ci.zuul.layout.tenant import ONE_BRANCH
from groundrules.ci.zuul.layout.variants import Stanza
from groundrules.graphs.unknowns import Unknowns
from groundrules.text import counted, listed, verbatim

MOST_NAMES = 5


def unknown_uses(
    layout: Layout,
    refused: Sequence[Frozen],
    branch: str = "",
    may_use: Callable[[Stanza], bool] = lambda _: True,
) -> Iterator[str]:
    """Yield what was not read or is not known.

    ``refused`` are graphs of which no job is known; with ``branch``, only it was searched.
    ``may_use`` is whether a stanza can use the object.
    """
    tenant = layout.tenant
    if tenant.is_alone:
        yield "other repositories, which may use it too"
    others, expressions = (
        [each for each in group if branch in ("", each.source.branch) and may_use(each)]
        for group in (layout.others, layout.expressions)
    )
    yield from _unknown_graphs(others, expressions)
    if branch:
        is_config = tenant.is_alone and tenant.projects[0].trusted
        one_branch = f"; {ONE_BRANCH}" if is_config else ""
        yield f"other branches: only {branch!r} was searched{one_branch}"
    if missing := tenant.missing:
        names = [*missing[:MOST_NAMES]]
        more = len(missing) - len(names)
        names += [counted(more, "more project")] if more else []
        yield f"the configuration of {listed(names)}, which is not here"
    if unread := Unknowns(files=tuple(each.path or "" for each in layout.unread)).unread:
        yield f"files: {unread}"
    if mistakes := len(layout.broken):  # an object can have several
        yield f"objects that Zuul refuses, with {counted(mistakes, 'mistake')}"
    if refused:
        first = refused[0]
        yield (
            f"the jobs of {counted(len(refused), 'graph')} that Zuul refuses, such as "
            f"{first.pipeline} of {first.project} on {first.branch}: {first.error}"
        )


def _unknown_graphs(others: Sequence[Stanza], expressions: Sequence[Stanza]) -> Iterator[str]:
    """Yield the projects with stanzas in a repository on its own whose graphs are not known."""
    if names := dict.fromkeys(stanza.spec.name for stanza in others if stanza.spec.name):
        number = counted(len(names), "other project")
        yield f"the graphs of {number} with stanzas here: {listed(names, most=MOST_NAMES)}"
    if any(not stanza.spec.name for stanza in others):
        yield "the graphs of this repository itself, which has a stanza without a name"
    if patterns := dict.fromkeys(verbatim(stanza.spec.name or "") for stanza in expressions):
        matching = listed(patterns, "or", most=MOST_NAMES)
        yield f"the graphs of other projects whose names match {matching}"
