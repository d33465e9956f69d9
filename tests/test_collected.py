"""Every test module is where pytest looks for it: ``conftest.py`` leaves out folders of cases."""

from __future__ import annotations

import os
from pathlib import Path

HERE = Path(__file__).parent


def test_no_test_module_is_below_the_folder_of_a_part():
    modules = [
        os.path.relpath(Path(folder, name), HERE)
        for folder, _, names in os.walk(HERE)
        for name in names
        if name.startswith("test_") and name.endswith(".py")
    ]
    assert "test_collected.py" in modules
    assert [name for name in modules if len(Path(name).parts) > 2] == []
