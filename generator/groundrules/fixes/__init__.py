"""`Fix` → the text of the file with the fix, and nothing else changed.

Texts are edited at the characters of a value that libyaml reports.  The usual way is a round trip
through ruamel.yaml.  With the best indentation for each file, no line width and preserved quotes,
it left 31 of this project's 34 files unchanged, and reformatted flow mappings, long lines and
unusual indentation in the others.  Here, all other bytes stay, because only the edit is written.
Each edit is verified: the new text must parse as the old values with exactly the intended change,
and must contain the same comments.  Otherwise the fix is refused.
"""

from groundrules.fixes.fixed_files import FixedFile, fix_files
from groundrules.fixes.proof import FixRefusedError, fixed

__all__ = ["FixRefusedError", "FixedFile", "fix_files", "fixed"]
