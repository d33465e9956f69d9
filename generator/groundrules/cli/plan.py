"""``groundrules plan``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from groundrules.cli.options import CONFIGURATIONS, CONNECTIONS, ROOT
from groundrules.cli.printing import report
from groundrules.garbage import collection_paused_to_end


class NamedNumber(click.ParamType[tuple[str, int]]):
    """``NAME=N`` with a whole number above zero."""

    name = "NAME=N"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, int]:
        """Return the name and the number."""
        if isinstance(value, tuple):
            return value
        name, _, number = value.rpartition("=")
        if (
            not name
            or not number.isascii()
            or not number.isdecimal()
            or not 0 < int(number) < 10**6
        ):
            self.fail(f"{value!r} is not NAME=N with a number from 1 to 999999", param, ctx)
        return name, int(number)


class JobDuration(click.ParamType[tuple[str, int]]):
    """``JOB=DURATION`` with a duration such as 9 min or 1 h 30 min."""

    name = "JOB=DURATION"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, int]:
        """Return the job and its duration in seconds."""
        from groundrules.records.fields import duration_of

        if isinstance(value, tuple):
            return value
        job, _, text = value.rpartition("=")
        try:
            seconds = int(duration_of(text).total_seconds())
        except ValueError:
            job = ""
        if not job:
            self.fail(f"{value!r} is not JOB=DURATION, such as 'web=1 h 30 min'", param, ctx)
        return job, seconds


class NamedText(click.ParamType[tuple[str, str]]):
    """``PIPELINE=TIME``."""

    name = "PIPELINE=TIME"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, str]:
        """Return the pipeline and the time."""
        if isinstance(value, tuple):
            return value
        name, _, text = value.partition("=")
        if not name or not text:
            self.fail(f"{value!r} is not PIPELINE=TIME, such as 'hourly=0 * * * *'", param, ctx)
        return name, text


class NamedRate(click.ParamType[tuple[str, float]]):
    """``PIPELINE=N`` with a number above zero."""

    name = "PIPELINE=N"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, float]:
        """Return the pipeline and the number."""
        if isinstance(value, tuple):
            return value
        name, _, text = value.partition("=")
        try:
            rate = float(text)
        except ValueError:
            rate = 0
        if not name or not 0 < rate <= 3600:
            self.fail(f"{value!r} is not PIPELINE=N with a number up to 3600", param, ctx)
        return name, rate


class Jobs(click.ParamType[tuple[str, ...]]):
    """Names of jobs, separated by commas."""

    name = "A,B"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, ...]:
        """Return the names."""
        if isinstance(value, tuple):
            return value
        return tuple(name.strip() for name in value.split(",") if name.strip())


@click.command()
@click.argument("graphs", metavar="[GRAPH]...", nargs=-1)
@ROOT
@click.option(
    "--data", show_default="data, or groundrules_data of conf.py",
    help="Folder of records in the manual.",
)  # fmt: skip
@click.option(
    "--pipeline", "pipelines", multiple=True,
    help="Pipeline to plan. Can be repeated.  [default: all of the graph or project]",
)  # fmt: skip
@click.option("--real", is_flag=True, help="Also plan the graph as the configuration has it.")
@CONFIGURATIONS
@click.option("--project", help="Without a manual: project to plan.")
@click.option("--branch", help="Without a manual: branch of the change.")
@click.option(
    "--tenant-config", "tenant_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Zuul's tenant file, to plan without a manual.",
)  # fmt: skip
@click.option("--tenant", help="Tenant to resolve, if the tenant file has several.")
@CONNECTIONS
@click.option(
    "--builds", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File with build records of Zuul's REST API, for durations. Can be repeated.",
)  # fmt: skip
@click.option(
    "--duration", "durations", multiple=True, type=JobDuration(),
    help="What if a job took so long.",
)  # fmt: skip
@click.option(
    "--semaphore", "semaphores", multiple=True, type=NamedNumber(),
    help="What if a semaphore admitted N jobs.",
)  # fmt: skip
@click.option("--nodes", type=click.IntRange(1, 10**6), help="What if there were N nodes.")
@click.option(
    "--without-edge", "removed", nargs=2, multiple=True, metavar="JOB DEPENDENCY",
    help="What if JOB did not wait for DEPENDENCY.",
)  # fmt: skip
@click.option(
    "--with-edge", "added", nargs=2, multiple=True, metavar="JOB DEPENDENCY",
    help="What if JOB waited for DEPENDENCY.",
)  # fmt: skip
@click.option(
    "--merge", "merges", multiple=True, type=Jobs(),
    help="What if these jobs were one, which does their work one after another.",
)  # fmt: skip
@click.option(
    "--split", "splits", multiple=True, type=NamedNumber(),
    help="What if a job were N jobs side by side, each with a part of its work.",
)  # fmt: skip
@click.option(
    "--exact", type=click.FloatRange(0, 3600, min_open=True), metavar="SECONDS",
    help="Look for the best order of starting for at most so long. Needs groundrules[plan].",
)  # fmt: skip
@click.option(
    "--timer", "timers", multiple=True, type=NamedText(),
    help="Simulate a day: when a pipeline's timer fires, as the time of a timer trigger in Zuul.",
)  # fmt: skip
@click.option(
    "--rate", "rates", multiple=True, type=NamedRate(),
    help="Simulate a day: how many buildsets of a pipeline come in an hour, at random.",
)  # fmt: skip
@click.option(
    "--serial", multiple=True, metavar="PIPELINE",
    help="For a day: a pipeline that runs one buildset after another. Can be repeated.",
)  # fmt: skip
@click.option("--seed", type=int, default=0, show_default=True, help="For --rate.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def plan(form: str, **options: Any) -> None:
    """Show how long a job graph takes, what holds it back, and what would make it shorter.

    GRAPH is the id of a documented graph of the manual. Without a manual, the graphs of the Zuul
    configuration in --root or --tenant-config are planned, and durations come from --builds.

    Jobs start as Zuul starts them. Options that begin with "What if" change the graph, and the
    result is compared with today. With --timer or --rate, a day of all pipelines is simulated, in
    which the buildsets of several graphs share semaphores and locks.

    Two jobs without a known order are never said to be safe side by side.
    """
    from groundrules.plan.planned_graph import PlanError
    from groundrules.planner.manual_graphs import PlanMistakesError
    from groundrules.planner.plan_request import plans
    from groundrules.report.plans import plans_text

    click.get_current_context().with_resource(collection_paused_to_end())
    try:
        planned = plans(_request(options))
    except PlanError as error:
        raise click.UsageError(str(error)) from None
    except PlanMistakesError as error:
        click.echo(f"groundrules: {error}", err=True)
        report(error.findings)
        sys.exit(1)
    except ImportError as error:
        raise click.UsageError(_missing(error)) from None
    click.echo(plans_text(planned, form), nl=False)
    sys.exit(
        0 if all((named.changed or named.current).schedule.ends for named in planned.named) else 1
    )


def _missing(error: ImportError) -> str:
    library = (error.name or "").partition(".")[0]
    return f"{library} is not installed; install groundrules[plan]"


def _request(options: dict[str, Any]) -> Any:
    from groundrules.manual_folder import ManualFolder
    from groundrules.plan.day_request import DayRequest
    from groundrules.plan.what_ifs import WhatIfs
    from groundrules.planner.plan_request import PlanRequest

    keys = ("removed", "added", "durations", "splits", "merges", "semaphores", "nodes")
    root = options["root"].resolve()
    return PlanRequest(
        root=root,
        data=options["data"] or ManualFolder(root).data,
        graphs=options["graphs"],
        pipelines=options["pipelines"],
        real=options["real"],
        paths=options["configurations"],
        question=_question(options, root),
        what_ifs=WhatIfs(**{key: options[key] for key in keys}),
        builds=options["builds"],
        exact=options["exact"],
        day=DayRequest(**{key: options[key] for key in ("timers", "rates", "serial", "seed")}),
    )


def _question(options: dict[str, Any], root: Path) -> Any:
    """Return which real graphs are planned without a manual; None with one."""
    from groundrules.ci.graph_question import GraphQuestion
    from groundrules.manual_folder import ManualFolder

    if options["graphs"] or (ManualFolder(root).exists and not options["tenant_file"]):
        return None
    if len(options["pipelines"]) > 1:
        raise click.UsageError("without a manual, plan one --pipeline, or leave it out for all")
    return GraphQuestion(
        root=options["root"],
        tenant_file=options["tenant_file"],
        tenant=options["tenant"],
        hosts=dict(options["hosts"]),
        project=options["project"],
        pipeline=next(iter(options["pipelines"]), None),
        branch=options["branch"],
    )
