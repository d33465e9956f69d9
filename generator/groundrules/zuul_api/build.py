"""`Build`: a build as Zuul's REST API lists it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct


class BuildRecordsError(ValueError):
    """A text that is not the answer of the endpoint ``builds``."""


class _Ref(Struct):
    project: str | None = None


class Artifact(Struct):
    """A file or folder that a job returned to Zuul."""

    url: str | None = None
    metadata: dict[str, Any] | None = None

    @property
    def kind(self) -> Any:
        """Its type, such as ``zuul_manifest`` for the list of a build's logs."""
        return self.metadata.get("type") if self.metadata else None


class Build(Struct):
    """A build; only what is needed.  Zuul before version 9 has no ``ref``.

    ``duration`` is in seconds.  ``result`` is None while the build runs, and ``log_url`` while it
    has no logs.
    """

    uuid: str
    job_name: str
    result: str | None = None
    duration: float | None = None
    pipeline: str | None = None
    project: str | None = None
    ref: _Ref | None = None
    log_url: str | None = None
    end_time: str | None = None
    artifacts: list[Artifact] | None = None

    @property
    def project_name(self) -> str | None:
        """The project, without its host."""
        return self.ref.project if self.ref else self.project


def builds_of(text: bytes) -> list[Build]:
    """Return the builds of an answer.

    Raises `BuildRecordsError` for other texts.
    """
    try:
        return msgspec.json.decode(text, type=list[Build])
    except RecursionError as error:
        raise BuildRecordsError("the JSON is nested too deeply") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BuildRecordsError(f"not a list of builds as Zuul returns it: {error}") from error


class BuildQuery(Struct, frozen=True, kw_only=True):
    """Which builds to list, the newest first; an empty value stands for all.

    Of several values, a build has one.  ``most`` is the number of builds after which to stop, and
    ``page`` how many one request asks for.
    """

    projects: tuple[str, ...] = ()
    """Names without the host, such as ``opendev/system-config``."""
    pipelines: tuple[str, ...] = ()
    jobs: tuple[str, ...] = ()
    most: int = 1_000
    page: int = 200

    def parameters(self) -> Iterator[tuple[str, str]]:
        """Yield the names and values that choose builds; those of a page are not among them."""
        named = (
            ("project", self.projects),
            ("pipeline", self.pipelines),
            ("job_name", self.jobs),
        )
        yield from ((name, value) for name, values in named for value in values)
