"""Real tenants, if a copy of them is available: the expected findings."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from worlds import checked
from worlds import definitions as of_world

from groundrules.checks.traps import circles, hard
from groundrules.checks.traps.documented_intent import DocumentedIntent
from groundrules.claims.claims import Claims
from groundrules.diagnostics import Diagnostic, Report
from groundrules.graphs.definitions import Definitions
from groundrules.graphs.placed_graph import PlacedGraph

CONFIGS = Path(os.environ.get("GROUNDRULES_SHARED", Path(__file__).parents[3] / "shared"))
CONFIGS, GOLDEN = CONFIGS / "zuul" / "configs", CONFIGS / "zuul" / "golden"
Look = Callable[[Path], Report]


def tenant(name: str) -> Path:
    folder = CONFIGS / name
    if not folder.is_dir():
        pytest.skip(f"no copy of the tenant {name!r} is available")
    return folder


@pytest.fixture(scope="module")
def defined() -> Callable[[str], Definitions]:
    """Give a function that reads a tenant, once: it takes seconds."""
    return cache(lambda name: of_world(tenant(name)))


def of_rule(report: Report, rule: str) -> list[Diagnostic]:
    return [each for each in report.diagnostics if each.rule.id == rule]


def counts(report: Report) -> Counter[str]:
    """Return how many findings each rule has: figures as recorded, each of them looked at once.

    Where one changes, look at every finding that came or went before it is written anew.
    """
    return Counter(each.rule.id for each in report.diagnostics)


def mentions(each: Diagnostic) -> list[tuple[str, int]]:
    return [
        (re.findall(r"in (\S+) of", place.message)[0], place.location.line)
        for place in each.related
    ]


@pytest.fixture(scope="module")
def eco(look: Look) -> Report:
    return look(tenant("eco"))


def test_every_soft_dependency_that_goes_nowhere_is_found(eco: Report):
    found = of_rule(eco, "GR401")
    assert {each.location.path for each in found} == {
        "opentelekomcloud-infra/system-config/main/zuul.d/project.yaml"
    }
    assert [each.location.line for each in found] == [
        *(88, 93, 109, 114, 127, 137, 163, 174, 179, 204)
    ]
    assert sorted(pair for each in found for pair in mentions(each)) == [
        *(("deploy", line) for line in (86, 91, 107, 112, 125, 135, 161, 172, 177, 202)),
        *(("periodic", line) for line in (243, 244, 247, 249, 250, 258, 266)),
        ("periodic-hourly", 285),
    ]


def test_the_misspelt_matcher_is_found_without_a_tree(eco: Report):
    [found] = of_rule(eco, "GR411")
    assert found.location.line == 54
    assert "'playbooks/boostrap-bridge.yaml'" in found.message
    assert "'playbooks/bootstrap-bridge.yaml', which is used in 14 places" in found.message


def test_nothing_is_reported_about_missing_files(eco: Report):
    assert of_rule(eco, "GR408") == []


def test_nothing_else_is_said_of_its_graphs(eco: Report):
    assert counts(eco) == {"GR401": 10, "GR407": 27, "GR409": 1, "GR411": 1}


def test_what_is_said_of_the_largest_tenant(defined: Callable[[str], Definitions]):
    report = checked(defined("openstack"), Claims())
    traps = {"GR401": 4, "GR407": 23, "GR413": 1, "GR415": 17, "GR416": 1}
    assert counts(report) == {**traps, "GR504": 4, "GR604": 14, "GR608": 2}


def test_a_tenant_in_order_is_silent(look: Look):
    assert look(tenant("k8s")).diagnostics == []


def refused(definitions: Definitions, graphs: Iterable[PlacedGraph]) -> set[str]:
    """Return the rules by which some graphs have no order or lack a job."""
    some = replace(definitions, graphs=tuple(graphs))
    found = [
        diagnostic
        for kind in (hard, circles)
        for diagnostic in kind.check(some, DocumentedIntent())
    ]
    return {each.rule.id for each in found} & {"GR403", "GR406"}


@pytest.mark.parametrize("name", ["made", "fuzz"])
def test_a_graph_that_a_running_zuul_refuses_for_its_order_is_reported(
    defined: Callable[[str], Definitions], name: str
):
    """Where Zuul names a missing dependency or a cycle our rules do, and nowhere else."""
    definitions = defined(name)
    answers = json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))["graphs"]
    errors = {
        (each["project"], each["pipeline"], each["branch"]): each.get("error") or ""
        for each in answers
    }
    accepted = []
    for placed in definitions.graphs:
        error = errors.get((placed.project, placed.pipeline, placed.branch))
        if error == "":
            accepted.append(placed)
        elif error and "which was not run" in error:
            assert "GR403" in refused(definitions, [placed]), (placed, error)
        elif error and "cycle" in error:
            assert "GR406" in refused(definitions, [placed]), (placed, error)
        elif error:
            assert not refused(definitions, [placed]), (placed, error)
    assert not refused(definitions, accepted)


def place(project: str, branch: str, path: str = "") -> str:
    """Return where the files here have a place that Zuul names; without a path, the branch."""
    return f"{project}/{branch.replace('/', '%2F')}/{path}"


@pytest.mark.parametrize("name", ["made", "fuzz", "openstack"])
def test_the_mistakes_are_those_that_a_running_zuul_reports(
    defined: Callable[[str], Definitions], name: str
):
    """Zuul names the file, of a file that it does not read the branch only."""
    definitions = defined(name)
    reported = json.loads((GOLDEN / f"{name}-errors.json").read_text("utf-8"))
    wanted = {place(**each["source_context"]): each["severity"] for each in reported}
    output = {}
    for each in definitions.mistakes:
        where = each.location.path
        if each.rule.id == "GR605":
            where = next(start for start in wanted if where.startswith(start))
        if each.rule.id not in NOT_OF_ZUUL:
            output[where] = min(each.rule.severity.value, output.get(where, "warning"))
    assert output == wanted


NOT_OF_ZUUL = ("GR610", "GR614", "GR616", "GR617")  # what Zuul accepts and does not report
