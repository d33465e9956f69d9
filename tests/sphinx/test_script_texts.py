"""The texts that a translated page hands to the script are those that the script asks for."""

from __future__ import annotations

import re
from pathlib import Path

from groundrules import sphinxext
from groundrules.sphinxext.script_texts import STANDINGS, TEXTS

STATIC = Path(sphinxext.__file__).parent / "static" / "groundrules"
SOURCE = "\n".join(path.read_text("utf-8") for path in sorted(STATIC.glob("*.js")))
CALL = re.compile(r'translate(?:Count)?\(\s*"([^"]*)"(?:,\s*"([^"]*)")?')


def test_every_text_that_the_script_shows_can_be_translated():
    shown = {text for texts in CALL.findall(SOURCE) for text in texts if text}
    assert len(shown) > 20
    assert shown - {*TEXTS} == set()


def test_every_text_that_can_be_translated_is_one_of_the_script():
    literals = {*re.findall(r'"([^"\n]*)"', SOURCE)}
    assert {*TEXTS, *STANDINGS} - literals == set()
