"""What became of each claim: the marks that pages show and the cases that JUnit lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from groundrules.checker import check_data
from groundrules.checker.configurations import ConfigurationOptions
from groundrules.claims.verdicts import Verdict, Verdicts, VerdictState
from groundrules.graphs.unknowns import Unknowns
from loaded_verdicts import verdicts

CASES = Path(__file__).parents[1] / "projects" / "drift"
BASE, GITEA = "infra-prod-base", "infra-prod-service-gitea"
LETSENCRYPT, BRIDGE = "infra-prod-letsencrypt", "infra-prod-bootstrap-bridge"
POLICY = "webservers-after-letsencrypt"


def of_case(name: str) -> Verdicts:
    folder = CASES / name
    return verdicts(check_data(folder), folder)


def said(verdict: Verdict) -> tuple[str, tuple[str, ...]]:
    return verdict.state.value, verdict.why


def test_what_is_as_documented_is_verified():
    found = of_case("silent/all-is-as-documented")
    assert {each.state for each in found.all} == {VerdictState.VERIFIED}
    assert found.of("deploy", GITEA, LETSENCRYPT).pipelines == ("deploy",)
    assert found.of("deploy").pipelines == ("deploy", "periodic")
    assert len(found.all) == 1 + 4 + 4 + 1  # the graph, its jobs, its edges, its rule


def test_a_verdict_says_against_what_it_was_given():
    against = of_case("silent/a-snapshot-of-branches").against["deploy"]
    assert against.configuration == "cd"
    assert against.edition.startswith("snapshot ")
    assert against.commit == ""


def test_what_differs_has_drifted_and_so_has_the_graph():
    found = of_case("loud/GR204-dependency-removed")
    edge = "'infra-prod-letsencrypt' does not wait for 'infra-prod-base' in pipelines "
    assert said(found.of("deploy", LETSENCRYPT, BASE)) == (
        "drifted",
        (f"{edge}'deploy' and 'periodic': no dependency is declared",),
    )
    assert said(found.of("deploy")) == (
        "drifted",
        ("1 of its jobs, dependencies and rules differs",),
    )
    assert found.of("deploy", LETSENCRYPT).state is VerdictState.VERIFIED
    assert said(found.of_job("deploy", LETSENCRYPT, [BASE])) == (
        "drifted",
        ("1 of its 1 dependency differs",),
    )


def test_a_job_is_what_it_and_its_dependencies_are():
    found = of_case("silent/a-parent-of-another-repository")
    assert found.of("deploy", "web").state is VerdictState.VERIFIED
    assert said(found.of_job("deploy", "web", ["base"])) == (
        "not checked",
        ("1 of its 1 dependency was not checked",),
    )
    planned = of_case("silent/planned-and-not-enforced")
    assert said(planned.of_job("deploy", GITEA, [BASE, LETSENCRYPT])) == ("verified", ())


def test_the_edges_of_a_job_that_is_not_there_have_drifted_too():
    found = of_case("loud/GR202-job-not-there")
    assert said(found.of("deploy", LETSENCRYPT, BASE)) == (
        "drifted",
        ("job 'infra-prod-letsencrypt' does not run in pipeline 'periodic'",),
    )


def test_a_graph_that_does_not_freeze_leaves_its_claims_unchecked():
    found = of_case("loud/GR209-circle")
    why = ("there is no job graph in pipelines 'deploy' and 'periodic'",)
    assert said(found.of("deploy", LETSENCRYPT, BASE)) == ("not checked", why)
    assert said(found.of("deploy", rule=POLICY)) == ("not checked", why)
    assert found.of("deploy").state is VerdictState.DRIFTED


def test_a_plan_says_how_far_it_is():
    edge = ("deploy", GITEA, LETSENCRYPT)
    assert said(of_case("silent/planned-and-not-enforced").of(*edge)) == ("planned", ())
    assert said(of_case("silent/planned-and-soft-so-far").of(*edge)) == (
        "planned",
        ("it is soft so far in pipeline 'deploy'",),
    )
    found = of_case("silent/planned-and-in-one-pipeline-so-far").of("deploy", LETSENCRYPT, BASE)
    assert said(found) == ("planned", ("it is enforced so far in pipeline 'deploy'",))


@pytest.mark.parametrize("case", ["silent/nothing-says-where-it-is", "loud/GR200-not-at-hand"])
def test_nothing_is_verified_where_nobody_could_look(case: str):
    """The report has the reason; readers of the manual cannot do anything about a path."""
    found = of_case(case)
    why = "the configuration could not be read when this manual was built"
    assert {said(each) for each in found.all} == {("not checked", (why,))}
    assert found.against["deploy"].edition == ""


def test_an_unknown_claim_is_not_checked():
    assert Verdicts().of("deploy", "web").state is VerdictState.NOT_CHECKED


def test_a_job_defined_elsewhere_keeps_its_secrets():
    found = of_case("silent/a-job-whose-definition-is-elsewhere")
    assert said(found.of("deploy", LETSENCRYPT, BASE)) == (
        "not checked",
        ("the job 'infra-prod-letsencrypt' is defined in another repository",),
    )


def test_a_graph_with_an_unchecked_part_is_not_verified():
    found = of_case("silent/a-job-whose-definition-is-elsewhere")
    why = "the job 'infra-prod-letsencrypt' is defined in another repository"
    assert said(found.of("deploy")) == (
        "not checked",
        (f"2 of its 9 jobs, dependencies and rules were not checked: {why}",),
    )
    assert found.of("deploy", GITEA, LETSENCRYPT).state is VerdictState.VERIFIED


def test_a_job_whose_semaphores_could_not_be_seen_is_not_verified():
    found = of_case("silent/jobs-of-other-repositories")
    why = f"{BASE!r} inherits from 'infra-prod-playbook', which is defined in another repository"
    assert said(found.of("deploy", BASE)) == ("not checked", (why,))
    assert found.of("deploy", LETSENCRYPT, BASE).state is VerdictState.VERIFIED
    assert found.of("deploy").state is VerdictState.NOT_CHECKED


def test_a_rule_that_may_speak_of_more_jobs_is_not_verified():
    found = of_case("silent/a-rule-about-a-job-of-a-template")
    assert found.of("deploy", rule="docs").state is VerdictState.NOT_CHECKED
    found = of_case("silent/a-rule-that-may-speak-of-a-job-by-its-parents")
    assert said(found.of("deploy", rule="users")) == (
        "not checked",
        (
            "it is not known whether it applies to 'web': 'web' inherits from "
            "'infra-prod-service-base', which is defined in another repository",
        ),
    )


def test_what_is_seen_beside_a_gap_is_verified():
    found = of_case("silent/a-repository-of-the-tenant-is-not-at-hand")
    assert found.of("deploy", "web", "lint").state is VerdictState.VERIFIED
    assert found.of("deploy", "publish-docs", "build-docs").state is VerdictState.NOT_CHECKED


def test_a_graph_of_what_a_tenant_does_not_have_has_drifted():
    found = of_case("loud/GR210-branch-not-in-the-tenant")
    why = ("app has no branch 'mastr'; did you mean 'master'?",)
    assert said(found.of("deploy")) == ("drifted", why)
    assert said(found.of("deploy", "web")) == ("not checked", why)


@pytest.mark.parametrize("branch", ["master", "stable"])
def test_one_folder_of_files_verifies_one_branch(branch: str):
    found = of_case("silent/one-folder-of-files-is-one-branch")
    graph = "deploy" if branch == "master" else "stable"
    wanted = VerdictState.VERIFIED if branch == "master" else VerdictState.NOT_CHECKED
    assert found.of(graph, "web").state is wanted


def test_every_claim_is_a_case_and_findings_belong_to_it():
    folder = CASES / "loud/GR205-soft-here"
    report = check_data(folder, options=ConfigurationOptions()).report
    graph = "data/graphs/deploy.yaml"
    keys = [each.key for each in report.checked if each.path == graph and each.key]
    assert f"deploy: {GITEA} waits for {LETSENCRYPT}" in keys
    assert len(keys) == 1 + 4 + 4 + 1  # the graph, its jobs, its edges, its rule
    assert {each.claim for each in report.diagnostics} <= set(keys)
    unsure = {each.key: each.unsure for each in report.checked if each.unsure}
    assert unsure == {"deploy": "drifted: 1 of its jobs, dependencies and rules differs"}


def test_the_manual_of_a_drifted_graph_is_built():
    loaded = check_data(CASES / "loud/GR204-dependency-removed")
    verdicts(loaded, CASES / "loud/GR204-dependency-removed")
    assert loaded.report.found == []


def test_nothing_is_verified_beside_a_file_that_cannot_be_read():
    found = of_case("loud/GR601-a-file-of-its-own-is-lost")
    why = ("zuul.d/x.yaml cannot be read",)
    assert {said(each) for each in found.all} == {("not checked", why)}


def test_drift_stays_drift_beside_a_file_that_cannot_be_read():
    found = of_case("loud/GR601-and-drift-stays-drift")
    assert found.of("deploy").state is VerdictState.DRIFTED
    assert found.of("deploy", LETSENCRYPT, BASE).state is VerdictState.DRIFTED
    assert said(found.of("deploy", LETSENCRYPT)) == (
        "not checked",
        ("zuul.d/x.yaml cannot be read",),
    )


@pytest.mark.parametrize(
    "case",
    ["loud/GR601-of-another-branch", "silent/a-lost-file-that-zuul-is-told-to-ignore"],
)
def test_a_broken_file_that_is_not_of_the_branch_says_nothing_against_a_graph(case: str):
    assert {each.state for each in of_case(case).all} == {VerdictState.VERIFIED}


def test_many_unreadable_files_are_summarized():
    one, many = Unknowns(files=("a",)), Unknowns(files=tuple("abcde"))
    assert (Unknowns().unread, one.unread) == ("", "a cannot be read")
    assert many.unread == "a, b, c and 2 more files cannot be read"
