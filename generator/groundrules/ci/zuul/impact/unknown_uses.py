"""What is not known of the users of an object, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from groundrules.ci.zuul.freezing.freeze import Frozen
from groundrules.ci.zuul.layout.layout import Layout
from groundrules.ci.zuul.layout.tenant import ONE_BRANCH
from groundrules.graphs.unknowns import Unknowns
from groundrules.text import counted, listed

MOST_NAMES = 5


def unknown_uses(layout: Layout, refused: Sequence[Frozen], branch: str = "") -> Iterator[str]:
    """Yield what was not read or is not known.

    ``refused`` are graphs of which no job is known; with ``branch``, only it was searched.
    """
    tenant = layout.tenant
    if tenant.is_alone:
        yield "other repositories, which may use it too"
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
