"""`SystemWords`: the syntax of suggestions in the files of a CI system."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct


class SystemWords(Struct, frozen=True, kw_only=True):
    """The syntax of one CI system; the defaults are in English.

    ``hard`` and ``soft`` are the dependency on ``{job}``; a system without soft dependencies has
    the same text for both.  ``whole_list`` is the list of all ``{jobs}`` that a job waits for.
    ``limit`` is the key for the limit of a semaphore, ``no_nodes`` the text for a job without
    nodes, ``files`` and ``irrelevant_files`` the keys of the expressions for changed files,
    ``negated`` the expression that matches what ``{text}`` does not.
    """

    title: str = "the CI system"
    hard: str = "{job}"
    soft: str = "{job}"
    whole_list: str = "{jobs}"
    limit: str = "limit"
    no_nodes: str = "no nodes"
    files: str = "files"
    irrelevant_files: str = "irrelevant files"
    negated: str = "not {text}"

    def dependency(self, job: str, *, soft: bool) -> str:
        """Return an item for the list of dependencies of a job."""
        return (self.soft if soft else self.hard).format(job=job)

    def dependencies(self, entries: Iterable[str]) -> str:
        """Return the complete list of dependencies of a job."""
        return self.whole_list.format(jobs=", ".join(entries))
