"""The small manual beside this file, copied and built in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from manual_copies import Built, Manual, built_once, copied, with_few_records

from sphinx import registry, theming


@pytest.fixture(scope="session", autouse=True)
def packages_once() -> Iterator[None]:
    """Ask once which packages have themes and builders: that takes a tenth of a short build."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (registry, theming):
            patch.setattr(module, "entry_points", cache(entry_points))
        yield


@pytest.fixture
def no_collection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Collect no garbage after each build: that visits all objects of the tests before."""
    monkeypatch.setattr("groundrules.sphinxext.warm_build.freeze_after_collection", lambda: None)


@pytest.fixture(scope="session")
def copy_of_small_manual() -> Callable[[Path], Manual]:
    """Copy the small manual to a folder."""
    return copied


@pytest.fixture
def manual(tmp_path: Path) -> Manual:
    """The small manual, to be changed by one test."""
    return copied(tmp_path / "manual")


@pytest.fixture
def tiny(tiny_manual: Path) -> Manual:
    """A manual of one record, for tests of how it is built rather than of what it shows."""
    return Manual(tiny_manual)


@pytest.fixture
def little(tmp_path: Path) -> Manual:
    """A manual of few records, to be changed by one test."""
    return with_few_records(tmp_path / "little")


@pytest.fixture(scope="session")
def once_little(tmp_path_factory: pytest.TempPathFactory) -> Manual:
    """What `little_manual` lends."""
    return built_once(with_few_records(tmp_path_factory.mktemp("little") / "manual"))


@pytest.fixture
def little_manual(once_little: Manual) -> Iterator[Manual]:
    """A manual of few records as HTML, to be changed and built again by one test."""
    with once_little.lent() as manual:
        yield manual


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Manual:
    """The small manual, for tests that only look at it."""
    return copied(tmp_path_factory.mktemp("small") / "manual")


@pytest.fixture(scope="session")
def built_with(small: Manual) -> Callable[[str], Built]:
    """Build the small manual with a builder, once, for tests that only look at it.

    Builders share what is read, as with ``make``: only the quotes of Sphinx depend on the builder.
    """

    @cache
    def build(builder: str) -> Built:
        quotes = "straight" if builder in ("text", "man") else "curly"
        return small.build(builder, doctrees=small.root / f"build/.doctrees-{quotes}")

    return build


@pytest.fixture(scope="session")
def built(built_with: Callable[[str], Built]) -> Built:
    """The small manual as HTML, for tests that only look at it."""
    return built_with("html")


@pytest.fixture(scope="session")
def once_built(tmp_path_factory: pytest.TempPathFactory) -> Manual:
    """What `built_manual` lends."""
    return built_once(copied(tmp_path_factory.mktemp("once") / "manual"))


@pytest.fixture
def built_manual(once_built: Manual) -> Iterator[Manual]:
    """The small manual as HTML, to be changed and built again by one test."""
    with once_built.lent() as manual:
        yield manual
