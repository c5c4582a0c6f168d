"""Opening a file of any kind as a table: from bytes, or from a path; a table of text is then never held whole."""

import os
import stat
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from bot.domain.timesheet.delimited import LONGEST_LINE
from bot.domain.timesheet.json_tables import read_json
from bot.domain.timesheet.read import HEAD_BYTES, decode, encoding_of, is_json, not_utf8, read_lines, read_text
from bot.domain.timesheet.table import Table
from bot.errors import NotSaved, Refused
from bot.tracker_files.deadline import Deadline

MAX_MEGABYTES = 64
LINES_PER_LOOK = 1000
ZIP = b"PK\x03\x04"

Progress = Callable[[int], None]
"""Called with the characters that were read since the last call."""


def open_content(content: bytes, today: date, deadline: Deadline) -> Table:
    """Return the table in a file's bytes. Raises `Refused` if there is none."""
    table = _open_by_library(content[:HEAD_BYTES], lambda: content, today, deadline)
    if table is not None:
        return table
    return read_text(decode(content))


def open_path(path: Path, today: date, deadline: Deadline, progress: Progress = lambda _: None) -> Table:
    """Return the table in the file at a path, whose rows are read from it each time that they are gone through.

    Raises `Refused` if there is none, and `NotSaved` if there is no such file. A pipe or a device is none.
    """
    try:
        head = _read_head(path)
        table = _open_by_library(head, path.read_bytes, today, deadline)
        if table is not None:
            return table
        encoding = encoding_of(head)
        text = _decode_head(head, encoding)
        if is_json(text):
            return read_json(path.read_text(encoding=encoding))
        return read_lines(text, lambda: _lines(path, encoding, deadline, progress))
    except UnicodeError:
        raise not_utf8() from None
    except OSError as error:
        raise _not_readable(path, error) from None


def _open_by_library(head: bytes, read: Callable[[], bytes], today: date, deadline: Deadline) -> Table | None:
    """Return the table in a spreadsheet or a calendar; None for any other file."""
    if head.startswith(ZIP):
        from bot.tracker_files.spreadsheet import read_spreadsheet  # noqa: PLC0415 - a megabyte that few need

        return read_spreadsheet(read(), deadline)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:15].upper() == b"BEGIN:VCALENDAR":
        from bot.tracker_files.calendar import read_calendar  # noqa: PLC0415 - a tenth of a second that few need

        return read_calendar(read(), today, deadline)
    return None


def _read_head(path: Path) -> bytes:
    """Return the first bytes of a file; one that is a pipe or a device is not waited for."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(21, "Is a directory")
        if not stat.S_ISREG(status.st_mode):
            raise NotSaved(f"{path} cannot be read: it is not a file. Save what it gives as one first.")
        if status.st_size > MAX_MEGABYTES * 1024**2:
            raise Refused(f"{path} has more than {MAX_MEGABYTES} MB. Export a shorter time and bring it in by parts.")
        return file.read(HEAD_BYTES)


def _decode_head(head: bytes, encoding: str) -> str:
    """Return the first characters; a sign that the head ends in is left out."""
    try:
        return head.decode(encoding)
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:
            raise
        return head[: error.start].decode(encoding)


def _lines(path: Path, encoding: str, deadline: Deadline, progress: Progress) -> Iterator[str]:
    """Yield lines, each at most one character longer than a line may be."""
    deadline.check()
    try:
        with path.open(encoding=encoding, newline="") as text:
            count = read = 0
            while line := text.readline(LONGEST_LINE + 1):
                count, read = count + 1, read + len(line)
                if count % LINES_PER_LOOK == 0 or len(line) > LONGEST_LINE:
                    deadline.check()
                    progress(read)
                    read = 0
                yield line
    except UnicodeError:
        raise not_utf8() from None
    except OSError as error:
        raise _not_readable(path, error) from None


def _not_readable(path: Path, error: OSError) -> NotSaved:
    return NotSaved(f"{path} cannot be read: {error.strerror or 'it is no file'}.")
