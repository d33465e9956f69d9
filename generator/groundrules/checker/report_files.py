"""The other files that a check reads and writes: baseline and reports."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from groundrules.atomic import write_text
from groundrules.checker.settings import CannotGoOnError, CheckResult, CheckSettings
from groundrules.confined import LinkError, check_named, read_named
from groundrules.findings.baseline import BadBaselineError, Baseline
from groundrules.report import FORMATS

LARGEST = 64 * 2**20  # bytes of a baseline


def read_baseline(settings: CheckSettings) -> Baseline:
    """Return the baseline; an empty one without ``--baseline`` or if it does not exist yet."""
    path = settings.baseline
    if path is None or (settings.update_baseline and not path.exists()):
        return Baseline()
    try:
        return Baseline.read(read_named(path, settings.root, LARGEST).decode("utf-8"))
    except FileNotFoundError:
        message = f"baseline {path} not found; --update-baseline writes it"
        raise CannotGoOnError(message) from None
    except (BadBaselineError, OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise CannotGoOnError(f"baseline {path} cannot be read: {why}") from None


def write_outputs(settings: CheckSettings, result: CheckResult) -> None:
    """Write the report to the output files, and to GitHub's summary of a step."""
    for name, path in settings.outputs:
        write_file(path, FORMATS[name](result.diagnostics, result.context), settings.root)
    if settings.step_summary and result.diagnostics:
        from groundrules.report.github import summary

        path, text = settings.step_summary, summary(result.diagnostics, result.context)
        with writing(path), path.open("a", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(text)


def write_file(path: Path, text: str, root: Path) -> None:
    """Write a file that the user named, whole or not at all; raises `CannotGoOnError`.

    Devices and pipes are written, not replaced.  A link is followed, but not out of the checkout
    around ``root``, where an untrusted change can add it.
    """
    with writing(path):
        check_named(path, root)
        if path.exists() and not path.is_file():
            path.write_text(text, "utf-8")
        else:
            write_text(path.resolve(), text)


@contextmanager
def writing(path: Path | str) -> Iterator[None]:
    """Raise `CannotGoOnError` if a file cannot be written."""
    try:
        yield
    except LinkError:
        why = "a symbolic link leads out of the repository"
        raise CannotGoOnError(f"{path} cannot be written: {why}") from None
    except OSError as error:
        raise CannotGoOnError(f"{path} cannot be written: {error.strerror}") from None
