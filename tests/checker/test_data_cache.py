"""What is remembered of data that was clean, and when it is forgotten."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from manual import FOUND, PLATFORM, SURPRISE, UNTAGGED, write

from groundrules.checker.check_data import check_data
from groundrules.cli import main
from groundrules.prose.prose_cache import Findings

CLEAN = UNTAGGED.replace("tag: web", "name: base").replace("waits_for: base", "waits_for: base")
PROSE = "id: vm\ntitle: Machine\nsummary: The *web* servers.\n"
COUNT = """\
import sys
from groundrules.cli import main
try: main(["check"])
except SystemExit: pass
print(sorted(each for each in sys.modules if each in ("docutils", "pydantic", "sphinx", "yaml")))
"""


@pytest.fixture(autouse=True)
def cache(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Return a folder that is no part of what is checked."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    monkeypatch.chdir(tmp_path)
    return folder / "groundrules"


def check(*options: str) -> str:
    return CliRunner().invoke(main, ["check", *options], catch_exceptions=False).output


def modules() -> str:
    done = subprocess.run([sys.executable, "-c", COUNT], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1]


def test_clean_data_is_not_validated_again(tmp_path: Path):
    write(tmp_path, PLATFORM, CLEAN)
    first = check()
    assert first.startswith("No findings in 3 files.\nnot checked: graph deploy")
    assert modules() == "[]"
    assert check() == first == check("--no-cache")


def test_a_changed_file_is_validated(tmp_path: Path):
    write(tmp_path, PLATFORM, CLEAN)
    check()
    write(tmp_path, SURPRISE, CLEAN)
    assert check().startswith(FOUND)
    assert check().startswith(FOUND)


def test_a_new_file_is_seen(tmp_path: Path):
    write(tmp_path, PLATFORM, CLEAN)
    check()
    (tmp_path / "data/platforms/other.yaml").write_text("id: another\ntitle: A\nsummary: B.\n")
    assert "[GR104]" in check()


def test_an_unused_ignore_comment_is_reported_for_cached_data(tmp_path: Path):
    ignored = SURPRISE.replace("24.10}", "'24.10'}  # groundrules: ignore[GR108] a number")
    write(tmp_path, ignored, CLEAN)
    first = check()
    assert "[GR903]" in first
    assert check() == first


def test_no_claims_are_remembered_of_data_with_findings(tmp_path: Path, cache: Path):
    write(tmp_path, SURPRISE, CLEAN)
    check()
    assert not list(cache.glob("claims-*"))


def test_texts_without_a_flaw_are_not_read_again(tmp_path: Path):
    write(tmp_path, PROSE, CLEAN)
    assert check().startswith("No findings in 3 files.")
    write(tmp_path, f"# changed\n{PROSE}", CLEAN)
    assert modules() == "['pydantic', 'yaml']"
    assert check("--no-cache").startswith("No findings in 3 files.")


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the texts that docutils reads from now on."""
    found: list[str] = []

    def read(text: str, _: object) -> Findings:
        found.append(text)
        return Findings()

    monkeypatch.setattr("groundrules.prose.prose_cache._read", read)
    return found


def test_the_build_reads_no_text_that_a_check_has_read(tmp_path: Path, cache: Path, texts):
    write(tmp_path, PROSE, CLEAN)
    check_data(tmp_path)
    assert "The *web* servers." in texts
    check()
    texts.clear()
    check_data(tmp_path, cache=cache)
    assert texts == []


def test_a_text_that_stands_twice_is_read_once(tmp_path: Path, texts):
    write(tmp_path, PROSE, CLEAN)
    other = tmp_path / "data/platforms/other.yaml"
    other.write_text(PROSE.replace("vm", "other"))
    check_data(tmp_path)
    assert texts.count("The *web* servers.") == 1


def test_a_changed_text_is_read(tmp_path: Path):
    write(tmp_path, PROSE, CLEAN)
    check()
    write(tmp_path, PROSE.replace("*web*", "*web"), CLEAN)
    assert modules() == "['docutils', 'pydantic', 'yaml']"
    flaw = "data/platforms/vm.yaml:3:14: '*' is not closed; write '\\*' for a star [GR114]\n"
    assert check().startswith(flaw)
    assert check().startswith(flaw)


def test_what_a_kept_text_mentions_is_still_looked_for(tmp_path: Path):
    write(tmp_path, PROSE, CLEAN)
    other = tmp_path / "data/platforms/other.yaml"
    other.write_text("id: other\ntitle: Other\nsummary: As :ci:platform:`vm`.\n")
    assert check().startswith("No findings in 4 files.")
    (tmp_path / "data/platforms/vm.yaml").unlink()
    lost = "data/platforms/other.yaml:3:13: unknown platform 'vm'; known: other [GR111]\n"
    assert check().startswith(lost)
    assert lost in check("--no-cache")


@pytest.mark.parametrize("damage", ["", "{}", "[]", '{"version": 1}'])
def test_a_damaged_cache_does_no_harm(tmp_path: Path, cache: Path, damage: str):
    write(tmp_path, PLATFORM, CLEAN)
    first = check()
    [path] = cache.glob("claims-*")
    path.write_text(damage)
    assert check() == first


@pytest.mark.parametrize("kept", ["prose", "claims"])
def test_what_was_changed_in_a_cache_is_read_anew(tmp_path: Path, cache: Path, kept: str):
    write(tmp_path, PROSE, CLEAN)
    first = check()
    [path] = cache.glob(f"{kept}-*")
    path.write_bytes(path.read_bytes() + b" ")
    if kept == "prose":
        write(tmp_path, f"# changed\n{PROSE}", CLEAN)
    docutils = ["docutils"] if kept == "prose" else []
    assert modules() == str([*docutils, "pydantic", "yaml"])
    assert check() == first
