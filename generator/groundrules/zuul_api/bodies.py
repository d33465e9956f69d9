"""The body of an answer, decompressed, and never larger than allowed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from groundrules.zuul_api.api_errors import ZuulApiError

_EITHER = 32 + zlib.MAX_WBITS
"""zlib's number for gzip and deflate alike."""


def body_of(chunks: Iterable[bytes], encoding: str, largest: int) -> bytes:
    """Return a body of at most ``largest`` bytes.

    ``chunks`` come from the server; ``encoding`` is its ``Content-Encoding``.  Raises
    `ZuulApiError` for a body that is too large or damaged.
    """
    if encoding not in ("", "identity", "gzip", "deflate"):
        raise ZuulApiError(f"the answer is compressed as {encoding[:40]!r}, which was not asked")
    plain = _decompressed(chunks, largest) if encoding in ("gzip", "deflate") else chunks
    body = bytearray()
    for chunk in plain:
        body += chunk
        if len(body) > largest:
            raise ZuulApiError(f"the answer has more than {largest:,} bytes")
    return bytes(body)


def _decompressed(chunks: Iterable[bytes], largest: int) -> Iterator[bytes]:
    """Yield what chunks decompress to, at most one byte more than ``largest`` at a time."""
    inflate = zlib.decompressobj(_EITHER)
    try:
        for chunk in chunks:
            yield inflate.decompress(chunk, largest + 1)
            if inflate.unconsumed_tail:  # the rest of a chunk that is larger than all allowed
                return
    except zlib.error as error:
        raise ZuulApiError(f"the answer is damaged: {error}") from None
    if not inflate.eof:
        raise ZuulApiError("the answer ends too early")
