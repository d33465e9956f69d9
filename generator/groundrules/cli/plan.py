"""``groundrules plan``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from groundrules.cli.named_values import DURATION, NUMBER, RATE, TIME, names_in
from groundrules.cli.options import (
    CONFIGURATIONS,
    CONNECTIONS,
    DATA,
    EXISTING_FILE,
    ROOT,
    TENANT,
    configuration_folder,
    form_option,
    tenant_config,
)
from groundrules.cli.printing import refuse
from groundrules.garbage import collection_paused_to_end


@click.command()
@click.argument("graphs", metavar="[GRAPH]...", nargs=-1)
@ROOT
@DATA
@click.option(
    "--pipeline", "pipelines", multiple=True,
    help="Pipeline to plan. Can be repeated.  [default: all of the graph or project]",
)  # fmt: skip
@click.option("--real", is_flag=True, help="Also plan the graph as the configuration has it.")
@CONFIGURATIONS
@click.option("--project", help="Without a manual: project to plan.")
@click.option("--branch", help="Without a manual: branch of the change.")
@tenant_config("With one, no manual is needed.")
@TENANT
@CONNECTIONS
@click.option(
    "--builds", multiple=True, type=EXISTING_FILE,
    help="File with build records of Zuul's REST API, for durations. Can be repeated.",
)  # fmt: skip
@click.option(
    "--zuul-url", metavar="URL",
    help="Running Zuul to ask for build records, such as https://zuul.example.org, for durations. "
    "Needs groundrules[plan].",
)  # fmt: skip
@click.option(
    "--duration", "durations", multiple=True, type=DURATION,
    help="What if a job took so long, such as web=1h30m.",
)  # fmt: skip
@click.option(
    "--semaphore", "semaphores", multiple=True, type=NUMBER,
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
    "--merge", "merges", multiple=True, type=names_in, metavar="A,B",
    help="What if these jobs were one, which does their work one after another.",
)  # fmt: skip
@click.option(
    "--split", "splits", multiple=True, type=NUMBER,
    help="What if a job were N jobs side by side, each with a part of its work.",
)  # fmt: skip
@click.option(
    "--exact", type=click.FloatRange(0, 3600, min_open=True), metavar="SECONDS",
    help="Look for the best order of starting for at most so long. Needs groundrules[plan].",
)  # fmt: skip
@click.option(
    "--timer", "timers", multiple=True, type=TIME,
    help="Simulate a day: when a pipeline's timer fires, as the time of a timer trigger in Zuul.",
)  # fmt: skip
@click.option(
    "--rate", "rates", multiple=True, type=RATE,
    help="Simulate a day: how many buildsets of a pipeline come in an hour, at random.",
)  # fmt: skip
@click.option(
    "--serial", multiple=True, metavar="PIPELINE",
    help="For a day: a pipeline that runs one buildset after another. Can be repeated.",
)  # fmt: skip
@click.option(
    "--day", "is_read", is_flag=True,
    help="Simulate a day, with the timers of the configuration for pipelines without --timer and "
    "--rate.",
)  # fmt: skip
@click.option("--seed", type=int, default=0, show_default=True, help="For --rate.")
@form_option("text", "json")
def plan(form: str, **options: Any) -> None:
    """Show how long a job graph takes, what holds it back, and what would make it shorter.

    GRAPH is the id of a documented graph of the manual. Without a manual, the graphs of the Zuul
    configuration in --root or --tenant-config are planned, and durations come from --builds or
    --zuul-url.

    Jobs start as Zuul starts them. Options that begin with "What if" change the graph, and the
    result is compared with today. With --day, --timer or --rate, a day of all pipelines is
    simulated, in which the buildsets of several graphs share semaphores and locks.

    Two jobs without a known order are never said to be safe side by side.
    """
    from groundrules.authoring.drafts.request import MistakesError
    from groundrules.authoring.drafts.source import UnclearError
    from groundrules.plan.planned_graph import PlanError
    from groundrules.planner.plan_request import plans
    from groundrules.report.plans import plans_text

    click.get_current_context().with_resource(collection_paused_to_end())
    try:
        planned = plans(_request(options))
    except (PlanError, UnclearError) as error:
        raise click.UsageError(str(error)) from None
    except MistakesError as error:
        refuse(error, error.findings, options["root"])
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
    from groundrules.plan.day_request import DayRequest
    from groundrules.plan.what_ifs import WhatIfs
    from groundrules.planner.plan_request import PlanRequest

    keys = ("removed", "added", "durations", "splits", "merges", "semaphores", "nodes")
    root = options["root"].resolve()
    return PlanRequest(
        root=root,
        data=options["data"],
        graphs=options["graphs"],
        pipelines=options["pipelines"],
        real=options["real"],
        paths=options["configurations"],
        question=_question(options, root),
        what_ifs=WhatIfs(**{key: options[key] for key in keys}),
        builds=options["builds"],
        zuul_url=options["zuul_url"],
        tenant=options["tenant"],
        exact=options["exact"],
        day=DayRequest(
            **{key: options[key] for key in ("timers", "rates", "serial", "seed", "is_read")}
        ),
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
        root=options["root"] if options["tenant_file"] else configuration_folder(options["root"]),
        tenant_file=options["tenant_file"],
        tenant=options["tenant"],
        hosts=options["hosts"],
        project=options["project"],
        pipeline=next(iter(options["pipelines"]), None),
        branch=options["branch"],
    )
