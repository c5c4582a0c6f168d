"""A program of its own that copies the bytes of a database and of its log, while `snapshot` holds a read transaction.

It is a process of its own, because closing a file lets go of every lock that a process has on it, SQLite's as well.
It's started by its path and imports next to nothing, so that starting it takes no time.
"""

import os
import sys

BYTES_PER_STEP = 8 << 20
LOG_HEADER_BYTES = 32


def copy_file(source: str, target: str) -> None:
    """Copy one file over another. Raises `OSError`."""
    read, written = os.open(source, os.O_RDONLY), os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    at = 0
    while True:
        if sys.platform == "linux":
            count = os.sendfile(written, read, at, BYTES_PER_STEP)
        else:
            count = _write_all(written, os.read(read, BYTES_PER_STEP))
        if not count:
            return
        at += count


def copy_log(source: str, target: str) -> None:
    """Copy a log of one generation: where it began anew meanwhile, it's copied again. Raises `OSError`."""
    while True:
        before = _read_header(source)
        if not before:
            return
        copy_file(source, target)
        if _read_header(source) == before == _read_header(target):
            return
        os.truncate(target, 0)


def _write_all(written: int, data: bytes) -> int:
    left = memoryview(data)
    while left:
        left = left[os.write(written, left) :]
    return len(data)


def _read_header(log: str) -> bytes:
    """Return what tells one generation of a log from the next; nothing where there is no log."""
    try:
        handle = os.open(log, os.O_RDONLY)
    except FileNotFoundError:
        return b""
    try:
        return os.read(handle, LOG_HEADER_BYTES)
    finally:
        os.close(handle)


if __name__ == "__main__":
    try:
        copy_file(sys.argv[1], sys.argv[2])
        copy_log(f"{sys.argv[1]}-wal", f"{sys.argv[2]}-wal")
    except OSError as error:
        sys.exit(error.strerror)
