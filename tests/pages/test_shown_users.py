"""Who uses a label or a job: the section of its page, for what a configuration answers."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from groundrules.graphs.usage import NamedUsage, Usage, Users
from groundrules.pages.graph_cache import keys_of
from groundrules.pages.planned_pages import plan
from groundrules.pages.render import Templates
from groundrules.pages.shown_users import ShownUsers
from groundrules.systems import OTHER

LISTED = ".. rst-class:: no-search\n\n"
"""A search for a project would find the page of every label and job that it uses."""
LABEL, JOB = "labels/debian-12", "jobs/deploy/base"


@pytest.fixture(params=[LABEL, JOB])
def page(request):
    """The page of a label, then that of a job."""
    return request.param


@pytest.fixture
def section(catalogue):
    """The section on the page of a label or job, without its heading; None if there is none."""

    def section(name: str, *usage: NamedUsage, system: str = "zuul") -> str | None:
        first, *others = catalogue.manual.configurations
        configurations = (first.model_copy(update={"system": system}), *others)
        manual = catalogue.manual.model_copy(update={"configurations": configurations})
        pages = plan(replace(catalogue, manual=manual), usage=usage)
        [page] = [page for page in pages if page.name == name]
        heading, rest = "Who uses this\n-------------\n", Templates().page(page)
        if heading not in rest:
            return None
        return rest.partition(heading)[2].partition("\nAbout this")[0].strip()

    return section


def in_deployment(users: Users | None, unknown: tuple[str, ...] = (), **searched) -> NamedUsage:
    """Return who uses the label and the job, which are the same projects."""
    named = {"labels": {"debian-12": users}, "jobs": {"base": users}} if users else {}
    return NamedUsage(name="deployment", usage=Usage(unknown=unknown, **named, **searched))


def test_a_project_with_a_graph_in_the_manual_is_a_link(section, page):
    users = Users(count=2, projects=("team/config", "team/web"))
    assert section(page, in_deployment(users, projects=3, graphs=7)) == (
        f"{LISTED}"
        "2 projects use it in Our deployment: :ci:graph:`team/config <deploy>`, ``team/web``.\n"
        "\n"
        "Looked at: 7 graphs of 3 projects."
    )


def test_so_is_a_project_that_has_another_name_in_its_graphs(section, page):
    users = Users(count=1, projects=("config",))
    named = in_deployment(users, projects=1, graphs=1, called={"team/config": "config"})
    assert section(page, named) == (
        f"{LISTED}1 project uses it in Our deployment: :ci:graph:`config <deploy>`.\n"
        "\n"
        "Looked at: 1 graph of 1 project."
    )


def test_of_many_projects_the_first_are_named(section, page):
    users = Users(count=40, projects=tuple(f"team/p{number:02}" for number in range(12)))
    text = section(page, in_deployment(users, projects=40, graphs=41))
    assert text == (
        f"{LISTED}40 projects use it in Our deployment: ``team/p00``, ``team/p01``, ``team/p02``, "
        "``team/p03``, ``team/p04``, ``team/p05``, ``team/p06``, ``team/p07``, ``team/p08``, "
        "``team/p09``, ``team/p10``, ``team/p11`` and 28 more.\n"
        "\n"
        "Looked at: 41 graphs of 40 projects."
    )


def test_one_project_in_one_graph(section, page):
    users = Users(count=1, projects=("a*b",))
    assert section(page, in_deployment(users, projects=1, graphs=1)) == (
        f"{LISTED}1 project uses it in Our deployment: :literal:`a*b`.\n"
        "\n"
        "Looked at: 1 graph of 1 project."
    )


def test_no_project_is_said_with_what_was_searched_and_what_is_not_known(section, page):
    unknown = ("the configuration of lib, which is not here", "files: a_ is not YAML")
    assert section(page, in_deployment(None, unknown, projects=2, graphs=5)) == (
        "No project that was looked at uses it in Our deployment.\n"
        "\n"
        "Looked at: 5 graphs of 2 projects.\n"
        "\n"
        "Not known: the configuration of lib, which is not here; files: a\\_ is not YAML."
    )


def test_a_configuration_that_was_not_read_is_not_known(section, page):
    assert section(page, NamedUsage(name="deployment")) == (
        "Not known: Our deployment could not be read when this manual was built."
    )


def test_a_configuration_that_is_kept_by_hand_is_not_known(section, page):
    assert section(page, NamedUsage(name="deployment"), system=OTHER) == (
        "Not known: nothing here can read Our deployment, kept by hand."
    )


def test_a_label_has_an_answer_of_each_configuration_and_a_job_that_of_its_graph(section):
    users = Users(count=1, projects=("team/web",))
    usage = in_deployment(users, projects=1, graphs=1), NamedUsage(name="own")
    searched = "Looked at: 1 graph of 1 project."
    answer = f"{LISTED}1 project uses it in Our deployment: ``team/web``.\n\n{searched}"
    unread = "Not known: This project's own jobs could not be read when this manual was built."
    assert section(JOB, *usage) == answer
    assert section(LABEL, *usage) == f"{answer}\n\n{unread}"


# silent


def test_without_a_configuration_there_is_no_section(section, page):
    assert section(page) is None


def test_nobody_is_asked_for_who_uses_an_example(catalogue):
    examples = tuple(each.model_copy(update={"example": True}) for each in catalogue.platforms)
    usage = (in_deployment(Users(count=1, projects=("team/web",))),)
    pages = plan(replace(catalogue, platforms=examples), usage=usage)
    shown = {page.name for page in pages if "Who uses this" in Templates().page(page)}
    assert LABEL not in shown
    assert JOB in shown


def test_a_job_has_no_section_for_the_configuration_of_other_graphs(section):
    assert section(JOB, NamedUsage(name="own")) is None


def keys(catalogue, loaded, verdicts, *usage: NamedUsage) -> dict[str, str]:
    users = ShownUsers(catalogue, usage)
    return keys_of(catalogue, loaded.texts, verdicts, "this", users)


def test_only_the_graph_whose_jobs_have_other_users_is_generated(catalogue, loaded, outline):
    before = keys(catalogue, loaded, outline.verdicts, in_deployment(None, projects=1, graphs=1))
    users = Users(count=1, projects=("team/web",))
    after = keys(catalogue, loaded, outline.verdicts, in_deployment(users, projects=1, graphs=1))
    assert {graph: before[graph] != after[graph] for graph in before} == {
        "deploy": True,
        "own": False,
    }
