"""Graphs, jobs and edges are marked with what became of them, held against a configuration."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from dataclasses import replace

import pytest
from click.testing import CliRunner

from groundrules.cli import main

GRAPH_FILE = "data/graphs/deploy.yaml"
TITLE = "title: Our deployment"
ZUUL = """\
- semaphore: {name: production, max: 1}
- job: {name: deploy-parent, parent: null, abstract: true, run: run.yaml}
- job:
    name: base
    parent: deploy-parent
    semaphore: production
    files: ['^playbooks/base/.*$']
- job: {name: certificates, parent: deploy-parent, dependencies: [base]}
- job:
    name: gitea
    parent: deploy-parent
    tags: [webserver]
    dependencies: [{name: base, soft: true}]
- project:
    deploy: {jobs: [base, certificates, gitea]}
    periodic: {jobs: [base, certificates]}
"""
NOT_HERE = "the configuration could not be read when this manual was built"
DAY = r"\w{3} \d{2}, \d{4}"  # as Sphinx writes it unless `today_fmt` says otherwise
G = "generated/"
GRAPH, CERTIFICATES, GITEA = (
    f"{G}graphs/deploy.txt", f"{G}jobs/deploy/certificates.txt", f"{G}jobs/deploy/gitea.txt",
)  # fmt: skip


def with_configuration(manual, text: str = ZUUL):
    """Let the manual say that its configuration is in ``ci``, and put it there."""
    rule = "every: {tag: webserver}"
    manual.replace("data/graphs/deploy.yaml", rule, f"{rule}\n    status: planned")
    manual.replace("data/manual.yaml", TITLE, f"{TITLE}\n    path: ci")
    manual.write("ci/.zuul.yaml", text)
    return manual


OTHER_RECORDS = r"(, |\n *)evidence: \[session:[^]]*\]|\n *labels: .*"


def graphs_alone(manual):
    """Remove all but the graphs of a manual, and the pages that show them."""
    for kind in ("expectations", "platforms", "sessions"):
        shutil.rmtree(manual.root / "data" / kind)
    graph = (manual.root / GRAPH_FILE).read_text("utf-8")
    manual.write(GRAPH_FILE, re.sub(OTHER_RECORDS, "", graph))
    manual.write("source/listings.rst", "Listings\n========\n\n.. ci:graph:: deploy\n")
    (manual.source / "roles.rst").unlink()
    manual.replace("source/index.rst", "   roles\n", "")
    return manual


def without_configuration(manual):
    """Remove the configuration, but not what the manual says of it."""
    shutil.rmtree(manual.root / "ci")
    return manual


def flat(text: str) -> str:
    return " ".join(text.split())


def html_text(markup: str) -> str:
    """Return what a reader sees of a piece of HTML, with straight quotes."""
    text = html.unescape(re.sub("<[^>]*>", "", markup.partition(">")[2]))
    return flat(re.sub("[‘’]", "'", text))


def verdicts(built) -> dict[str, object]:
    found = json.loads(built.text("_data/verdicts.json"))
    assert found["version"] == 1
    return next(each for each in found["graphs"] if each["graph"] == "deploy")


def states(verdict) -> dict[str, str]:
    """Return the states of jobs and edges of a graph in JSON."""
    found = {}
    for job in verdict["jobs"]:
        found[job["job"]] = job["state"]
        found |= {f"{job['job']} {each['job']}": each["state"] for each in job["waits_for"]}
    return found


@pytest.fixture(scope="module")
def in_order(tmp_path_factory, copy_of_small_manual):
    """The graphs of the small manual, with a configuration that says the same."""
    manual = graphs_alone(copy_of_small_manual(tmp_path_factory.mktemp("marks") / "manual"))
    manual.doctrees_of = "text"
    return with_configuration(manual)


@pytest.fixture(scope="module")
def verified(in_order):
    """The same, built as HTML and as text."""
    text = in_order.build("text")  # first: it has straight quotes
    return in_order.build("html"), text


@pytest.fixture
def verified_manual(in_order, verified):
    """The same, built, to be changed by one test."""
    with in_order.lent() as manual:
        yield manual


OTHER_BUILDERS = ("man", "latex", "texinfo", "singlehtml")


@pytest.fixture(scope="module")
def drifted(tmp_path_factory, in_order, verified):
    """What each builder makes of it with a configuration that says something else."""
    folder = tmp_path_factory.mktemp("drifted") / "build"
    with in_order.lent() as manual:
        manual.write("ci/.zuul.yaml", ZUUL.replace(", dependencies: [base]", ""))
        made = [manual.build(builder) for builder in ("text", "html", *OTHER_BUILDERS)]
        shutil.copytree(manual.root / "build", folder)
    return {
        built.app.builder.name: replace(built, folder=folder / built.folder.name) for built in made
    }


def test_what_the_configuration_says_too_is_verified(verified):
    html, text = verified
    assert html.warnings == text.warnings == ""
    edition = verdicts(html)["edition"]
    assert re.fullmatch("snapshot [0-9a-f]{12}", edition)
    counted = r"3 jobs, 3 dependencies \(1 planned\), 1 rule \(1 planned\)"
    assert re.search(
        f"✔ verified against Our deployment, {edition}, compared on {DAY}: {counted}",
        flat(text.text(GRAPH)),
    )
    assert '"base" (hard, ✔ verified)' in text.text(CERTIFICATES)
    assert "✔ verified (against what: How the servers are deployed)" in flat(
        text.text(CERTIFICATES)
    )


def test_what_is_planned_stays_so(verified):
    html, text = verified
    assert '"certificates" (hard, ◌ planned)' in text.text(GITEA)
    assert states(verdicts(html)) == {
        "base": "verified",
        "certificates": "verified",
        "certificates base": "verified",
        "gitea": "verified",
        "gitea certificates": "planned",
        "gitea base": "verified",
    }


def test_the_front_page_has_a_line_for_each_graph(verified):
    _, text = verified
    front = flat(text.text("index.txt"))
    assert "How the servers are deployed: ✔ verified against Our deployment, snapshot " in front
    assert (
        f"How this manual is tested: ? not checked against This project's own jobs: {NOT_HERE}"
    ) in front


def test_arrows_differ_by_more_than_colour(verified):
    html, _ = verified
    page = html.text(f"{G}graphs/deploy.html")
    assert re.findall('class="(ci-arrow [^"]*)"', page) == [
        "ci-arrow ci-hard ci-enforced ci-verified",
        "ci-arrow ci-hard ci-planned",
        "ci-arrow ci-soft ci-enforced ci-verified",
    ]
    caption = re.search("<figcaption>(.*?)</figcaption>", page, re.S)[1]
    assert flat(re.sub("<[^>]*>", "", caption)).strip() == (
        "An arrow leads from a job to one that waits for it. "
        "A dashed arrow is soft: it counts only when the job that it comes from runs. "
        "A pale arrow is planned: nothing enforces it yet. "
        "An arrow that is not pale is verified: the configuration says the same."
    )


def test_pages_tell_no_time(verified):
    html, _ = verified
    assert not re.search(r"\d\d:\d\d:\d\d", html.text("_data/verdicts.json"))
    assert not re.search(r"\d\d:\d\d:\d\d", html.text(f"{G}graphs/deploy.html"))


def test_what_differs_has_drifted_and_the_page_says_how(drifted):
    pages, text = drifted["html"], drifted["text"]
    assert pages.warnings == text.warnings == ""
    why = "'certificates' does not wait for 'base' in pipelines 'deploy' and 'periodic'"
    row = pages.text(f"{G}graphs/deploy.html").partition('id="wait-deploy-1"')[2]
    cell = html_text(row.partition("</td>")[0])
    assert cell == f"hard, ✘ drifted: {why}: no dependency is declared"
    page = flat(text.text(CERTIFICATES))
    assert '"base" (hard, ✘ drifted)' in page
    assert f"In the configuration: {why}: no dependency is declared" in page
    assert (
        "✘ drifted: 1 of its 1 dependency differs (against what: How the servers are deployed)"
        in page
    )
    assert "✘ drifted from Our deployment, snapshot " in flat(text.text(GRAPH))
    assert "1 of its jobs, dependencies and rules differs" in flat(text.text(GRAPH))
    assert 'ci-hard ci-enforced ci-drifted"' in pages.text(f"{G}graphs/deploy.html")
    assert "A thick arrow has drifted" in flat(pages.text(f"{G}graphs/deploy.html"))
    [verdict] = [each for each in verdicts(pages)["jobs"] if each["job"] == "certificates"]
    assert (verdict["state"], verdict["why"]) == ("drifted", ["1 of its 1 dependency differs"])
    assert verdict["waits_for"] == [
        {
            "job": "base",
            "state": "drifted",
            "pipelines": ["deploy", "periodic"],
            "why": [f"{why}: no dependency is declared"],
        }
    ]


@pytest.mark.parametrize("builder", OTHER_BUILDERS)
def test_other_builders_have_marks_too(drifted, builder):
    built = drifted[builder]
    assert built.warnings == ""
    suffixes = (".1", ".html", ".tex", ".texi")
    found = [text.decode() for name, text in built.texts.items() if name.endswith(suffixes)]
    texts = flat(re.sub(r"</?[a-z][^<>]*>|\\sphinx\w+|[{}]", "", " ".join(found)))
    assert "drifted from Our deployment" in texts
    assert "no dependency is declared" in texts


def test_a_configuration_that_is_given_is_the_one_that_counts(verified_manual, tmp_path):
    manual = without_configuration(verified_manual)
    assert "? not checked" in manual.build("text").text(GRAPH)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / ".zuul.yaml").write_text(ZUUL, "utf-8")
    command = ("build", "--root", str(manual.root), "-qn", "-j1", "-b", "text")
    given = CliRunner().invoke(main, [*command, "--config", f"deployment={elsewhere}"])
    assert (given.exit_code, given.stderr) == (0, "")
    page = manual.root / "build" / "text" / GRAPH
    assert "✔ verified against Our deployment, snapshot " in flat(page.read_text("utf-8"))
    assert CliRunner().invoke(main, list(command)).exit_code == 0
    assert "? not checked" in page.read_text("utf-8")


def test_an_unknown_configuration_is_a_usage_error(manual):
    command = ["build", "--root", str(manual.root), "-q", "-j1", "--config", "deploymnt=."]
    done = CliRunner().invoke(main, command)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == ("ERROR: unknown configuration 'deploymnt'; did you mean 'deployment'?\n")


def test_so_is_one_that_is_kept_by_hand(manual):
    manual.replace("data/manual.yaml", TITLE, f"{TITLE}\n    system: other")
    command = ["build", "--root", str(manual.root), "-q", "-j1", "--config", "deployment=."]
    done = CliRunner().invoke(main, command)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == (
        "ERROR: configuration 'deployment' is kept by hand (system: other); nothing here can read "
        "it\n"
    )


def test_where_the_configuration_is_missing_nothing_is_verified(verified_manual):
    manual = without_configuration(verified_manual)
    html, text = manual.build("html"), manual.build("text")
    assert f"? not checked against Our deployment: {NOT_HERE}" in flat(text.text(GRAPH))
    assert f"? not checked: {NOT_HERE}" in flat(text.text(CERTIFICATES))
    assert '"base" (hard, ? not checked)' in text.text(CERTIFICATES)
    assert '"certificates" (hard, ◌ planned)' in text.text(GITEA)
    arrows = re.findall('class="(ci-arrow [^"]*)"', html.text(f"{G}graphs/deploy.html"))
    assert arrows[0] == "ci-arrow ci-hard ci-enforced ci-unchecked"
    for name, content in {**html.texts, **text.texts}.items():
        if name.endswith((".html", ".txt")):
            assert b"verified" not in content, name
    verdict = verdicts(html)
    assert (verdict["state"], verdict["edition"]) == ("not checked", "")
    assert set(states(verdict).values()) == {"not checked", "planned"}
    assert "verified" not in {verdict["state"], *states(verdict).values()}


def test_a_graph_that_does_not_freeze_is_not_checked_and_says_why(verified_manual):
    manual = verified_manual
    missing = ZUUL.replace("{name: base, soft: true}", "{name: nowhere}")
    manual.write("ci/.zuul.yaml", f"{missing}- job: {{name: nowhere}}\n")
    text = manual.build("text")
    assert text.warnings == ""
    assert "? not checked" in text.text(GITEA)
    assert "there is no job graph in" in flat(text.text(GITEA))


def test_a_mark_changes_with_the_configuration_and_nothing_else_is_read(verified_manual):
    manual = verified_manual
    assert manual.build("text").read == set()
    manual.write("ci/.zuul.yaml", ZUUL.replace(", dependencies: [base]", ""))
    built = manual.build("text")
    assert built.read == {
        f"{G}graphs/deploy", f"{G}graphs/index", f"{G}jobs/deploy/base",
        f"{G}jobs/deploy/certificates", "index", "listings",
    }  # fmt: skip
    assert "drifted" in built.text(GRAPH)
    manual.write("ci/.zuul.yaml", ZUUL)
    assert "drifted" not in manual.build("text").text(GRAPH)
    (manual.root / "ci/.zuul.yaml").unlink()
    assert "? not checked" in manual.build("text").text(GRAPH)


def test_nothing_is_resolved_when_nothing_changed(verified_manual, monkeypatch):
    monkeypatch.setattr("groundrules.sphinxext.manual_records.verdicts_of", None)
    monkeypatch.setattr("groundrules.sphinxext.manual_records.check_data", None)
    assert verified_manual.build("text").read == set()


def test_another_commit_changes_the_edition_on_graph_and_front_page_only(verified_manual):
    manual = verified_manual
    git(manual, "init", "-q", "-b", "master")
    git(manual, "add", ".")
    git(manual, "commit", "-qm", "first")
    first = manual.build("text").text(GRAPH)
    git(manual, "commit", "-qm", "second", "--allow-empty")
    built = manual.build("text")
    assert built.read == {f"{G}graphs/deploy", "index", "listings"}
    assert (commit := git(manual, "rev-parse", "HEAD")[:12]) in built.text(GRAPH)
    assert f"commit {commit}" not in flat(first)
    verdict = verdicts(manual.build("html"))
    assert verdict["commit"] == git(manual, "rev-parse", "HEAD")
    assert verdict["date"] == git(manual, "show", "--no-patch", "--format=%cs")
    assert verdict["edition"] == f"commit {commit} of {verdict['date']}"


def git(manual, *arguments: str) -> str:
    names = {
        f"GIT_{who}_{what}": "x@y" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    environment = {**os.environ, **names, "GIT_CONFIG_GLOBAL": os.devnull}
    command = ["git", "-C", str(manual.root / "ci"), *arguments]
    return subprocess.run(
        command, env=environment, check=True, capture_output=True, text=True
    ).stdout.strip()


def test_a_git_repository_beside_it_is_followed_by_its_commits(verified_manual):
    manual = without_configuration(verified_manual)
    manual.replace("data/manual.yaml", "path: ci", "git: ci")
    assert f"? not checked against Our deployment: {NOT_HERE}" in flat(
        manual.build("text").text(GRAPH)
    )
    manual.write("ci/.zuul.yaml", ZUUL)
    git(manual, "init", "-q", "-b", "master")
    git(manual, "add", ".")
    git(manual, "commit", "-qm", "first")
    assert "✔ verified against Our deployment, commit " in flat(manual.build("text").text(GRAPH))
    manual.write("ci/.zuul.yaml", ZUUL.replace(", dependencies: [base]", ""))
    assert manual.build("text").read == set()  # not committed
    git(manual, "commit", "-qam", "second")
    assert "✘ drifted from Our deployment, commit " in flat(manual.build("text").text(GRAPH))
