"""The three standard streams, as a shell or a service may leave them: closed, full, or of an old encoding."""

import os
import sys
from io import TextIOWrapper
from pathlib import Path


def prepare() -> None:
    """Open those that are closed on nothing, and let standard output write “?” where it lacks a letter."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - as long as the program
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def write_utf8() -> None:
    """Write UTF-8 whatever the terminal takes, as JSON wants it."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")


def discard_output() -> None:
    """Drop what was not written yet, so that Python does not try once more as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def sentence_of(error: OSError) -> str:
    """Return a sentence that says what the system does not do, and with which file."""
    about = f" ({error.filename})" if error.filename else ""
    return f"The system refused: {error.strerror or str(error) or type(error).__name__}{about}."
