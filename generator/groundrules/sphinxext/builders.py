"""The known builders: those of Sphinx, of the manual's extensions, and of other packages."""

from __future__ import annotations

from contextlib import AbstractContextManager
from importlib.metadata import entry_points

from sphinx.application import Sphinx
from sphinx.registry import SphinxComponentRegistry

from groundrules.nearest import did_you_mean
from groundrules.replaced import replaced


class UnknownBuilderError(SystemExit):
    """A builder is unknown; the message has the nearest known name.

    Sphinx catches and reports every `Exception` itself.
    """


def known_builders() -> AbstractContextManager[None]:
    """Raise `UnknownBuilderError` instead of Sphinx's own error about an unknown builder.

    The builders are known only there, after all extensions are loaded.
    """
    load = SphinxComponentRegistry.preload_builder

    def preload(registry: SphinxComponentRegistry, app: Sphinx, name: str) -> None:
        known = {*registry.builders, *entry_points(group="sphinx.builders").names}
        if name not in known:
            hint = did_you_mean(name, known, "known")
            raise UnknownBuilderError(f"unknown builder {name!r}{hint}")
        load(registry, app, name)

    return replaced(SphinxComponentRegistry, preload_builder=preload)
