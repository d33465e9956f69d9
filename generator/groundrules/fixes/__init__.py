"""`Fix` → the text of the file with the fix in it, and nothing else changed.

Texts are edited at the characters that libyaml says a value takes up.  A round trip through
ruamel.yaml is the usual way; with the indentation that fits each file best, no line width and
quotes kept it left 31 of this project's 34 files as they were, and lays out flow mappings, long
lines and odd indentation anew in the others.  Here every other byte stays because nothing else
is written, and what an edit means is proved: the new text has to read as the old values with
exactly the change asked for, and to hold the same comments.  What cannot be proved is refused.
"""

from groundrules.fixes.fixed_files import FixedFile, fix_files
from groundrules.fixes.proof import FixRefusedError, fixed

__all__ = ["FixRefusedError", "FixedFile", "fix_files", "fixed"]
