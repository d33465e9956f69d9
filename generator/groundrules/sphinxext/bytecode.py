"""The theme's templates, kept compiled from one build to the next as our own are.

What is kept stands beside Sphinx's own pickles, in the folder of doctrees: who can write there
could run anything in a build already.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

import sphinx


def keep_bytecode(app: Sphinx) -> None:
    """Keep the theme's templates compiled, unless somebody else does, or there are none."""
    from groundrules.pages.bytecode import Bytecode

    templates: Any = getattr(app.builder, "templates", None)
    environment = getattr(templates, "environment", None)
    if environment is not None and environment.bytecode_cache is None:
        environment.bytecode_cache = Bytecode(Path(app.doctreedir), sphinx.__version__)
