"""Fixes of many findings in many files, and what is written."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from groundrules.diagnostics import Diagnostic, Location
from groundrules.fix import Change, Fix, Remove, Rename, RenameJob, Replace, Write
from groundrules.fixes import FixRefusedError, fix_files
from groundrules.rules.reading import YAML_SURPRISE
from groundrules.yamlsource import Comment, comments

TEXT = "items: [a, b, c]\nname: no\n"


def finding(*changes: Change | RenameJob, path: str = "data/x.yaml") -> Diagnostic:
    return Diagnostic(Location(path), "wrong", YAML_SURPRISE, fix=Fix(path, changes))


def test_items_that_are_removed_shift_no_other_fix() -> None:
    diagnostics = [
        finding(Remove(("items", 0))),
        finding(Write(("name",), "no")),
        finding(Remove(("items", 1))),
    ]
    (file,) = fix_files(diagnostics, {"data/x.yaml": TEXT})
    assert file.after == "items: [c]\nname: 'no'\n"
    assert (len(file.made), file.refused) == (3, [])


def test_what_a_removal_would_shift_waits_for_the_next_run() -> None:
    both = finding(Remove(("items", 0)), Write(("name",), "no"))
    (file,) = fix_files([both, finding(Write(("items", 2), "d"))], {"data/x.yaml": TEXT})
    assert file.after == "items: [b, c]\nname: 'no'\n"
    assert [why for _, why in file.refused] == ["an item before it was removed; run --fix again"]


def test_a_fix_that_fails_leaves_the_others() -> None:
    diagnostics = [finding(Remove(("gone",))), finding(Write(("name",), "no"))]
    (file,) = fix_files(diagnostics, {"data/x.yaml": TEXT})
    assert file.after == "items: [a, b, c]\nname: 'no'\n"
    assert [why for _, why in file.refused] == ["cannot remove gone: the file has no such value"]


def test_what_has_to_change_in_two_files_changes_in_both_or_in_none() -> None:
    graph = "id: deploy\njobs:\n- name: base\n- {name: web, waits_for: [{job: base, why: So.}]}\n"
    session = "topics: [{title: It, led_to: ['job:base'], summary: 'See :ci:job:`base`.'}]\n"
    paths = ("data/graphs/deploy.yaml", "data/sessions/it.yaml")
    diagnostic = finding(RenameJob("deploy", "base", "root"), path=paths[0])
    both = fix_files([diagnostic], dict(zip(paths, (graph, session), strict=True)))
    assert [file.path for file in both] == [*paths]
    assert [file.made for file in both] == [[diagnostic], [diagnostic]]
    assert both[0].after == graph.replace("base", "root").replace(
        "name: root\n", "name: root\n  formerly: [base]\n"
    )
    assert both[1].after == session.replace("base", "root")
    wrapped = session.replace("See :ci:job:`base`.", "See :ci:job:`the\n  job <base>`.")
    [refused] = fix_files([diagnostic], dict(zip(paths, (graph, wrapped), strict=True)))
    assert (refused.path, refused.after, refused.made) == (paths[0], graph, [])
    assert [why for _, why in refused.refused] == [
        "cannot replace :ci:job:`the job <base>` by :ci:job:`the job <root>` in "
        "topics.0.summary: the file would have another meaning; do it by hand"
    ]


def test_the_diff_says_where_a_last_line_does_not_end() -> None:
    (file,) = fix_files([finding(Write(("name",), "no"))], {"data/x.yaml": "name: no"})
    assert file.diff == (
        "--- a/data/x.yaml\n+++ b/data/x.yaml\n@@ -1 +1 @@\n-name: no\n"
        "\\ No newline at end of file\n+name: 'no'\n\\ No newline at end of file\n"
    )


@pytest.fixture
def manual(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "x.yaml").write_text(TEXT, "utf-8")
    return tmp_path


def test_a_file_keeps_its_mode_and_is_never_half_written(manual: Path) -> None:
    path = manual / "data" / "x.yaml"
    path.chmod(0o640)
    (file,) = fix_files([finding(Write(("name",), "no"))], {"data/x.yaml": TEXT})
    file.write(manual, "data")
    assert path.read_bytes() == b"items: [a, b, c]\nname: 'no'\n"
    assert path.stat().st_mode & 0o777 == 0o640
    assert os.listdir(path.parent) == ["x.yaml"]  # noqa: PTH208


def test_a_file_that_has_changed_meanwhile_is_left_alone(manual: Path) -> None:
    (file,) = fix_files([finding(Write(("name",), "no"))], {"data/x.yaml": TEXT})
    (manual / "data" / "x.yaml").write_text("name: no\n", "utf-8")
    with pytest.raises(FixRefusedError, match="was changed since it was checked"):
        file.write(manual, "data")


def test_a_link_out_of_the_data_folder_is_not_followed(manual: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text(TEXT, "utf-8")
    (manual / "data" / "link.yaml").symlink_to(outside)
    diagnostic = finding(Write(("name",), "no"), path="data/link.yaml")
    (file,) = fix_files([diagnostic], {"data/link.yaml": TEXT})
    with pytest.raises(FixRefusedError, match="is a link to a file outside data/"):
        file.write(manual, "data")
    assert outside.read_text("utf-8") == TEXT


def test_a_link_inside_the_data_folder_stays_a_link(manual: Path) -> None:
    (manual / "data" / "link.yaml").symlink_to("x.yaml")
    diagnostic = finding(Write(("name",), "no"), path="data/link.yaml")
    (file,) = fix_files([diagnostic], {"data/link.yaml": TEXT})
    file.write(manual, "data")
    assert (manual / "data" / "link.yaml").is_symlink()
    assert (manual / "data" / "x.yaml").read_text("utf-8").endswith("name: 'no'\n")


def test_a_diff_counts_lines_as_git_does(tmp_path: Path) -> None:
    text = 'title: "one\u2028two\u0085three"\nname: no\n'
    (file,) = fix_files([finding(Write(("name",), "no"), path="x.yaml")], {"x.yaml": text})
    (tmp_path / "x.yaml").write_bytes(text.encode())
    command = ["git", "apply", "-p1", "-"]
    subprocess.run(command, cwd=tmp_path, input=file.diff.encode(), check=True)
    assert (tmp_path / "x.yaml").read_bytes().decode() == file.after != text


MANY = "".join(
    f"- name: label-{number}\n  system: 24.1{number}  # as released\n  soft: true\n"
    f"  waits: [base, {{job: web, status: planned}}]\n"
    for number in range(8)
)


def many() -> list[Diagnostic]:
    """Return fixes of each item: of a value, of a key that goes, and of one within brackets."""
    return [
        finding(*changes)
        for at in range(8)
        for changes in (
            (Write((at, "system"), f"24.1{at}"),),
            (Remove((at, "soft")),),
            (Write((at, "waits", 0), "a, b"), Remove((at, "waits", 1, "status"))),
        )
    ]


def test_many_fixes_of_one_file_are_proved_by_reading_it_a_few_times(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[str] = []

    def counted(text: str) -> list[Comment]:
        read.append(text)
        return comments(text)

    monkeypatch.setattr("groundrules.fixes.proof.comments", counted)
    (file,) = fix_files(many(), {"data/x.yaml": MANY})
    assert (len(file.made), file.refused, len(read)) == (24, [], 2)
    assert file.after == "".join(
        f"- name: label-{number}\n  system: '24.1{number}'  # as released\n"
        "  waits: ['a, b', {job: web}]\n"
        for number in range(8)
    )


def test_one_fix_of_many_that_fails_is_refused_alone() -> None:
    diagnostics = [*many(), finding(Write((5, "name", "x"), "y"))]
    (file,) = fix_files(diagnostics, {"data/x.yaml": MANY})
    (all_others,) = fix_files(many(), {"data/x.yaml": MANY})
    assert file.after == all_others.after
    assert [why for _, why in file.refused] == [
        "cannot write 'y' as 5.name.x: the file has no such value"
    ]


@pytest.mark.parametrize(
    "change", [Rename(("name", "x"), "y"), Replace(("items",), "a", "b")], ids=str
)
def test_what_another_fix_has_made_something_else_is_refused(change: Change) -> None:
    (file,) = fix_files([finding(change)], {"data/x.yaml": TEXT})
    assert [why for _, why in file.refused] == [f"cannot {change}: the file has no such value"]


def test_fixes_that_touch_each_other_are_made_one_after_the_other() -> None:
    diagnostics = [finding(Write(("items", 3 + at), word)) for at, word in enumerate("de")]
    (file,) = fix_files(diagnostics, {"data/x.yaml": TEXT})
    assert file.after == "items: [a, b, c, d, e]\nname: no\n"
    assert (len(file.made), file.refused) == (2, [])
