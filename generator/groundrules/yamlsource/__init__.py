"""YAML text → plain values that know the line and column of every key, value and item.

The only user of the YAML library.  Values are those of PyYAML's ``SafeLoader`` (YAML 1.1,
https://yaml.org/spec/1.1/): the resolver and the scalar constructors are PyYAML's own, so
``no`` is false and ``2016-11-07`` is a date here as they are for Zuul.  Merges (``<<``) are those
of PyYAML 6.0.3, whichever version is installed.  Added to that are positions, custom tags (kept
as `Tagged`) and refusals that keep strangers' files harmless.

`read` takes bytes and gives a `ParsedYaml`; `place_in` leads from a character of a value back to
the same character of the file.  `comments` are what the parser drops, and `parsed` gives the
characters that each value takes up, for what edits a text in place.
"""

from groundrules.yamlsource.comments import Comment, comments
from groundrules.yamlsource.impossible_dates import why_no_date
from groundrules.yamlsource.nodes import repeated_keys
from groundrules.yamlsource.places import lines_of, place_in
from groundrules.yamlsource.reader import read
from groundrules.yamlsource.spans import Node, parsed
from groundrules.yamlsource.values import (
    Limits,
    Mapping,
    NotText,
    ParsedYaml,
    Place,
    Problem,
    Sequence,
    Tagged,
)
from groundrules.yamlsource.writer import written
from groundrules.yamlsource.yaml_errors import odd_space

__all__ = [
    "Comment",
    "Limits",
    "Mapping",
    "Node",
    "NotText",
    "ParsedYaml",
    "Place",
    "Problem",
    "Sequence",
    "Tagged",
    "comments",
    "lines_of",
    "odd_space",
    "parsed",
    "place_in",
    "read",
    "repeated_keys",
    "why_no_date",
    "written",
]
