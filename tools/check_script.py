"""Check the scripts of pages and of the preview with tools from npm; skipped where npm is missing.

The library in ``vendor/`` is made again, and must not differ from what is committed.

``python tools/check_script.py``
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent / "script"
VENDOR = "../../generator/groundrules/sphinxext/static/groundrules/vendor"


def main() -> int:
    """Return the exit code of the first check that fails, or 0."""
    npm = shutil.which("npm")
    if npm is None:
        print("npm is missing: the script of the pages was not checked")
        return 0
    for command in (
        [npm, "ci", "--no-audit", "--no-fund"],
        [npm, "run", "check"],
        [npm, "run", "vendor"],
        ["git", "diff", "--exit-code", "--stat", "--", VENDOR],
    ):
        code = subprocess.run(command, cwd=FOLDER, check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
