"""`SystemWords`: how the files of a CI system write what a check suggests."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct


class SystemWords(Struct, frozen=True, kw_only=True):
    """The words of one CI system, without which a suggestion names the thing in English.

    ``hard`` and ``soft`` write a dependency on ``{job}``; a system without soft dependencies has
    the same text for both.  ``whole_list`` writes all ``{jobs}`` that a job waits for.  ``limit``
    is the key that lets more jobs hold a semaphore, ``no_nodes`` the text that gives a job no
    node, ``files`` and ``irrelevant_files`` the keys of the expressions for changed files.
    """

    title: str = "the CI system"
    hard: str = "{job}"
    soft: str = "{job}"
    whole_list: str = "{jobs}"
    limit: str = "limit"
    no_nodes: str = "no nodes"
    files: str = "files"
    irrelevant_files: str = "irrelevant files"

    def dependency(self, job: str, *, soft: bool) -> str:
        """Return an entry in the list of jobs that a job waits for."""
        return (self.soft if soft else self.hard).format(job=job)

    def dependencies(self, entries: Iterable[str]) -> str:
        """Return the list of everything that a job waits for."""
        return self.whole_list.format(jobs=", ".join(entries))
