"""`LogFiles`: the files of build logs on the servers that have them."""

from __future__ import annotations

from urllib.parse import urlsplit

from groundrules.verify.node_facts import SkippedFacts
from groundrules.verify.reading.node_build import FactFile
from groundrules.zuul_api.api_errors import NotThereError, ZuulApiError
from groundrules.zuul_api.http_client import HttpClient

MOST_FAILURES = 5
"""Failures of a server in a row after which it is not asked any more."""


class NoLogFileError(Exception):
    """A file cannot be fetched; the message says why.  ``is_missing`` if it does not exist."""

    def __init__(self, message: str, *, is_missing: bool = False) -> None:
        super().__init__(message)
        self.is_missing = is_missing


class LogFiles:
    """Gets files; a server that fails again and again is left alone for the rest of the run."""

    def __init__(self, client: HttpClient) -> None:
        self._client = client
        self._failures: dict[str, int] = {}

    def get(self, address: str) -> bytes:
        """Return the file at an address.  Raises `NoLogFileError`."""
        server = urlsplit(address).netloc
        if self._failures.get(server, 0) >= MOST_FAILURES:
            raise NoLogFileError(f"{server} failed {MOST_FAILURES} times in a row")
        try:
            content = self._client.get(address)
        except NotThereError as error:
            self._failures.pop(server, None)
            raise NoLogFileError(_without(address, error), is_missing=True) from None
        except ZuulApiError as error:
            self._failures[server] = self._failures.get(server, 0) + 1
            raise NoLogFileError(_without(address, error)) from None
        self._failures.pop(server, None)
        return content

    def document(self, address: str, node: str) -> FactFile | SkippedFacts:
        """Return the document about a node at an address, or why it is skipped."""
        try:
            return FactFile(address, node, data=self.get(address))
        except NoLogFileError as error:
            return SkippedFacts(address, str(error))

    def inventory(self, address: str) -> FactFile | None:
        """Return the inventory at an address; None if there is none.

        Raises `NoLogFileError` otherwise: the next run may know the labels.
        """
        try:
            return FactFile(address, data=self.get(address))
        except NoLogFileError as error:
            if error.is_missing:
                return None
            raise


def _without(address: str, error: ZuulApiError) -> str:
    """Return a message without the address at its beginning, which is named beside it."""
    return str(error).removeprefix(f"{address}: ")
