"""``python -m groundrules`` is the command ``groundrules``."""

from groundrules.cli import main

main(prog_name="groundrules")
