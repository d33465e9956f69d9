"""`groundrules fmt`: files before and after, and what it says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from groundrules.authoring.layout.formatted_files import format_file
from groundrules.authoring.layout.record_layouts import (
    RecordLayouts,
    known_layouts,
    layouts_of_models,
)
from groundrules.cli import main
from groundrules.store import Store

HERE = Path(__file__).parent / "layouts"
ROOT = Path(__file__).parents[2]
CASES = sorted(path.name for path in HERE.iterdir())
MESSY = "title: Memory\ntopic: memory\nexpectations: [ ]\n"
CLEAN = "topic: memory\ntitle: Memory\nexpectations: []\n"
TITLES = "topic: memory\ntitle: Memory\n"


@pytest.fixture(scope="module")
def layouts() -> RecordLayouts:
    return layouts_of_models()


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file of records in a manual, which is the current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    path = tmp_path / "data/expectations/memory.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(MESSY, "utf-8")
    return path


def fmt(*options: str) -> Result:
    return CliRunner().invoke(main, ["fmt", *options])


def files_of(case: str) -> list[Path]:
    return sorted(path for path in (HERE / case / "before").rglob("*.yaml"))


@pytest.mark.parametrize("case", CASES)
def test_a_file_gets_the_layout(case: str, layouts: RecordLayouts):
    for path in files_of(case):
        wanted = HERE / case / "after" / path.relative_to(HERE / case / "before")
        file = format_file(path, layouts)
        assert (file.after.decode(), file.problem) == (wanted.read_text("utf-8"), "")


@pytest.mark.parametrize("case", CASES)
def test_a_file_in_the_layout_stays(case: str, layouts: RecordLayouts):
    for path in (HERE / case / "after").rglob("*.yaml"):
        file = format_file(path, layouts)
        assert (file.changes, file.problem) == (False, "")


@pytest.mark.repository
@pytest.mark.parametrize(
    "path",
    sorted(path for top in ("data", "examples") for path in (ROOT / top).rglob("*.yaml")),
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_the_files_of_this_repository_are_in_the_layout(path: Path, layouts: RecordLayouts):
    file = format_file(path, layouts)
    assert (file.after.decode(), file.problem) == (path.read_text("utf-8"), "")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (MESSY.replace("\n", "\r\n"), CLEAN.replace("\n", "\r\n")),
        (f"\ufeff{MESSY}", f"\ufeff{CLEAN}"),
        (MESSY.removesuffix("\n"), CLEAN),
        (f"\n\n{MESSY}\n\n", CLEAN),
        (f"{MESSY}#\tend", f"{CLEAN}#\tend\n"),
        (f"%YAML 1.1\n---\n{MESSY}...\n# more\n", f"%YAML 1.1\n---\n{CLEAN}...\n# more\n"),
        (f"{TITLES}summary: |\n  A\n", f"{TITLES}summary: |\n  A\n"),
        (f"{TITLES}summary: |\n  A", f"{TITLES}summary: |-\n  A\n"),
        (f"{TITLES}summary: |+\n  A\n\n", f"{TITLES}summary: |+\n  A\n\n"),
        (f"{TITLES}summary: |2\n   A\n", f"{TITLES}summary: |2\n   A\n"),
        (f"{TITLES}summary:\n  # why\n  A\n", f"{TITLES}# why\nsummary: A\n"),
        (f"{TITLES}summary:  # why\n  A\n", f"{TITLES}summary: A  # why\n"),
        ("\n# only a comment\n\n", "# only a comment\n"),
        ("", ""),
        ("[a,  b] # list\n# end\n", "[a, b]  # list\n# end\n"),
        ("# a\nword # b\n", "# a\nword  # b\n"),
        (f"{TITLES}? summary\n: A\n", None),
        ("--- {topic: memory}\n", None),
    ],
)
def test_what_is_around_the_records(memory: Path, text: str, wanted: str | None):
    memory.write_bytes(text.encode())
    fmt()
    assert memory.read_bytes().decode() == (text if wanted is None else wanted)


def test_the_files_of_the_manual_are_formatted_from_any_folder_in_it(
    memory: Path, monkeypatch: pytest.MonkeyPatch
):
    (memory.parents[2] / ".git").mkdir()
    monkeypatch.chdir(memory.parent)
    done = fmt()
    assert done.exit_code == 0
    assert done.stdout == (f"formatted {memory.as_posix()}\n1 file formatted, 0 unchanged.\n")
    assert memory.read_text("utf-8") == CLEAN


def test_a_second_run_writes_nothing(memory: Path):
    fmt()
    before = memory.stat()
    done = fmt()
    assert (done.exit_code, done.stdout) == (0, "0 files formatted, 1 unchanged.\n")
    assert memory.stat().st_mtime_ns == before.st_mtime_ns


def test_check_names_the_first_line_and_writes_nothing(memory: Path):
    done = fmt("--check")
    assert done.exit_code == 1
    assert done.stdout == (
        "data/expectations/memory.yaml:1:1: another layout; run 'groundrules fmt'\n"
        "1 file in another layout, 0 in this layout.\n"
    )
    assert memory.read_text("utf-8") == MESSY


def test_diff_shows_the_change_and_writes_nothing(memory: Path):
    done = fmt("--diff", "data/expectations/memory.yaml")
    assert done.exit_code == 0
    assert done.stdout == (
        "--- a/data/expectations/memory.yaml\n"
        "+++ b/data/expectations/memory.yaml\n"
        "@@ -1,3 +1,3 @@\n"
        "+topic: memory\n"
        " title: Memory\n"
        "-topic: memory\n"
        "-expectations: [ ]\n"
        "+expectations: []\n"
        "1 file in another layout, 0 in this layout.\n"
    )
    assert memory.read_text("utf-8") == MESSY
    assert fmt("--diff", "--check").exit_code == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"topic: [a\n", "1:8: the list in brackets is not closed; add ']'"),
        (b"topic: a\ntopic: b\n", "2:1: the key 'topic' is written twice"),
        (b"topic: \xe9\n", "1:8: the byte 0xe9 is not UTF-8; save the file as UTF-8"),
        (b"since: 2025-02-30\n", "1:8: "),
        (b"<<<<<<< ours\ntopic: a\n=======\n", "1:1: "),
        ("topic: a\u2028b\n".encode(), "1:9: the line separator U+2028 is invisible; remove it"),
        (b"a: 1\n---\nb: 2\n", "2:1: "),
        (b"? a\n: b\n", "1:1: '?' marks a key; write it as 'key: value'"),
        (b"--- {a: b}\n", "1:4: content follows '---'; write it on the next line"),
    ],
)
def test_a_file_with_a_mistake_is_left_and_named(memory: Path, text: bytes, message: str):
    memory.write_bytes(text)
    done = fmt()
    assert done.exit_code == 1
    said, summary = done.stdout.splitlines()
    assert said.startswith(f"data/expectations/memory.yaml:{message}")
    assert said.endswith("; the file is left as it is")
    assert summary == "0 files formatted, 0 unchanged, 1 left as it is."
    assert memory.read_bytes() == text


def test_other_files_are_formatted_only_by_name_and_keep_their_order(memory: Path):
    other = memory.parents[2] / ".zuul.yaml"
    other.write_text("- job: {parent: base,  name: a}\n", "utf-8")
    assert fmt(".").stdout.startswith("formatted data/expectations/memory.yaml\n1 file")
    assert fmt(".zuul.yaml").stdout == "formatted .zuul.yaml\n1 file formatted, 0 unchanged.\n"
    assert other.read_text("utf-8") == "- job: {parent: base, name: a}\n"


def test_a_folder_without_records_is_a_usage_error(memory: Path):
    (memory.parents[2] / "other").mkdir()
    done = fmt("other")
    assert done.exit_code == 2
    assert done.stderr.endswith("Error: no records found in other\n")


def test_without_a_manual_there_is_nothing_to_format(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = fmt()
    assert done.exit_code == 2
    assert done.stderr.endswith("Error: there is no folder data; name the files to format\n")


def test_a_link_that_leads_out_of_the_checkout_is_not_followed(memory: Path, tmp_path: Path):
    (tmp_path / ".git").mkdir()
    outside = tmp_path.parent / f"{tmp_path.name}-outside.yaml"
    shutil.copy(memory, outside)
    memory.unlink()
    memory.symlink_to(outside)
    done = fmt()
    assert done.exit_code == 1
    assert done.stdout == (
        "data/expectations/memory.yaml:1:1: a symbolic link leads out of the repository; the file "
        "is left as it is\n"
        "0 files formatted, 0 unchanged, 1 left as it is.\n"
    )
    assert outside.read_text("utf-8") == MESSY


def test_a_link_within_the_checkout_stays_a_link(memory: Path, tmp_path: Path):
    (tmp_path / ".git").mkdir()
    kept = tmp_path / "kept.yaml"
    memory.rename(kept)
    memory.symlink_to(kept)
    assert fmt().exit_code == 0
    assert memory.is_symlink()
    assert kept.read_text("utf-8") == CLEAN


def test_the_cached_shapes_are_those_of_the_models(tmp_path: Path, layouts: RecordLayouts):
    store = Store(tmp_path)
    assert known_layouts(store) == layouts
    assert known_layouts(store) == layouts


@pytest.mark.parametrize("option", [(), ("--check",)], ids=["written", "checked"])
def test_the_name_of_a_file_cannot_steer_a_terminal(memory: Path, option: tuple[str, ...]):
    memory.rename(memory.with_name("\x1b[2J.yaml"))
    lines = fmt(*option).stdout.splitlines()
    place = r"data/expectations/\x1b[2J.yaml"
    advice = f"{place}:1:1: another layout; run 'groundrules fmt'"
    assert lines[0] == (advice if option else f"formatted {place}")
