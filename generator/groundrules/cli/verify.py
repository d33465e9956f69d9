"""``groundrules verify``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from groundrules.cli.fetched_logs import fetching, request_of
from groundrules.cli.node_outputs import WRITE_ROLE, record_nodes, write_role
from groundrules.cli.options import DATA, IGNORE, ROOT, form_option, rules_option
from groundrules.cli.printing import fail, report, show_text

if TYPE_CHECKING:
    from groundrules.checker.node_check import NodeCheck
    from groundrules.records import Catalogue, LoadedData
    from groundrules.verify.collecting_run import Collected
    from groundrules.verify.facts_store import FactsStore
    from groundrules.verify.fetching.fetch_request import FetchRequest
    from groundrules.verify.node_facts import NodeFacts, NodeKind, SkippedFacts
    from groundrules.verify.reading import FactReader

OWN_FORMATS = {
    "text": ("verify_text", "text"),
    "json": ("verify_json", "data"),
    "prometheus": ("verify_prometheus", "prometheus"),
}
FORMATS = ("text", "json", "junit", "sarif", "prometheus")
EXTRAS = {
    "ansible_runner": "verify",
    "duckdb": "verify",
    "httpx": "verify",
    "ibis": "verify",
    "pyarrow": "verify",
    "pyspark": "spark",
}
SOURCES = ("local", "inventory", "store")


@click.command()
@click.argument("paths", metavar="[PATHS]...", nargs=-1)
@click.option(
    "--facts", "facts", metavar="PATH", multiple=True,
    help="Facts of nodes: a file, folder, archive, or a pattern in quotes. PATHS are more of them.",
)  # fmt: skip
@click.option("--local", is_flag=True, help="Let Ansible gather the facts of this machine.")
@click.option(
    "--inventory", metavar="HOSTS", type=click.Path(exists=True, path_type=Path),
    help="Let Ansible gather the facts of the hosts in an inventory.",
)  # fmt: skip
@click.option("--label", help="Label of nodes for which no inventory says it.")
@click.option("--provider", help="Provider of such nodes.")
@click.option("--region", help="Region of such nodes.")
@click.option(
    "--store", metavar="FOLDER",
    help="Keep the facts in a folder, so that the next run reads only new ones. With --engine, "
    "the URL of such a folder is asked.",
)  # fmt: skip
@click.option(
    "--engine", metavar="URL",
    help="Ask a Spark cluster, spark://HOST:PORT, that reads the folder of --store.",
)  # fmt: skip
@click.option(
    "--trends", is_flag=True,
    help="Show drifts, labels with two kinds of node, and what could be promised.",
)  # fmt: skip
@fetching
@WRITE_ROLE
@ROOT
@DATA
@form_option(*FORMATS, about="Format of the report.")
@rules_option("--select", "Rules to report: ids, or names.")
@IGNORE
@click.option(
    "--record", is_flag=True,
    help="Write how promises were kept to measured/ in the data, for the pages.",
)  # fmt: skip
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even if a promise is broken.")
def verify(
    paths: tuple[str, ...],
    facts: tuple[str, ...],
    role: Path | None,
    root: Path,
    data: str,
    **options: Any,
) -> None:
    """Compare what the manual promises of nodes with the facts of real nodes.

    The facts are those that Ansible reports: Zuul's role validate-host writes them to
    zuul-info/host-info.NODE.yaml in the logs of every build, with the label in inventory.yaml.

    Exit code 1 means that a guarantee is broken. 3 means that no node could be compared.
    """
    from groundrules.findings.selection import UnknownRuleError

    root = root.resolve()
    request, named = request_of(options, (*facts, *paths), root)
    has_source = named or not request.is_empty or any(options[name] for name in SOURCES)
    if role and has_source:
        raise click.UsageError("--write-role compares no node; leave out the facts")
    if role:
        write_role(role, root, data)
        return
    if not has_source:
        raise click.UsageError("name facts with --facts PATH, --inventory HOSTS or --local")
    loaded, catalogue = _loaded(root, data)
    try:
        check = _checked(_NodeRun(root, loaded, catalogue, request, named, options))
    except UnknownRuleError as error:
        raise click.UsageError(str(error)) from None
    except ModuleNotFoundError as error:
        extra = EXTRAS.get((error.name or "").partition(".")[0])
        if extra is None:
            raise
        fail(f"{error.name} is not installed; install groundrules[{extra}]")
    show_text(_rendered(check, options["form"]))
    if reason := check.verification.why_nothing:
        fail(f"nothing was compared: {reason}")
    if options["record"]:
        record_nodes(root, data, catalogue, check.verification)
    sys.exit(0 if options["exit_zero"] else check.result.exit_code)


def _loaded(root: Path, data: str) -> tuple[LoadedData, Catalogue]:
    """Return the data of a manual and its records; exit after a report of mistakes in it."""
    from groundrules.records import load

    loaded = load(root, data)
    if loaded.catalogue is None or loaded.report.has_errors:
        report(loaded.report.diagnostics, root)
        fail("the data has mistakes; correct them before nodes are compared with it")
    return loaded, loaded.catalogue


class _NodeRun(NamedTuple):
    """The data of a manual, and what nodes are compared with it."""

    root: Path
    loaded: LoadedData
    catalogue: Catalogue
    request: FetchRequest
    paths: list[str]
    options: dict[str, Any]


def _checked(run: _NodeRun) -> NodeCheck:
    from groundrules.checker.node_check import check_nodes
    from groundrules.findings.selection import Selection
    from groundrules.verify.collected_sources import opened_store
    from groundrules.verify.collecting_run import Collected
    from groundrules.verify.facts_engine import EngineError
    from groundrules.verify.facts_store import FactsStore
    from groundrules.verify.verified_nodes import verification_of

    options = run.options
    selection = Selection(options["select"], options["ignore"])
    _ = selection.rules  # an unknown rule is reported before anything is read
    _check_store(bool(run.paths) or not run.request.is_empty, options)
    with opened_store(options["store"]) as store:
        collected = Collected(0, 0, 0)
        if isinstance(store, FactsStore):
            collected = _collected(run, store)
        try:
            verification = verification_of(
                run.catalogue,
                store,
                collected,
                options["engine"],
                _given(options),
                has_trends=options["trends"],
            )
        except EngineError as error:
            fail(f"{options['engine'] or 'DuckDB'} cannot answer: {error}")
    return check_nodes(run.root, run.loaded, verification, selection)


def _check_store(has_facts: bool, options: dict[str, Any]) -> None:
    """Raise `click.UsageError` if the engine, the store and the facts do not go together."""
    store, engine = options["store"], options["engine"]
    has_facts = has_facts or options["local"] or bool(options["inventory"])
    is_url = "://" in (store or "")
    if engine and not store:
        raise click.UsageError("--engine needs --store FOLDER, which the cluster reads")
    if is_url and not engine:
        raise click.UsageError("the URL of a store needs --engine; without it, name a folder")
    if is_url and has_facts:
        raise click.UsageError("facts are collected in a folder only; name one with --store")
    if store and not (is_url or engine or has_facts or Path(store).is_dir()):
        raise click.UsageError(f"there is no folder {store}; name facts to collect in it")


def _collected(run: _NodeRun, store: FactsStore) -> Collected:
    """Add the facts of all sources to the store."""
    from groundrules.clock import now
    from groundrules.verify.collected_sources import collected_from, together
    from groundrules.verify.fetching.collected_logs import collect_fetched
    from groundrules.verify.reading import AskedFacts, FactPathError, FactReader, builds_at
    from groundrules.verify.reading import checked_paths as checked
    from groundrules.zuul_api.api_errors import ZuulApiError

    reader = FactReader(now(), AskedFacts.of(run.catalogue), _given(run.options))
    try:
        builds = builds_at(checked(run.paths), run.root)
    except FactPathError as error:
        raise click.UsageError(str(error)) from None
    collected = collected_from(store, builds, _gathered(run.options, reader), reader)
    if run.request.is_empty:
        return collected
    try:
        return together(collected, collect_fetched(store, run.request, reader))
    except ZuulApiError as error:
        fail(f"builds cannot be listed: {error}")


def _given(options: dict[str, Any]) -> NodeKind:
    """Return what nodes are of which no inventory says it."""
    from groundrules.verify.node_facts import NodeKind

    return NodeKind(*(options[name] or "" for name in ("label", "provider", "region")))


def _gathered(options: dict[str, Any], reader: FactReader) -> Iterator[NodeFacts | SkippedFacts]:
    """Yield the facts that Ansible gathers."""
    if not (options["local"] or options["inventory"]):
        return
    from groundrules.verify.ansible_facts import gathered

    if options["local"]:
        yield from gathered(None, reader)
    if options["inventory"]:
        yield from gathered(options["inventory"], reader)


def _rendered(check: NodeCheck, form: str) -> str:
    """Return the report in a format: one of this command, or one of ``check``."""
    from groundrules.report import FORMATS as SHARED

    result = check.result
    if form in SHARED and form not in OWN_FORMATS:
        return SHARED[form](result.diagnostics, result.context)
    module, function = OWN_FORMATS[form]
    render = getattr(import_module(f"groundrules.report.{module}"), function)
    rendered: str = render(check.verification, result.diagnostics, result.context)
    return rendered
