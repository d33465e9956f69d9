"""YAML text → plain values with the line and column of every key, value and item.

Only this package imports the YAML library.  Values are those of PyYAML's ``SafeLoader`` (YAML
1.1, https://yaml.org/spec/1.1/): the resolver and the scalar constructors are PyYAML's own, so
``no`` is false and ``2016-11-07`` is a date, as for Zuul.  Merges (``<<``) are those of PyYAML
6.0.3, whichever version is installed.  In addition, there are positions, custom tags (as
`Tagged`), and limits for files that are not trusted.

Modules that need the YAML library are imported on first use: a check of unchanged files does not
need it.

`read` takes bytes and returns a `ParsedYaml`.  `place_in` returns the place of a character of a
value in the file.  `part_of` cuts out the lines of some keys, without parsing the others.
`comments` returns the comments, which the parser drops, and `parsed` the
start and end of each value, for edits of the text.  `yaml_text` writes plain values, and
`source_tree` is a text as it is written, for a formatter.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from groundrules.yamlsource.block_parts import part_of
from groundrules.yamlsource.comments import Comment, comments
from groundrules.yamlsource.impossible_dates import why_no_date
from groundrules.yamlsource.places import lines_of, place_in
from groundrules.yamlsource.values import (
    Limits,
    Mapping,
    NotText,
    ParsedYaml,
    Place,
    Problem,
    Sequence,
    Tagged,
    untagged,
)

if TYPE_CHECKING:
    from groundrules.yamlsource.block_scalars import STEP, folded_lines, literal_lines
    from groundrules.yamlsource.nodes import repeated_keys
    from groundrules.yamlsource.reader import decoded, read
    from groundrules.yamlsource.scalars import is_text
    from groundrules.yamlsource.spans import Node, parsed
    from groundrules.yamlsource.trees import SourceTree, TreeEntry, TreeNode, marks, source_tree
    from groundrules.yamlsource.widths import columns, filled
    from groundrules.yamlsource.writing import WIDTH, flow_text, yaml_text
    from groundrules.yamlsource.yaml_errors import odd_space

_MODULES = {
    "STEP": "block_scalars",
    "WIDTH": "writing",
    "TreeEntry": "trees",
    "Node": "spans",
    "SourceTree": "trees",
    "TreeNode": "trees",
    "columns": "widths",
    "decoded": "reader",
    "filled": "widths",
    "flow_text": "writing",
    "folded_lines": "block_scalars",
    "is_text": "scalars",
    "literal_lines": "block_scalars",
    "marks": "trees",
    "odd_space": "yaml_errors",
    "parsed": "spans",
    "read": "reader",
    "repeated_keys": "nodes",
    "source_tree": "trees",
    "yaml_text": "writing",
}

__all__ = [
    "STEP",
    "WIDTH",
    "Comment",
    "Limits",
    "Mapping",
    "Node",
    "NotText",
    "ParsedYaml",
    "Place",
    "Problem",
    "Sequence",
    "SourceTree",
    "Tagged",
    "TreeEntry",
    "TreeNode",
    "columns",
    "comments",
    "decoded",
    "filled",
    "flow_text",
    "folded_lines",
    "is_text",
    "lines_of",
    "literal_lines",
    "marks",
    "odd_space",
    "parsed",
    "part_of",
    "place_in",
    "read",
    "repeated_keys",
    "source_tree",
    "untagged",
    "why_no_date",
    "yaml_text",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
