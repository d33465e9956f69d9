"""One application that builds a manual again and again shows what a new build would show."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from manual_copies import Manual, forget_other_builds

from groundrules.cli import main
from groundrules.sphinxext.build import BuildSettings
from groundrules.sphinxext.warm_build import Rebuilt, WarmBuild

pytestmark = pytest.mark.usefixtures("no_collection")
MEMORY, QUIET = "data/expectations/memory.yaml", "source/quiet.rst"
NOTHING = Rebuilt(frozenset(), (), failed=False)


@pytest.fixture(scope="module")
def kept(tmp_path_factory, copy_of_small_manual) -> Manual:
    """The small manual, which every test of this module leaves as it was."""
    manual = copy_of_small_manual(tmp_path_factory.mktemp("warm") / "manual")
    manual.replace("conf.py", '"basic"', '"pydata_sphinx_theme"')
    manual.write("source/_static/own.css", "p {}")
    manual.write(
        "conf.py",
        f"{manual.root.joinpath('conf.py').read_text()}html_static_path = ['source/_static']\n",
    )
    return manual


@pytest.fixture(scope="module")
def new_site(kept) -> dict[str, bytes]:
    """What the command builds of the manual in another folder, after `ALL_CHANGES`.

    It is built before there is a warm application, as they would share what a process shares.
    """
    manual = Manual(kept.root.with_name("fresh"))
    shutil.copytree(kept.root, manual.root)
    for changes in ALL_CHANGES:
        change_all(manual, changes)
    forget_other_builds()
    done = CliRunner().invoke(main, ["build", "-q", "-j1", "--root", str(manual.root)])
    assert (done.exit_code, done.stderr) == (0, "")
    return site(manual.root / "build/html")


@pytest.fixture(scope="module")
def warm(kept, new_site) -> Iterator[WarmBuild]:
    """One application for all tests of this module, after its first build."""
    forget_other_builds()
    settings = BuildSettings(
        conf=kept.root, source=kept.source, output=kept.root / "build/preview", quiet=True
    )
    with WarmBuild(settings) as warm:
        first = warm.rebuild()
        assert (first.failed, first.problems, warm.is_behind) == (False, (), False)
        yield warm


@contextmanager
def edited(kept: Manual, name: str, old: str, new: str) -> Iterator[None]:
    """Change a file for a while."""
    text = (kept.root / name).read_text("utf-8")
    kept.replace(name, old, new)
    try:
        yield
    finally:
        kept.write(name, text)


def caught_up(warm: WarmBuild) -> list[Rebuilt]:
    """Do the rest of the builds; nothing may go wrong."""
    done = [*warm.catch_up()]
    assert [step for step in done if step.failed or step.problems] == []
    return done


def relative(problem: str, kept: Manual) -> str:
    return problem.replace(f"{kept.root}/", "")


def site(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def index_in(files: dict[str, bytes]) -> dict[str, Any]:
    """Take Sphinx's search index out of a site, without words that are on no page any more."""
    text = files.pop("searchindex.js").decode()
    index = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))
    for name in ("terms", "titleterms"):
        index[name] = {word: pages for word, pages in index[name].items() if pages != []}
    return index


def test_only_the_pages_that_show_a_record_are_written(warm, kept):
    shown = "generated/expectations/memory-8gb.html"
    with edited(kept, MEMORY, "Every node has at least", "Each node has at least"):
        rebuilt = warm.rebuild()
        assert (rebuilt.failed, rebuilt.problems) == (False, ())
        assert shown in (rebuilt.pages or ())
        assert "generated/graphs/deploy.html" not in (rebuilt.pages or ())
        assert "Each node has at least" in (warm.settings.output / shown).read_text()
    assert shown in (warm.rebuild().pages or ())
    caught_up(warm)


def test_a_build_without_a_change_writes_nothing(warm):
    assert warm.rebuild() == NOTHING


def test_a_mistake_is_reported_at_its_place_and_the_pages_stay(warm, kept):
    before = site(warm.settings.output)
    with edited(kept, MEMORY, "title: Swap", "titel: Swap"):
        rebuilt = warm.rebuild()
    assert (rebuilt.pages, rebuilt.failed) == (frozenset(), True)
    assert [relative(problem, kept) for problem in rebuilt.problems] == [
        f"{MEMORY}:37:5: ERROR: unknown key 'titel'; did you mean 'title'? [GR105]",
        "ERROR: 1 mistake in 1 file; nothing was built",
    ]
    assert site(warm.settings.output) == before
    assert warm.rebuild() == NOTHING


def test_a_warning_of_a_page_is_reported_until_it_is_mended(warm, kept):
    with edited(kept, QUIET, "no record.", "no record, not even :ci:job:`nowhere`."):
        first = warm.rebuild()
        warning = (
            f"{kept.source}/quiet.rst:4: WARNING: unknown job 'nowhere'; allowed: base, "
            "certificates, deploy/base, deploy/certificates, deploy/gitea, gitea, lint, "
            "own/base, own/lint [ref.job]"
        )
        assert first.problems == (warning,)
        assert "quiet.html" in (first.pages or ())
        assert [step.problems for step in warm.catch_up()] == [()]
        assert warm.rebuild().problems == (warning,)
    assert warm.rebuild().problems == ()
    caught_up(warm)


def test_a_title_in_the_navigation_follows_on_the_other_pages(warm, kept):
    name = "generated/graphs/deploy.html"
    with edited(kept, QUIET, "Quiet\n=====", "Still\n====="):
        assert name not in (warm.rebuild().pages or ())
        assert name in {page for step in caught_up(warm) for page in step.pages or ()}
        assert "Still" in (warm.settings.output / name).read_text()
    warm.rebuild()
    caught_up(warm)


def test_a_static_file_is_copied_for_every_page(warm, kept):
    kept.write("source/_static/more.css", "p {}")
    rebuilt = warm.rebuild(assets=True)
    assert (rebuilt.pages, rebuilt.failed) == (None, False)
    assert (warm.settings.output / "_static/more.css").read_text() == "p {}"
    for folder in (kept.source, warm.settings.output):
        (folder / "_static/more.css").unlink()


def test_an_extension_that_fails_is_reported_and_its_page_is_built_later(warm, kept):
    app = warm.app
    assert app is not None
    listener = app.connect("doctree-resolved", lambda *_: 1 / 0)
    with edited(kept, QUIET, "no record.", "nothing."):
        failed = warm.rebuild()
        app.disconnect(listener)
        assert failed.failed
        assert "division by zero" in failed.problems[0]
        assert "quiet.html" in (warm.rebuild().pages or ())
        assert "nothing." in (warm.settings.output / "quiet.html").read_text()
    warm.rebuild()
    caught_up(warm)


def test_nothing_grows_with_the_number_of_builds(warm, kept):
    """Listeners, scripts and attributes of one build must not be there in the next."""
    app = warm.app
    assert app is not None

    def sizes() -> tuple[int, ...]:
        listeners = sum(map(len, app.events.listeners.values()))
        files = len(app.registry.js_files), len(app.registry.css_files)
        caches = len(app.env._pickled_doctree_cache), len(app.env._write_doc_doctree_cache)
        return listeners, *files, *caches, len(vars(app)), len(app.builder._not_indexed)

    seen = set()
    for _ in range(2):
        with edited(kept, MEMORY, "no swap at", "little swap at"):
            assert warm.rebuild().pages
            caught_up(warm)
            seen.add(sizes())
        assert warm.rebuild().pages
        caught_up(warm)
        seen.add(sizes())
    assert len(seen) == 1


def test_the_collector_skips_what_lives_longer_than_a_build(tiny):
    """Else it visits all objects of the manual in the middle of some builds.

    A program of its own: this one has the objects of all tests before.
    """
    command = [sys.executable, "-c", COLLECTED, str(tiny.root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


COLLECTED = """\
import gc, sys, weakref
from pathlib import Path
from groundrules.sphinxext.build import BuildSettings
from groundrules.sphinxext.warm_build import WarmBuild

root = Path(sys.argv[1])
platform = root / "data/platforms/vm.yaml"
build = BuildSettings(conf=root, source=root / "source", output=root / "build/a", quiet=True)
with WarmBuild(build) as warm:
    assert warm.rebuild().pages and [*warm.catch_up()] == []
    platform.write_text(platform.read_text().replace("One.", "Another."))
    assert warm.rebuild().pages and warm.is_behind
    cycle = {1, 2}, []
    cycle[1].append(cycle)
    left = weakref.ref(cycle[0])
    gc.freeze()  # as the build before did
    del cycle
    assert len([*warm.catch_up()]) == 1
    assert left() is None
    assert gc.get_freeze_count() > 20 * len(gc.get_objects())
    assert not warm.rebuild().pages
assert gc.get_freeze_count() == 0
"""


# the old and the new text in a file; a file has no old one if it is new, and no new one if it goes
ALL_CHANGES = (
    (
        (MEMORY, "There may be no swap at all.", "There is no swap."),
        (MEMORY, "title: Memory that grows", "title: Memory that shrinks"),
    ),
    (
        ("data/platforms/pod.yaml", "", "{id: pod, title: Pod, summary: One.}\n"),
        ("data/platforms/gone.yaml", "", "{id: gone, title: Gone, summary: One.}\n"),
        (QUIET, "Quiet\n=====", "Still here\n=========="),
    ),
    (("data/platforms/gone.yaml", "{id: gone", ""),),
)


def change_all(manual: Manual, changes: tuple[tuple[str, str, str], ...]) -> None:
    for name, old, new in changes:
        if not new:
            (manual.root / name).unlink()
        elif not old:
            manual.write(name, new)
        else:
            manual.replace(name, old, new)


def test_after_all_changes_the_site_is_that_of_a_new_build(warm, kept, new_site):
    with edited(kept, MEMORY, "There may be no swap at all.", "There is no swap. See `ci:job`."):
        assert warm.rebuild().failed
    for changes in ALL_CHANGES:
        change_all(kept, changes)
        warm.rebuild()
    caught_up(warm)
    shown, fresh = site(warm.settings.output), dict(new_site)
    assert index_in(shown) == index_in(fresh)
    assert sorted(shown.keys() ^ fresh.keys()) == []
    assert sorted(name for name in shown if shown[name] != fresh[name]) == []


def test_a_mistake_in_conf_py_is_one_sentence(copy_of_small_manual, tmp_path):
    manual = copy_of_small_manual(tmp_path / "manual")
    manual.write("conf.py", "extensions = ['groundrules.sphinxext']\nlanguage = nothing\n")
    settings = BuildSettings(conf=manual.root, source=manual.source, output=tmp_path / "html")
    with WarmBuild(settings) as warm:
        rebuilt = warm.rebuild()
        assert [*warm.catch_up()] == []
    message = f"ERROR: {manual.root}/conf.py:2: NameError: name 'nothing' is not defined"
    assert rebuilt == (frozenset(), (message,), True)
