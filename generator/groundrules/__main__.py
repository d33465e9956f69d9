"""``python -m groundrules`` and the command ``groundrules``."""

from __future__ import annotations

import os

from groundrules.interrupts import interruptible


def main() -> None:
    """Run the command; signals are handled before the command line is imported.

    Plugins of pydantic are not loaded: a check needs none, and to look for them takes 20 ms.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    with interruptible():
        from groundrules.cli import main as command

        command(prog_name="groundrules")


if __name__ == "__main__":
    main()
