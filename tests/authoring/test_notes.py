"""Notes of a session → its record: a folder is a case, with the notes and the right session.

Write ``GROUNDRULES_UPDATE=1`` in front of pytest to update the sessions, then read what changed.
"""

from __future__ import annotations

import base64
import os
import quopri
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groundrules.authoring.notes.charsets import DecodedText, NotNotesError
from groundrules.authoring.notes.decoding import decoded
from groundrules.authoring.notes.session_values import session_values
from groundrules.authoring.record_file import in_order
from groundrules.prose.markup import plain, read_markup
from groundrules.records.session import Session
from groundrules.yamlsource import yaml_text
from steps import steps

CASES = sorted(path for path in (Path(__file__).parent / "notes").iterdir() if path.is_dir())
SEEDS = Path(os.environ.get("GROUNDRULES_SEEDS", ""))
REQUIRED = {"id": "x", "title": "X", "kind": "meeting", "date": "2025-03-04"}
PROSE = ("summary", "what", "decisions")


def notes_of(case: Path) -> str:
    (notes,) = case.glob("notes.*")
    return decoded(notes.read_bytes()).text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_notes_become_a_session(case: Path):
    written = yaml_text(in_order(Session, session_values(notes_of(case))))
    right = case / "session.yaml"
    if os.environ.get("GROUNDRULES_UPDATE"):
        right.write_text(written, "utf-8")
    assert written == right.read_text("utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_session_is_valid(case: Path):
    values = session_values(notes_of(case))
    Session.model_validate({**REQUIRED, **values})
    assert [flaw.message for text in texts(values) for flaw in read_markup(text).flaws] == []


def test_the_head_of_a_table_is_no_heading():
    table = "## Present\n\n| Who | Where |\n|-----|-------|\n| Ada | here |\n\n## Next\n\n* x\n"
    assert session_values(table)["topics"] == [
        {"title": "Present", "summary": "Who \\| Where\n\nAda \\| here"},
        {"title": "Next", "summary": "x"},
    ]


def test_the_marks_of_a_table_are_no_text():
    table = '== Next ==\n* Disks\n{| class="wikitable"\n|+ All\n|-\n! A !! B\n|}\n* Swap\n** x\n'
    assert session_values(table)["topics"] == [
        {"title": "Disks", "summary": "* All\n* A \\| B"},
        {"title": "Swap", "summary": "x"},
    ]


def test_struck_text_is_not_shown_as_valid():
    assert session_values("Ask ~~ada~~ <del>bob</del> <s>carl</s> zoe.")["summary"] == (
        "Ask ~~ada~~ ~~bob~~ ~~carl~~ zoe."
    )


def texts(values: Any, key: str = "") -> Iterator[str]:
    """Yield the texts of reStructuredText."""
    if isinstance(values, dict):
        for name, value in values.items():
            yield from texts(value, name)
    elif isinstance(values, list):
        for value in values:
            yield from texts(value, key)
    elif key in PROSE:
        yield values


def words(values: Any, key: str = "") -> Iterator[str]:
    """Yield the words that readers see of values, and those of links and code."""
    if isinstance(values, dict):
        for name, value in values.items():
            yield from words(value, name)
    elif isinstance(values, list):
        for value in values:
            yield from words(value, key)
    else:
        text = plain(values) if key in PROSE and "code-block::" not in values else str(values)
        links = re.findall(r"<(http[^>]+)>`__", values) if key in PROSE else []
        yield from re.findall(r"[^\W_]+", f"{text} {' '.join(links)}")


# marks, and what the record has in another form: times, dates, commands and MeetBot's own words
MARKUP = re.compile(
    r"^\s*\[?[\d:]{5,8}\]? (?:<\w+> (?=[#!])|\w+: (?=#))?|^\[?[\d:]{5,8}\]? "
    r"|\(\w+(?: and \w+)?,? ?\d{4}-?\d\d-?\d\d\)|\(\w+,\s+[\d:]{8}\)"
    r"|[#!][a-z]+|(?:ACTION|AGREED|IDEA|LINK)|^\d\. |</?code>|\[x\]"
    r"|.*(?:MeetBot|Useful Commands|meeting name|Minutes|Log: ).*"
    r"|.*Meeting (?:started|summary|ended).*|The full logs are available at"
    r"|Action Items.*|by person|\(none\)|UNASSIGNED",
    re.MULTILINE,
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_word_is_lost(case: Path):
    notes = notes_of(case)
    kept = set(words(session_values(notes)))
    said = re.findall(r"[^\W_]+", MARKUP.sub(" ", notes))
    assert [word for word in said if word not in kept] == []


@pytest.mark.skipif(not SEEDS.name, reason="GROUNDRULES_SEEDS does not name the seed documents")
def test_no_word_of_the_seed_documents_is_lost():
    for path in sorted(SEEDS.iterdir()):
        text = decoded(path.read_bytes()).text
        values = session_values(text)
        kept = set(words(values))
        lost = {word for word in re.findall(r"[^\W_]+", text) if word not in kept}
        assert {word for word in lost if not re.fullmatch(r"20\d{6}", word)} == set(), path
        Session.model_validate({**REQUIRED, **values})
        assert [flaw.message for each in texts(values) for flaw in read_markup(each).flaws] == []


# pieces of notes: words that are no marks, and marks without words
PIECES = st.sampled_from(
    ["alpha", "beta", "gamma", "a_", "_b", "c__d", "*e*", "**f**", "`g`", ":h:", "|i|", "[j]_",
     "k:", "éè", "中文", "🙂", "<br>", "\xa0", "http://l.example/m_n", "<http://o.example>",
     "[[t|u]]",
     "[p](http://q.example)", "[http://r.example s]", "*", "**", "***", "-", "•", "#", "##", "==",
     "===", "====", "----", "~~~", "```", ">", ">>", "|", "||", ":", "::", ";", "(", ")", "[", "]",
     "[[", "]]", "_", "__", "`", "``", "'", "''", "\\", "..", "{{", "}}"]
)  # fmt: skip
BREAKS = st.sampled_from(
    ["\n", "\n\n", "\n\n\n", "\t", "\n* ", "\n** ", "\n# ", "\n== ", "\n> ", "\n- ",
     "\n  - ", "\n----\n", "\n====\n", "\n```\n", "\n~~~\n", "\n| ", "\n    "]
)  # fmt: skip
NOTES = st.lists(PIECES | BREAKS, min_size=1, max_size=40).map(" ".join)


@given(NOTES)
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_any_notes_become_a_valid_session_without_loss(notes: str):
    values = session_values(notes)
    Session.model_validate({**REQUIRED, **values})
    assert [flaw.message for text in texts(values) for flaw in read_markup(text).flaws] == []
    kept = set(words(values))
    said = re.sub(r"</?br ?/?>", " ", notes)
    assert [word for word in re.findall(r"[^\W_]+", said) if word not in kept] == []


def test_long_texts_are_divided():
    paragraph = "word " * 9_000
    values = session_values(f"{paragraph}\n\n* {paragraph}\n* short\n\n{'x' * 30_000}\n")
    assert sum(text.count("word") for text in texts(values)) == 18_000
    assert all(len(text) <= 20_000 for text in texts(values))
    Session.model_validate({**REQUIRED, **values})
    titles = [topic["title"] for topic in values["topics"]]
    assert set(titles) == {"Notes (continued)"}


def test_a_long_list_of_links_is_read_quickly():
    values = session_values("* [a](https://example.org/b)\n" * 500)
    assert [flaw.message for text in texts(values) for flaw in read_markup(text).flaws] == []
    assert sum(text.count("example.org") for text in texts(values)) == 500


def test_a_long_paragraph_has_no_long_line():
    values = session_values(f"{'word ' * 2_500}\n\n## A\n\n## B\nACTION: {'deed ' * 2_500}\n")
    assert max(len(line) for text in texts(values) for line in text.split("\n")) < 100
    assert [flaw.message for text in texts(values) for flaw in read_markup(text).flaws] == []


@pytest.mark.parametrize(
    "line",
    ["* item {} (ada 20250304)\n", "paragraph {} of text\n\n", "19:01:11 <ada> line {}\n", "{} ",
     "> quote {}\n", "== Heading {} ==\n", "```\ncode {}\n", "   * deep {}\n  more\n",
     "| {} | cell |\n"],
)  # fmt: skip
def test_the_cost_is_linear(line: str):
    def cost(count: int) -> int:
        notes = "".join(line.format(number) for number in range(count))
        return steps(lambda: session_values(notes))

    cost(10)
    assert cost(400) < 2.2 * cost(200)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings_with_a_mark_are_read(encoding: str):
    read = decoded("Grüße – 東京\r\n".encode(encoding))
    assert (read.text, read.guessed) == ("Grüße – 東京", "")


BODY = "Café – a long line of text that is broken where encoders break lines: = and more of it\n"
QUOTED = quopri.encodestring(BODY.encode())
ENCODED = base64.encodebytes(BODY.encode())


@pytest.mark.parametrize(
    "data",
    [
        QUOTED,
        QUOTED.replace(b"\n", b"\r\n"),
        ENCODED,
        b"Content-Transfer-Encoding: quoted-printable\n\n" + QUOTED,
        b"content-transfer-encoding: BASE64\n\n" + ENCODED,
        b"MIME-Version: 1.0\n\n" + QUOTED,
        b"--b\nContent-Type: text/plain\n\n" + QUOTED + b"\n--b--\n",
        b"MIME-Version: 1.0\nContent-Transfer-Encoding: 8bit\n\n" + BODY.encode(),
        b"MIME-Version: 1.0\nContent-Type: text/plain; charset=punycode\n\n" + BODY.encode(),
    ],
)
def test_an_encoded_body_is_decoded_with_or_without_its_header(data: bytes):
    assert decoded(data).text.strip() == BODY.strip()


@pytest.mark.parametrize(
    "text",
    ["timeout=20", "job=E2E", "café, which mails write as caf=C3=A9", "key=C3 is no letter",
     "a line ends in =\nand goes on", "== Heading ==\n* caf=C3=A9", "=3D", "x" * 60 + "=\n(=1)",
     "0123456789abcdef0123456789abcdef0123456789abcdef", "Date: today\n* caf=C3=A9, 1=1",
     "Action: ada\nSubject line"],
)  # fmt: skip
def test_text_that_only_looks_encoded_stays(text: str):
    assert decoded(text.encode()) == DecodedText(text)


def test_latin_1_in_quoted_printable_is_read_and_reported():
    quoted = quopri.encodestring(("word " * 20 + "déjà").encode("latin-1"))
    assert decoded(quoted) == DecodedText("word " * 20 + "déjà", "windows-1252")


def test_headers_of_mail_programs_are_left_out_and_counted():
    mail = (
        b"Received: from a\n by b\nX-Spam: no\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\n"
        b"From: =?x-unknown?q?ada?=\nMessage-ID: <1@a>\n\nText\n"
    )
    text = "Subject: Grüße\nFrom: =?x-unknown?q?ada?=\n\nText"
    assert decoded(mail) == DecodedText(text, left_out=3)
    assert decoded(b"Date: 2025-03-04\nList-of: a\nSender: ada\n\nText") == DecodedText(
        "Date: 2025-03-04\nList-of: a\nSender: ada\n\nText"
    )


def test_parts_in_parts_without_end_are_refused():
    head = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(300)
    )
    digest = b"Content-Type: message/rfc822\n\n" * 300
    for mail in (head, digest, head[:9_000] + b"x\n" * 100_000):
        with pytest.raises(NotNotesError) as refused:
            decoded(b"MIME-Version: 1.0\n" + mail + b"x")
        assert str(refused.value) == "this mail has too many parts; copy its text"


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r", b"\n "])
@pytest.mark.parametrize("name", [b"Content-Type: text/plain", b"content-disposition: attachment"])
def test_a_header_that_takes_the_mail_reader_forever_is_refused(name: bytes, end: bytes):
    mail = b"Subject: x" + end.strip(b" ") + name + b";" + end * (end == b"\n ") + b' name="'
    with pytest.raises(NotNotesError) as refused:
        decoded(mail + b";" * 1_000_000 + end + b"\nText")
    assert str(refused.value) == "this mail has a header that is too long; copy its text"


def test_other_headers_can_be_long():
    mail = b"Subject: x\nMIME-Version: 1.0\nDKIM-Signature: " + b"a;" * 10_000 + b"\n\nText\n"
    assert decoded(mail) == DecodedText("Subject: x\n\nText", left_out=2)


def test_a_long_line_that_begins_like_a_mailbox_is_read_at_once():
    text = "From x" + " Mon Jan" * 100_000
    assert decoded(text.encode()) == DecodedText(text)


def test_latin_1_is_read_and_reported():
    read = decoded("Grüße, déjà".encode("latin-1"))
    assert (read.text, read.guessed) == ("Grüße, déjà", "windows-1252")


def test_an_encoding_can_be_given():
    assert decoded("Привет".encode("koi8-r"), "koi8-r").text == "Привет"


@pytest.mark.parametrize(
    ("data", "encoding", "message"),
    [
        (b"", None, "there is no text in it"),
        (b" \n\x01\n--\n", None, "there is no text in it"),
        (b"a\0b", None, "this is not text; if it is, give its --encoding"),
        (b"\x81\x8d", None, "this is neither UTF-8 nor windows-1252; give its --encoding"),
        (b"a", "latin-11", "unknown encoding 'latin-11'; write one such as latin-1"),
        (b"\xff", "utf-8", "this is not utf-8: 'utf-8' codec can't decode byte 0xff in position 0: "
         "invalid start byte"),
        (b"MIME-Version: 1.0\nContent-Type: text/html\n\n<p>x", None,
         "this mail has no plain text; save it as text, or copy its text"),
        (b"<!DOCTYPE html><p>x", None, "this is HTML; save the page as text, or copy its text"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused(data: bytes, encoding: str | None, message: str):
    with pytest.raises(NotNotesError) as refused:
        decoded(data, encoding)
    assert str(refused.value) == message


def test_marks_of_clients_and_invisible_characters_are_removed():
    assert decoded(
        "\x0304,01red\x03 \x02bold\x02 \x1b[1mx\x1b[0m\u200b\x07y\x0cz".encode()
    ).text == ("red bold x y\nz")


@pytest.mark.parametrize(
    "text",
    [
        "Date: Tue, 11 Mar 2025 10:00:00 +99999999999999\n\nHello\n",
        "Date: Tue, 99999999999999999999 Mar 2025 10:00:00\n\nHello\n",
        "Hello\nada\nTue Feb 31 15:00:00 UTC 2025\n\nText\n",
        "15:00:00 <bot> Meeting started Tue Feb 31 15:00:00 2025 UTC.  The chair is ada. "
        "Information about MeetBot at http://example.org.\n15:00:01 <ada> hi\n",
        "Meeting started by ada at 15:00:00 UTC.  The full logs are available at\n"
        "http://example.org/2025/x.2025-99-99-15.00.log.html .\n\nSummary\n-------\n* one\n",
    ],
)
def test_a_day_that_no_calendar_has_is_no_day_of_the_session(text: str) -> None:
    assert "date" not in session_values(text)
