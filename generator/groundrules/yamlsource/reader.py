"""`read`: parses a text into a `ParsedYaml`, and explains all errors of the YAML library."""

from __future__ import annotations

import yaml

from groundrules.yamlsource.builder import Builder
from groundrules.yamlsource.places import place_of_byte
from groundrules.yamlsource.values import Limits, NotText, ParsedYaml, Problem


def read(data: bytes, bounds: Limits = Limits()) -> ParsedYaml:
    """Read one YAML document.

    Raises `NotText` for bytes that are larger than ``bounds`` allow or not UTF-8, and `Problem`
    for a text that is not YAML, has a second document, or exceeds the limits of depth or aliases.
    """
    text = decoded(data, bounds)
    parser = yaml.CSafeLoader(data)
    try:
        return Builder(parser.get_event, bounds).document()
    except yaml.MarkedYAMLError as error:
        from groundrules.yamlsource.yaml_errors import problem_of  # most files have no error

        raise problem_of(error, text) from None
    except yaml.reader.ReaderError as error:
        message = f"the character U+{error.character:04X} is not allowed in YAML; remove it"
        raise Problem(message, *place_of_byte(data, error.position)) from None
    finally:
        parser.dispose()


def decoded(data: bytes, bounds: Limits = Limits()) -> str:
    """Return the text of bytes.  Raises `NotText`."""
    if len(data) > bounds.size:
        raise NotText(f"the file is larger than {bounds.size / 2**20:g} MiB; split it", 1, 1)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"the byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise NotText(message, *place_of_byte(data, error.start)) from None
