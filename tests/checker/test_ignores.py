"""Ignore comments: the findings that they hide, and mistakes in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from manual import PLATFORM, SURPRISE, write

from groundrules.checker import check_data
from groundrules.diagnostics import Location, Related, Report, Skipped
from groundrules.findings.ignores import apply_ignores
from groundrules.rules import RULES
from groundrules.rules.reading import YAML_SURPRISE
from groundrules.rules.records import DUPLICATE_ID
from steps import growth

BESIDE = SURPRISE.replace("24.10}", "24.10}  # groundrules: ignore[%s]%s")
BEFORE = SURPRISE.replace("- {", "# groundrules: ignore[%s]%s\n# more\n- {")


def output(root: Path, platform: str) -> list[str]:
    found = check_data(write(root, platform)).report.diagnostics
    return [str(each).removeprefix("data/platforms/vm.yaml:") for each in found]


@pytest.mark.parametrize("form", [BESIDE, BEFORE])
@pytest.mark.parametrize("word", ["GR108", "gr108", "yaml-surprise", "GR1", " GR108 "])
def test_taken_away(tmp_path: Path, form: str, word: str) -> None:
    assert output(tmp_path, form % (word, " it is a number")) == []


def test_several_rules_at_one_place(tmp_path: Path) -> None:
    text = (BESIDE % ("GR108, unknown-key", " both")).replace("name: small,", "name: small, x: 1,")
    assert output(tmp_path, text) == []


def test_an_ignore_in_a_block_of_text_header_speaks_of_the_whole_text(tmp_path: Path) -> None:
    text = PLATFORM.replace(
        "One.", "|  # groundrules: ignore[broken-prose] as it was said\n  One.\n\n  *Two"
    )
    assert output(tmp_path, text) == []
    (found,) = output(
        tmp_path, text.replace("  # groundrules: ignore[broken-prose] as it was said", "")
    )
    assert found.endswith("[GR114]")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            BESIDE % ("GR108", ""),
            ["5:43: the reason is missing; write it after the brackets [GR901]"],
        ),
        (
            BESIDE % ("GR18", " why"),
            [
                "5:35: YAML reads 24.10 as the number 24.1; write '24.10' for text [GR108]",
                "5:43: unknown rule 'GR18'; did you mean 'GR118'? [GR902]",
            ],
        ),
        (
            BESIDE % ("GR108, GR105", " why"),
            ["5:43: GR105 is not reported here; remove it from the comment [GR903]"],
        ),
        (
            f"# groundrules: ignore GR108\n{PLATFORM}",
            ["1:1: invalid ignore comment; write '# groundrules: ignore[GR203] reason' [GR902]"],
        ),
        (
            f"# groundrules: ignore[] why\n{PLATFORM}",
            ["1:1: invalid ignore comment; write '# groundrules: ignore[GR203] reason' [GR902]"],
        ),
        (
            PLATFORM + "# groundrules: ignore[GR108] nothing follows\n",
            ["6:1: GR108 is not reported here; remove it from the comment [GR903]"],
        ),
        (
            SURPRISE.replace("labels:", "labels:  # groundrules: ignore[GR108] the line below"),
            [
                "4:10: GR108 is not reported here; remove it from the comment, or move the comment "
                "to line 5 if it is about that one [GR903]",
                "5:35: YAML reads 24.10 as the number 24.1; write '24.10' for text [GR108]",
            ],
        ),
        (
            PLATFORM.replace("One.", "'A # groundrules: ignore[GR108] text'"),
            [],
        ),
        (PLATFORM + "# these groundrules: are prose\n", []),
        (
            "# groundrules: ignore[GR102] not to be\n\tid: vm\n",
            ["2:1: YAML does not allow tabs here; indent with spaces [GR102]"],
        ),
    ],
)
def test_mistakes_in_comments_are_reported(tmp_path: Path, text: str, wanted: list[str]) -> None:
    assert output(tmp_path, text) == wanted


def test_a_related_place_will_do() -> None:
    """A difference has two places, in the data and in the configuration; either may say it."""
    report = Report()
    related = [Related(Location("zuul.yaml", 2, 3), "here")]
    report.note(DUPLICATE_ID, Location("data/x.yaml", 1, 1), "differs", related)
    apply_ignores(report, {"zuul.yaml": "a: 1\nb: 2  # groundrules: ignore[GR110] agreed\n"})
    assert report.found == []


def test_two_comments_that_say_the_same_are_both_used() -> None:
    report = Report()
    report.note(YAML_SURPRISE, Location("x.yaml", 2, 1), "odd")
    mark = "# groundrules: ignore[GR108] agreed"
    apply_ignores(report, {"x.yaml": f"{mark}\na: 1  {mark}\n"})
    assert report.found == []


def test_a_rule_that_was_not_tried_everywhere_may_still_be_needed() -> None:
    report = Report(skipped=[Skipped("graph deploy", "no configuration", ("GR1",))])
    apply_ignores(report, {"x.yaml": "a: 1  # groundrules: ignore[GR108] agreed\n"})
    assert report.found == []


def test_the_first_of_several_comments_says_why_a_finding_is_hidden() -> None:
    report = Report()
    report.note(YAML_SURPRISE, Location("x.yaml", 3, 1), "odd")
    text = "# groundrules: ignore[GR2] a\n# groundrules: ignore[GR108, GR1] b\na: 1\n"
    apply_ignores(report, {"x.yaml": text})
    assert [hidden.reason for hidden in report.hidden] == ["ignored: b"]
    assert [str(diagnostic) for diagnostic in report.found] == [
        "x.yaml:1:1: GR2 is not reported here; remove it from the comment [GR903]"
    ]


def test_a_comment_that_a_finding_before_and_one_after_could_need_names_the_nearest() -> None:
    report = Report()
    for line in (9, 2, 1):
        report.note(YAML_SURPRISE, Location("x.yaml", line, 1), "odd")
    apply_ignores(report, {"x.yaml": "a: 1\n" * 4 + "b: 1  # groundrules: ignore[GR1] r\n"})
    assert (
        "x.yaml:5:7: GR1 is not reported here; remove it from the comment, or move the comment to "
        "line 2 if it is about that one [GR903]"
    ) in map(str, report.found)


@pytest.mark.parametrize(("mistakes", "unused"), [(1000, 1), (1001, 0)])
def test_comments_may_be_needed_if_not_all_mistakes_are_reported(
    tmp_path: Path, mistakes: int, unused: int
) -> None:
    keys = "".join(f"x{at}: 1\n" for at in range(mistakes))
    comment = "# groundrules: ignore[GR108] a number\n"
    lines = output(tmp_path, PLATFORM + keys + comment)
    assert sum("GR108 is not reported here" in line for line in lines) == unused


MARK = "# groundrules: ignore[GR1] r\n"


@pytest.mark.parametrize(
    ("path", "text", "lines"),
    [
        ("x.yaml", lambda size: "a: 1\n" * size + MARK * size, range),
        ("x.yaml", lambda size: MARK * size + "a: 1\n", lambda size: [size + 1] * size),
        ("x.rst", lambda size: f"..{MARK[1:]}" * size + "a\n" * size, lambda size: [2 * size]),
    ],
    ids=["unused, with findings elsewhere", "all for one line", "all for one block"],
)
def test_comments_cost_as_much_as_they_are_many(
    path: str, text: Callable[[int], str], lines: Callable[[int], list[int]]
) -> None:
    def of(size: int) -> Callable[[], object]:
        report, texts = Report(), {path: text(size)}
        for line in lines(size):
            report.note(YAML_SURPRISE, Location(path, line or 1, 1), "odd")
        return lambda: apply_ignores(report, texts)

    assert growth(of, 500) < 2.2


@pytest.mark.parametrize("rule", [RULES[each] for each in ("GR901", "GR902", "GR903")])
def test_examples(tmp_path: Path, rule) -> None:  # type: ignore[no-untyped-def]
    from groundrules.rules.examples import files_of

    for name, example in (("bad", rule.bad), ("good", rule.good)):
        write(tmp_path / name)
        for path, data in files_of(example).items():
            (tmp_path / name / path).write_bytes(data)
    assert [each.rule for each in check_data(tmp_path / "bad").report.diagnostics] == [rule]
    assert check_data(tmp_path / "good").report.diagnostics == []
