"""Real configurations held against themselves and against the documented labels."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from groundrules.checks.labels import documented as labels
from groundrules.checks.labels import tombstones
from groundrules.checks.traps import check_traps
from groundrules.checks.traps.documented_intent import meant
from groundrules.claims.claims import Claims
from groundrules.diagnostics import Report, Skipped
from groundrules.graphs.definitions import Definitions


def check_configurations(
    configurations: Sequence[Definitions],
    claims: Claims,
    today: datetime.date,
    report: Report,
    *,
    are_all: bool = True,
) -> None:
    """Note mistakes of each configuration (GR6xx), traps (GR4xx), and wrong labels (GR5xx).

    All configurations at once, since a label may be used in any of them; ``are_all`` says
    whether these are all that the manual names.  What it documents as meant is no trap.
    """
    for definitions in configurations:
        report.extend(definitions.mistakes)
        check_traps(definitions, meant(claims.graphs, definitions.name), report)
        tombstones.check(definitions, report)
    if claims.labels is None:
        reason = "a record of theirs has a mistake, or is not where it belongs; correct that first"
        report.skipped.append(Skipped("labels", reason, ("GR5",)))
    else:
        labels.check(configurations, claims.labels, today, report, are_all=are_all)
