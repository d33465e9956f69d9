"""``groundrules check`` as it is called: documents, exit codes, files, colours."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result
from manual import FOUND, PLATFORM, SURPRISE, UNTAGGED, write

from groundrules.cli import main

ABSENT = (
    "not checked: configuration ours: manual.yaml does not say where it is; "
    "--config ours=PATH does for one run\n"
)
COMPARED = "No graph was compared; not checked: 1 graph.\n"
CLEAN = f"No findings in 2 files.\n{ABSENT}"
SKIPPED = (
    "not checked: graph deploy: configuration 'ours' is not available: "
    "manual.yaml does not say where it is; --config ours=PATH does for one run\n"
)
COMPARED = "No graph was compared; not checked: 1 graph.\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def check(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["check", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def test_clean(root: Path) -> None:
    write(root)
    result = check()
    assert (result.stdout, result.stderr, result.exit_code) == (CLEAN, "", 0)


def test_findings(root: Path) -> None:
    write(root, SURPRISE)
    hint = "    --fix would write '24.10' as labels.0.operating_system\n"
    result = check()
    assert (result.stdout, result.exit_code) == (f"{FOUND}{hint}1 finding in 1 file\n{ABSENT}", 1)
    assert check("--exit-zero").exit_code == 0
    assert check("--exit-zero").stdout == result.stdout


def test_nothing_to_check_is_not_clean(root: Path) -> None:
    result = check()
    assert "[GR100]" in result.stdout
    assert result.exit_code == 1


def test_paths_lead_from_here_to_the_manual(root: Path) -> None:
    write(root / "docs" / "manual", SURPRISE)
    assert check("--root", "docs/manual").stdout.startswith(f"docs/manual/{FOUND}")
    (issue,) = json.loads(check("--root", "docs/manual", "--format", "gitlab").stdout)
    assert issue["location"]["path"] == "docs/manual/data/platforms/vm.yaml"


@pytest.mark.parametrize(
    ("arguments", "rules"),
    [
        ((), ["GR108", "GR117"]),
        (("--select", "GR108"), ["GR108"]),
        (("--select", "GR1"), ["GR108", "GR117"]),
        (("--select", "yaml-surprise,gr117"), ["GR108", "GR117"]),
        (("--select", "GR108", "--select", "GR117"), ["GR108", "GR117"]),
        (("--ignore", "GR11"), ["GR108"]),
        (("--select", "GR1", "--ignore", "yaml-surprise"), ["GR117"]),
        (("--severity", "error"), ["GR108"]),
        (("--select", "GR117", "--severity", "error"), []),
        (("--select", "GR90"), []),
    ],
)
def test_selection(root: Path, arguments: tuple[str, ...], rules: list[str]) -> None:
    write(root, SURPRISE, UNTAGGED)
    result = check("--format", "json", *arguments)
    assert sorted(each["rule"] for each in json.loads(result.stdout)["findings"]) == rules
    assert result.exit_code == bool(rules)


@pytest.mark.parametrize(
    ("arguments", "reported"),
    [
        (("--select", "GR10888"), "unknown rule 'GR10888'; did you mean 'GR108'?"),
        (
            ("--ignore", "yaml-suprise"),
            "unknown rule 'yaml-suprise'; did you mean 'yaml-surprise'?",
        ),
        (("--update-baseline",), "--update-baseline needs --baseline FILE"),
        (("--output", "xml=a"), "unknown format 'xml'; write FORMAT=FILE with one of text, full"),
        (("--output", "json"), "'json' has no file; --format json prints it"),
        (("--output", "json=-"), "'json=-' has no file; --format json prints it"),
        (("--format", "xml"), "'xml' is not one of"),
        (("--severity", "info"), "'info' is not one of"),
    ],
)
def test_usage(root: Path, arguments: tuple[str, ...], reported: str) -> None:
    write(root)
    result = check(*arguments)
    assert reported in result.stderr
    assert (result.stdout, result.exit_code) == ("", 2)


def test_what_cannot_go_on(root: Path) -> None:
    write(root)
    for arguments, reported in {
        ("--output", "json=data/manual.yaml/x"): "manual.yaml/x cannot be written: File exists",
        ("--baseline", "gone.json"): "baseline gone.json not found; --update-baseline writes it",
        ("--baseline", "data/manual.yaml"): "cannot be read: it was not written by --update",
    }.items():
        result = check(*arguments)
        assert reported in result.stderr
        assert (result.stdout, result.exit_code) == ("", 3)


def test_files_beside_what_is_printed(root: Path) -> None:
    write(root, SURPRISE)
    (root / "out.xml").write_text("old", "utf-8")
    result = check("--output", "sarif=out.sarif", "--output", "junit=out.xml")
    assert result.exit_code == 1
    assert result.stdout.startswith(FOUND)
    assert json.loads((root / "out.sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert (root / "out.xml").read_text("utf-8").count("<failure") == 1
    assert sorted(each.name for each in root.iterdir()) == ["data", "out.sarif", "out.xml"]


def test_the_summary_of_a_step(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, SURPRISE)
    (root / "summary").write_text("before\n", "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(root / "summary"))
    check()
    assert (root / "summary").read_text("utf-8") == "before\n"
    check("--format", "github")
    assert (root / "summary").read_text("utf-8").startswith("before\n### groundrules: 1 finding")


def test_a_bug_is_not_a_finding(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python itself would exit with 1, which says that something was found."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError("ours")

    write(root)
    monkeypatch.setattr("groundrules.checker.flow.check_data_cached", broken)
    result = check()
    assert (result.stdout, result.exit_code) == ("", 3)
    assert result.stderr.startswith("Traceback")
    assert result.stderr.endswith("ZeroDivisionError: ours\n")


def test_a_terminal_that_does_not_know_every_character(root: Path) -> None:
    write(root, PLATFORM.replace("id: vm", "id: 日"))
    done = subprocess.run(
        [sys.executable, "-m", "groundrules", "check", "--format", "full"],
        capture_output=True,
        check=False,
        env={"PYTHONIOENCODING": "latin-1"},
    )
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"1 | id: \\u65e5\n" in done.stdout


def test_a_reader_that_goes_away(root: Path) -> None:
    write(root, SURPRISE)
    with subprocess.Popen(
        [sys.executable, "-m", "groundrules", "check"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.parametrize(
    ("arguments", "environment", "coloured"),
    [
        ((), {}, False),
        (("--color", "always"), {}, True),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ((), {"FORCE_COLOR": ""}, False),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
        (("--color", "always", "--format", "json"), {}, False),
    ],
)
def test_colour(
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    environment: dict[str, str],
    coloured: bool,
) -> None:
    write(root, SURPRISE)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in check(*arguments).stdout) == coloured


def test_baseline(root: Path) -> None:
    write(root, SURPRISE, UNTAGGED)
    known = ("--baseline", "known.json")
    result = check(*known, "--update-baseline")
    assert result.exit_code == 0
    assert result.stderr == "known.json now holds 2 findings of the rules that were checked\n"
    result = check(*known)
    known_ones = "No findings in 3 files.\n2 known findings in the baseline\n"
    assert result.stdout == known_ones + SKIPPED + COMPARED
    assert result.exit_code == 0

    write(root, f"# moved\n{SURPRISE}- {{name: big, operating_system: 25.10}}\n", UNTAGGED)
    result = check(*known)
    assert "data/platforms/vm.yaml:7:33" in result.stdout
    assert "1 finding in 1 file\n2 known findings in the baseline\n" in result.stdout
    assert result.exit_code == 1

    write(root, PLATFORM, UNTAGGED)
    result = check(*known)
    assert result.exit_code == 0
    assert result.stderr.startswith("in the baseline and no longer found: data/platforms/vm.yaml")
    assert check(*known, "--select", "GR117").stderr == ""

    check(*known, "--select", "GR117", "--update-baseline")
    assert (root / "known.json").read_text("utf-8").count("fingerprint") == 2
    check(*known, "--update-baseline")
    assert (root / "known.json").read_text("utf-8").count("fingerprint") == 1


def test_fix(root: Path) -> None:
    path = root / "data" / "platforms" / "vm.yaml"
    write(root, SURPRISE.replace("\n", "\r\n"), UNTAGGED)
    old, new = "operating_system: 24.10}\r\n", "operating_system: '24.10'}\r\n"
    result = check("--diff")
    assert f"-- {{name: small, {old}+- {{name: small, {new}".encode() in result.stdout_bytes
    assert result.exit_code == 1
    assert path.read_bytes().decode().endswith(old)

    result = check("--fix", "--diff", "--format", "json")
    assert (
        result.stderr.endswith("fixed data/platforms/vm.yaml: 1 change\n")
        or "+++ b/" in result.stderr
    )
    assert [each["rule"] for each in json.loads(result.stdout)["findings"]] == ["GR117"]
    assert path.read_bytes().decode() == SURPRISE.replace("24.10", "'24.10'").replace("\n", "\r\n")

    result = check("--fix", "--select", "GR108")
    assert (result.stdout, result.stderr, result.exit_code) == (
        f"No findings in 3 files.\n{SKIPPED}",
        "",
        0,
    )


def test_fix_changes_only_reported_findings(root: Path) -> None:
    write(root, SURPRISE.replace("24.10}", "24.10}  # groundrules: ignore[GR108] a number"))
    before = (root / "data" / "platforms" / "vm.yaml").read_bytes()
    assert check("--fix").stdout == CLEAN
    assert (root / "data" / "platforms" / "vm.yaml").read_bytes() == before
    write(root, SURPRISE)
    assert check("--fix", "--ignore", "GR108").exit_code == 0
    assert (root / "data" / "platforms" / "vm.yaml").read_text("utf-8") == SURPRISE


def test_files_limit_what_is_reported(root: Path) -> None:
    write(root, SURPRISE, UNTAGGED)
    result = check("data/graphs", "--format", "json")
    assert [each["rule"] for each in json.loads(result.stdout)["findings"]] == ["GR117"]
    result = check("data/graphs/deploy.yaml", "data/platforms/vm.yaml", "--format", "json")
    assert len(json.loads(result.stdout)["findings"]) == 2
    result = check("data/manual.yaml")
    assert (result.stdout.splitlines()[0], result.exit_code) == ("No findings in 3 files.", 0)


def test_files_keep_the_baseline_of_others(root: Path) -> None:
    write(root, SURPRISE, UNTAGGED)
    check("--baseline", "known.json", "--update-baseline")
    before = (root / "known.json").read_text("utf-8")
    result = check("data/graphs", "--baseline", "known.json", "--update-baseline")
    assert (root / "known.json").read_text("utf-8") == before
    assert "no longer found" not in result.stderr


def test_a_finding_that_comes_with_time_does_not_fail(root: Path) -> None:
    write(root)
    session = root / "data/sessions/s.yaml"
    session.parent.mkdir()
    session.write_text(
        "id: s\ntitle: S\nkind: meeting\ndate: 2020-01-06\ntopics:\n- title: T\n"
        "  actions: [{what: Do it., state: open, due: 2020-02-01}]\n"
    )
    result = check()
    assert "[GR118]" in result.stdout
    assert result.exit_code == 0
    write(root, SURPRISE)
    assert check().exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "word", "completed"),
    [
        (["explain"], "GR90", ["GR901", "GR902", "GR903"]),
        (["explain"], "gr90", ["GR901", "GR902", "GR903"]),
        (["explain"], "yaml-s", ["yaml-surprise"]),
        (["check", "--select"], "GR108,GR90", ["GR108,GR901", "GR108,GR902", "GR108,GR903"]),
        (["check", "--ignore"], "nothing", []),
    ],
)
def test_a_shell_completes_rules(arguments: list[str], word: str, completed: list[str]) -> None:
    shell = ShellComplete(main, {}, "groundrules", "_GROUNDRULES_COMPLETE")
    assert [each.value for each in shell.get_completions(arguments, word)] == completed
