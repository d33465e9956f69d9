"""Pipelines that no change starts, and those of which that is not known, in ``jobs``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from groundrules.ci.zuul.reading.triggers import starts_of
from groundrules.cli import main
from groundrules.yamlsource import read

TIMER = "timer: [{time: '0 0 * * *'}]"
CHANGE = "gerrit: [{event: [patchset-created, comment-added]}]"
REF = "gerrit: {event: ref-updated, ref: ^refs/heads/}"
TAG = "gerrit: [{event: ref-updated, ref: ^refs/tags/.*$}]"
STANZA = """\
- job: {name: base, parent: null, run: play.yaml}
- job: {name: docs, run: play.yaml, files: ^docs/}
- job: {name: old, run: play.yaml, branches: ^stable/}
- project: {name: app, PIPELINE: {jobs: [docs, old]}}
"""


def folder(path: Path, pipeline: str, trigger: str | None) -> Path:
    text = STANZA.replace("PIPELINE", pipeline)
    if trigger is not None:
        text += f"- pipeline: {{name: {pipeline}, manager: independent, trigger: {{{trigger}}}}}\n"
    (path / "zuul.yaml").write_text(text)
    return path


def answer(root: Path, *arguments: str) -> str:
    where = ["jobs", "--root", str(root), "--no-cache", "--project", "app"]
    result = CliRunner().invoke(main, [*where, *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout.partition("\n")[2] if "json" not in arguments else result.stdout


@pytest.mark.parametrize(
    ("trigger", "starts"),
    [
        (TIMER, ("timer",)),
        (CHANGE, ("change",)),
        (REF, ("ref",)),
        (f"{TIMER}, {REF}, review: {{event: comment-added}}", ("timer", "ref", "change")),
        ("zuul: [{event: project-change-merged}]", ("change",)),
        ("github: [{event: push}, {event: pull_request}]", ("change",)),
        ("timer: []", ()),
        ("", ()),
    ],
)
def test_what_starts_a_pipeline(trigger: str, starts: tuple[str, ...]):
    assert starts_of(read(f"{{{trigger}}}".encode()).value) == starts


@pytest.mark.parametrize(("trigger", "start"), [(TIMER, "timer"), (TAG, "tag")])
@pytest.mark.parametrize("path", ["docs/a", "src/a", "zuul.yaml"])
def test_no_change_starts_a_pipeline_of_other_events(
    tmp_path: Path, trigger: str, start: str, path: str
):
    root = folder(tmp_path, "nightly", trigger)
    assert answer(root, "--files", path) == (
        "\n"
        "app nightly master: 0 jobs, 0 edges\n"
        "\n"
        "Does not run:\n"
        f"  docs: only a {start} starts the pipeline 'nightly', and no change does\n"
        "  old: no definition of 'old' is for the branch 'master'  zuul.yaml:4:47\n"
    )
    assert answer(root, "--files", path, "--why-not", "docs") == (
        f"app nightly master: docs does not run: only a {start} starts the pipeline 'nightly', "
        "and no change does\n"
    )
    [graph] = json.loads(answer(root, "--files", path, "--format", "json"))["graphs"]
    decisions = [(job["job"], job["runs"], job["cause"]) for job in graph["decisions"]]
    assert decisions == [("docs", False, "event"), ("old", False, "absent")]
    assert (graph["jobs"], graph["notes"]) == ([], [])


def test_a_tag_starts_a_pipeline_for_tags(tmp_path: Path):
    root = folder(tmp_path, "release", TAG)
    arguments = ("--ref", "v1", "--branch", "master", "--why-not", "docs")
    assert answer(root, *arguments) == (
        "app release refs/tags/v1: docs runs: the change names no file\n"
    )


NO_FILES = "has no changed files, and every file matcher lets its job run"


@pytest.mark.parametrize(
    ("pipeline", "trigger", "note"),
    [
        ("check", None, ""),
        ("openstack-check", None, ""),
        ("gate", None, ""),
        ("periodic", None, f"what starts the pipeline 'periodic'; an item of a timer {NO_FILES}"),
        ("post", None, f"what starts the pipeline 'post'; an item of a timer {NO_FILES}"),
        ("nightly", CHANGE, ""),
        (
            "check",
            f"{CHANGE}, {TIMER}",
            f"a timer starts the pipeline 'check' too; its item {NO_FILES}",
        ),
        (
            "post",
            REF,
            f"the update of a ref starts the pipeline 'post'; an item of Gerrit {NO_FILES}",
        ),
    ],
)
def test_what_may_start_a_pipeline_without_changed_files(
    tmp_path: Path, pipeline: str, trigger: str | None, note: str
):
    root = folder(tmp_path, pipeline, trigger)
    lines = answer(root, "--files", "src/a").splitlines()
    assert lines[4].startswith("  docs: no changed file matches its files  zuul.yaml:2:")
    assert lines[6:] == (
        ["", "Not taken into account:", f"  {note}"][-3 * bool(note) :] * bool(note)
    )
    lines = answer(root, "--files", "src/a", "--why-not", "docs").splitlines()
    assert lines[1:] == ([f"  not taken into account: {note}"] if note else [])
    assert "Not taken into account" not in answer(root, "--files", "docs/a")


def test_a_batch_says_that_no_change_starts_a_pipeline(tmp_path: Path):
    folder(tmp_path, "nightly", TIMER)
    (tmp_path / "app").mkdir()
    (tmp_path / "config").mkdir()
    (tmp_path / "app/a").write_text("")
    (tmp_path / "zuul.yaml").rename(tmp_path / "config/zuul.yaml")
    (tmp_path / "main.yaml").write_text(
        "- tenant: {name: t, source: {git: {config-projects: [config], "
        "untrusted-projects: [app]}}}\n"
    )
    question: dict[str, Any] = {"project": "app", "pipeline": "nightly", "branch": "master"}
    lines = [{**question, "id": 1, "files": ["src/a"]}, {**question, "id": 2, "kind": "branch"}]
    where = ["--tenant-config", str(tmp_path / "main.yaml"), "--root", str(tmp_path), "--no-cache"]
    given = "".join(f"{json.dumps(line)}\n" for line in lines)
    result = CliRunner().invoke(main, ["jobs", *where, "--batch", "-"], input=given)
    note = "only a timer starts the pipeline 'nightly', and no change does"
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {"id": 1, "jobs": [], "error": None, "notes": [note]},
        {"id": 2, "jobs": [{"name": "docs", "dependencies": []}], "error": None},
    ]
