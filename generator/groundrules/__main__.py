"""``python -m groundrules`` and the command ``groundrules``."""

from __future__ import annotations

from groundrules.interrupts import interruptible


def main() -> None:
    """Run the command; signals are handled before the command line is imported."""
    with interruptible():
        from groundrules.cli import main as command

        command(prog_name="groundrules")


if __name__ == "__main__":
    main()
