"""`enforced_data`: the data in which what was planned of a graph is enforced."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from groundrules.authoring.drafts.request import ManualData
from groundrules.ci.wish import EncodeError
from groundrules.fix import Route
from groundrules.fixes import FixedFile, FixRefusedError
from groundrules.fixes.rewriting import without_keys
from groundrules.grouping import grouped

if TYPE_CHECKING:
    from groundrules.claims.claims import EdgeClaim, GraphClaim, RuleClaim


def enforced_data(claim: GraphClaim, applied: Collection[str], data: ManualData) -> list[FixedFile]:
    """Return the files without the status of planned dependencies and ``applied`` rules.

    An alias stays where all that share it become enforced.  Raises `EncodeError`.
    """
    plans: list[EdgeClaim | RuleClaim] = [edge for job in claim.jobs for edge in job.waits_for]
    plans += [rule for rule in claim.rules if rule.id in applied]
    planned = (plan for plan in plans if plan.planned)
    routes = grouped((plan.place.path, (*plan.route, "status")) for plan in planned)
    return [_file(path, data.texts[path], routes[path]) for path in sorted(routes)]


def _file(path: str, before: str, routes: list[Route]) -> FixedFile:
    try:
        return FixedFile(path, before, without_keys(before, routes))
    except FixRefusedError as error:
        raise EncodeError([f"{path}: {error}"]) from None
