"""What a build left may be damaged or removed: the next build makes the same site."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

DOCTREES = "build/.doctrees-html"
DAMAGES = {
    "an empty file": lambda path: path.write_bytes(b""),
    "half a file": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "another file": lambda path: path.write_bytes(b"\x80\x04N."),
    "no file": Path.unlink,
}
FILES = (
    "build/html/.buildinfo",
    "build/html/_data/.stamp",
    f"{DOCTREES}/.groundrules/doctrees",
    f"{DOCTREES}/environment.pickle",
    f"{DOCTREES}/generated/matrix.doctree",
    "source/generated/.files",
    "source/generated/.graphs",
    "source/generated/.stamp",
)


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_does_no_harm(little_manual, damage):
    before = little_manual.build().texts
    for name in FILES:
        if not (name.endswith(".stamp") and damage == "no file"):  # or the folder is not ours
            DAMAGES[damage](little_manual.root / name)
    # makes Sphinx write the page from its doctree
    little_manual.replace("source/index.rst", "=\n\n", "=\n\nMore.\n\n")
    little_manual.replace("source/index.rst", "=\n\nMore.\n\n", "=\n\n")
    built = little_manual.build()
    assert (built.texts, built.warnings) == (before, "")


ALONE = [name for name in FILES if name.endswith(("info", "pickle", ".doctree", "ed/.stamp"))]


@pytest.mark.parametrize("name", ALONE)
def test_an_empty_file_does_no_harm(little_manual, name):
    (little_manual.root / name).write_bytes(b"")
    little_manual.replace("data/expectations/memory.yaml", "title: Swap", "title: Swap space")
    built = little_manual.build()
    assert built.warnings == ""
    for page in ("index", "listings", "generated/matrix"):
        assert "Swap space" in built.text(f"{page}.html")


def test_what_a_kill_left_goes(little_manual):
    left = [
        "source/generated/..stamp.c80d986c5af5",
        "source/generated/jobs/.base.rst.tmp",
        "build/html/_data/..stamp.2a2aa1d7eb61",
        "build/html/.changes.atom.tmp",
    ]
    for name in left:
        (little_manual.root / name).write_text("half")
    (little_manual.root / "build/html/_data/manual.json").unlink()
    assert little_manual.build().warnings == ""
    assert [name for name in left if (little_manual.root / name).exists()] == []


def test_a_folder_with_what_a_kill_left_is_ours(tiny):
    for name in ("source/generated/..stamp.c80d986c5af5", "build/html/_data/.stamp.tmp"):
        tiny.write(name, "")
    assert tiny.build().warnings == ""


def test_pickles_of_another_user_are_not_read(tiny, monkeypatch):
    """Reading one runs what it says; ``-o`` may be a folder that others can write to."""
    tiny.build()
    assert tiny.build().read == set()
    user = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: user + 1)
    assert "index" in tiny.build().read


def test_a_linked_pickle_is_not_read(tiny):
    tiny.build()
    pickle = tiny.root / DOCTREES / "environment.pickle"
    pickle.rename(tiny.root / "elsewhere")
    pickle.symlink_to(tiny.root / "elsewhere")
    before = (tiny.root / "elsewhere").read_bytes()
    assert "index" in tiny.build().read
    assert not pickle.is_symlink()
    assert (tiny.root / "elsewhere").read_bytes() == before


def test_a_build_with_mistakes_leaves_the_next_one_its_pages(little_manual):
    text = (little_manual.root / "data/manual.yaml").read_text("utf-8")
    little_manual.write("data/manual.yaml", "title: 1\n")
    with pytest.raises(SystemExit):
        little_manual.build()
    little_manual.write("data/manual.yaml", text)
    assert little_manual.build().read == set()


def test_builders_with_the_same_doctrees_do_not_hide_changes_from_each_other(little_manual):
    doctrees = little_manual.root / DOCTREES
    little_manual.build("text", doctrees=doctrees)
    little_manual.replace("data/expectations/memory.yaml", "title: Swap", "title: Swap space")
    little_manual.build("text", doctrees=doctrees)
    built = little_manual.build("html")
    for page in ("index", "roles", "listings", "generated/matrix"):
        assert "Swap space" in built.text(f"{page}.html"), page
    assert little_manual.build("html").written == set()


OTHER_TITLE = 'html_title = "Other"\n'
INTERRUPTED = """\
written = []

def interrupt(app, page, *_):
    if len(written) == 2:
        raise KeyboardInterrupt
    written.append(page)

def setup(app):
    app.connect("html-page-context", interrupt)
"""


def test_pages_that_an_interrupted_build_of_another_setting_left_are_written(little_manual):
    """It read no page: all doctrees are as before, and Sphinx has noted the setting."""
    conf = (little_manual.root / "conf.py").read_text("utf-8") + OTHER_TITLE
    little_manual.write("conf.py", conf + INTERRUPTED)
    with pytest.raises(KeyboardInterrupt):
        little_manual.build()
    little_manual.write("conf.py", conf)
    assert little_manual.build().texts == little_manual.build(output="from-nothing").texts
