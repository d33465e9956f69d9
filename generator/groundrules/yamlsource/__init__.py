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
`comments` returns the comments, which the parser drops, and `yaml_text` writes plain values.
`spans.parsed` returns the start and end of each value, for edits of the text, and
`trees.source_tree` a text as it is written, for a formatter.
"""

from __future__ import annotations

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
    from groundrules.yamlsource.reader import read
    from groundrules.yamlsource.writing import yaml_text

__all__ = [
    "Comment",
    "Limits",
    "Mapping",
    "NotText",
    "ParsedYaml",
    "Place",
    "Problem",
    "Sequence",
    "Tagged",
    "comments",
    "lines_of",
    "part_of",
    "place_in",
    "read",
    "untagged",
    "why_no_date",
    "yaml_text",
]


def __getattr__(name: str) -> Any:
    if name == "read":
        from groundrules.yamlsource.reader import read

        return read
    if name == "yaml_text":
        from groundrules.yamlsource.writing import yaml_text

        return yaml_text
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
