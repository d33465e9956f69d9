"""The baseline: what it holds, what it lets through, and what moves it does not mind."""

from __future__ import annotations

import pytest

from groundrules.diagnostics import Diagnostic, Location
from groundrules.findings.baseline import BadBaselineError, Baseline
from groundrules.findings.fingerprints import fingerprint, fingerprints
from groundrules.rules.reading import UNKNOWN_KEY
from groundrules.rules.records import UNKNOWN_REFERENCE

TEXT = "jobs:\n- name: web\n  labels: [smal]\n- name: db\n  labels: [smal]\n"


def label(line: int = 3, path: str = "data/x.yaml", message: str = "", key: str = "") -> Diagnostic:
    output = message or "unknown label 'smal'"
    return Diagnostic(Location(path, line, 12), output, UNKNOWN_REFERENCE, key=key)


def test_a_fingerprint_survives_moves_and_other_numbers() -> None:
    mark = fingerprint(label(), {"data/x.yaml": TEXT})
    moved = TEXT.replace("jobs:", "# new\n\njobs:").replace("  labels", "      labels")
    assert fingerprint(label(5), {"data/x.yaml": moved}) == mark
    one, other = (label(message=f"it is at data/x.yaml:{at}:1 already") for at in (3, 44))
    texts = {"data/x.yaml": TEXT}
    assert fingerprint(one, texts) == fingerprint(other, texts)


def test_a_fingerprint_reads_only_the_line_of_the_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    class Lines(tuple[str, ...]):
        def __getitem__(self, index):  # type: ignore[no-untyped-def]
            assert isinstance(index, int)
            return super().__getitem__(index)

    module = "groundrules.findings.fingerprints"
    monkeypatch.setattr(f"{module}.lines_of", lambda text: Lines(text.splitlines()))
    texts = {"data/x.yaml": TEXT}
    assert fingerprint(label(3), texts) == fingerprint(label(5), texts)
    assert fingerprint(label(5), texts) != fingerprint(label(6), texts) == fingerprint(label(), {})


def test_a_fingerprint_knows_rule_path_text_and_message() -> None:
    texts = {"data/x.yaml": TEXT, "data/y.yaml": TEXT}
    others = [
        label(2),
        label(path="data/y.yaml"),
        label(message="something else"),
        Diagnostic(label().location, label().message, UNKNOWN_KEY),
        label(key="web"),
    ]
    assert len({fingerprint(each, texts) for each in [label(), *others]}) == 6


def test_a_key_takes_the_place_of_text_and_message() -> None:
    one = label(key="web uses smal")
    other = label(1, message="worded anew", key="web uses smal")
    assert fingerprint(one, {"data/x.yaml": TEXT}) == fingerprint(other, {})


def test_findings_that_are_alike_are_numbered() -> None:
    marks = fingerprints([label(3), label(5), label(2)], {"data/x.yaml": TEXT})
    assert [each[-2:] for each in marks] == [":1", ":2", ":1"]
    assert len(set(marks)) == 3


def test_findings_that_are_alike_are_all_new_where_none_is_known() -> None:
    found = [label(3), label(5), label(2)]
    assert Baseline().split(found, {"data/x.yaml": TEXT}) == (found, [], [])


def test_a_file_reads_as_it_was_written() -> None:
    baseline = Baseline.of([label(3), label(5), label(2)], {"data/x.yaml": TEXT})
    assert sorted(baseline.entries.values()) == [1, 2]
    assert Baseline.read(baseline.text()) == baseline
    assert Baseline.read(Baseline().text()) == Baseline()
    assert baseline.text().count("\n") == 7


def test_only_as_many_as_are_known() -> None:
    texts = {"data/x.yaml": TEXT}
    known = Baseline.of([label(3)], texts)
    assert known.split([label(3), label(5)], texts) == ([label(5)], [label(3)], [])
    new, old, gone = Baseline.of([label(3), label(5)], texts).split([label(5)], texts)
    assert (new, old) == ([], [label(5)])
    assert [each.message for each in gone] == ["unknown label 'smal'"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it was not written by --update-baseline"),
        ("[]", "it was not written by --update-baseline"),
        ('{"version": 1, "findings": [{}]}', "it was not written by --update-baseline"),
        ('{"version": 1, "findings": 7}', "it was not written by --update-baseline"),
        ('{"version": 2, "findings": []}', "its version is 2, not 1"),
        ("[" * 100_000, "it was not written by --update-baseline"),
    ],
)
def test_another_file_is_not_a_baseline(text: str, why: str) -> None:
    with pytest.raises(BadBaselineError) as error:
        Baseline.read(text)
    assert str(error.value) == why


def test_a_fingerprint_survives_a_move_of_the_configuration() -> None:
    """With ``--config`` the same configuration lies in another folder."""
    here = label(path="ci/app/zuul.yaml", message="also defined at ci/app/zuul.yaml:1:1")
    there = label(path="../copy/app/zuul.yaml", message="also defined at ../copy/app/zuul.yaml:1:1")
    marks = {
        fingerprint(here, {"ci/app/zuul.yaml": TEXT}, ("ci/",)),
        fingerprint(there, {"../copy/app/zuul.yaml": TEXT}, ("../copy/",)),
    }
    assert len(marks) == 1
    keys = ("web: ^src in ci/app/zuul.yaml", "web: ^src in ../copy/app/zuul.yaml")
    here, there = (
        label(path="ci/app/zuul.yaml", key=keys[0]),
        label(path="../copy/app/zuul.yaml", key=keys[1]),
    )
    assert fingerprint(here, {}, ("ci/",)) == fingerprint(there, {}, ("../copy/",))


def test_a_name_that_begins_like_a_folder_is_not_a_path() -> None:
    one, other = (label(message=f"there is no job '{name}'") for name in ("ci/web", "web"))
    assert fingerprint(one, {}, ("ci/",)) != fingerprint(other, {}, ("ci/",))
