"""A build reads the pages that show what changed, and no others."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from groundrules import pages
from groundrules.pages.render import Templates
from groundrules.sphinxext.manual_build import ManualBuild

SMALL = Path(__file__).parent / "manual"


@pytest.fixture(scope="module")
def site(tmp_path_factory, copy_of_small_manual):
    """One manual for all tests of this module, built."""
    manual = copy_of_small_manual(tmp_path_factory.mktemp("incremental") / "manual")
    assert manual.build("text").warnings == ""
    return manual


@pytest.fixture
def manual(site):
    """The built manual, to be changed by one test."""
    with site.lent() as manual:
        yield manual


@pytest.fixture
def again(manual):
    """Build what has changed."""
    return lambda: manual.build("text")


def test_nothing_is_read_when_nothing_changed(again):
    built = again()
    assert (built.read, built.written, built.warnings) == (set(), set(), "")


def test_data_touched_but_not_changed_reads_nothing(manual, again):
    (manual.root / "data/expectations/memory.yaml").touch()
    assert again().read == set()


G = "generated/"
PAGES_OF_A_CHANGE = {
    # what changes, in which file → the pages that show it
    "the statement of an expectation": (
        ("data/expectations/memory.yaml", "There may be no swap at all.", "There is no swap."),
        {G + "topics/memory", G + "expectations/swap", "listings"},
    ),
    "why one is said": (
        ("data/expectations/memory.yaml", "* the test needed it.", "* a test needed it."),
        {G + "expectations/memory-8gb"},
    ),
    "the title of an expectation": (
        ("data/expectations/memory.yaml", "title: Swap", "title: Swap space"),
        {G + "topics/memory", G + "expectations/swap"},
    ),
    "a standing": (
        ("data/expectations/network.yaml", "standing: varies", "standing: guaranteed"),
        {
            *(G + "topics/network", G + "expectations/ipv6", G + "expectations/index"),
            *(G + "matrix", "index", "listings"),
        },
    ),
    "why a job waits": (
        ("data/graphs/deploy.yaml", "Users come first.", "Users are first."),
        {G + "graphs/deploy", G + "jobs/deploy/certificates", G + "jobs/deploy/base"},
    ),
    "a note of a job": (
        ("data/graphs/deploy.yaml", "It is *slow*.", "It is *fast*."),
        {G + "jobs/deploy/gitea"},
    ),
    "an open action": (
        ("data/sessions/meeting-2021-11-16.yaml", "Watch the", "Look at the"),
        {G + "sessions/meeting-2021-11-16", G + "actions"},
    ),
    "a closed action": (
        ("data/sessions/meeting-2021-11-09.yaml", "Tell the list.", "Tell everyone."),
        {G + "sessions/meeting-2021-11-09", G + "actions", "listings"},
    ),
    "a new change": (
        ("data/expectations/memory.yaml", "2025-08-22", "2025-08-23"),
        {
            *(G + f"labels/{label}" for label in ("debian-11", "debian-12", "debian-12-arm64")),
            *(G + page for page in ("expectations/memory-8gb", "changes")),
            "listings",
        },
    ),
    "a note of a provider": (
        ("data/platforms/vm.yaml", "The nearest one.", "The next one."),
        {G + "platforms/vm"},
    ),
    "a comment": (
        ("data/expectations/memory.yaml", "order: 10", "order: 10  # first"),
        set(),
    ),
}


@pytest.mark.parametrize("name", PAGES_OF_A_CHANGE)
def test_a_change_reads_the_pages_that_show_it(manual, again, name):
    change, pages = PAGES_OF_A_CHANGE[name]
    manual.replace(*change)
    built = again()
    assert (built.read, built.warnings) == (pages, "")


def test_a_title_changes_on_every_page_that_links_to_it(built_manual):
    built_manual.replace("data/expectations/memory.yaml", "title: Swap", "title: Swap space")
    built = built_manual.build("html")
    for page in ("index", "roles", "listings", "generated/expectations/index", "generated/matrix"):
        text = built.text(f"{page}.html")
        assert ("Swap space" in text, ">Swap<" in text) == (True, False), page


def test_a_new_record_has_its_page_and_stands_on_the_lists(manual, again):
    manual.write(
        "data/expectations/disk.yaml",
        "topic: disk\ntitle: Disk\nexpectations:\n"
        "- {id: disk-80gb, title: 80 GB, standing: varies, statement: Some.}\n",
    )
    built = again()
    assert built.warnings == ""
    assert built.read == {
        *("index", "generated/expectations/index", "generated/matrix"),
        *("generated/topics/disk", "generated/expectations/disk-80gb"),
        *("listings", "generated/about"),
    }


def test_the_page_of_a_removed_record_is_gone(built_manual):
    manual = built_manual
    assert (manual.root / "build/html/generated/expectations/ipv6.html").exists()
    (manual.root / "data/expectations/network.yaml").unlink()
    manual.replace(
        "data/platforms/vm.yaml",
        "It has :ci:expectation:`memory-8gb` and perhaps\n  :ci:expectation:`ipv6`.",
        "It has :ci:expectation:`memory-8gb`.",
    )
    manual.replace("source/listings.rst", "   :topic: network", "   :topic: memory")
    built = manual.build("html")
    assert built.warnings == ""
    assert "expectations/ipv6.rst" not in manual.generated
    assert "ipv6" not in built.text("generated/expectations/index.html")
    assert ("expectation", "ipv6") not in built.app.env.get_domain("ci").records
    assert not (built.folder / "generated/expectations/ipv6.html").exists()


def test_the_neighbors_of_a_removed_page_link_to_each_other(built_manual):
    manual = built_manual
    name = "generated/platforms/static-host.html"
    assert (
        'rel="prev" title="No node at all" href="executor.html"'
        in (manual.root / "build/html" / name).read_text()
    )
    (manual.root / "data/platforms/executor.yaml").unlink()
    manual.replace("source/listings.rst", "   :platform: executor", "   :platform: vm")
    built = manual.build("html")
    assert built.warnings == ""
    assert 'rel="prev" title="Labels and platforms" href="index.html"' in built.text(name)
    assert [
        page for page in built.folder.rglob("*.html") if "executor.html" in page.read_text()
    ] == []


def test_a_listing_of_a_removed_record_is_reported(manual, again):
    manual.replace("data/expectations/network.yaml", "topic: network", "topic: net")
    (manual.root / "data/expectations/network.yaml").rename(
        manual.root / "data/expectations/net.yaml"
    )
    assert again().warnings == (
        "ROOT/source/listings.rst:14: ERROR: unknown topic 'network'; did you mean 'net'? "
        "[docutils]\n"
    )


def test_a_template_that_is_added_rebuilds_the_pages_that_use_it(manual, again):
    manual.write(
        "templates/session.rst.j2",
        ":orphan:\n\n.. ci:record:: session {{ record.id }}\n   :title: {{ record.title }}\n\n"
        "{{ record.title | heading }}\n",
    )
    sessions = {f"generated/sessions/{name}" for name in SESSIONS}
    built = again()
    assert (built.read, built.warnings) == (sessions, "")
    (manual.root / "templates/session.rst.j2").unlink()
    assert again().read == sessions


SESSIONS = ("summit-2016", "meeting-2021-11-09", "meeting-2021-11-16")


def test_a_template_that_changes_rebuilds_the_listings_that_use_it(manual, again):
    manual.write("templates/glance.rst.j2", "{{ catalogue.topics | length }} topics.\n")
    built = again()
    assert (built.read, built.warnings) == ({"index"}, "")
    assert "2 topics." in built.app.env.get_doctree("index").astext()


def test_two_builds_of_one_source_do_not_disturb_each_other(little):
    first, second = little.build("text", "one"), little.build("dummy", "two")
    little.replace("data/graphs/deploy.yaml", "It is *slow*.", "It is *fast*.")
    changed = {"generated/jobs/deploy/gitea"}
    assert little.build("text", "one").read == changed
    assert little.build("text", "two").read == changed
    assert little.build("text", "one").read == set()
    assert first.read == second.read


def test_generated_files_that_somebody_removed_come_back(manual, again):
    before = manual.generated
    (manual.source / "generated/matrix.rst").unlink()
    built = again()
    assert (manual.generated, built.read) == (before, {"generated/matrix"})


def test_generated_files_that_somebody_changed_are_made_again(manual, again):
    before = manual.generated
    page = manual.source / "generated/changes.rst"
    page.write_text(page.read_text("utf-8") + "Not ours.\n", "utf-8")
    built = again()
    assert (manual.generated, built.read) == (before, {"generated/changes"})


def test_a_build_repeats_the_warnings_of_data_that_did_not_change(manual, again):
    manual.replace("data/sessions/meeting-2021-11-16.yaml", "topics:\n", UNKNOWN_LANGUAGE)
    first, second = again(), again()
    assert "'consol'" in first.warnings
    assert (second.read, second.warnings) == (set(), first.warnings)


UNKNOWN_LANGUAGE = """\
topics:
  - title: Code
    summary: |
      It was.

      .. code-block:: consol

         $ lscpu
"""


def test_a_late_action_is_not_a_warning_of_a_build(manual, again):
    manual.replace("data/sessions/meeting-2021-11-16.yaml", "topics:\n", LATE)
    assert again().warnings == ""


LATE = """\
topics:
  - title: Late
    summary: It was.
    actions: [{what: Mend it., owner: jdoe, state: open, due: 2021-12-01}]
"""


def test_files_of_somebody_else_are_not_removed(manual):
    folder = manual.source / "generated"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "api").mkdir(parents=True)
    (folder / "api" / "mine.rst").write_text("Mine\n")
    code, _, errors = manual.sphinx_build("-q")
    assert (code, "holds files that were not generated here; move them" in errors) == (2, True)
    assert [each.name for each in folder.rglob("*")] == ["api", "mine.rst"]


def add_a_template(root: Path) -> None:
    (root / "templates").mkdir()
    (root / "templates/_history.rst.j2").write_text("{{ catalogue.graphs | length }} graphs.\n\n")


def decide_a_job(root: Path) -> None:
    path = root / "data/sessions/meeting-2021-11-16.yaml"
    text = path.read_text("utf-8")
    assert text.count("topics:\n") == 1
    topic = "  - {title: Moved, summary: It was., led_to: ['job:deploy/gitea', 'graph:own']}\n"
    path.write_text(text.replace("topics:\n", f"topics:\n{topic}"), "utf-8")


def remove_a_graph(root: Path) -> None:
    (root / "data/graphs/own.yaml").unlink()


def remove_generated_files(root: Path) -> None:
    """Remove a job's page where its graph did not change, but something did."""
    (root / "source/generated/jobs/own/lint.rst").unlink()
    (root / "source/generated/graphs/own.svg").write_text("changed")
    with (root / "data/graphs/deploy.yaml").open("a") as file:
        file.write("# changed\n")


def damage_the_cache_of_graphs(root: Path) -> None:
    (root / "source/generated/.graphs").write_text("{")
    remove_generated_files(root)


OTHER_CHANGES = (
    add_a_template,
    decide_a_job,
    remove_a_graph,
    remove_generated_files,
    damage_the_cache_of_graphs,
)


def replaced(name: str, old: str, new: str):
    def change(root: Path) -> None:
        text = (root / name).read_text("utf-8")
        assert text.count(old) == 1
        (root / name).write_text(text.replace(old, new), "utf-8")

    return change


EVERY_CHANGE = {name: replaced(*change) for name, (change, _) in PAGES_OF_A_CHANGE.items()} | {
    each.__name__.replace("_", " "): each for each in OTHER_CHANGES
}


def generated(root: Path) -> dict[str, bytes]:
    """Generate, and return the pages and diagrams."""
    ManualBuild(root, root / "source", "data", "templates", {}).generate()
    folder = root / "source/generated"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


@pytest.mark.parametrize("name", EVERY_CHANGE)
def test_after_a_change_files_are_those_of_a_first_build(manual, tmp_path, name):
    ours, fresh = manual.root, tmp_path / "fresh"
    shutil.copytree(ours, fresh, ignore=shutil.ignore_patterns("build"))
    EVERY_CHANGE[name](ours)
    EVERY_CHANGE[name](fresh)
    shutil.rmtree(fresh / "source/generated")
    assert generated(ours) == generated(fresh)


def test_a_template_that_is_gone_leaves_nothing_behind(manual):
    root = manual.root
    before = generated(root)
    add_a_template(root)
    assert generated(root) != before
    shutil.rmtree(root / "templates")
    assert generated(root) == before


def test_files_of_a_graph_that_did_not_change_are_not_made_again(manual, monkeypatch):
    made: list[str] = []
    original = Templates.page
    monkeypatch.setattr(
        Templates, "page", lambda self, page: made.append(page.name) or original(self, page)
    )
    manual.replace("data/graphs/deploy.yaml", "It is *slow*.", "It is *fast*.")
    generated(manual.root)
    assert {each for each in made if each.startswith("jobs/")} == {
        f"jobs/deploy/{name}" for name in ("base", "certificates", "gitea")
    }


def test_a_changed_template_of_pictures_reaches_the_pages_of_jobs(little_manual):
    manual = little_manual
    template = (Path(pages.__file__).parent / "templates/diagram.svg.j2").read_text()
    with_neighbours = {G + f"jobs/deploy/{name}" for name in ("base", "gitea")}
    manual.write("templates/diagram.svg.j2", template.replace('"ci-graph"', '"ci-graph ours"'))
    built = manual.build("html")
    assert with_neighbours <= built.read
    assert 'class="ci-graph ours"' in built.text("generated/jobs/deploy/gitea.html")
    assert manual.build("html").read == set()
    shutil.rmtree(manual.root / "templates")
    assert with_neighbours <= manual.build("html").read
