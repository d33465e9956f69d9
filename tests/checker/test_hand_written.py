"""Hand-written pages in ``check``: which files they are, what is kept of them, what they cost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import re2
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from manual import write
from sphinx.util.matching import patmatch

from groundrules.checker import page_check
from groundrules.checker.excluded_pages import _expression
from groundrules.cli import main
from groundrules.prose.myst_page import myst_mentions
from groundrules.prose.record_mentions import KINDS, OPTIONS
from groundrules.prose.rst_page import rst_mentions
from groundrules.records.names import KnownNames
from steps import growth

UNKNOWN = "See :ci:label:`smal`.\n"
FINDING = "{}:1:5: unknown label 'smal'; did you mean 'small'? [GR124]\n"


@pytest.fixture(autouse=True)
def root(small_root: Path) -> Path:
    """Return the folder of a small manual."""
    return small_root


def page(root: Path, name: str = "source/index.rst", text: str = UNKNOWN) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def check(*options: str) -> str:
    return CliRunner().invoke(main, ["check", *options], catch_exceptions=False).stdout


def test_an_unknown_record_is_a_finding_with_its_line(root: Path):
    page(root)
    assert check().startswith(FINDING.format("source/index.rst") + "1 finding in 1 file\n")
    assert CliRunner().invoke(main, ["check"]).exit_code == 1


def test_pages_count_as_files(root: Path):
    page(root, text="See :ci:label:`small`.\n")
    page(root, "source/other.md", "Words.\n")
    assert check().startswith("No findings in 4 files.\n")
    assert check("source/other.md").startswith("No findings in 4 files.\n")


@pytest.mark.parametrize("options", [("--ignore", "GR124"), ("--select", "GR2"), ("data",)])
def test_findings_of_pages_can_be_left_out(root: Path, options: tuple[str, ...]):
    page(root)
    assert check(*options).startswith("No findings in 3 files.\n")


def test_a_finding_can_be_selected_by_rule_and_by_file(root: Path):
    page(root)
    page(root, "source/other.rst")
    assert check("--select", "unknown-record-on-page", "source/other.rst").startswith(
        FINDING.format("source/other.rst") + "1 finding in 1 file\n"
    )


def test_a_baseline_knows_it_when_lines_move(root: Path):
    page(root)
    check("--baseline", "known.json", "--update-baseline")
    page(root, text=f"Words.\n\n{UNKNOWN}")
    assert check("--baseline", "known.json").startswith(
        "No findings in 3 files.\n1 known finding in the baseline\n"
    )


def test_reports_show_the_line(root: Path):
    page(root)
    report = json.loads(check("--format", "sarif"))
    (result,) = report["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "source/index.rst"
    assert place["region"]["startLine"] == 1


def test_comments_of_pages_are_no_ignore_comments(root: Path):
    page(root, text=f"# groundrules: ignore[GR999]\n\n{UNKNOWN}")
    assert "[GR901]" not in check()
    assert "[GR124]" in check()


@pytest.mark.parametrize(
    ("name", "mark"), [("source/a.rst", "  .. "), ("source/a.rst", ".. "), ("source/a.md", "% ")]
)
def test_a_comment_ignores_the_findings_of_the_next_block(root: Path, name: str, mark: str):
    role = "{ci:label}" if name.endswith(".md") else ":ci:label:"
    text = f"{mark}groundrules: ignore[GR124] an old name\n\nSee\n{role}`smal` and\n{role}`smal`.\n"
    page(root, name, text)
    assert check().startswith("No findings in 3 files.\n")
    page(root, name, f"{text}\nSee {role}`smal`.\n")
    assert check().startswith(f"{name}:7:5: unknown label 'smal'")
    assert "1 finding in 1 file\n" in check()


@pytest.mark.parametrize(
    ("comment", "finding"),
    [
        (
            ".. groundrules: ignore[GR124]",
            "the reason is missing; write it after the brackets [GR901]",
        ),
        (
            ".. groundrules: ignore GR124",
            "invalid ignore comment; write '.. groundrules: ignore[GR203] reason' [GR902]",
        ),
        (
            ".. groundrules: ignore[GR129] x",
            "unknown rule 'GR129'; did you mean 'GR126'? [GR902]",
        ),
        (
            ".. groundrules: ignore[GR114] x",
            "GR114 is not reported here; remove it from the comment [GR903]",
        ),
    ],
)
def test_a_mistake_in_a_comment_of_a_page_is_a_finding(root: Path, comment: str, finding: str):
    page(root, text=f"{comment}\n\n{UNKNOWN}")
    assert f"source/index.rst:1:1: {finding}\n" in check()


def test_a_comment_may_be_needed_if_a_name_could_not_be_read(root: Path):
    text = ".. groundrules: ignore[GR124] old\n\nSee :ci:label:`smal`.\n\nSee :ci:graph:`none`.\n"
    page(root, text=text)
    (root / "data/platforms/vm.yaml").write_text("id: [\n")
    stdout = check()
    assert "source/index.rst:5:5: unknown graph 'none'" in stdout
    assert "[GR903]" not in stdout


def test_comments_are_not_looked_for_on_a_page_without_findings(root: Path):
    page(root, text="Write::\n\n  .. groundrules: ignore[GR124] reason\n\nSee :ci:label:`small`.\n")
    assert check().startswith("No findings in 3 files.\n")


def test_code_that_looks_like_a_comment_ignores_nothing_else(root: Path):
    page(root, text=f"::\n\n  % groundrules: ignore[GR124] x\n\n{UNKNOWN}")
    assert "source/index.rst:5:5: unknown label 'smal'" in check()


def test_a_record_with_a_mistake_in_its_name_may_be_meant(root: Path):
    write(
        root,
        "id: vm\ntitle: Machine\nsummary: One.\nlabels: [{name: 'smal ', operating_system: X 1}]\n",
    )
    page(root)
    assert "[GR124]" not in check()


@pytest.mark.parametrize(
    "name", ["index.rst", "guide/page.rst", "generated/guide.rst", "build.rst", "a/generated/b.rst"]
)
def test_pages_beside_the_data_are_checked_where_there_is_no_source(root: Path, name: str):
    page(root, "index.rst", "Words.\n")
    page(root, name)
    is_page = name != "generated/guide.rst"
    assert (FINDING.format(name) in check()) is is_page


@pytest.mark.parametrize(
    "name",
    [
        "source/generated/page.rst",
        "source/_build/page.rst",
        "source/deep/_build/page.rst",
        "source/.hidden/page.rst",
        "source/.page.rst",
        "source/_static/page.md",
        "source/page.txt",
        "docs/page.rst",
        "README.rst",
    ],
)
def test_what_is_no_page_is_not_read(root: Path, name: str):
    page(root, "source/index.rst", "Words.\n")
    page(root, name)
    assert check().startswith("No findings in 3 files.\n")


@pytest.mark.parametrize(
    ("patterns", "name"),
    [
        ("['drafts']", "source/drafts/deep/page.rst"),
        ("['drafts/*']", "source/drafts/page.rst"),
        ("['drafts/**.md']", "source/drafts/deep/page.md"),
        ("('**/old-?.rst', 'x')", "source/deep/old-1.rst"),
        ("['pa[!a-f]e.rst']", "source/page.rst"),
        ("['[ap]age.rst']", "source/page.rst"),
    ],
)
def test_a_page_that_conf_excludes_is_not_checked(root: Path, patterns: str, name: str):
    page(root, "source/conf.py", f"project = 'P'\nexclude_patterns = {patterns}\n")
    page(root, name)
    assert check().startswith("No findings in 2 files.\n")


@pytest.mark.parametrize(
    "patterns", ["[]", "['page']", "['*.rst']", "['d*s/x']", "['[!d]eep']", "['source/deep']"]
)
def test_a_page_that_conf_does_not_exclude_is_checked(root: Path, patterns: str):
    page(root, "source/conf.py", f"exclude_patterns = {patterns}\n")
    page(root, "source/deep/page.rst")
    assert FINDING.format("source/deep/page.rst") in check()


@pytest.mark.filterwarnings("ignore::FutureWarning")  # of Python's engine, about sets in sets
@given(st.text("ab*?[]!^/\\-.", max_size=8), st.text("ab/.[]-", max_size=6))
@settings(max_examples=300)
def test_patterns_match_as_in_sphinx(pattern: str, path: str):
    try:
        expected = patmatch(path, pattern) is not None
    except re.error:
        return
    assert (re2.fullmatch(_expression(pattern), path) is not None) is expected


NOT_KNOWN = (
    "not checked: hand-written pages: 'exclude_patterns' in conf.py cannot be read, "
    "so the pages that Sphinx reads are not known\n"
)


@pytest.mark.parametrize(
    "text",
    [
        "exclude_patterns = sorted(['drafts'])\n",
        "exclude_patterns = []\nexclude_patterns += ['drafts']\n",
        "exclude_patterns = ['x']\nexclude_patterns.append('drafts')\n",
        "if True:\n    exclude_patterns = ['drafts']\n",
        "exclude_patterns = [1]\n",
        "exclude_patterns = 'drafts'\n",
        "exclude_patterns = 1\n",
        "exclude_patterns: list[str]\n",
        "exclude_patterns: list[str] = sorted(['drafts'])\n",
        "exclude_patterns = [\n",
        "exclude_patterns = ['[z-a]']\n",
        "exclude_patterns = ['\\ud800']\n",
        "exclude_patterns = [" + "(" * 5000,
        "#" * 2**18 + "#\n",
    ],
)
def test_pages_are_not_checked_if_what_conf_excludes_cannot_be_read(root: Path, text: str):
    page(root, "source/conf.py", text)
    page(root, "source/index.rst", "Words.\n")
    assert NOT_KNOWN not in check()
    page(root)
    stdout = check()
    assert "[GR124]" not in stdout
    assert NOT_KNOWN in stdout


def test_pages_are_not_checked_if_conf_is_not_utf_8(root: Path):
    page(root)
    (root / "source/conf.py").write_bytes(b"project = '\xff'\nexclude_patterns = []\n")
    assert NOT_KNOWN in check()


def test_pages_are_not_checked_if_conf_is_a_link_out_of_the_manual(
    root: Path, tmp_path_factory: pytest.TempPathFactory
):
    outside = tmp_path_factory.mktemp("outside") / "conf.py"
    outside.write_text("exclude_patterns = []\n")
    page(root)
    (root / "source/conf.py").symlink_to(outside)
    assert NOT_KNOWN in check()


def test_the_type_of_the_patterns_can_be_written(root: Path):
    page(root, "source/conf.py", "exclude_patterns: list[str] = ['drafts']\n")
    page(root, "source/drafts/page.rst")
    assert check().startswith("No findings in 2 files.\n")


def test_conf_is_not_executed(root: Path):
    page(root, "conf.py", "raise SystemExit('executed')\nexclude_patterns = ['drafts']\n")
    page(root, "source/drafts/page.rst")
    page(root)
    assert check().startswith(FINDING.format("source/index.rst") + "1 finding in 1 file\n")


def test_a_link_out_of_the_manual_is_not_followed(root: Path, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "page.rst"
    outside.write_text(UNKNOWN)
    (root / "source").mkdir()
    (root / "source/index.rst").symlink_to(outside)
    (root / "source/folder").symlink_to(outside.parent)
    stdout = check()
    assert stdout.startswith("No findings in 2 files.\n")
    assert "not checked: source/index.rst: it cannot be read: a symbolic link\n" in stdout


def test_a_link_inside_the_manual_is(root: Path):
    page(root, "source/a.rst")
    (root / "source/b.rst").symlink_to("a.rst")
    assert check().startswith("".join(FINDING.format(f"source/{name}.rst") for name in "ab"))


def test_a_page_that_is_too_large_is_not_checked(root: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(page_check, "LARGEST", 2**20)
    page(root, text=UNKNOWN + "x" * 2**20)
    assert "not checked: source/index.rst: it is larger than 1 MiB\n" in check()


def test_any_bytes_can_be_read(root: Path):
    (root / "source").mkdir()
    (root / "source/index.rst").write_bytes(b"\xef\xbb\xbf" + UNKNOWN.encode() + b"\xff\x00\r")
    assert check().startswith(FINDING.format("source/index.rst"))


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the pages that are searched from now on."""
    paths: list[str] = []
    search = page_check._mentions

    def noted(path: str, text: str) -> page_check.Mentions:
        paths.append(path)
        return search(path, text)

    monkeypatch.setattr(page_check, "_mentions", noted)
    return paths


def test_only_changed_pages_are_searched_again(root: Path, searched: list[str]):
    for name in ("a.rst", "b.md", "c.rst"):
        page(root, f"source/{name}")
    page(root, "source/plain.rst", "No record.\n")
    first = check()
    assert searched == ["source/a.rst", "source/b.md", "source/c.rst"]
    searched.clear()
    assert (check(), searched) == (first, [])
    page(root, "source/c.rst", f"{UNKNOWN}More.\n")
    assert (check(), searched) == (first, ["source/c.rst"])


def test_a_kept_page_is_compared_with_new_data(root: Path, searched: list[str]):
    page(root, text="See :ci:label:`small`.\n")
    assert check().startswith("No findings in 3 files.\n")
    searched.clear()
    data = root / "data/platforms/vm.yaml"
    data.write_text(data.read_text().replace("small", "smaller"))
    assert "unknown label 'small'; did you mean 'smaller'? [GR124]\n" in check()
    assert searched == []


def test_every_option_that_is_a_kind_of_record_is_known():
    assert set(KINDS) < OPTIONS
    assert OPTIONS - set(KINDS) == {"topic"}
    names = KnownNames()
    names.lose("expectations")
    assert "topic" in names.uncertain


HOSTILE = {
    "open-roles": " :ci:label:`a",
    "open-literals": " ``a",
    "all-marks": " *a **a `a |a _`a ``a",
    "colons": ":a",
    "backquotes": "`",
    "braces": " {ci:label}`",
    "html-comments": " <!-- ",
    "brackets": "- ",
    "lines": "a\n",
    "comments": ".. \n",
    "directives": ".. note::\n",
    "options": ".. note::\n   :a: b\n",
    "fences": "```{note}\n",
    "colon-fences": ":::{note}\n",
    "literals": "a::\n\n",
    "spaces": " ",
    "tabs": "\t",
    "backslashes": "\\",
    "quotes": "> ",
    "angles": ":ci:label:`a <b`",
    "eval-rst": "```{eval-rst}\n",
    "stairs": "\n",
}


@pytest.mark.parametrize("mentions", [rst_mentions, myst_mentions])
@pytest.mark.parametrize("part", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_page_costs_in_proportion(part: str, mentions: Callable):
    def of(size: int) -> Callable[[], object]:
        text = part * size
        return lambda: list(mentions(text))

    assert growth(of, size=100) < 2.3


@pytest.mark.parametrize("mentions", [rst_mentions, myst_mentions])
@pytest.mark.parametrize("line", [" ", "- ", "> "])
def test_deep_blocks_cost_in_proportion_to_their_characters(line: str, mentions: Callable):
    def of(size: int) -> Callable[[], object]:
        text = "\n".join(f"{line * (at % 40)}- a::" for at in range(size))
        return lambda: list(mentions(text))

    assert growth(of, size=100) < 2.3


MARKS = [*"`*|_:.-<>{}\\~!%\n \t", "```", "ci:label", "{note}", ".. ", "::", "\n\n", "   ", "a"]


@pytest.mark.parametrize("mentions", [rst_mentions, myst_mentions])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.sampled_from(MARKS), max_size=40))
def test_any_text_can_be_searched(mentions: Callable, parts: list[str]):
    text = "".join(parts)
    for mention in mentions(text):
        assert mention.kind in OPTIONS
        assert 0 <= mention.position < len(text)
