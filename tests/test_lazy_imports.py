"""What a build with nothing changed does without."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HEAVY = ("feedgenerator", "pydantic", "pygraphviz", "yaml")


def test_the_extension_imports_nothing_that_only_reading_needs():
    code = (
        "import groundrules.sphinxext.extension, sys\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_file_is_formatted_without_pydantic(tmp_path: Path):
    """The hook runs for each commit; the models' order of keys comes from the cache."""
    (tmp_path / "memory.yaml").write_text("topic: memory\n", "utf-8")
    code = (
        "import sys\nfrom groundrules.cli import main\n"
        "main(['fmt', 'memory.yaml'], standalone_mode=False)\n"
        "print([name for name in ('docutils', 'pydantic', 'sphinx') if name in sys.modules])"
    )
    command = [sys.executable, "-c", code]
    home = os.environ | {"XDG_CACHE_HOME": str(tmp_path.parent / f"{tmp_path.name}-home")}
    subprocess.run(command, cwd=tmp_path, env=home, check=True)
    done = subprocess.run(
        command, cwd=tmp_path, env=home, capture_output=True, text=True, check=True
    )
    assert done.stdout == "0 files formatted, 1 unchanged.\n[]\n"


def test_a_command_imports_no_other_command():
    code = (
        "import sys\nfrom groundrules.cli import COMMANDS, main\n"
        "main(['explain', 'GR100'], standalone_mode=False)\n"
        "modules = {target.partition(':')[0] for target in COMMANDS.values()}\n"
        "print([name for name in sorted(modules) if f'groundrules.cli.{name}' in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "['explain']"
