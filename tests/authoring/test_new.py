"""``groundrules new``: questions, options, the files that it writes, and what it refuses."""

from __future__ import annotations

import os
import pty
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result

from groundrules.checker import check_data
from groundrules.cli import asking, main

SMALL = Path(__file__).parents[1] / "sphinx" / "manual"
EXPECTATION = ("--topic", "memory", "--title", "Swap space", "--standing", "varies")
SESSION = ("--title", "A session", "--kind", "meeting", "--date", "2025-03-04")


@pytest.fixture
def manual(tmp_path: Path) -> Path:
    root = tmp_path / "manual"
    shutil.copytree(SMALL, root, ignore=shutil.ignore_patterns("generated", "build"))
    return root


@pytest.fixture
def new(manual: Path) -> Callable[..., Result]:
    def run(*arguments: object, answers: str | bytes = "") -> Result:
        words = ["new", str(arguments[0]), "--root", str(manual), *map(str, arguments[1:])]
        return CliRunner().invoke(main, words, input=answers, prog_name="groundrules")

    return run


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask, although the answers come from a string."""
    monkeypatch.setattr(asking, "is_terminal", lambda: True)


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


def printed(result: Result) -> tuple[int, str, str]:
    return result.exit_code, result.stdout, result.stderr


def usage(result: Result) -> str:
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr.partition("Error: ")[2]


def added(place: str, what: str) -> str:
    return f"{place}: {what} added\nNext: complete it there, then run 'groundrules check'.\n"


# --- what is written -------------------------------------------------------------------------


def test_an_expectation_goes_into_the_file_of_its_topic(new, manual):
    path = manual / "data/expectations/memory.yaml"
    before, others = path.read_text("utf-8"), files(manual)
    result = new("expectation", *EXPECTATION, "--statement", "Some nodes have ``swap``.")
    assert printed(result) == (0, added("data/expectations/memory.yaml:45:5", "expectation"), "")
    assert path.read_text("utf-8") == before + (
        "  - id: swap-space\n"
        "    title: Swap space\n"
        "    standing: varies\n"
        "    statement: Some nodes have ``swap``.\n"
    )
    after = files(manual)
    assert {name for name in after if after[name] != others.get(name)} == {
        "data/expectations/memory.yaml"
    }


def test_an_expectation_of_a_new_topic_gets_a_file(new, manual):
    result = new(
        "expectation", "--topic", "disk-space", "--title", "80 GB: no more", "--id", "disk",
        "--standing", "guaranteed", "--statement", "A node has 80 GB.", "--since", "2025-01-31",
        "--evidence", "session:summit-2016", "--evidence", "https://example.org/a",
        "--keyword", "hard disk",
    )  # fmt: skip
    assert printed(result) == (0, added("data/expectations/disk-space.yaml:4:5", "expectation"), "")
    assert (manual / "data/expectations/disk-space.yaml").read_text("utf-8") == (
        "topic: disk-space\n"
        "title: Disk space\n"
        "expectations:\n"
        "  - id: disk\n"
        "    title: '80 GB: no more'\n"
        "    keywords: [hard disk]\n"
        "    standing: guaranteed\n"
        "    statement: A node has 80 GB.\n"
        "    since: 2025-01-31\n"
        "    evidence: [session:summit-2016, https://example.org/a]\n"
    )


def test_a_label_goes_into_its_platform(new, manual):
    name = "data/platforms/static-host.yaml"
    result = new(
        "label", "--platform", "static-host", "--name", "builder-1", "--nested-virtualization",
        "--operating-system", "Debian 12", "--memory-gb", "7.5", "--architecture", "aarch64",
    )  # fmt: skip
    assert (result.exit_code, result.stderr) == (0, "")
    before, changed, after = (SMALL / name).read_text("utf-8").partition("changed:\n")
    assert (manual / name).read_text("utf-8") == (
        f"{before}"
        "labels:\n"
        "  - name: builder-1\n"
        "    operating_system: Debian 12\n"
        "    architecture: aarch64\n"
        "    memory_gb: 7.5\n"
        "    nested_virtualization: true\n"
        f"{changed}{after}"
    )


def test_a_platform_a_graph_and_a_session_get_a_file(new, manual):
    platform = ("--title", "Ein Gerät", "--summary", "One.")
    assert new("platform", *platform).stdout == added(
        "data/platforms/ein-gerat.yaml:1:1", "platform"
    )
    graph = ("--title", "Release", "--configuration", "own", "--project", "team/app")
    graph += ("--pipeline", "gate", "--job", "build", "--job", "upload")
    assert new("graph", *graph).stdout == added("data/graphs/release.yaml:1:1", "graph")
    assert new("session", *SESSION).stdout == added("data/sessions/a-session.yaml:1:1", "session")
    assert (manual / "data/graphs/release.yaml").read_text("utf-8") == (
        "id: release\n"
        "title: Release\n"
        "configuration: own\n"
        "project: team/app\n"
        "pipelines: [gate]\n"
        "jobs:\n"
        "  - name: build\n"
        "  - name: upload\n"
    )
    assert check_data(manual).report.diagnostics == []


def test_an_action_goes_into_its_topic(new, manual):
    name = "data/sessions/meeting-2021-11-16.yaml"
    before = (manual / name).read_text("utf-8")
    action = ("--session", "meeting-2021-11-16", "--topic", "Certificates", "--what", "Do it.")
    result = new("action", *action, "--owner", "bob")
    assert printed(result) == (0, added(f"{name}:11:9", "action"), "")
    assert (manual / name).read_text(
        "utf-8"
    ) == f"{before}      - {{what: Do it., owner: bob}}\n" or (
        (manual / name).read_text("utf-8") == f"{before}      - what: Do it.\n        owner: bob\n"
    )


def test_a_first_action_begins_the_list_and_the_topic(new, manual):
    path = manual / "data/sessions/empty.yaml"
    path.write_text("# kept\nid: empty\ntitle: Empty\nkind: sprint\ndate: 2025-03-04\n", "utf-8")
    action = ("--session", "empty", "--topic", "Mirrors")
    assert new("action", *action, "--what", "One.").exit_code == 0
    assert new("action", *action, "--what", "Two.", "--state", "done").exit_code == 0
    assert path.read_text("utf-8").startswith("# kept\nid: empty\ntitle: Empty\n")
    session = next(one for one in check_data(manual).catalogue.sessions if one.id == "empty")
    assert [action.what for action in session.topics[0].actions] == ["One.", "Two."]


def test_a_new_file_names_its_schema_where_there_is_one(new, manual):
    schemas = manual / "data/schemas"
    schemas.mkdir()
    (schemas / "session.json").write_text("{}", "utf-8")
    result = new("session", *SESSION)
    assert result.stdout == added("data/sessions/a-session.yaml:2:1", "session")
    text = (manual / "data/sessions/a-session.yaml").read_text("utf-8")
    assert text.startswith(
        "# yaml-language-server: $schema=../schemas/session.json\nid: a-session\n"
    )


# --- what is missing or wrong ----------------------------------------------------------------


def test_without_a_terminal_one_error_lists_what_is_missing(new, manual):
    before = files(manual)
    assert usage(new("expectation", "--topic", "memory")) == (
        "3 required options are missing:\n"
        "  --title      The expectation in a few words.\n"
        "  --standing   How far a job can count on it.\n"
        "  --statement  Exactly what is promised, or not promised.\n"
    )
    assert usage(new("platform", "--title", "A")) == (
        "1 required option is missing:\n  --summary  What it is and what it is for.\n"
    )
    assert files(manual) == before


def test_one_error_lists_all_mistakes_in_the_words_of_the_check(new, manual):
    before = files(manual)
    wrong = ("--id", "Swap Space", "--standing", "guarantied", "--statement", "No *swap.")
    wrong += ("--since", "2025-02-30", "--evidence", "session:sumit-2016")
    assert usage(new("expectation", "--topic", "memory", "--title", "Swap", *wrong)) == (
        "--id: 'Swap Space' cannot be an id; did you mean 'swap-space'?\n"
        "  --standing: 'guarantied' is not allowed here; did you mean 'guaranteed'?\n"
        "  --statement: '*' is not closed; write '\\*' for a star\n"
        "  --since: invalid date 2025-02-30: that month has 28 days\n"
        "  --evidence: unknown session 'sumit-2016'; did you mean 'summit-2016'?\n"
    )
    assert files(manual) == before


def test_a_name_that_is_taken_is_refused_with_its_place(new, manual):
    taken = ("--id", "swap", "--statement", "No.")
    assert usage(new("expectation", *EXPECTATION, *taken)).startswith(
        "--id: expectation 'swap' exists already, at data/expectations/memory.yaml:"
    )
    assert usage(new("session", *SESSION, "--id", "summit-2016")) == (
        "--id: session 'summit-2016' exists already, at data/sessions/summit-2016.yaml:1:5; "
        "choose another name\n"
    )


def test_a_name_that_follows_from_the_title_and_is_taken_is_refused(new):
    taken = ("--title", "Summit 2016", "--kind", "summit", "--date", "2016-10-25")
    assert usage(new("session", *taken)) == (
        "--id: session 'summit-2016' exists already, at data/sessions/summit-2016.yaml:1:5; "
        "choose another name\n"
    )


def test_line_ends_and_comments_of_a_file_stay(new, manual):
    path = manual / "data/expectations/memory.yaml"
    before = path.read_bytes().replace(b"\n", b"\r\n") + b"# the end\r\n"
    path.write_bytes(before)
    assert new("expectation", *EXPECTATION, "--statement", "No.").exit_code == 0
    record = b"  - id: swap-space\r\n    title: Swap space\r\n    standing: varies\r\n"
    record += b"    statement: No.\r\n"
    assert path.read_bytes() == before.replace(b"# the end", record + b"# the end")


def test_an_unknown_place_is_refused(new):
    label = ("--name", "x", "--operating-system", "Debian")
    assert usage(new("label", "--platform", "vmm", *label)) == (
        "--platform: unknown platform 'vmm'; did you mean 'vm'?\n"
    )
    action = ("--session", "meeting-2021-11-16", "--topic", "Certificate", "--what", "x")
    assert usage(new("action", *action)) == (
        "--topic: unknown topic 'Certificate'; did you mean 'Certificates'?\n"
    )


def test_evidence_is_required_where_the_manual_requires_it(new, manual):
    path = manual / "data/manual.yaml"
    path.write_text(path.read_text("utf-8") + "evidence: required\n", "utf-8")
    assert usage(new("expectation", *EXPECTATION, "--statement", "No.")) == (
        "1 required option is missing:\n"
        "  --evidence  Sessions where it was decided and pages where it can be read.\n"
    )


def test_a_record_that_adds_an_error_is_not_written(new, manual):
    before = files(manual)
    result = new("session", *SESSION, "--id", "index")
    assert printed(result) == (
        3,
        "",
        "data/sessions/index.yaml:1:5: 'index' is the page that lists every session; choose "
        "another name [GR110]\n"
        "groundrules: the data would have an error that it does not have now; nothing was "
        "written\n",
    )
    assert files(manual) == before


def test_mistakes_that_the_data_has_already_are_no_obstacle(new, manual):
    path = manual / "data/expectations/memory.yaml"
    path.write_text(path.read_text("utf-8").replace("order: 10", "ordre: 10"), "utf-8")
    assert new("expectation", *EXPECTATION, "--statement", "No.").exit_code == 0
    assert len(check_data(manual).report.diagnostics) == 1


def test_a_late_action_is_written_with_its_warning(new, manual):
    action = ("--session", "meeting-2021-11-16", "--topic", "Certificates", "--what", "Do it.")
    result = new("action", *action, "--due", "2021-11-30")
    assert result.exit_code == 0
    assert re.fullmatch(
        r"data/sessions/meeting-2021-11-16\.yaml:\d+:\d+: .* \[GR\d+\]\n", result.stderr
    )


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (("expectation", *EXPECTATION, "--statement", "No."), "expectations/memory.yaml"),
        (("label", "--platform", "vm", "--name", "x", "--operating-system", "y"),
         "platforms/vm.yaml"),
        (("action", "--session", "meeting-2021-11-16", "--topic", "Certificates", "--what", "x"),
         "sessions/meeting-2021-11-16.yaml"),
    ],
)  # fmt: skip
def test_a_file_with_conflict_markers_is_not_changed(new, manual, arguments, name):
    path = manual / "data" / name
    text = path.read_text("utf-8")
    path.write_text(f"<<<<<<< HEAD\n{text}=======\n{text}>>>>>>> theirs\n", "utf-8")
    before = files(manual)
    result = new(*arguments)
    assert (result.exit_code, result.stdout) == (3, "")
    place = rf"data/{re.escape(name)}:\d+:\d+"
    message = rf"groundrules: {place}: .*; correct it first; nothing was written\n"
    assert re.fullmatch(message, result.stderr)
    assert files(manual) == before


def test_a_link_out_of_the_data_is_not_followed(new, manual, tmp_path):
    shutil.rmtree(manual / "data/sessions")
    (tmp_path / "outside").mkdir()
    (manual / "data/sessions").symlink_to(tmp_path / "outside")
    result = new("session", *SESSION)
    assert (result.exit_code, list((tmp_path / "outside").iterdir())) == (3, [])
    assert result.stderr.endswith(
        "data/sessions/a-session.yaml: a symbolic link leads out of the data folder; remove it; "
        "nothing was written\n"
    )


def test_a_folder_that_cannot_be_written_is_named(new, manual):
    shutil.rmtree(manual / "data/platforms")
    (manual / "data/platforms").write_text("", "utf-8")
    result = new("platform", "--title", "Box", "--summary", "One.")
    assert result.exit_code == 3
    assert result.stderr.count("\n") == 1
    assert "data/platforms" in result.stderr
    assert "cannot be written: " in result.stderr


def test_a_folder_without_a_manual_is_a_mistake_of_usage(tmp_path):
    result = CliRunner().invoke(main, ["new", "platform", "--root", str(tmp_path)])
    assert usage(result) == (
        f"there is no folder data/ in {tmp_path}; 'groundrules init' makes a manual\n"
    )


# --- questions -------------------------------------------------------------------------------


@pytest.mark.usefixtures("terminal")
def test_questions_on_a_terminal(new, manual):
    answers = "disk-space\n\nAt least 80 GB\n\nguarantied\nguaranteed\nA *node\nA node has 80 GB.\n"
    result = new("expectation", answers=answers)
    assert result.stderr == ASKED
    assert result.stdout == added("data/expectations/disk-space.yaml:4:5", "expectation")
    assert "id: at-least-80-gb\n" in (manual / "data/expectations/disk-space.yaml").read_text()


ASKED = """
The topic's permanent name; its file is called the same.
  Known: memory, network
topic: disk-space

What readers call it.
topic-title [Disk space]:\x20

The expectation in a few words.
title: At least 80 GB

The permanent name, and the anchor in the manual.
id [at-least-80-gb]:\x20

How far a job can count on it.
  guaranteed      Every node has it; a node without it is a defect of the platform.
  varies          Some nodes have it; a job finds out and copes with both.
  present         Every node that was looked at has it, and nobody promises it; a job may not rely \
on it.
  not-guaranteed  No job may rely on it, even where it happens to be there.
standing: guarantied
Error: 'guarantied' is not allowed here; did you mean 'guaranteed'?
standing: guaranteed

Exactly what is promised, or not promised.
statement: A *node
Error: '*' is not closed; write '\\*' for a star
statement: A node has 80 GB.
"""


@pytest.mark.usefixtures("terminal")
def test_known_names_are_offered_and_several_answers_have_commas(new, manual):
    answers = "Release\n\nownn\nown\nteam/app\ncheck, gate\nbuild,upload\n"
    result = new("graph", answers=answers)
    assert "  Known: deployment, own\n" in result.stderr
    assert (
        "configuration: ownn\nError: unknown configuration 'ownn'; did you mean 'own'?\n"
        in result.stderr
    )
    assert "  Several answers are separated by commas.\n" in result.stderr
    text = (manual / "data/graphs/release.yaml").read_text("utf-8")
    assert "pipelines: [check, gate]\njobs:\n  - name: build\n  - name: upload\n" in text


@pytest.mark.usefixtures("terminal")
def test_a_name_that_is_taken_is_asked_again(new):
    result = new("session", *SESSION[2:], answers="The summit\nsummit-2016\n\nthe-summit\n")
    assert "summit-2016\nError: session 'summit-2016' exists already, at " in result.stderr
    assert result.stdout == added("data/sessions/the-summit.yaml:1:1", "session")


@pytest.mark.parametrize("answered", range(6))
@pytest.mark.usefixtures("terminal")
def test_no_answer_at_any_question_writes_nothing(new, manual, answered):
    before = files(manual)
    answers = ["disk-space", "", "At least 80 GB", "", "guaranteed", "A node has 80 GB."]
    result = new("expectation", answers="".join(f"{answer}\n" for answer in answers[:answered]))
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.endswith("groundrules: no answer; nothing was written\n")
    assert files(manual) == before


def test_ctrl_c_at_a_question_writes_nothing(manual):
    before = files(manual)
    main_end, command_end = pty.openpty()
    command = [sys.executable, "-m", "groundrules", "new", "platform", "--root", str(manual)]
    process = subprocess.Popen(
        command,
        stdin=command_end,
        stdout=command_end,
        stderr=command_end,
        start_new_session=True,
    )
    os.close(command_end)
    shown = b""
    while b"title: " not in shown:
        shown += os.read(main_end, 1000)
    code = None
    for _ in range(60):  # Python misses a signal between the question and the wait for an answer
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            code = process.wait(1)
            break
    assert code == 130
    os.close(main_end)
    assert files(manual) == before


# --- sessions from notes, and from the last meeting -------------------------------------------


def test_a_session_from_notes(new, manual, tmp_path):
    notes = tmp_path / "agenda.txt"
    notes.write_text("* Mirrors (ada 20250304)\n  * ACTION: ada asks\n", "utf-8")
    result = new("session", *SESSION, "--from", notes)
    what = added("data/sessions/a-session.yaml:1:1", "session")
    assert printed(result) == (0, what, f"{notes}: 1 topic, 1 action\n")
    assert (manual / "data/sessions/a-session.yaml").read_text("utf-8").endswith(
        "topics:\n"
        "  - title: Mirrors\n"
        "    owner: ada\n"
        "    date: 2025-03-04\n"
        "    actions:\n"
        "      - what: ada asks\n"
        "        owner: ada\n"
    )  # fmt: skip


def test_notes_on_standard_input_and_what_they_say_needs_no_option(new, manual):
    log = (Path(__file__).parent / "notes/meetbot-log/notes.txt").read_bytes()
    result = new("session", "--title", "Team meeting", "--from", "-", answers=log)
    assert result.exit_code == 0
    assert result.stderr == "standard input: 2 topics, 1 decision, 1 action\n"
    text = (manual / "data/sessions/ci-team-2025-03-04.yaml").read_text("utf-8")
    assert text.startswith("id: ci-team-2025-03-04\ntitle: Team meeting\nkind: meeting\n")


def test_a_title_of_notes_stays_in_the_summary_of_a_session_that_is_called_otherwise(new, manual):
    notes = "# Sprint *one*\n\nText.\n\n## A\n\n## B\n"
    assert new("session", *SESSION, "--from", "-", answers=notes).exit_code == 0
    text = (manual / "data/sessions/a-session.yaml").read_text("utf-8")
    assert "summary: |-\n  Sprint \\*one\\*\n\n  Text.\n" in text


def test_another_encoding_is_reported(new, manual, tmp_path):
    notes = tmp_path / "agenda.txt"
    notes.write_bytes("* Größe".encode("latin-1"))
    result = new("session", *SESSION, "--from", notes)
    assert (
        result.stderr == f"{notes} is not UTF-8; it was read as windows-1252\n{notes}: 0 topics\n"
    )
    assert "summary: Größe\n" in (manual / "data/sessions/a-session.yaml").read_text("utf-8")


def test_a_session_from_a_mail(new, manual):
    mail = (
        "Received: from a\nX-Spam: no\nDate: Thu, 06 Mar 2025 21:09:44 +0000\n\nGr=C3=BC=C3=9Fe\n"
    )
    result = new("session", "--title", "Mirrors", "--from", "-", answers=mail)
    assert result.exit_code == 0
    assert result.stderr == (
        "standard input: left out 2 headers that only mail programs read\n"
        "standard input: 0 topics\n"
    )
    (written,) = (manual / "data/sessions").glob("mirrors*.yaml")
    assert "Grüße" in written.read_text("utf-8")


def test_notes_know_the_day_of_the_session_and_the_people_of_others(new, manual):
    owned = "* Mirrors (bob 20250101)\n"
    assert new("session", *SESSION, "--from", "-", answers=owned).exit_code == 0
    notes = "- [ ] bob: asks (2025-03-04)\n- [ ] eve: asks (bob 2025-03-05)\n- [ ] eve: asks\n"
    arguments = ("--title", "Next", "--kind", "meeting", "--date", "2025-03-04")
    assert new("session", *arguments, "--from", "-", answers=notes).exit_code == 0
    (written,) = (manual / "data/sessions").glob("next*.yaml")
    assert written.read_text("utf-8").partition("actions:\n")[2] == (
        "      - what: asks (2025-03-04)\n"
        "        owner: bob\n"
        "      - what: 'eve: asks'\n"
        "        owner: bob\n"
        "        due: 2025-03-05\n"
        "      - what: 'eve: asks'\n"
    )


def test_notes_that_cannot_be_read(new, manual, tmp_path):
    before = files(manual)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty").write_text(" \n", "utf-8")
    not_plain = "is not a plain file; write its content to one, or to standard input\n"
    for name, message in {
        tmp_path / "none": f"{tmp_path}/none cannot be read: No such file or directory\n",
        tmp_path: f"{tmp_path} {not_plain}",
        tmp_path / "pipe": f"{tmp_path}/pipe {not_plain}",
        "/dev/zero": f"/dev/zero {not_plain}",
        tmp_path / "empty": f"{tmp_path}/empty: there is no text in it\n",
    }.items():
        assert usage(new("session", *SESSION, "--from", name)) == message
    assert files(manual) == before


def test_notes_that_are_too_large(new, manual, tmp_path):
    notes = tmp_path / "agenda.txt"
    notes.write_text("* item\n" * 1_500_000, "utf-8")
    result = new("session", *SESSION, "--from", notes)
    assert printed(result) == (
        3,
        "",
        f"groundrules: {notes} has more than 4,194,304 bytes, the most that a data file can have\n",
    )


def test_options_that_exclude_each_other(new):
    both = ("--from", "-", "--from-last", "meeting-2021-11-16")
    assert usage(new("session", *both)) == "--from and --from-last cannot be used together\n"
    assert usage(new("session", "--encoding", "latin-1")) == "--encoding needs --from FILE\n"
    assert usage(new("session", "--from-last", "meting-2021-11-16")) == (
        "--from-last: unknown session 'meting-2021-11-16'; did you mean 'meeting-2021-11-16'?\n"
    )


def test_the_next_meeting_has_the_actions_left_over(new, manual):
    path = manual / "data/sessions/meeting-2021-11-16.yaml"
    agenda = "next_agenda: [Mirrors, 'Retire ``bionic``']\n"
    path.write_text(path.read_text("utf-8") + agenda, "utf-8")
    result = new("session", "--from-last", "meeting-2021-11-16", "--date", "2021-11-23")
    assert printed(result) == (0, added("data/sessions/team-2021-11-23.yaml:1:1", "session"), "")
    text = (manual / "data/sessions/team-2021-11-23.yaml").read_text("utf-8")
    assert text.startswith("id: team-2021-11-23\ntitle: Team meeting of 23 November 2021\n")
    assert text.endswith(
        "topics:\n"
        "  - title: Actions from last meeting\n"
        "    summary: |-\n"
        "      * Watch the certificates. (:ci:session:`meeting-2021-11-16`)\n"
        "      * clark: Document ``every`` dependency. Due 2199-11-30. "
        "(:ci:session:`meeting-2021-11-09`)\n"
        "  - title: Mirrors\n"
        "  - title: Retire bionic\n"
        "    summary: Retire ``bionic``\n"
    )
    assert check_data(manual).report.diagnostics == []


@pytest.mark.parametrize("day", ["2021-11-16", "2021-11-09"])
def test_the_next_meeting_is_after_the_last_one(new, manual, day):
    last = ("--from-last", "meeting-2021-11-16")
    message = f"{day} is not after 2021-11-16, the day of the last meeting"
    assert usage(new("session", *last, "--date", day)) == f"--date: {message}\n"
    assert not (manual / f"data/sessions/team-{day}.yaml").exists()


def test_an_action_that_begins_with_its_owner_does_not_name_it_twice(new, manual):
    path = manual / "data/sessions/meeting-2021-11-16.yaml"
    action = "{what: Watch the certificates.}"
    text = path.read_text("utf-8")
    assert action in text
    path.write_text(text.replace(action, "{what: ada watches., owner: ada}"), "utf-8")
    new("session", "--from-last", "meeting-2021-11-16", "--date", "2021-11-23")
    text = (manual / "data/sessions/team-2021-11-23.yaml").read_text("utf-8")
    assert "* ada watches. (:ci:session:`meeting-2021-11-16`)\n" in text


def test_an_empty_answer_is_not_called_a_key(new):
    options = ("--platform", "vm", "--name", "new", "--operating-system", "")
    assert usage(new("label", *options)) == (
        "--operating-system: it is empty; write a few words, or leave it out\n"
    )


@pytest.mark.usefixtures("terminal")
def test_the_day_of_the_next_meeting_is_offered(new):
    result = new("session", "--from-last", "meeting-2021-11-16", answers="\n\n\n")
    assert "date [2021-11-23]: " in result.stderr
    assert "title [Team meeting of 23 November 2021]: " in result.stderr
    assert result.stdout == added("data/sessions/team-2021-11-23.yaml:1:1", "session")


# --- completion ------------------------------------------------------------------------------


def completed(manual: Path, *words: str, incomplete: str = "") -> list[str]:
    completion = ShellComplete(main, {}, "groundrules", "_GROUNDRULES_COMPLETE")
    items = completion.get_completions(
        ["new", words[0], "--root", str(manual), *words[1:]], incomplete
    )
    return [item.value for item in items]


@pytest.mark.parametrize(
    ("words", "incomplete", "offered"),
    [
        (("expectation", "--topic"), "", ["memory", "network"]),
        (("expectation", "--standing"), "v", ["varies"]),
        (("expectation", "--evidence"), "session:s", ["session:summit-2016"]),
        (("label", "--platform"), "s", ["static-host"]),
        (("graph", "--configuration"), "", ["deployment", "own"]),
        (("graph", "--job"), "gi", ["gitea"]),
        (("session", "--from-last"), "meeting-2021-11-1", ["meeting-2021-11-16"]),
        (("session", "--series"), "", ["team"]),
        (("session", "--kind"), "s", ["summit", "sprint"]),
        (("action", "--session"), "su", ["summit-2016"]),
        (("action", "--owner"), "", []),
    ],
)
def test_a_shell_completes_known_names(manual, words, incomplete, offered):
    assert completed(manual, *words, incomplete=incomplete) == offered


def test_a_shell_completes_what_can_be_made():
    completion = ShellComplete(main, {}, "groundrules", "_GROUNDRULES_COMPLETE")
    items = completion.get_completions(["new"], "")
    assert [item.value for item in items] == [
        "action", "expectation", "graph", "label", "platform", "session",
    ]  # fmt: skip
