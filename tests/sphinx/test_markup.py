"""Markup that data may not use is refused before it does anything; all else is left alone.

Each text is the ``note`` of a job, a literal block that begins in line 10, column 7.
"""

from __future__ import annotations

import textwrap

import pytest

from groundrules.sphinxext.allowed import DIRECTIVES

GRAPH = """\
id: deploy
title: Deployment
configuration: ours
project: team/config
pipelines: [deploy]
jobs:
  - name: base
    purpose: Comes first.
    note: |
"""
MANUAL = """\
title: Ours
publisher: The CI team
summary: Promises.
configurations: [{id: ours, title: Ours}]
"""


@pytest.fixture
def said(tmp_path, findings):
    """Return what is found in a text, without the file's name."""

    def check(text: str) -> list[str]:
        (tmp_path / "data/graphs").mkdir(parents=True)
        (tmp_path / "data/manual.yaml").write_text(MANUAL)
        note = textwrap.indent(textwrap.dedent(text), " " * 6)
        (tmp_path / "data/graphs/deploy.yaml").write_text(GRAPH + note + "\n", "utf-8")
        prefix = "data/graphs/deploy.yaml:"
        return [line.removeprefix(prefix) for line in findings(tmp_path).splitlines()]

    return check


ALL = f"; allowed: {', '.join(sorted(DIRECTIVES))}"


def no_directive(name: str, hint: str = ALL) -> str:
    return f"the directive {name!r} cannot be used in data{hint} [GR115]"


def no_role(name: str, hint: str = "") -> str:
    return f"the role {name!r} cannot be used in data{hint} [GR115]"


EVAL = "; did you mean 'envvar'?"
CSV = no_directive("csv-table", "; did you mean 'list-table'?")
REFUSED = {
    ".. raw:: html\n\n   <script>alert(1)</script>": f"10:10: {no_directive('raw')}",
    "One.\n\n.. include:: /etc/passwd": f"12:10: {no_directive('include')}",
    "One.\n\n* item\n\n  .. literalinclude:: /etc/passwd": (
        f"14:12: {no_directive('literalinclude')}"
    ),
    ".. csv-table::\n   :file: /etc/passwd": f"10:10: {CSV}",
    ".. csv-table::\n   :url: http://example.org/": f"10:10: {CSV}",
    ".. image:: https://example.org/pixel.png": f"10:10: {no_directive('image')}",
    ".. figure:: pixel.png": f"10:10: {no_directive('figure')}",
    ".. role:: evil(raw)\n   :format: html": f"10:10: {no_directive('role')}",
    ".. autoclass:: os.system": f"10:10: {no_directive('autoclass')}",
    ".. automodule:: antigravity": f"10:10: {no_directive('automodule')}",
    ".. ci:record:: platform vm": f"10:10: {no_directive('ci:record')}",
    ".. ci:prose::\n\n   .. raw:: html": f"10:10: {no_directive('ci:prose')}",
    ".. toctree::\n\n   /index": f"10:10: {no_directive('toctree')}",
    ".. only:: html\n\n   Text.": f"10:10: {no_directive('only')}",
    ".. default-role:: raw": f"10:10: {no_directive('default-role')}",
    ".. meta::\n   :http-equiv=refresh: 0": f"10:10: {no_directive('meta')}",
    ".. math::\n   :nowrap:\n\n   \\input{/etc/passwd}": f"10:10: {no_directive('math')}",
    ":math:`\\input{/etc/passwd}`": f"10:7: {no_role('math')}",
    ":download:`/etc/passwd`": f"10:7: {no_role('download')}",
    ":raw-html:`<b>`": f"10:7: {no_role('raw-html')}",
    ":eval:`1`": f"10:7: {no_role('eval', EVAL)}",
    "`click <javascript:alert(1)>`__": (
        "10:15: a link to 'javascript:alert(1)' is not a web or mail address [GR115]"
    ),
    "javascript:alert(1)": (  # docutils leaves the last bracket out
        "10:7: a link to 'javascript:alert(1' is not a web or mail address [GR115]"
    ),
    "javascript://%0aalert": (
        "10:7: a link to 'javascript://%0aalert' is not a web or mail address [GR115]"
    ),
    "See data:text/html,x": (
        "10:11: a link to 'data:text/html,x' is not a web or mail address [GR115]"
    ),
    "`click <JaVaScRiPt:alert(1)>`_": (
        "10:15: a link to 'JaVaScRiPt:alert(1)' is not a web or mail address [GR115]"
    ),
    "click_\n\n.. _click: javascript:alert(1)": (
        "12:18: a link to 'javascript:alert(1)' is not a web or mail address [GR115]"
    ),
    ".. _anchor:\n\nText.": "10:7: link targets cannot be set in data [GR115]",
    "Text [1]_\n\n.. [1] Note.": "10:13: footnotes cannot be used in data [GR115]",
}


@pytest.mark.parametrize("text", REFUSED)
def test_refused(said, text):
    assert said(text) == [REFUSED[text]]


ALLOWED = (
    "<script>alert(1)</script> and {{ 7 * 7 }} and {% raw %}",
    "``<script>`` and ``{{ x }}``",
    "*emphasis*, **strong**, ``literal``, `a link <https://example.org/>`__ and https://example.org/",
    "Write to `us <mailto:us@example.org>`_ or us@example.org.",
    ":command:`make` :file:`/etc/passwd` :envvar:`HOME` :pep:`8` :rfc:`2324` :abbr:`CI (x)`",
    ":ci:job:`base`, :ci:job:`deploy/base`, :ci:graph:`deploy` and :ci:job:`it <base>`",
    "* one\n* two\n\n  1. nested\n\nterm\n   definition\n\n:field: body",
    ".. code-block:: console\n\n   $ cat /etc/passwd\n   .. include:: /etc/passwd",
    "Literally::\n\n   .. raw:: html\n\n   :eval:`x`",
    ".. note::\n\n   A note.\n\n.. warning:: A warning.",
    ".. list-table::\n   :header-rows: 1\n\n   * - a\n     - b\n   * - c\n     - d",
    "=====  =====\na      b\n=====  =====\nc      d\n=====  =====",
    "| a line\n| block",
    "Text.\n\n    A quotation.",
    "\\*not emphasis\\*, a\\_, C:\\\\new and \\`that\\`",
    "Ünïcödé 中文 🙂",
)


@pytest.mark.parametrize("text", ALLOWED)
def test_allowed(said, text):
    assert said(text) == []
