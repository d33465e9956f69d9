"""The revisions that a user names, in repositories of every sort."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from groundrules.cli import main
from repositories import git

MANUAL = "{title: Rules, publisher: Us, summary: Rules.}\n"
VM = "{id: vm, title: Machine, summary: One., labels: [{name: noble, operating_system: Ubuntu}]}\n"
OLD = VM.replace("noble", "jammy")
GONE = "Its record is gone; it was: Ubuntu on x86-64, of the platform Machine (current)."
NEW = "It is new: Ubuntu on x86-64, of the platform Machine (current)."


def write(folder: Path, data: str = "data", vm: str = VM) -> None:
    for name, text in {"manual.yaml": MANUAL, "platforms/vm.yaml": vm}.items():
        path = folder / data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def commit(folder: Path, day: str, tag: str = "") -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", day, day=day)
    if tag:
        git(folder, "tag", tag)


@pytest.fixture
def manual(tmp_path: Path) -> Path:
    """A manual with the label jammy in the revision v1, and noble since."""
    folder = tmp_path / "manual"
    write(folder, vm=OLD)
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "2026-06-01", "v1")
    write(folder)
    commit(folder, "2026-07-01")
    return folder


def changes(folder: Path, *words: str) -> Result:
    options = ["--root", str(folder), "--format", "json"]
    return CliRunner().invoke(main, ["changes", *words, *options], catch_exceptions=False)


def sentences(result: Result) -> list[str]:
    assert result.exit_code == 0, result.stderr
    return [change["sentence"] for change in json.loads(result.stdout)["changes"]]


def refusal(result: Result) -> str:
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr.strip().rpartition("\n")[2].removeprefix("Error: ")


@pytest.mark.parametrize("words", [["v1"], ["HEAD~1"], ["v1", "main"], ["v1..main"], ["v1...main"]])
def test_a_revision_is_what_git_calls_so(manual: Path, words: list[str]) -> None:
    assert sentences(changes(manual, *words)) == [GONE, NEW]


def test_the_work_tree_is_compared_and_not_changed(manual: Path) -> None:
    write(manual, vm=OLD)
    before = sorted((path, path.stat().st_mtime_ns) for path in manual.rglob("*"))
    assert sentences(changes(manual, "v1")) == []
    assert sentences(changes(manual, "HEAD")) == [GONE, NEW]
    assert sorted((path, path.stat().st_mtime_ns) for path in manual.rglob("*")) == before


def test_no_program_of_the_repository_runs(manual: Path, tmp_path: Path) -> None:
    trap = tmp_path / "ran"
    (manual / ".gitattributes").write_text("* filter=trap diff=trap\n")
    for key in ("filter.trap.smudge", "filter.trap.clean", "diff.trap.textconv", "core.fsmonitor"):
        git(manual, "config", key, f"touch {trap}; cat")
    assert sentences(changes(manual, "v1")) == [GONE, NEW]
    assert not trap.exists()


def test_an_unknown_revision_is_an_error(manual: Path) -> None:
    hint = "see 'git log' and 'git tag' for known ones"
    assert refusal(changes(manual, "v9")) == f"unknown revision 'v9'; {hint}"
    assert refusal(changes(manual, "v1", "v2")) == f"unknown revision 'v2'; {hint}"
    assert refusal(changes(manual, "HEAD~9")) == f"unknown revision 'HEAD~9'; {hint}"
    assert refusal(changes(manual, "")) == "'' is not a revision; write a commit, tag or branch"
    assert refusal(changes(manual, "v1..main", "v1")) == (
        "'v1..main' names two revisions already; leave out 'v1'"
    )


def test_a_shallow_clone_says_so(manual: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", manual.as_uri(), str(clone))
    shallow = "this clone is shallow and may lack it; run 'git fetch --unshallow --tags'"
    assert refusal(changes(clone, "v1")) == f"unknown revision 'v1'; {shallow}"
    assert refusal(changes(clone, "HEAD~1")) == f"unknown revision 'HEAD~1'; {shallow}"
    assert sentences(changes(clone, "HEAD")) == []


def test_a_folder_without_git_has_no_revisions(tmp_path: Path) -> None:
    write(tmp_path)
    assert refusal(changes(tmp_path, "v1")) == (
        f"{tmp_path} is not in a git repository, so it has no revisions to compare"
    )


def test_branches_are_compared_with_their_last_common_commit(manual: Path) -> None:
    git(manual, "checkout", "-q", "-b", "topic", "v1")
    git(manual, "commit", "-q", "--allow-empty", "-m", "Nothing", day="2026-08-01")
    assert sentences(changes(manual, "main", "topic")) == [GONE, NEW]
    assert sentences(changes(manual, "main...topic")) == []
    assert sentences(changes(manual, "main...")) == []
    git(manual, "checkout", "-q", "--orphan", "other")
    git(manual, "commit", "-q", "--allow-empty", "-m", "Other", day="2026-08-01")
    assert refusal(changes(manual, "main...other")) == "'main' and 'other' have no common commit"


def test_a_manual_that_moved_is_found(manual: Path) -> None:
    (manual / "docs").mkdir()
    git(manual, "mv", "data", "docs/data")
    commit(manual, "2026-08-01")
    result = changes(manual / "docs", "HEAD~1")
    assert result.stderr == "the data of HEAD~1 are in data/\n"
    assert sentences(result) == []
    assert sentences(changes(manual / "docs", "v1")) == [GONE, NEW]


def test_one_of_several_manuals_is_named(manual: Path) -> None:
    write(manual, "docs/data", OLD)
    commit(manual, "2026-08-01")
    assert sentences(changes(manual / "docs", "HEAD")) == []
    write(manual, "more/data")
    assert refusal(changes(manual / "more", "HEAD")) == (
        "there is no folder more/data in HEAD; data are in several folders: data, docs/data; "
        "name one as HEAD:FOLDER"
    )
    assert sentences(changes(manual / "more", "HEAD:docs/data")) == [GONE, NEW]
    assert sentences(changes(manual / "more", "HEAD:data")) == []
    assert refusal(changes(manual, "HEAD:nowhere")) == "there is no folder nowhere in HEAD"


def test_data_in_a_submodule_belong_to_another_repository(manual: Path, tmp_path: Path) -> None:
    outer = tmp_path / "outer"
    outer.mkdir()
    git(outer, "init", "-q", "-b", "main")
    git(outer, "submodule", "add", "-q", str(manual), "docs")
    commit(outer, "2026-08-01")
    assert sentences(changes(outer / "docs", "HEAD~1")) == [GONE, NEW]
    assert refusal(changes(outer, "HEAD", "--data", "docs")) == (
        "docs is not a folder of this repository in HEAD, but a link, a file or a submodule; name "
        "the folder of the data as HEAD:FOLDER"
    )


def test_a_link_in_the_data_folder_is_read_as_in_the_work_tree(manual: Path) -> None:
    vm = manual / "data/platforms/vm.yaml"
    (manual / "data/vm.txt").write_text(OLD)
    vm.unlink()
    vm.symlink_to("../vm.txt")
    commit(manual, "2026-08-01")
    assert sentences(changes(manual, "v1", "HEAD")) == []
    vm.unlink()
    vm.symlink_to("/etc/hostname")
    commit(manual, "2026-08-02")
    answer = json.loads(changes(manual, "v1", "HEAD").stdout)
    assert answer["changes"] == []
    assert [unread["reason"] for unread in answer["not_compared"]] == [
        "this is not a file of the data folder in this revision, so it was not read",
        "records are YAML; write this as vm.yaml, or move it elsewhere",
    ]


def test_an_object_that_is_missing_is_no_answer(manual: Path) -> None:
    blob = git(manual, "rev-parse", "v1:data/platforms/vm.yaml")
    (manual / ".git/objects" / blob[:2] / blob[2:]).unlink()
    result = changes(manual, "v1")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == (
        f"groundrules: the data of v1 cannot be read: git does not have the object {blob}\n"
    )


def test_the_data_folder_has_to_be_there(manual: Path) -> None:
    assert refusal(changes(manual, "v1", "--data", "records")) == (
        f"there is no folder records in {manual}; name the manual with --root"
    )
    assert refusal(changes(manual, "v1", "--data", "../other")) == (
        f"../other is outside the repository {manual}; name a folder in it"
    )


def test_a_view_of_something_unknown_is_an_error(manual: Path) -> None:
    assert refusal(changes(manual, "v1", "--label", "nobel")) == (
        "neither revision has a label 'nobel'; did you mean 'noble'?"
    )
    assert refusal(changes(manual, "v1", "--graph", "deploy")) == (
        "neither revision has a graph 'deploy'; known: none"
    )
    assert sentences(changes(manual, "v1", "--label", "noble")) == [NEW]


def test_without_a_notice_nothing_can_be_breaking(manual: Path) -> None:
    assert refusal(changes(manual, "v1", "--breaking")) == (
        "manual.yaml asks for no notice; add the key 'notice', such as 'notice: {days: 90}'"
    )
