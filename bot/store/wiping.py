"""What deleted rows left on SQLite's pages is overwritten in place, in slices, while everybody goes on writing.

`secure_delete` overwrites what is deleted, but a row that moved to another page before leaves a copy behind in the gap
between a page's cell pointers and its cells. Nothing that SQLite reads lies in gaps, in free blocks and on free pages,
so these are overwritten in the file itself; `VACUUM` would stop all writes for as long as the file is long.

Such a slice is safe since nobody else writes to the file meanwhile. The log is empty, so no checkpoint has anything to
move, and the write lock is held, so nobody adds to it. Pages that connections remember as they were are forgotten: this
one's by `shrink_memory`, all others' since the slice commits a change.

The file is held open until its connections are closed: a process that closes a file loses its locks on it.
"""

import os
import sqlite3
import struct
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from bot.failpoint import reach
from bot.store.unit import Slice

HEADER_BYTES, PAGE_SIZE_AT, RESERVED_AT, FREE_TRUNK_AT = 100, 16, 20, 32
"""The file's header, and where in it stand the page size, the reserved bytes of a page and the first free page."""

TRUNK_HEADER_BYTES = 8
"""Bytes of a page that lists free ones, before their numbers."""

LEAF_HEADERS, INNER_HEADERS = {10: 8, 13: 8}, {2: 12, 5: 12}
TREE_HEADERS = LEAF_HEADERS | INNER_HEADERS
"""Lengths of the header of a page of a tree, by its first byte."""

MAX_PAGES = 1 << 25
"""A page that goes on another begins with that one's number, of which the first byte is 0 or 1 up to this one: below
it none is taken for a page of a tree. With pages of 4 KiB these are 128 GiB."""

LOOK_PAGES = 512
"""Pages that are looked at in one go: 2 MiB, in some 3 ms."""

ENOUGH_SUSPECTS = 128
WIPED_PAGES, WIPE_SECONDS = 128, 0.006
"""A slice overwrites so many pages, and for so long: nobody else can write then, and the disk is busy after it."""

LOG_HEADER, FRAME_HEADER = struct.Struct(">16xI12x"), struct.Struct(">I20x")
"""The salt of a log's header, by which one beginning of it is told from the next; the page's number in a frame's."""

SALTS = 1 << 32


class _Page:
    """The bytes of one page, and where in them nothing is stored; of a free page the first `used` are in use."""

    def __init__(self, content: bytearray, usable: int, used: int | None = None) -> None:
        self.content = content
        self._usable = usable
        self._used = used

    def left_overs(self) -> Iterator[tuple[int, int]]:
        """Yield where something stands although nothing is stored there: beginnings and ends."""
        for low, high in self._unused():
            if self.content.count(0, low, high) != high - low:
                yield low, high

    def _unused(self) -> Iterator[tuple[int, int]]:
        """Yield the stretches of a page that hold nothing; none of one that goes on another, or makes no sense."""
        content = self.content
        if self._used is not None:
            yield self._used, len(content)
            return
        header = TREE_HEADERS.get(content[0])
        if header is None:
            return
        block, cells, begin = struct.unpack_from(">HHH", content, 1)
        begin = begin or 1 << 16
        pointers_end = header + 2 * cells
        if not pointers_end <= begin <= self._usable:
            return
        pointers = struct.unpack_from(f">{cells}H", content, header)
        if cells and not begin <= min(pointers) <= max(pointers) < self._usable:
            return
        yield pointers_end, begin
        while begin <= block <= self._usable - 4:
            following, size = struct.unpack_from(">HH", content, block)
            if block + size > self._usable:
                return
            yield block + 4, block + size
            if following and following <= block:
                return
            block = following


class Wiper:
    """One database file, read and overwritten below SQLite. `look` and `sync` run beside writers, `wipe` as one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._log = path.with_name(f"{path.name}-wal")
        self._file = path.open("r+b", buffering=0)
        header = self._read(0, HEADER_BYTES)
        size = int.from_bytes(header[PAGE_SIZE_AT : PAGE_SIZE_AT + 2], "big")
        self._size = 1 << 16 if size == 1 else size
        self._usable = self._size - header[RESERVED_AT]
        self._is_log_moved = self._is_log_emptied = False
        self._begin()

    def close(self) -> None:
        """Close the file; no connection of this process may have it open any more."""
        self._file.close()

    def _begin(self) -> None:
        """Begin at the first page, since nothing is known of any."""
        self._next = 2  # the first page holds the names of tables, and each connection keeps it at hand
        self._suspects: set[int] = set()
        self._salt: int | None = None
        self._free: dict[int, int] | None = None

    def look(self) -> bool:
        """Look at some pages; return True once there is enough to overwrite, or all pages were looked at.

        `wipe` looks again at those on which something is left before it believes it.
        """
        if not self._is_log_moved:
            self._move_log()
            self._is_log_moved = True
        self._suspects |= self._pages_in_log()
        if self._free is None:
            self._free = self._find_free_pages()
        count = self._count_pages()
        if len(self._suspects) < ENOUGH_SUSPECTS and self._next <= count:
            chunk = self._read((self._next - 1) * self._size, LOOK_PAGES * self._size)
            for at in range(0, len(chunk), self._size):
                number = self._next + at // self._size
                if self._is_suspect(number, chunk[at : at + self._size]):
                    self._suspects.add(number)
            self._next += max(1, len(chunk) // self._size)
        return len(self._suspects) >= ENOUGH_SUSPECTS or self._next > count

    def wipe(self, connection: sqlite3.Connection, note: str) -> Slice:
        """Overwrite what is left on some pages, on the writer's thread; `note` is a statement that changes something.

        Return `BUSY` where somebody reads from the log. After `DONE` nothing is left of what was deleted before this
        pass began: it has seen all pages, and again all that were written meanwhile, to which a copy may have moved.
        """
        written = self._pages_in_log()
        self._suspects |= written
        if not self._empty_log(connection):
            return Slice.BUSY
        if len(written) > ENOUGH_SUSPECTS and not self._is_log_emptied:
            self._is_log_emptied = True  # a long log was enough for one slice; the next one finds it short
            return Slice.MORE
        connection.execute("BEGIN IMMEDIATE")
        try:
            if self._log_size():
                return Slice.BUSY
            if self._count_pages() > MAX_PAGES:
                raise sqlite3.OperationalError("the file is too large to be looked through")
            self._wipe_some()
            reach("wiping")
            connection.execute("PRAGMA shrink_memory")
            connection.execute(note)
            connection.execute("COMMIT")
        except OSError as error:
            raise sqlite3.OperationalError(f"the file cannot be overwritten: {error.strerror}") from error
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        if self._suspects or self._next <= self._count_pages():
            return Slice.MORE
        self._begin()
        self._is_log_moved = self._is_log_emptied = False
        return Slice.DONE

    def sync(self) -> None:
        """Let what was overwritten reach the disk."""
        getattr(os, "fdatasync", os.fsync)(self._file.fileno())

    def _wipe_some(self) -> None:
        """Overwrite what is left on as many of the suspects as there is time for, on one at least."""
        count = self._count_pages()
        until, wiped = time.monotonic() + WIPE_SECONDS, 0
        free = self._find_free_pages() if self._free else {}
        for number in sorted(self._suspects):
            if 1 < number <= count:
                page = _Page(self._read((number - 1) * self._size, self._size), self._usable, free.get(number))
                left_overs = list(page.left_overs())
                for low, high in left_overs:
                    self._overwrite((number - 1) * self._size + low, high - low)
                wiped += bool(left_overs)
            self._suspects.discard(number)
            if wiped >= WIPED_PAGES or time.monotonic() > until:
                return

    def _is_suspect(self, number: int, content: bytearray) -> bool:
        used = self._free.get(number) if self._free else None
        if used is None and content[0] not in TREE_HEADERS:
            return False
        return any(_Page(content, self._usable, used).left_overs())

    def _find_free_pages(self) -> dict[int, int]:
        """Return the free pages, and how many bytes of each are used: none, or those in which others are listed."""
        used: dict[int, int] = {}
        trunk = int.from_bytes(self._read(FREE_TRUNK_AT, 4), "big")
        while trunk and trunk not in used:
            content = self._read((trunk - 1) * self._size, self._size)
            following, leaves = struct.unpack_from(">II", content)
            if leaves > self._size // 4 - 2:
                break
            used[trunk] = TRUNK_HEADER_BYTES + 4 * leaves
            used.update(dict.fromkeys(struct.unpack_from(f">{leaves}I", content, TRUNK_HEADER_BYTES), 0))
            trunk = following
        return used

    def _pages_in_log(self) -> set[int]:
        """Return the pages that were written since the log was emptied last.

        Where it began anew on its own meanwhile, pages were written of which nothing is known: the pass begins again.
        """
        size = self._log_size()
        if size < LOG_HEADER.size:
            return set()
        with self._log.open("rb") as log:
            (salt,) = LOG_HEADER.unpack(log.read(LOG_HEADER.size))
            if self._salt not in (None, salt):
                self._begin()
            self._salt = salt
            numbers = set[int]()
            for at in range(LOG_HEADER.size, size - self._size, self._size + FRAME_HEADER.size):
                log.seek(at)
                numbers.update(FRAME_HEADER.unpack(log.read(FRAME_HEADER.size)))
        return numbers

    def _empty_log(self, connection: sqlite3.Connection) -> bool:
        """Move the log into the file and empty it; return False at once where somebody reads from it."""
        waits = connection.execute("PRAGMA busy_timeout").fetchone()[0]
        connection.execute("PRAGMA busy_timeout = 0")
        try:
            is_busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            connection.execute(f"PRAGMA busy_timeout = {waits}")
        if not is_busy and self._salt is not None:
            self._salt = (self._salt + 1) % SALTS
        return not is_busy

    def _move_log(self) -> None:
        """Move what is in the log into the file beside writers, so that little of it is left for `wipe` to move.

        It is done once, before a pass: after it the log begins anew.
        """
        with suppress(sqlite3.Error):
            connection = sqlite3.connect(self._path, isolation_level=None, timeout=0)
            try:
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
            finally:
                connection.close()

    def _log_size(self) -> int:
        try:
            return self._log.stat().st_size
        except FileNotFoundError:
            return 0

    def _count_pages(self) -> int:
        return os.fstat(self._file.fileno()).st_size // self._size

    def _read(self, at: int, count: int) -> bytearray:
        content = bytearray(count)
        view = memoryview(content)
        self._file.seek(at)
        filled = 0
        while filled < count and (got := self._file.readinto(view[filled:])):
            filled += got
        view.release()
        del content[filled:]
        return content

    def _overwrite(self, at: int, count: int) -> None:
        """Overwrite bytes, and none beside them: a loss of power harms no others, as SQLite trusts a disk, too."""
        self._file.seek(at)
        self._file.write(bytes(count))
