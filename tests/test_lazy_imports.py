"""What a build with nothing changed does without."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("feedgenerator", "pydantic", "pygraphviz", "yaml")


def test_the_extension_imports_nothing_that_only_reading_needs():
    code = f"import groundrules.sphinxext.extension, sys; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
