"""A record counts only for what it was made of: the digest of what a graph says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from groundrules.claims.claims import GraphClaim
from groundrules.claims.recorded import documented
from groundrules.claims.verdicts import Verdicts
from groundrules.records import load
from groundrules.records.claims import claims_of
from loaded_verdicts import verdicts

CASES = Path(__file__).parents[1] / "projects/drift/silent"
CASE = CASES / "record-where-the-configuration-is-missing"
DIGEST = "23211be900c3eb541089c0f5c4aa1188ba4778fd"
BASE, LETSENCRYPT = "infra-prod-base", "infra-prod-letsencrypt"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return shutil.copytree(CASE, tmp_path / "manual")


def edit(root: Path, old: str, new: str, name: str = "graphs/deploy.yaml") -> None:
    path = root / "data" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def claim(root: Path) -> GraphClaim:
    catalogue = load(root).catalogue
    assert catalogue is not None
    return claims_of(catalogue).graphs[0]


def built(root: Path) -> Verdicts:
    return verdicts(load(root), root)


def test_the_digest_is_the_same_in_every_release():
    """Another one would make every record of every manual worthless."""
    assert documented(claim(CASE)) == DIGEST


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Deployment", "title: How we deploy\nsummary: All of it."),
        ("why: Ansible runs from the bridge.", "why: Nothing runs elsewhere."),
        ("pipelines: [deploy, periodic]", "pipelines: [deploy, periodic]  # both"),
        ("tags: [webserver]", "tags: [webserver, public]\n    purpose: Deploys the code browser."),
        (
            "  - name: infra-prod-bootstrap-bridge\n  - name: infra-prod-base\n",
            "  - {name: infra-prod-bootstrap-bridge}\n  - name: infra-prod-base\n",
        ),
    ],
)
def test_what_is_not_compared_does_not_change_it(root: Path, old: str, new: str):
    edit(root, old, new)
    assert documented(claim(root)) == DIGEST


def test_the_order_of_jobs_does_not_change_it(root: Path):
    edit(root, "  - name: infra-prod-bootstrap-bridge\n", "")
    edit(root, "rules:\n", "  - name: infra-prod-bootstrap-bridge\nrules:\n")
    assert documented(claim(root)) == DIGEST


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("configuration: cd", "configuration: other"),
        ("project: opendev/system-config", "project: opendev/base-jobs"),
        ("pipelines: [deploy, periodic]", "branch: stable\npipelines: [deploy, periodic]"),
        ("pipelines: [deploy, periodic]", "pipelines: [deploy]"),
        ("coverage: complete", "coverage: partial"),
        ("name: infra-prod-bootstrap-bridge", "name: infra-prod-bridge"),
        ("semaphores: [infra-prod-playbook]", "semaphores: [other]"),
        ("maximum: 30 min", "maximum: 31 min"),
        ("soft: true, ", ""),
        ("job: infra-prod-base, why", "job: infra-prod-base, status: planned, why"),
        ("    pipelines: [deploy]\n", ""),
        ("tags: [webserver]", "tags: [server]"),  # the rule selects another job
        ("waits_for: infra-prod-letsencrypt\n", "waits_for: infra-prod-base\n"),
        ("every: {tag: webserver}", "every: {name: infra-prod-service-gitea}"),
    ],
)
def test_what_is_compared_changes_it(root: Path, old: str, new: str):
    edit(root, old, new)
    assert documented(claim(root)) != DIGEST


def test_where_the_configuration_is_missing_the_record_counts():
    found = built(CASE)
    assert {verdict.state.value for verdict in found.all} == {"verified"}
    against = found.against["deploy"]
    edition = "commit db4fed21850c of 2021-12-06"
    assert (against.recorded, against.edition) == ("2021-12-07", edition)
    assert found.of("deploy").pipelines == ("deploy", "periodic")
    assert len(found.all) == 1 + 4 + 4 + 1  # the graph, its jobs, its edges, its rule


def test_where_it_is_there_the_record_does_not_count():
    found = built(CASES / "record-of-what-is-documented-differently")
    assert found.against["deploy"].recorded == ""
    assert found.of("deploy", BASE).state.value == "verified"


def test_a_part_that_is_not_recorded_is_not_checked(root: Path):
    job = "  - name: infra-prod-bootstrap-bridge\n    state: verified\n"
    edit(root, job, "", "verified/cd.yaml")
    assert built(root).of("deploy", "infra-prod-bootstrap-bridge").state.value == "not checked"


def test_nothing_counts_where_it_is_documented_differently(root: Path):
    edit(root, "maximum: 30 min", "maximum: 20 min")
    edit(root, "job: infra-prod-base, soft", "job: infra-prod-base, status: planned, soft")
    found = built(root)
    why = (
        "documented differently since it was compared on 2021-12-07 with commit db4fed21850c of "
        "2021-12-06"
    )
    assert (found.of("deploy").state.value, found.of("deploy").why) == ("not checked", (why,))
    assert found.of("deploy", LETSENCRYPT, BASE).state.value == "not checked"
    assert found.of("deploy", "infra-prod-service-gitea", BASE).state.value == "planned"
    assert found.against["deploy"].recorded == ""


def test_a_record_of_another_configuration_does_not_count(root: Path):
    configuration = "  - {id: other, title: Another one}\nverified_within"
    edit(root, "verified_within", configuration, "manual.yaml")
    edit(root, "configuration: cd", "configuration: other")
    assert built(root).of("deploy").why == (
        "the configuration could not be read when this manual was built",
    )
