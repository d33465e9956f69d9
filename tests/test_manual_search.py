"""Which manual a command is about: the nearest one above, within the repository, as with git."""

from __future__ import annotations

from pathlib import Path

import pytest

from groundrules import manual_search
from groundrules.manual_folder import ManualFolder
from groundrules.manual_search import (
    OutsideRepositoryError,
    configuration_around,
    manual_around,
    manuals_of_repository,
    root_options,
    upwards,
)

CONF = 'extensions = ["groundrules.sphinxext"]\n'
NAMES = ("zuul.yaml", ".zuul.d")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "checkout/.git").mkdir(parents=True)
    return tmp_path / "checkout"


def write(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path.parent


def records(folder: Path) -> Path:
    return write(folder / "data/manual.yaml").parent


def made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def test_a_manual_is_found_from_its_folder_and_those_below(checkout):
    root = records(checkout / "docs")
    for start in (root, root / "data", made(root / "source/deep/er")):
        assert manual_around(start) == root


def test_a_folder_without_a_manual_around_is_itself(checkout):
    assert manual_around(made(checkout / "src")) == checkout / "src"


def test_no_manual_is_looked_for_outside_the_checkout(tmp_path, checkout):
    records(tmp_path)
    assert manual_around(checkout) == checkout
    assert manual_around(made(tmp_path / "below")) == tmp_path / "below"


def test_no_manual_is_looked_for_in_another_file_system(checkout, monkeypatch):
    records(checkout)
    mounted = made(checkout / "mounted/inside")
    monkeypatch.setattr(manual_search, "device", lambda folder: "mounted" in folder.parts)
    assert list(upwards(mounted)) == [mounted, checkout / "mounted"]
    assert manual_around(mounted) == mounted


def test_the_nearest_of_several_manuals_is_found(checkout):
    records(checkout)
    inner = write(checkout / "docs/jobs/conf.py", CONF)
    records(checkout / "docs/nodes")
    assert manual_around(made(inner / "pages")) == inner
    assert manual_around(checkout / "docs/nodes/data") == checkout / "docs/nodes"
    assert manual_around(checkout / "docs") == checkout


def test_conf_py_names_the_extension_where_it_is_of_a_manual(checkout):
    write(checkout / "docs/conf.py", 'extensions = ["sphinx.ext.autodoc"]\n')
    assert not ManualFolder(checkout / "docs").exists
    write(checkout / "docs/conf.py", CONF)
    assert ManualFolder(checkout / "docs").exists


@pytest.mark.parametrize(
    ("conf", "data", "root"),
    [
        ("source", "../data", "."),
        ("docs", "rules", "docs"),
        ("docs/source", "../rules", "docs"),
        ("docs", "../platform/rules", "platform"),
        ("docs", "./a/../rules", "docs"),
    ],
)
def test_conf_py_says_where_the_records_are(checkout, conf, data, root):
    folder = write(checkout / conf / "conf.py", f"{CONF}groundrules_data = {data!r}\n")
    assert manual_around(folder) == checkout / root


def test_records_are_found_where_conf_py_computes_their_place(checkout):
    root = records(checkout / "docs")
    write(root / "conf.py", f"{CONF}groundrules_data = str(1)\n")
    assert manual_around(root / "data") == root


@pytest.mark.parametrize("data", ["../../rules", "/rules"])
def test_records_outside_the_repository_are_refused(checkout, data):
    docs = write(checkout / "docs/conf.py", f"{CONF}groundrules_data = {data!r}\n")
    with pytest.raises(OutsideRepositoryError) as raised:
        manual_around(docs)
    assert str(raised.value) == (
        f"'groundrules_data' in {docs}/conf.py leads out of the repository; keep the records inside"
    )


def test_a_conf_py_that_a_link_leads_out_is_not_read(tmp_path, checkout):
    outside = write(tmp_path / "outside/conf.py", CONF)
    made(checkout / "docs")
    (checkout / "docs/conf.py").symlink_to(outside / "conf.py")
    assert manual_around(checkout / "docs") == checkout / "docs"
    assert not ManualFolder(checkout / "docs").exists


def test_manuals_of_a_repository_are_those_in_the_usual_places(checkout):
    write(checkout / "doc/source/conf.py", CONF)
    write(checkout / "docs/conf.py", "extensions = []\n")
    assert manuals_of_repository(made(checkout / "src")) == [checkout / "doc/source"]
    records(checkout / "docs")
    assert manuals_of_repository(checkout) == [checkout / "doc/source", checkout / "docs"]


def test_the_option_that_names_a_manual_can_be_pasted_into_a_shell(checkout, monkeypatch):
    records(checkout / "docs")
    monkeypatch.chdir(made(checkout.parent / "else where"))
    checkout.rename(checkout.with_name("my checkout"))
    assert root_options(checkout.with_name("my checkout")) == "--root '../my checkout/docs'"


def test_pages_are_beside_conf_py_or_in_source(checkout):
    root = write(checkout / "docs/conf.py", CONF)
    assert ManualFolder(root).source == root  # whatever its first page is called
    made(root / "source")
    assert ManualFolder(root).source == root / "source"
    write(root / "index.md")
    assert ManualFolder(root).source == root  # source/ has no first page
    write(root / "source/index.rst")
    assert ManualFolder(root).source == root / "source"


def test_the_output_is_where_sphinx_quickstart_puts_it(checkout):
    root = write(checkout / "docs/conf.py", CONF)
    assert ManualFolder(root).build == root / "_build"
    write(root / "source/index.rst")
    assert ManualFolder(root).build == root / "build"


def test_the_configuration_is_found_from_a_folder_below(checkout):
    write(checkout / "zuul.yaml")
    assert configuration_around(made(checkout / "src/deep"), NAMES) == checkout
    assert configuration_around(checkout, NAMES) == checkout


def test_a_snapshot_of_branches_is_a_configuration_of_its_own(checkout):
    write(checkout / "zuul.yaml")
    made(checkout / "examples/snapshot/main/.zuul.d")
    assert configuration_around(checkout / "examples/snapshot", NAMES) == (
        checkout / "examples/snapshot"
    )


def test_without_a_configuration_a_folder_is_itself(tmp_path, checkout):
    write(tmp_path / "zuul.yaml")
    assert configuration_around(made(checkout / "src"), NAMES) == checkout / "src"
