"""``groundrules fmt``: one layout for data files.

``tree_text`` writes a tree of the YAML text as lines, `formatting` sorts its keys, and ``proof``
verifies that the new text has the same values and comments.
"""
