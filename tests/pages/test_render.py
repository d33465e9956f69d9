"""`Templates`: a manual's own come first, all run in a sandbox, and mistakes have a place."""

from __future__ import annotations

import datetime
import re

import pytest

from groundrules.pages.planned_pages import plan
from groundrules.pages.render import TemplateProblem, Templates
from groundrules.text import duration


@pytest.fixture
def rendered(tmp_path):
    """Write a template and return what it makes of a context."""

    def run(text: str, **context: object) -> str:
        (tmp_path / "own.rst.j2").write_text(text, "utf-8")
        return Templates(tmp_path).part("own", context)

    return run


def test_a_template_of_the_manual_stands_in_for_the_built_in_one(tmp_path, catalogue):
    (tmp_path / "matrix.rst.j2").write_text('{{ "Ours" | heading }}\n{{ manual.publisher }}\n')
    pages = {page.name: page for page in plan(catalogue)}
    own = Templates(tmp_path)
    assert own.page(pages["matrix"]) == "Ours\n====\n\nThe CI team\n"
    built_in = Templates().page(pages["actions"])
    assert own.page(pages["actions"]) == built_in


def test_a_part_of_a_template_can_be_replaced_alone(tmp_path, catalogue):
    (tmp_path / "_history.rst.j2").write_text("In short: {{ record.changed | length }} changes.\n")
    [page] = [each for each in plan(catalogue) if each.name == "graphs/deploy"]
    assert Templates(tmp_path).page(page).endswith("History\n-------\n\n\nIn short: 1 changes.\n")


def test_a_folder_that_is_not_there_changes_nothing(tmp_path, catalogue):
    page = plan(catalogue)[0]
    assert Templates(tmp_path / "none").page(page) == Templates().page(page)


def test_values_are_escaped_and_their_braces_are_text(rendered):
    text = rendered("{{ value }}\n", value="{{ 7 * 7 }} *a* <b>")
    assert text == "\\{{ 7 \\* 7 }} \\*a\\* <b>\n"


def test_nothing_is_printed_for_none(rendered):
    assert rendered("[{{ value }}]", value=None) == "[]"


def test_finished_text_is_kept(rendered):
    made = rendered("{{ ref('job', 'a/b') }} {{ badge('varies') }} {{ '*x*' | rst }}")
    assert made == ":ci:job:`a/b` :ci:badge:`varies` *x*"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ ''.__class__ }}", "1: access to attribute '__class__' of 'str' object is unsafe."),
        (
            "\n{{ ''.__class__.__mro__ }}",
            "2: access to attribute '__class__' of 'str' object is unsafe.",
        ),
        (
            "{{ record.__init__.__globals__ }}",
            "1: access to attribute '__init__' of 'str' object is unsafe.",
        ),
        (
            "{{ '{0.__class__}'.format(record) }}",
            "1: access to attribute '__class__' of 'str' object is unsafe.",
        ),
        (
            "{% set _ = items.append(1) %}",
            "1: access to attribute 'append' of 'list' object is unsafe.",
        ),
        ("{{ heading }}", "1: 'heading' is undefined"),
        ("\n\n{{ nothing.at.all }}", "3: 'nothing' is undefined"),
        ("{{ record.titel }}", "1: 'str object' has no attribute 'titel'"),
        (
            "text\n{% for x in y",
            "2: unexpected end of template, expected 'end of statement block'.",
        ),
        (
            "{% if record %}\n",
            "1: Unexpected end of template. Jinja was looking for the following tags: "
            "'elif' or 'else' or 'endif'. "
            "The innermost block that needs to be closed is 'if'.",
        ),
        ("\n{{ record | shout }}", "2: No filter named 'shout'."),
        (
            "{% for x in range(10**9) %}{% endfor %}",
            "1: Range too big. The sandbox blocks ranges larger than MAX_RANGE (100000).",
        ),
        ("\n{{ 1 / 0 }}", "2: division by zero"),
        ("{{ 1 + 'a' }}", "1: unsupported operand type(s) for +: 'int' and 'str'"),
    ],
)
def test_a_forbidden_template_operation_is_reported_with_its_place(
    rendered, tmp_path, text, message
):
    with pytest.raises(TemplateProblem) as caught:
        rendered(text, record="r", items=[])
    assert str(caught.value) == f"{tmp_path / 'own.rst.j2'}:{message}"


@pytest.mark.parametrize(
    "name", ["parse_file", "parse_raw", "model_construct", "model_fields", "_origin", "__class__"]
)
def test_a_template_reaches_nothing_of_a_record_but_what_it_says(
    rendered, tmp_path, catalogue, name
):
    with pytest.raises(TemplateProblem) as caught:
        rendered(f"{{{{ manual.{name} }}}}", manual=catalogue.manual)
    message = f"1: access to attribute {name!r} of 'Manual' object is unsafe."
    assert str(caught.value) == f"{tmp_path / 'own.rst.j2'}:{message}"


def test_a_filter_reaches_no_more(rendered, tmp_path, catalogue):
    with pytest.raises(TemplateProblem) as caught:
        rendered("{{ [manual] | map(attribute='parse_file') | first }}", manual=catalogue.manual)
    message = "1: access to attribute 'parse_file' of 'Manual' object is unsafe."
    assert str(caught.value) == f"{tmp_path / 'own.rst.j2'}:{message}"


@pytest.mark.parametrize("name", ["parse_file", "model_fields", "_origin", "__class__"])
def test_a_subscript_reaches_no_more(rendered, tmp_path, catalogue, name):
    with pytest.raises(TemplateProblem) as caught:
        rendered(f"{{{{ manual['{name}'] }}}}", manual=catalogue.manual)
    message = f"1: access to attribute {name!r} of 'Manual' object is unsafe."
    assert str(caught.value) == f"{tmp_path / 'own.rst.j2'}:{message}"


def test_a_subscript_and_a_filter_reach_what_records_say(rendered, catalogue):
    text = "{{ manual['title'] == manual.title }} {{ [manual] | map(attribute='path') | first }}"
    assert rendered(text, manual=catalogue.manual) == "True data/manual.yaml"


def test_a_template_reaches_what_records_and_lookups_say(rendered, outline):
    [graph] = [each for each in outline.catalogue.graphs if each.id == "deploy"]
    text = "{{ graph.path }} {{ graph.location().line }} {{ outline.verdicts.of(graph.id).word }}"
    assert rendered(text, graph=graph, outline=outline) == "data/graphs/deploy.yaml 1 not-checked"


def test_a_template_that_includes_itself_is_refused(rendered, tmp_path):
    with pytest.raises(TemplateProblem) as caught:
        rendered('{% include "own.rst.j2" %}')
    assert re.fullmatch(
        rf"{tmp_path / 'own.rst.j2'}:1: maximum recursion depth exceeded.*", str(caught.value)
    )


def test_a_template_that_is_not_there_is_named(rendered):
    with pytest.raises(TemplateProblem, match=r"^template other\.rst\.j2 is missing$"):
        rendered('{% include "other.rst.j2" %}')


@pytest.mark.parametrize("name", ["/etc/hostname", "../secret.txt", "a/../../secret.txt"])
def test_a_template_cannot_be_taken_from_outside(tmp_path, name):
    (tmp_path / "secret.txt").write_text("secret")
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "own.rst.j2").write_text(f'{{% include "{name}" %}}')
    with pytest.raises(TemplateProblem) as caught:
        Templates(folder).part("own", {})
    assert str(caught.value) == f"template {name} is missing"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"minutes": 9}, "9 min"),
        ({"hours": 1, "minutes": 30}, "1 h 30 min"),
        ({"seconds": 3661}, "1 h 1 min 1 s"),
        ({"days": 1}, "24 h"),
        ({}, "0 s"),
    ],
)
def test_durations_in_words(value, words):
    seconds = int(datetime.timedelta(**value).total_seconds())
    assert duration(seconds) == words


@pytest.mark.parametrize(
    ("files", "unused"),
    [
        ({"platform.rst.j2": "x", "session.rst.j2": "{% include 'part.rst.j2' %}"}, {}),
        (
            {"session.rst.j2": "{% include 'part.rst.j2' %}", "part.rst.j2": "x", ".keep": ""},
            {},
        ),
        ({"platfrom.rst.j2": "x"}, {"platfrom.rst.j2": "platform.rst.j2"}),
        ({"platform.j2": "x"}, {"platform.j2": "platform.rst.j2"}),
        ({"part.rst.j2": "{% include 'other.rst.j2' %}", "other.rst.j2": "x"}, ["other", "part"]),
        ({"session.rst.j2": "{% include", "part.rst.j2": "x"}, {}),  # nobody can tell
    ],
)
def test_templates_that_no_page_uses(tmp_path, files, unused):
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    found = Templates(tmp_path).unused()
    if isinstance(unused, list):
        assert [name.partition(".")[0] for name in found] == unused
    else:
        assert found == unused


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{% include "a\x1b[31mb\n" %}', "template a\\x1b[31mb\\n is missing"),
        ("{{ record['a\x1b[31m'].b }}", None),
        ("{{ 'a\x1b[31m' | b\u202e }}", None),
    ],
)
def test_a_problem_has_no_character_that_a_terminal_obeys(tmp_path, text, message):
    (tmp_path / "about.rst.j2").write_text(text, "utf-8")
    with pytest.raises(TemplateProblem) as caught:
        Templates(tmp_path).part("about", {"record": {}})
    assert str(caught.value).isprintable()
    assert message in (None, str(caught.value))
