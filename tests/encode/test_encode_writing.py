"""What ``encode --write`` and ``--steps`` write, and when they write nothing."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from groundrules.cli import main
from groundrules.clock import VARIABLE
from repositories import git

CASES = Path(__file__).parent / "cases"
Run = Callable[..., Result]


@pytest.fixture
def team(tmp_path: Path) -> Path:
    return shutil.copytree(CASES / "new-mentions", tmp_path / "team")


@pytest.fixture
def encode(team: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    def run(*arguments: str) -> Result:
        monkeypatch.chdir(team)
        monkeypatch.setenv(VARIABLE, "1796000000")
        command = ["encode", "--no-cache", *arguments]
        return CliRunner().invoke(main, command, catch_exceptions=False)

    return run


def committed(folder: Path) -> Path:
    git(folder, "init", "--quiet", "--initial-branch=master")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=All")
    return folder


def test_every_line_that_is_not_new_stays(team: Path, encode: Run) -> None:
    file = team / ".zuul.yaml"
    before = file.read_bytes().replace(b"\n", b"\r\n")
    file.write_bytes(before)
    assert encode("--write").exit_code == 0
    lines = file.read_bytes().split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    kept = [line for line in lines if line.replace(b":", b"") in before.replace(b":", b"")]
    assert [line for line in before.split(b"\r\n") if line not in kept] == [b'        - "setup"']
    assert b'        - "setup":' in kept


def test_a_read_only_file_stays_and_so_does_the_data(team: Path, encode: Run) -> None:
    (team / ".zuul.yaml").chmod(0o444)
    record = (team / "data/graphs/deploy.yaml").read_text()
    result = encode("--write")
    assert result.stderr == ".zuul.yaml is read-only\nnothing was written\n"
    assert (team / "data/graphs/deploy.yaml").read_text() == record
    assert result.exit_code == 1


def test_data_that_is_read_only_keeps_the_configuration(team: Path, encode: Run) -> None:
    (team / "data/graphs/deploy.yaml").chmod(0o444)
    before = (team / ".zuul.yaml").read_text()
    result = encode("--write")
    assert result.stderr == "data/graphs/deploy.yaml is read-only\nnothing was written\n"
    assert (team / ".zuul.yaml").read_text() == before


def in_git(team: Path) -> Path:
    """Move the configuration to a bare repository beside the manual."""
    app = team.parent / "app"
    app.mkdir()
    (team / ".zuul.yaml").rename(app / ".zuul.yaml")
    git(team.parent, "clone", "--quiet", "--bare", str(committed(app)), "app.git")
    manual = team / "data/manual.yaml"
    manual.write_text(manual.read_text().replace("path: .", "git: ../app.git"))
    return app


def test_a_repository_without_a_work_tree_gets_a_patch(team: Path, encode: Run) -> None:
    app = in_git(team)
    shown = encode()
    assert shown.exit_code == 0
    assert shown.stdout.startswith("# in team/app, branch master\n--- a/.zuul.yaml\n")
    patch = shown.stdout.partition("--- a/data/")[0]
    subprocess.run(["git", "apply"], cwd=app, input=patch.encode(), check=True)
    assert '- "setup":' in (app / ".zuul.yaml").read_text()


def test_a_clone_that_is_read_by_its_commits_is_not_written(team: Path, encode: Run) -> None:
    in_git(team)
    result = encode("--write")
    assert result.exit_code == 1
    assert result.stderr == (
        "../app.git@master:.zuul.yaml was read from a commit, not from a work tree; write patches "
        "with --steps FOLDER, and apply them in its repository with 'git am'\n"
        "nothing was written\n"
    )


def test_the_patches_of_its_steps_can_be_applied_there(team: Path, encode: Run) -> None:
    app = in_git(team)
    record = team / "data/graphs/deploy.yaml"
    assert "status: planned" in record.read_text()
    assert encode("--steps", str(team / "steps")).exit_code == 0
    git(app, "am", "--quiet", *map(str, sorted((team / "steps").rglob("*.patch"))))
    git(app, "push", "--quiet", "../app.git", "master")
    result = encode("--write")
    assert (result.exit_code, result.stdout) == (0, "data/graphs/deploy.yaml: written\n")
    assert "status: planned" not in record.read_text()


def test_diff_is_what_encode_does_without_write(team: Path, encode: Run) -> None:
    assert encode("--diff").stdout == encode().stdout
    for option in (["--write"], ["--steps", str(team / "steps")]):
        refused = encode("--diff", *option)
        assert refused.exit_code == 2
        assert "--diff writes nothing; use it without --write and --steps" in refused.stderr


def test_steps_are_patches_that_git_takes(team: Path, encode: Run, tmp_path: Path) -> None:
    shown = encode().stdout.partition("--- a/data/")[0]
    committed(team)
    result = encode("--steps", str(tmp_path / "patches"))
    patches = sorted(map(str, (tmp_path / "patches").iterdir()))
    assert result.stdout.splitlines() == patches
    assert [Path(patch).name for patch in patches] == [
        "0001-Let-jobs-wait-for-bridge.patch",
        "0002-Let-jobs-wait-for-setup.patch",
    ]
    git(team, "am", "--quiet", *patches)
    done = git(team, "diff", "HEAD~2", "HEAD")
    assert [line for line in str(done).splitlines() if line[:1] in "+-"][2:] == [
        line for line in shown.splitlines() if line[:1] in "+-"
    ][2:]
    assert git(team, "log", "--format=%s%n%b", "-1").strip() == (
        "Let jobs wait for setup\n- web waits for setup (soft): Users and firewall come first."
    )


def test_a_folder_with_patches_is_not_written_again(
    team: Path, encode: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "patches"
    encode("--steps", str(folder))
    result = encode("--steps", str(folder))
    assert result.exit_code == 3
    first = folder / "0001-Let-jobs-wait-for-bridge.patch"
    assert result.stderr == f"groundrules: {first} exists already\n"


def test_steps_and_files_are_not_written_together(encode: Run, tmp_path: Path) -> None:
    result = encode("--write", "--steps", str(tmp_path / "patches"))
    assert result.exit_code == 2
    assert "--steps writes patches and --write writes files; choose one" in result.stderr


def test_what_is_not_documented_is_removed_at_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = committed(shutil.copytree(CASES / "soft-hard-and-removed", tmp_path / "team"))
    monkeypatch.chdir(team)
    arguments = ["encode", "--no-cache", "--steps", str(tmp_path / "patches")]
    assert CliRunner().invoke(main, arguments, catch_exceptions=False).exit_code == 0
    patches = sorted((tmp_path / "patches").iterdir())
    assert [patch.name for patch in patches] == [
        "0001-Let-jobs-wait-for-bridge-and-setup.patch",
        "0002-Remove-1-dependency.patch",
    ]
    assert "- web does not wait for bridge any more.\n" in patches[1].read_text()
    git(team, "am", "--quiet", *map(str, patches))
    done = CliRunner().invoke(main, ["encode", "--no-cache"], catch_exceptions=False)
    assert ".zuul.yaml" not in done.stdout


def test_the_name_of_a_file_cannot_steer_a_terminal(team: Path, encode: Run) -> None:
    (team / ".zuul.d").mkdir()
    (team / ".zuul.yaml").rename(team / ".zuul.d/\x1b[2J.yaml")
    assert encode("--write").stdout.splitlines()[0] == r".zuul.d/\x1b[2J.yaml: written"
