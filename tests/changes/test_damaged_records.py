"""A mistake in a revision hides what it may hide, and nothing is reported as removed for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from groundrules.cli import main
from repositories import git

FILES = {
    "manual.yaml": (
        "title: Rules\npublisher: Us\nsummary: Rules.\nnotice: {days: 90}\n"
        "configurations: [{id: hand, title: Jobs, system: other}]\n"
    ),
    "platforms/vm.yaml": (
        "id: vm\ntitle: Machine\nsummary: One.\nlabels:\n"
        "  - {name: noble}\n  - {name: jammy, note: Old.}\n"
        "providers:\n  - {name: east, region: E1, status: active, as_of: 2026-01-01}\n"
    ),
    "expectations/access.yaml": (
        "topic: access\ntitle: Access\nexpectations:\n"
        "  - id: root\n    title: Root\n    standing: guaranteed\n    statement: Root.\n"
        "    measure: {fact: ansible_memtotal_mb, at_least: 7600}\n"
        "    except: [{regions: [E2], standing: varies}]\n"
        "  - {id: swap, title: Swap, standing: varies, statement: Some.}\n"
    ),
    "graphs/deploy.yaml": (
        "id: deploy\ntitle: Deploy\nsummary: One.\nconfiguration: hand\nproject: us/it\n"
        "pipelines: [deploy]\ncoverage: partial\njobs:\n  - {name: build, purpose: Builds.}\n"
    ),
    "sessions/start.yaml": "id: start\ntitle: Start\nkind: meeting\ndate: 2026-01-10\n",
}
UNSURE = (
    "groundrules: some data could not be read, so it is not known whether a promise was taken away"
)


@pytest.fixture
def manual(tmp_path: Path) -> Path:
    """A manual with a notice, and a revision v1 of it."""
    for name, text in FILES.items():
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    git(tmp_path, "init", "-q", "-b", "main")
    committed(tmp_path)
    git(tmp_path, "tag", "v1")
    return tmp_path


def committed(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "One", day="2026-06-01")


def edit(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / "data" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def changes(folder: Path, *revisions: str) -> Result:
    words = ["changes", *revisions, "--root", str(folder), "--breaking", "--format", "json"]
    return CliRunner().invoke(main, words, catch_exceptions=False)


def only_unread(result: Result) -> tuple[str, int, str]:
    """Return why the only record was not compared, the exit code, and what is said of it."""
    answer = json.loads(result.stdout)
    (unread,) = answer["not_compared"]
    assert (answer["changes"], answer["breaking"]) == ([], [])
    return unread["reason"], result.exit_code, result.stderr.strip()


ACCESS, VM, DEPLOY = "expectations/access.yaml", "platforms/vm.yaml", "graphs/deploy.yaml"


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        (
            *(ACCESS, "    statement: Root", "    withdrwan: 2026-12-05\n    statement: Root"),
            "unknown key 'withdrwan'; did you mean 'withdrawn'?",
        ),
        (ACCESS, "title: Root", "titel: Root", "unknown key 'titel'; did you mean 'title'?"),
        (ACCESS, "id: root", "iid: root", "unknown key 'iid'; did you mean 'id'?"),
        (ACCESS, "id: root", "id: Root!", "'Root!' cannot be an id; did you mean 'root'?"),
        (ACCESS, "topic:", "topc:", "unknown key 'topc'; did you mean 'topic'?"),
        (ACCESS, "title: Access", "title: [Access]", "expected text, not a list"),
        (
            *(ACCESS, "expectations:", "expectation:"),
            "unknown key 'expectation'; did you mean 'expectations'?",
        ),
        (ACCESS, "at_least", "atleast", "unknown key 'atleast'; did you mean 'at_least'?"),
        (ACCESS, "regions", "regoins", "unknown key 'regoins'; did you mean 'regions'?"),
        (VM, "name: jammy", "nmae: jammy", "unknown key 'nmae'; did you mean 'name'?"),
        (VM, "region: E1", "regoin: E1", "unknown key 'regoin'; did you mean 'region'?"),
        (VM, "labels:", "label:", "unknown key 'label'; did you mean 'labels'?"),
    ],
)
def test_a_record_with_a_mistake_is_neither_removed_nor_known_to_be_kept(
    manual: Path, name: str, old: str, new: str, reason: str
) -> None:
    edit(manual, name, old, new)
    committed(manual)
    for revisions in (["v1"], ["v1", "HEAD"], ["HEAD", "v1"]):
        assert only_unread(changes(manual, *revisions)) == (reason, 3, UNSURE)


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        (DEPLOY, "name: build", "nam: build", "unknown key 'nam'; did you mean 'name'?"),
        (
            *("sessions/start.yaml", "id: start", "idd: start"),
            "unknown key 'idd'; did you mean 'id'?",
        ),
    ],
)
def test_a_mistake_in_a_record_without_promises_hides_none(
    manual: Path, name: str, old: str, new: str, reason: str
) -> None:
    edit(manual, name, old, new)
    assert only_unread(changes(manual, "v1")) == (reason, 0, "")


@pytest.mark.parametrize("revisions", [["v1"], ["v1", "HEAD"]])
@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("platforms", "platform", "unknown folder 'platform'; did you mean 'platforms'?"),
        (VM, "platforms/vm.yml", "files of records end in '.yaml'; rename this to vm.yaml"),
        (
            *(VM, "vm.yaml"),
            "records are in the folders platforms, expectations, graphs, sessions; "
            "move this file to one of them",
        ),
        (
            VM,
            ACCESS.replace("access", "vm"),
            "this is a platform; move the file to data/platforms/",
        ),
    ],
)
def test_a_misplaced_file_is_not_a_removed_one(
    manual: Path, old: str, new: str, reason: str, revisions: list[str]
) -> None:
    (manual / "data" / old).rename(manual / "data" / new)
    committed(manual)
    assert only_unread(changes(manual, *revisions)) == (reason, 3, UNSURE)


def test_what_is_beside_a_mistake_is_compared(manual: Path) -> None:
    edit(manual, ACCESS, "{id: swap, title: Swap", "{iid: swap, title: Swap")
    edit(manual, ACCESS, "7600", "3600")
    edit(manual, VM, "{name: noble}", "{name: noble, note: New.}")
    result = changes(manual, "v1")
    answer = json.loads(result.stdout)
    assert [change["sentence"] for change in answer["changes"]] == [
        "The measure is looser: ansible_memtotal_mb at least 3600; it was ansible_memtotal_mb at "
        "least 7600.",
        "The note was added: 'New.'.",
    ]
    assert [breach["kind"] for breach in answer["breaking"]] == ["bound-loosened"]
    assert result.exit_code == 1


@pytest.mark.parametrize("target", ["../platforms", "nowhere"])
def test_a_folder_that_is_a_link_is_not_read_from_a_commit(manual: Path, target: str) -> None:
    (manual / "data/platforms").rename(manual / "platforms")
    (manual / "data/platforms").symlink_to(target)
    committed(manual)
    result = changes(manual, "v1", "HEAD")
    reason = "this is not a file of the data folder in this revision, so it was not read"
    assert only_unread(result) == (reason, 3, UNSURE)
    (unread,) = json.loads(result.stdout)["not_compared"]
    assert (unread["revision"], unread["place"]) == ("HEAD", "data/platforms:1:1")


def test_records_that_were_all_removed_are_gone(manual: Path) -> None:
    for name in FILES:
        if name != "manual.yaml":
            (manual / "data" / name).unlink()
    committed(manual)
    result = changes(manual, "v1", "HEAD")
    answer = json.loads(result.stdout)
    assert {change["kind"] for change in answer["changes"]} == {"removed"}
    assert [(each["kind"], each["name"]) for each in answer["breaking"]] == [
        ("label-removed", "noble"),
        ("label-removed", "jammy"),
    ]
    assert result.exit_code == 1


def test_a_promise_is_taken_away_without_any_platform_too(manual: Path) -> None:
    (manual / "data" / VM).unlink()
    committed(manual)
    git(manual, "tag", "v2")
    assert changes(manual, "v2").exit_code == 0
    edit(manual, ACCESS, "id: root", "id: new-root")
    result = changes(manual, "v2")
    (breach,) = json.loads(result.stdout)["breaking"]
    assert breach["sentence"] == (
        "It has no record any more. Revision v2 had not announced that; the manual asks for 90 "
        "days of notice."
    )
    assert result.exit_code == 1
