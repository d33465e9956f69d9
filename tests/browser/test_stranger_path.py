"""A stranger's path, from an empty folder to a manual that can be published.

It is the guide "Your own manual in an hour": the stranger types its commands and three reasons, no
file, and no command fails.  The release repeats it with the installed wheel.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
import yaml
from previewing import previewed

from followed_page import Reader, blocks
from repositories import git

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "source/reference/own-manual.rst"
SHARED = Path(os.environ.get("GROUNDRULES_SHARED", ROOT.parent / "shared"))
ECO = SHARED / "zuul/configs/eco/opentelekomcloud-infra/system-config/main"
# the real repository has files that its file matchers select; the illustration has none
FILES = (
    "accessbot/channels.yaml", "bindep.txt", "docs-site/index.html", "gerrit/projects.yaml",
    "gerritbot/channels.yaml", "grafana/zuul.yaml", "other-requirements.txt", "specs/index.html",
    "tox.ini", "zuul/main.yaml",
)  # fmt: skip
GRAPH = "data/graphs/project-config-deploy.yaml"


def cloned(configuration: Path, folder: Path, files: tuple[str, ...] = ()) -> None:
    """Make a clone of a repository with Zuul jobs."""
    shutil.copytree(configuration, folder)
    for name in files:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).touch()
    git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "All")


@pytest.fixture(scope="module")
def guide() -> str:
    return GUIDE.read_text("utf-8")


@pytest.fixture(scope="module")
def stranger(guide, tmp_path_factory) -> Reader:
    """Somebody who has followed the guide in an empty folder, beside a clone."""
    folder = tmp_path_factory.mktemp("stranger")
    cloned(ROOT / "examples/project-config", folder / "project-config", FILES)
    reader = Reader(folder)
    reader.follow(guide)
    return reader


def test_every_part_is_made_by_a_command_and_no_file_by_hand(guide, stranger):
    parts = [" ".join(command.split()[1:3]) for command in stranger.ran]
    for part in (
        "init manual",
        "import ../project-config",
        "new expectation",
        "new session",
        "fmt",
    ):
        assert part in parts
    assert [command.split()[1] for command in stranger.ran if "groundrules" in command][-2:] == [
        "check", "build",
    ]  # fmt: skip
    edits = [each for each in blocks(guide) if "caption" in each.options]
    typed = [each.options["caption"] for each in edits if "emphasize-lines" not in each.options]
    assert typed == ["../agenda.txt"]  # the notes of the meeting, which the stranger has
    assert (stranger.folder / GRAPH).read_text("utf-8").count(" why: ") == 3


def test_a_clone_of_it_passes_and_publishes_what_its_ci_files_say(stranger, tmp_path):
    """Pages come from ``build/html``, which the workflow names; Read the Docs names a folder."""
    git(tmp_path, "clone", "--quiet", str(stranger.folder), "manual")
    reader = Reader(tmp_path / "manual")
    workflow = (reader.folder / ".github/workflows/manual.yml").read_text("utf-8")
    steps = [step for job in yaml.safe_load(workflow)["jobs"].values() for step in job["steps"]]
    commands = [step["run"] for step in steps if "run" in step]
    for command in commands:
        if command.startswith("pip"):
            assert (reader.folder / command.split()[-1]).is_file()
        else:
            reader.run(command)
    assert len(reader.ran) == 3
    (artifact,) = [
        step["with"]["path"] for step in steps if "pages-artifact" in step.get("uses", "")
    ]
    assert (reader.folder / artifact / "generated/graphs/project-config-deploy.html").is_file()
    (command,) = re.findall(
        r"- (groundrules .*)", (reader.folder / ".readthedocs.yaml").read_text("utf-8")
    )
    reader.run(command.replace("$READTHEDOCS_OUTPUT", str(tmp_path / "docs")))
    assert (tmp_path / "docs/html/index.html").is_file()


def test_the_preview_of_it_answers_and_loads_again(stranger, browser):
    page = browser.new_page()
    page.set_default_timeout(60_000)
    with previewed(stranger.folder) as preview:
        page.goto(f"{preview.address}generated/expectations/memory-8gb.html")
        page.get_by_text("Every node has at least 8 GB of memory.").first.wait_for()
        preview.replace("data/expectations/memory.yaml", "at least 8 GB", "at least 16 GB")
        page.get_by_text("Every node has at least 16 GB of memory.").first.wait_for()
        page.close()


@pytest.mark.skipif(not ECO.is_dir(), reason="no copy of a real configuration is available")
def test_the_path_works_with_a_real_configuration(tmp_path):
    cloned(ECO, tmp_path / "system-config")
    reader = Reader(tmp_path)
    reader.run("groundrules init manual --yes")
    reader.run("cd manual")
    reader.run("git init --quiet")
    reader.run("groundrules import --labels --platform opendev ../system-config")
    for pipeline in ("check", "gate", "deploy"):
        reader.run(f"groundrules import ../system-config --pipeline {pipeline}")
    reasons = 0
    for path in (reader.folder / "data/graphs").glob("system-config-*.yaml"):
        reason = "        why: The dashboards of the one show the other.\n"
        text, count = re.subn(
            r"(?<=^        soft: true\n)", reason, path.read_text("utf-8"), flags=re.M
        )
        path.write_text(text, "utf-8")
        reasons += count
    assert reasons == 2  # all that are open
    for command in ("fmt --check", "check", "build --quiet --fail-on-warning --nitpicky"):
        reader.run(f"groundrules {command}")
    assert "3 graphs with" in reader.run("groundrules check")
