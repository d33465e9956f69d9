"""Who uses labels and jobs, in one pass: what ``groundrules impact`` says of each of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from random_worlds import PARSED, graphs_of, in_random_worlds, nowhere, tenant_of, without

from groundrules.checker.compare import configurations_of
from groundrules.checker.configurations import ConfigurationOptions
from groundrules.checker.manual_usage import usage_of_manual
from groundrules.ci.zuul.freezing.frozen import Frozen
from groundrules.ci.zuul.impact import configuration_users
from groundrules.ci.zuul.impact.answer import ZuulImpact
from groundrules.ci.zuul.impact.configuration_users import usage_of
from groundrules.ci.zuul.impact.subject import ImpactSubject, names_of
from groundrules.ci.zuul.layout.gathering import Gathered, gather_tenant
from groundrules.ci.zuul.resolver import Resolver, resolve
from groundrules.ci.zuul.single_repository import SingleRepository
from groundrules.claims.claims import Claims, ConfigurationClaim, LabelClaim
from groundrules.diagnostics import Location
from groundrules.graphs.usage import MOST_PROJECTS, NamedUsage, Usage, UsageNames, Users
from steps import growth, steps

CASES = Path(__file__).parent / "impact"


def every_name(resolver: Resolver) -> UsageNames:
    layout = resolver.layout
    labels, jobs = names_of(layout, "label"), names_of(layout, "job")
    return UsageNames(labels=frozenset(labels), jobs=frozenset(jobs))


def by_command(gathered: Gathered, resolver: Resolver, kind: str, name: str) -> Users | None:
    """Return the projects whose graphs use an object, as the command shows them."""
    subject = ImpactSubject(kind, name)
    impact = ZuulImpact(subject, gathered, resolver, PARSED.parse, nowhere).impact()
    names = [project.name for project in impact.projects]
    return Users(count=len(names), projects=tuple(names[:MOST_PROJECTS])) if names else None


def in_graphs(resolver: Resolver) -> dict[tuple[str, str], set[str]]:
    """Return the projects by what the jobs of their graphs say of themselves."""
    users: dict[tuple[str, str], set[str]] = {}
    for frozen in resolver.graphs():
        for job in frozen.graph.jobs:
            subjects = [("label", label.name) for label in job.labels]
            for subject in (*subjects, *(("job", name) for name in (job.name, *job.parents))):
                users.setdefault(subject, set()).add(frozen.project)
    return users


@in_random_worlds
def test_the_users_are_those_of_the_command_and_of_the_graphs(
    world: str, choose: Any, worlds: Path
):
    gathered = tenant_of(worlds, world)
    resolver = resolve(gathered, PARSED.parse)
    usage = usage_of(resolver, every_name(resolver))
    tables = {"label": usage.labels, "job": usage.jobs}
    for (kind, name), projects in in_graphs(resolver).items():
        assert {*tables[kind][name].projects} >= {*sorted(projects)[:MOST_PROJECTS]}, name
    for kind, table in tables.items():
        names = sorted(names_of(resolver.layout, kind))
        for name in choose.sample(names, min(4, len(names))):
            assert table.get(name) == by_command(gathered, resolver, kind, name), (kind, name)


@in_random_worlds
def test_a_project_that_loses_a_job_with_the_text_uses_it(world: str, choose: Any, worlds: Path):
    gathered = tenant_of(worlds, world)
    resolver = resolve(gathered, PARSED.parse)
    names = sorted(name for name in names_of(resolver.layout, "job") if world in name)
    name = choose.choice(names)
    rest = without(tenant_of(worlds, world), "job", name)
    if rest is None:
        return
    usage = usage_of(resolver, UsageNames(jobs=frozenset({name})))
    users = {*usage.jobs.get(name, Users()).projects}
    before, after = graphs_of(resolver), graphs_of(resolve(rest, PARSED.parse))
    losing = {key[0] for key, frozen in before.items() if loses(frozen, after.get(key))}
    refused = {key[0] for graphs in (before, after) for key in graphs if graphs[key].error}
    assert losing <= users <= losing | refused


def loses(before: Frozen, after: Frozen | None) -> bool:
    """Return whether a graph that is built with and without an object loses a job."""
    if before.error or after is None or after.error:
        return False
    return {job.name for job in before.shape.jobs} > {job.name for job in after.shape.jobs}


def test_what_was_searched_is_counted_with_what_is_not_known():
    folder = CASES / "one-repository/repository"
    read = SingleRepository.at(folder).read()
    usage = usage_of(read.resolver, UsageNames(labels=frozenset({"ubuntu", "unknown"})))
    assert usage == Usage(
        labels={"ubuntu": Users(count=1, projects=("repository",))},
        projects=1,
        graphs=1,
        unknown=("other repositories, which may use it too",),
    )


def test_a_project_that_is_documented_by_its_canonical_name_has_that_of_its_graphs():
    folder = CASES / "a-tenant"
    resolver = resolve(gather_tenant(folder / "main.yaml", folder))
    [docs] = [project for project in resolver.projects if project.name == "docs"]
    names = UsageNames(projects=frozenset({docs.canonical_name, "docs", "nowhere"}))
    assert usage_of(resolver, names).called == {docs.canonical_name: "docs"}


# cost


def tenant(folder: Path, size: int) -> Resolver:
    """Return a repository with so many jobs, each on a label of its own and with a child."""
    folder.mkdir()
    jobs = "".join(
        f"- nodeset: {{name: n-{at}, nodes: [{{name: n, label: l-{at}}}]}}\n"
        f"- job: {{name: job-{at}, parent: base, nodeset: n-{at}}}\n"
        f"- job: {{name: child-{at}, parent: job-{at}}}\n"
        for at in range(size)
    )
    names = ", ".join(f"child-{at}" for at in range(size))
    (folder / ".zuul.yaml").write_text(
        "- job: {name: base, parent: null, run: run.yaml}\n"
        f"{jobs}- project: {{check: {{jobs: [{names}]}}}}\n"
    )
    return SingleRepository.at(folder).read().resolver


def names_up_to(size: int) -> UsageNames:
    return UsageNames(
        labels=frozenset(f"l-{at}" for at in range(size)),
        jobs=frozenset(f"job-{at}" for at in range(size)),
    )


def test_twice_as_many_jobs_and_names_cost_twice_as_much(tmp_path: Path):
    def of(size: int) -> Callable[[], object]:
        resolver = tenant(tmp_path / str(size), size)

        def sweep() -> object:
            usage = usage_of(resolver, names_up_to(size))
            assert len(usage.labels) == len(usage.jobs) == size
            return usage

        return sweep

    assert growth(of, 200) < 2.2


def test_a_name_costs_no_pass_of_its_own(tmp_path: Path):
    first, second = (tenant(tmp_path / name, 200) for name in ("first", "second"))
    one = steps(lambda: usage_of(first, names_up_to(1)))
    assert steps(lambda: usage_of(second, names_up_to(200))) < 1.5 * one


# a manual


LABEL = LabelClaim(name="ubuntu", place=Location("data/platforms/vm.yaml"))
HERE = Location("data/manual.yaml")


def usage_with(root: Path, cache: Path | None, *claims: ConfigurationClaim) -> object:
    manual = Claims(configurations=claims, labels=(LABEL,))
    options = ConfigurationOptions(cache=cache)
    return usage_of_manual(manual, configurations_of(manual, root, options))


def test_a_manual_has_an_answer_of_each_configuration_that_can_be_read(tmp_path: Path):
    read = ConfigurationClaim(id="own", place=HERE, system="zuul", path="repository")
    missing = ConfigurationClaim(id="other", place=HERE, system="zuul", path="nowhere")
    own, other = usage_with(CASES / "one-repository", None, read, missing)  # type: ignore[misc]
    assert own.usage.labels == {"ubuntu": Users(count=1, projects=("own",))}
    assert other == NamedUsage(name="other")


def test_a_manual_without_configurations_has_no_answer(tmp_path: Path):
    assert usage_with(tmp_path, None) == ()


def test_the_answers_are_cached_until_a_file_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    root = tmp_path / "manual"
    (root / "ci").mkdir(parents=True)
    text = (CASES / "one-repository/repository/.zuul.yaml").read_text("utf-8")
    (root / "ci/.zuul.yaml").write_text(text)
    claim = ConfigurationClaim(id="ci", place=HERE, system="zuul", path="ci")
    first = usage_with(root, tmp_path / "cache", claim)
    with monkeypatch.context() as patch:
        patch.setattr(configuration_users, "usage_of", None)
        assert usage_with(root, tmp_path / "cache", claim) == first
    (root / "ci/.zuul.yaml").write_text(text.replace("ubuntu", "fedora"))
    [named] = usage_with(root, tmp_path / "cache", claim)  # type: ignore[misc]
    assert named.usage.labels == {}


def test_nothing_is_searched_where_nothing_is_documented(monkeypatch: pytest.MonkeyPatch):
    claim = ConfigurationClaim(id="own", place=HERE, system="zuul", path="repository")
    manual = Claims(configurations=(claim,))
    monkeypatch.setattr(configuration_users, "usage_of", None)
    root = CASES / "one-repository"
    assert usage_of_manual(manual, configurations_of(manual, root, ConfigurationOptions())) == ()
