"""``groundrules plan --day``: the timers of a configuration, and what it does not say."""

from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner

from groundrules.cli import main
from groundrules.plan.arrivals import TimerError, timer

DEPLOY = "- pipeline: {name: deploy, manager: serial}\n"


def configured(folder, *pipelines):
    """Give the repository these pipelines instead of its own."""
    file = folder / "repository/.zuul.yaml"
    text = file.read_text("utf-8")
    assert DEPLOY in text
    file.write_text("".join(f"- pipeline: {one}\n" for one in pipelines) + text.replace(DEPLOY, ""))


def plan(root, *args):
    return CliRunner().invoke(main, ["plan", "--root", str(root), *args])


def day(folder, *args):
    """Return how many buildsets come to each pipeline of the documented graph, and the notes."""
    result = plan(folder / "manual", "deploy", "--format", "json", *args)
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)["day"]
    waiting = found["days"]["lock"]["waiting"]
    return {name: one["buildsets"] for name, one in waiting.items()}, found["notes"]


HOURLY = "{name: hourly, manager: independent, trigger: {timer: [{time: '0 * * * *'}]}}"
SERIAL = "{name: deploy, manager: serial, trigger: {gerrit: [{event: change-merged}]}}"
FROM_TIMER = "hourly: the configuration has the timer '0 * * * *'."
IS_SERIAL = "deploy: its manager runs one buildset after another."


def test_timers_are_read_and_rates_are_given(folder):
    configured(folder, HOURLY, SERIAL)
    arrivals, notes = day(folder, "--day", "--rate", "deploy=1", "--seed", "7")
    assert arrivals == {"hourly": 24, "deploy": 20}
    assert notes == [IS_SERIAL, FROM_TIMER]


def test_what_is_read_is_as_if_it_were_given(folder):
    configured(folder, HOURLY, SERIAL)
    read = json.loads(
        plan(folder / "manual", "deploy", "--format", "json", "--day", "--rate", "deploy=1").stdout
    )
    given = ("--timer", "hourly=0 * * * *", "--rate", "deploy=1", "--serial", "deploy")
    same = json.loads(plan(folder / "manual", "deploy", "--format", "json", *given).stdout)
    assert read["day"] | {"notes": []} == same["day"]


def test_a_pipeline_without_a_timer_is_named(folder):
    configured(folder, HOURLY, SERIAL)
    arrivals, notes = day(folder, "--day")
    assert arrivals == {"hourly": 24}
    assert notes == [
        "deploy: how many buildsets come is not known: the pipeline has no timer; --rate deploy=N "
        "gives a number.",
        IS_SERIAL,
        FROM_TIMER,
    ]


def test_given_timers_and_rates_win(folder):
    configured(folder, HOURLY, "{name: deploy, manager: independent, trigger: {timer: "
               "{time: '0 0 * * *'}}}")  # fmt: skip
    arrivals, notes = day(folder, "--day", "--timer", "hourly=0 */2 * * *")
    assert (arrivals, notes) == (
        {"hourly": 12, "deploy": 1},
        ["deploy: the configuration has the timer '0 0 * * *'."],
    )


def test_without_the_option_no_timer_is_read(folder):
    configured(folder, HOURLY, "{name: deploy, manager: independent, trigger: {timer: "
               "{time: '0 0 * * *'}}}")  # fmt: skip
    assert day(folder, "--timer", "hourly=0 */2 * * *") == ({"hourly": 12}, [])


def test_several_timers_of_a_pipeline(folder):
    configured(folder, "{name: hourly, manager: independent, trigger: {timer: [{time: '0 2 * * *'},"
               " {time: '0 14 * * * 30 600'}, {time: '0 2 * * *'}]}}", SERIAL)  # fmt: skip
    arrivals, notes = day(folder, "--day", "--rate", "deploy=1")
    assert arrivals["hourly"] == 2
    assert notes[1:] == [
        "hourly: the configuration has the timer '0 2 * * *'.",
        "hourly: the configuration has the timer '0 14 * * * 30 600'.",
    ]


def test_a_timer_that_zuul_ignores_is_named(folder):
    configured(folder, "{name: hourly, manager: independent, trigger: {timer: [{time: '0 * *'}, "
               "{time: '61 * * * *'}, {time: '0 * * * * 0 soon'}, {time: '0 5 * * *'}]}}",
               SERIAL)  # fmt: skip
    arrivals, notes = day(folder, "--day", "--rate", "deploy=1")
    assert arrivals["hourly"] == 1
    read, fields, minute, jitter = notes[1:]
    assert read == "hourly: the configuration has the timer '0 5 * * *'."
    assert fields == "hourly: Zuul ignores a timer: '0 * *' has 3 fields; a timer has 5 to 7."
    # the end is a text of the library
    assert minute.startswith(
        "hourly: Zuul ignores a timer: '61 * * * *' is not a time of a timer: "
    )
    assert jitter == (
        "hourly: Zuul ignores a timer: '0 * * * * 0 soon' has the jitter 'soon'; write seconds."
    )


def test_a_timer_on_other_days_is_named(folder):
    configured(folder, "{name: hourly, manager: independent, trigger: {timer: {time: "
               "'0 2 * * 6'}}}", SERIAL)  # fmt: skip
    arrivals, notes = day(folder, "--day", "--rate", "deploy=1")
    assert arrivals["hourly"] == 0
    assert notes[-1] == (
        "hourly: the timer '0 2 * * 6' does not fire on the simulated day, a Monday."
    )


@pytest.mark.parametrize(
    "trigger", ["{timer: {time: [0 * * * *]}}", "{timer: 5}", "{timer: [x]}", "[timer]", "5"]
)
def test_a_trigger_in_another_form_is_no_timer(trigger, folder):
    configured(folder, f"{{name: hourly, manager: independent, trigger: {trigger}}}", SERIAL)
    result = plan(folder / "manual", "deploy", "--day", "--rate", "deploy=1")
    assert result.exit_code in (0, 1), result.output
    assert "timer" not in result.output.replace("has no timer", "") or "mistake" in result.output


def test_a_pipeline_of_another_repository_is_not_known(folder):
    configured(folder, HOURLY)
    arrivals, notes = day(folder, "--day")
    assert arrivals == {"hourly": 24}
    assert notes[0] == (
        "deploy: how many buildsets come is not known: the pipeline is not defined in this "
        "configuration."
    )


def test_a_configuration_that_is_not_there_is_not_known(folder):
    shutil.rmtree(folder / "repository")
    arrivals, notes = day(folder, "--day", "--timer", "hourly=0 * * * *")
    assert arrivals == {"hourly": 24}
    [note] = notes
    assert note.startswith("deploy: how many buildsets come is not known: configuration 'ours': ")


def test_a_day_without_a_buildset_is_refused(folder):
    result = plan(folder / "manual", "deploy", "--day")
    assert (result.exit_code, result.output.splitlines()[-1]) == (
        2,
        "Error: no buildset comes in the day: deploy: how many buildsets come is not known: the "
        "pipeline has no timer; --rate deploy=N gives a number; deploy: its manager runs one "
        "buildset after another; hourly: how many buildsets come is not known: the pipeline is "
        "not defined in this configuration",
    )


def test_timers_of_a_repository_alone(folder):
    configured(folder, "{name: deploy, manager: independent, trigger: {timer: {time: "
               "'30 4 * * *'}}}")  # fmt: skip
    result = plan(folder / "repository", "--project", "team/config", "--day")
    assert result.exit_code == 0, result.output
    assert "  deploy  1          0 s, 0 s       0 s, 0 s             0 s, 0 s" in result.output
    assert result.output.splitlines()[-1] == (
        "deploy: the configuration has the timer '30 4 * * *'."
    )


def test_a_timer_every_second_of_many_jobs_is_refused(folder):
    configured(folder, "{name: deploy, manager: independent, trigger: {timer: {time: "
               "'* * * * * *'}}}")  # fmt: skip
    result = plan(folder / "manual", "deploy", "--day")
    assert (result.exit_code, result.output.splitlines()[-1]) == (
        2, "Error: the day has more than 200000 jobs; use lower rates",
    )  # fmt: skip


def test_a_date_that_never_comes_never_fires():
    assert list(timer("0 0 31 2 *")) == []


def test_the_first_and_the_last_second_of_the_day():
    assert list(timer("0 0 * * *")) == [0]
    assert list(timer("59 23 * * * 59")) == [24 * 60 * 60 - 1]


def test_a_jitter_that_is_no_number_is_refused():
    with pytest.raises(
        TimerError, match=r"^'0 \* \* \* \* 0 x' has the jitter 'x'; write seconds$"
    ):
        list(timer("0 * * * * 0 x"))
