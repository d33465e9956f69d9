"""The command ``preview``: what it says when it cannot start."""

from __future__ import annotations

import socket
import sys

import pytest
from click.testing import CliRunner

from groundrules.cli import main


def previewed(*arguments: object) -> tuple[int, str]:
    words = ["preview", *map(str, arguments)]
    result = CliRunner().invoke(main, words, prog_name="groundrules")
    assert result.stdout == ""
    return result.exit_code, result.stderr


@pytest.mark.parametrize("name", ["starlette", "uvicorn", "watchfiles"])
def test_a_missing_library_is_named_with_the_command_that_installs_it(tmp_path, monkeypatch, name):
    monkeypatch.setitem(sys.modules, name, None)
    assert previewed("--root", tmp_path) == (
        3,
        f"groundrules: {name} is not installed; install groundrules[preview]\n",
    )


def test_a_folder_without_a_manual_is_named(tmp_path):
    code, message = previewed("--root", tmp_path)
    assert code == 2
    assert message.endswith(
        f"Error: no conf.py in {tmp_path}; give the manual's folder with --root; 'groundrules "
        "init' writes a new manual\n"
    )


def test_a_port_that_is_taken_is_named(tiny_manual):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert previewed("--root", tiny_manual, "--port", port) == (
            3,
            f"groundrules: port {port} is taken; choose another one, or leave out --port\n",
        )


def test_a_link_out_of_the_manual_is_not_written_to(tiny_manual, tmp_path):
    (tiny_manual / "build").mkdir()
    (tiny_manual / "build/preview").symlink_to(tmp_path)
    assert previewed("--root", tiny_manual) == (
        3,
        "groundrules: a symbolic link on the way to build/preview leads out of the repository; "
        "remove the link, or choose another --output\n",
    )
