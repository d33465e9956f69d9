"""`BuildQuery`: which builds to list, and the parameters that ask for them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct


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
