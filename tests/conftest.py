"""What all tests share: the whole check of a folder, as the command line would print it."""

from __future__ import annotations

import gc
import logging
import os
import re
import signal
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from types import CodeType

import jinja2
import pytest
from hypothesis import settings

from groundrules.checker import check_data
from groundrules.diagnostics import Report

# how long an example takes says more of the machine than of the code
settings.register_profile("groundrules", deadline=None)
settings.load_profile("groundrules")
# thousands of tests and a program's modules are all alive; Python looks through them too often
gc.set_threshold(10_000, 20, 20)
# Sphinx notes hundreds of events in a build, and pytest formats each with all its arguments
logging.disable(logging.DEBUG)
# A shell lets its background processes ignore it; so would all processes that tests interrupt
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


WHOLE = re.compile(r"^pytestmark = pytest\.mark\.repository$", re.MULTILINE)


HERE = Path(__file__).parent


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not look for tests in folders of cases, nor in modules that read a missing repository.

    Thousands of folders would be listed, in each worker.
    """
    if collection_path.parent.parent == HERE and collection_path.is_dir():
        return True
    if config.option.markexpr != "not repository" or collection_path.suffix != ".py":
        return None  # pytest decides
    return bool(WHOLE.search(collection_path.read_text("utf-8"))) or None


def pytest_configure(config: pytest.Config) -> None:
    """Keep compiled modules in pytest's cache where Python shall not write them beside sources.

    Containers often ask for that; each process that a test starts would compile everything again.
    """
    if sys.dont_write_bytecode and hasattr(config, "cache"):
        sys.pycache_prefix = str(config.cache.mkdir("compiled"))
        sys.dont_write_bytecode = False
        os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # or it was started with -B


@pytest.hookimpl(wrapper=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """Take one worker more than processors: some tests wait for a browser or another process.

    Eight are enough: each needs a gigabyte, and builds what its tests share.
    """
    return min((yield) + 1, 8)


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what commands remember away from the cache of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Compile a template once for all manuals: it takes a fifth of the build of a small one.

    What comes of it depends on a template's text and place, and on its environment: how that
    marks and writes values, and which filters and tests it knows.
    """
    compile_template, codes = jinja2.Environment.compile, {}

    def compiled(self: jinja2.Environment, source: str, *place: str | None) -> CodeType:
        known = frozenset(self.extensions), frozenset(self.filters), frozenset(self.tests)
        key = (source, *place, type(self), self.lexer, self.finalize, self.autoescape, *known)
        if key not in codes:
            codes[key] = compile_template(self, source, *place)
        return codes[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jinja2.Environment, "compile", compiled)
        yield


@pytest.fixture
def tiny_manual(tmp_path: Path) -> Path:
    """A manual of one record, which is built in a quarter of the time of the small one."""
    root = tmp_path / "tiny"
    for name, text in TINY.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


TINY = {
    "conf.py": 'extensions = ["groundrules.sphinxext"]\nhtml_theme = "basic"\n',
    "source/index.rst": "Rules\n=====\n\n.. toctree::\n   :glob:\n\n"
    "   generated/*\n   generated/*/*\n",
    "data/manual.yaml": "{title: Rules, publisher: Us, summary: Rules.}\n",
    "data/platforms/vm.yaml": "{id: vm, title: Machine, summary: One.}\n",
}


def checked(root: Path) -> Report:
    return check_data(root).report


@pytest.fixture(scope="session")
def check() -> Callable[[Path], Report]:
    """Load and check the data of a folder."""
    return checked


@pytest.fixture(scope="session")
def findings() -> Callable[[Path], str]:
    """Load and check the data of a folder; each finding is one line."""
    return lambda root: "".join(f"{each}\n" for each in checked(root).diagnostics)


@pytest.fixture(autouse=True)
def sphinx_defaults() -> Iterator[None]:
    """Leave no template of a theme to the next build of this process.

    pydata-sphinx-theme appends its folder to Sphinx's default of ``templates_path``, a list that
    all builds of a process share.
    """
    yield
    if config := sys.modules.get("sphinx.config"):
        config.Config.config_values["templates_path"].default.clear()


@pytest.fixture
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask the servers of the tests without a proxy that the environment names."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
