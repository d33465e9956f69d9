"""Real configurations held against themselves and against the documented labels."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from groundrules.checks import labels, tombstones
from groundrules.checks.traps import check_traps
from groundrules.definitions import Definitions
from groundrules.diagnostics import Report

if TYPE_CHECKING:
    from groundrules.records import Catalogue


def check_configurations(
    configurations: Sequence[Definitions],
    catalogue: Catalogue | None,
    today: datetime.date,
    report: Report,
) -> None:
    """Note the traps in each configuration (GR4xx) and what is wrong with labels (GR5xx).

    All configurations at once, since a label may be used in any of them.
    """
    for definitions in configurations:
        check_traps(definitions, report)
        tombstones.check(definitions, report)
    labels.check(configurations, _documented(catalogue), today, report)


def _documented(catalogue: Catalogue | None) -> dict[str, labels.Documented]:
    if catalogue is None:
        return {}
    return {
        name: labels.Documented(
            name=name,
            location=label.location("name"),
            deprecated=label.deprecated or platform.deprecated,
            removed=label.removed or platform.removed,
            replaced_by=label.replaced_by,
        )
        for name, (platform, label) in catalogue.labels.items()
    }
