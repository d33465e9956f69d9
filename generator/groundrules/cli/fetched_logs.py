"""``groundrules verify --fetch``: facts from the logs of a running Zuul, or of listed addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from groundrules.cli.options import linked

if TYPE_CHECKING:
    from groundrules.verify.fetching.fetch_request import FetchRequest

F = TypeVar("F", bound=Callable[..., Any])
_BEGINNING = 4096  # bytes in which a list of addresses has its first


def _per_second(ctx: click.Context, param: click.Parameter, value: str) -> float:
    """Return a number of requests a second, such as ``5`` or ``0.5/s``."""
    with suppress(ValueError):
        number = float(value.removesuffix("/s"))
        if 0.001 <= number <= 1000:
            return number
    raise click.BadParameter(f"{value!r} is not a rate; write a number such as 5/s", ctx, param)


_OPTIONS = (
    click.option("--zuul-url", metavar="URL", help="Zuul whose builds have facts in their logs."),
    click.option("--tenant", help="Tenant of the builds.  [default: the only one]"),
    click.option("--project", "projects", multiple=True, help="Project of the builds."),
    click.option("--pipeline", "pipelines", multiple=True, help="Pipeline of the builds."),
    click.option("--job", "jobs", multiple=True, help="Job of the builds."),
    click.option(
        "--since", metavar="DAY", type=click.DateTime(["%Y-%m-%d"]),
        help="First day on which the builds ended, such as 2026-11-01.",
    ),
    click.option(
        "--limit", type=click.IntRange(1, 1_000_000), default=100, show_default=True,
        help="Most builds to list, the newest first.",
    ),
    click.option(
        "--rate", metavar="N/s", default="5/s", show_default=True, callback=_per_second,
        help="Most requests a second.",
    ),
    click.option(
        "--log-host", "log_hosts", multiple=True, metavar="HOST",
        help="Host of logs that may have an address which is not public.",
    ),
    click.option(
        "--fetch", is_flag=True,
        help="Make requests. Without it, the command says what it would fetch.",
    ),
)  # fmt: skip


def fetching(command: F) -> F:
    """Add the options that say what to fetch."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def request_of(
    options: dict[str, Any], paths: Iterable[str], root: Path
) -> tuple[FetchRequest, list[str]]:
    """Return what to fetch, and the paths that are not lists of addresses.

    Ends the command with a message if there is something to fetch and ``--fetch`` is missing.
    """
    from groundrules.verify.fetching.fetch_request import FetchRequest
    from groundrules.zuul_api.address import zuul_address
    from groundrules.zuul_api.api_errors import ZuulApiError
    from groundrules.zuul_api.build import BuildQuery

    lists, others = _lists(paths, root)
    _check(options)
    try:
        url = zuul_address(options["zuul_url"]) if options["zuul_url"] else ""
    except ZuulApiError as error:
        raise click.UsageError(str(error)) from None
    request = FetchRequest(
        url=url,
        tenant=options["tenant"],
        query=BuildQuery(
            projects=options["projects"],
            pipelines=options["pipelines"],
            jobs=options["jobs"],
            most=options["limit"],
        ),
        since=options["since"].date() if options["since"] else None,
        lists=tuple(lists),
        log_hosts=options["log_hosts"],
        rate=options["rate"],
    )
    if options["fetch"] and request.is_empty:
        raise click.UsageError("--fetch needs --zuul-url, or a file with addresses of facts")
    if not options["fetch"] and not request.is_empty:
        raise click.UsageError(f"nothing was fetched; with --fetch, it would {request.plan}")
    return request, others


def _check(options: dict[str, Any]) -> None:
    """Raise `click.UsageError` for an option that chooses builds without a Zuul."""
    named = ("tenant", "projects", "pipelines", "jobs", "since")
    if not options["zuul_url"] and (name := next((name for name in named if options[name]), "")):
        option = name.removesuffix("s") if name != "since" else name
        raise click.UsageError(f"--{option} chooses builds of a Zuul; add --zuul-url")


def _lists(paths: Iterable[str], root: Path) -> tuple[list[Any], list[str]]:
    from groundrules.confined import LinkError, read_named
    from groundrules.verify.fetching.address_list import LARGEST_LIST, AddressList, is_list

    lists, others = [], []
    for path in paths:
        try:
            is_of_addresses = is_list(read_named(Path(path), root, _BEGINNING))
        except OSError:  # a folder or a pattern, or a file about which reading says more
            is_of_addresses = False
        if not is_of_addresses:
            others.append(path)
            continue
        try:
            content = read_named(Path(path), root, LARGEST_LIST)
        except LinkError:
            raise click.UsageError(linked(Path(path))) from None
        if len(content) > LARGEST_LIST:
            raise click.UsageError(f"{path} has more than {LARGEST_LIST // 2**20} MiB; divide it")
        lists.append(AddressList(path, content.decode("utf-8", "replace")))
    return lists, others
