"""The names of a build's host-info files, from its ``zuul-manifest.json``.

The shape is that of the role ``generate-zuul-manifest`` of https://opendev.org/zuul/zuul-jobs: a
tree of folders and files, each with its name.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct

from groundrules.verify.reading.node_build import node_of

MANIFEST = "zuul-manifest.json"
MANIFEST_KIND = "zuul_manifest"
INFO = "zuul-info"


class ManifestError(Exception):
    """A text that is not the list of a build's logs."""


class _LogEntry(Struct):
    name: str


class _LogFolder(_LogEntry):
    children: msgspec.Raw = msgspec.Raw(b"null")


class _LogManifest(Struct):
    tree: list[_LogFolder]


def host_info_names(manifest: bytes) -> list[str]:
    """Return the names of the host-info files in the folder ``zuul-info``.

    Raises `ManifestError`.
    """
    try:
        tree = msgspec.json.decode(manifest, type=_LogManifest).tree
        folder = next((entry.children for entry in tree if entry.name == INFO), b"null")
        files = msgspec.json.decode(folder, type=list[_LogEntry] | None)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise ManifestError("it is not a list of logs as Zuul's jobs write it") from None
    return sorted({file.name for file in files or () if node_of(file.name)})
