"""What a build with nothing changed does without."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("feedgenerator", "pydantic", "pygraphviz", "yaml")


def test_the_extension_imports_nothing_that_only_reading_needs():
    code = (
        "import groundrules.sphinxext.extension, sys\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
