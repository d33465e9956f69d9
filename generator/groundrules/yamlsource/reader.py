"""`read`: one text in, one `ParsedYaml` out, with every refusal of the YAML library explained."""

from __future__ import annotations

import yaml

from groundrules.yamlsource.builder import Builder
from groundrules.yamlsource.places import lines_of, place_of_byte
from groundrules.yamlsource.values import Limits, NotText, ParsedYaml, Problem

# what the libyaml parser says → what it means for the person who wrote the text
_MEANINGS = {
    "block sequence entries are not allowed in this context": (
        "a list cannot begin here; put '- ' on a line of its own, or the value in quotes"
    ),
    "could not find expected ':'": "a key without ':' after it",
    "did not find expected '-' indicator": "not an item of this list; check the indentation",
    "did not find expected ',' or ']'": "the list in brackets is not closed with ']'",
    "did not find expected ',' or '}'": "the mapping in braces is not closed with '}'",
    "did not find expected key": "not a key of this mapping; check indentation and quotes",
    "did not find expected node content": (
        "a value is missing here, or a bracket is not closed; put text in quotes"
    ),
    "found a tab character where an indentation space is expected": (
        "a tab where YAML allows only spaces; indent with spaces"
    ),
    "found character that cannot start any token": (
        "this character cannot begin a value; put the value in quotes"
    ),
    "found undefined tag handle": "a tag whose prefix is not defined; put text in quotes",
    "found unexpected end of stream": "the file ends inside quotes; close them",
    "found unknown escape character": (
        "a backslash that means nothing in double quotes; write \\\\, or use single quotes"
    ),
    "mapping values are not allowed in this context": (
        "a second ': ' in one value; put the value in quotes, or check the indentation of the key"
    ),
}


def read(data: bytes, bounds: Limits = Limits()) -> ParsedYaml:
    """Read one YAML document.

    Raises `NotText` for what is larger than ``bounds`` allow or not UTF-8, and `Problem` for
    what is not YAML, holds a second document, or is deeper or more aliased than they allow.
    """
    text = _text(data, bounds)
    parser = yaml.CSafeLoader(data)
    try:
        return Builder(parser.get_event, bounds).document()
    except yaml.MarkedYAMLError as error:
        raise _explained(error, text) from None
    except yaml.reader.ReaderError as error:
        message = f"the character U+{error.character:04X} is not allowed in YAML; remove it"
        raise Problem(message, *place_of_byte(data, error.position)) from None
    finally:
        parser.dispose()


def _text(data: bytes, bounds: Limits) -> str:
    if len(data) > bounds.size:
        raise NotText(f"the file is larger than {bounds.size / 2**20:g} MiB; split it", 1, 1)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"the byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise NotText(message, *place_of_byte(data, error.start)) from None


def _explained(error: yaml.MarkedYAMLError, text: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    row, column = (mark.line, mark.column) if mark else (0, 0)
    line = lines_of(text)[row : row + 1]
    if line and line[0][column : column + 1] == "\t":
        message = "a tab where YAML allows only spaces; indent with spaces"
    else:
        message = _MEANINGS.get(error.problem or "", f"this is not YAML: {error.problem}")
    return Problem(message, row + 1, column + 1)
