"""A broken link is reported at the line of the data that holds it."""

from __future__ import annotations

import re

from groundrules.sphinxext.data_places import places_of_links

NOWHERE = "http://127.0.0.1:9"


def test_a_broken_link_has_the_place_of_its_record(built_manual):
    manual = built_manual
    manual.replace(
        "data/expectations/memory.yaml",
        "Ask ``free -m``.",
        f"Ask ``free -m`` (`page <{NOWHERE}/evidence>`__).",
    )
    manual.replace(
        "data/expectations/memory.yaml",
        "* the test needed it.",
        f"* the `test <{NOWHERE}/changed>`__ needed it.",
    )
    manual.write("source/quiet.rst", f"Quiet\n=====\n\n`Here <{NOWHERE}/page>`__.\n")
    doctrees = manual.root / "build/.doctrees-html"
    ours = {"linkcheck_ignore": [r"https?://(?!127\.0\.0\.1)"]}
    warnings = manual.build("linkcheck", doctrees=doctrees, **ours).warnings
    places = sorted(re.findall(r"^ROOT/(\S+): WARNING: broken link: (\S+)", warnings, re.M))
    data = (manual.root / "data/expectations/memory.yaml").read_text("utf-8").splitlines()
    changed, evidence = (
        next(number for number, text in enumerate(data, 1) if f"/{word}" in text)
        for word in ("changed", "evidence")
    )
    assert sorted(places) == sorted(
        [
            (f"data/expectations/memory.yaml:{changed}", f"{NOWHERE}/changed"),
            (f"data/expectations/memory.yaml:{evidence}", f"{NOWHERE}/evidence"),
            ("source/quiet.rst:4", f"{NOWHERE}/page"),
        ]
    )
    assert "/generated/" not in warnings


def test_the_title_of_an_address_is_its_last_place():
    files = {
        "data/manual.yaml": "sources:\n- {url: https://a.org/1, title: One}\n",
        "data/platforms/vm.yaml": "id: vm\nevidence: [https://a.org/1]\n",
    }
    assert places_of_links(files)["https://a.org/1"] == [
        ("data/platforms/vm.yaml", 2),
        ("data/manual.yaml", 2),
    ]
