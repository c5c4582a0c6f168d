"""Copies of a server's database, made and put back by PostgreSQL's own programs.

A copy is one snapshot, in `pg_dump`'s custom format, and gets its name only when it is complete and on the disk. A
restore moves the tables of today into a schema of their own, where they are kept, and fills the place they had. Until
all is done a table says so, by which nobody starts on what is half restored, and the same command finishes it. No
password stands in a command line: others can read those.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from bot.errors import NotSaved, SchemaMismatch
from bot.failpoint import reach
from bot.location import ServerDatabase
from bot.store import backup, migrate, moved, transfer
from bot.store.filling import quoted
from bot.store.postgres import PostgresTx, execute_commit, explained
from bot.store.postgres_connection import connect, describe
from bot.store.postgres_schema import LOCK, TABLES
from bot.store.postgres_transfer import BEGIN, require_unused
from bot.store.restore import DUMP_MAGIC
from bot.store.schema import OURS, require_ours
from bot.store.tx import Tx

DUMP, RESTORE = "pg_dump", "pg_restore"
SECONDS_PER_LOOK = 0.1
MISMATCH = "server version mismatch"
FIND_SCHEMA = "SELECT current_schema()"
RESTORING = moved.RESTORING
FIND_FORMER = f"SELECT former FROM {RESTORING}"


def is_dump(path: Path) -> bool:
    """Return True if a file begins as a copy of a server's database does."""
    try:
        with path.open("rb") as file:
            return file.read(len(DUMP_MAGIC)) == DUMP_MAGIC
    except OSError:
        return False


def is_possible() -> bool:
    """Return True if the program that makes copies is installed."""
    return shutil.which(DUMP) is not None


def back_up(location: ServerDatabase, target: Path, is_stopping: Callable[[], bool] = lambda: False) -> None:
    """Copy a database to the new file `target`, readable by its owner alone.

    Raises `NotSaved` where that cannot be, and `BrokenOff` once `is_stopping`; then nothing is left behind.
    """
    if target.exists():
        raise NotSaved(f"{target} already exists. Name a new file.")
    program = _find(DUMP)
    if migrate.read_revision(location) is None:
        raise NotSaved(f"There's nothing to copy: {location} has no tables yet.")
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        backup.make_anew(unfinished)
        options = ("--format=custom", "--no-owner", "--no-privileges", f"--schema={_schema_of(location)}")
        _run(location, [program, *options, f"--file={unfinished}"], is_stopping)
        backup.sync(unfinished)
        backup.name(unfinished, target)
        backup.sync_folder(target)
    except FileExistsError:
        raise NotSaved(f"{target} already exists. Name a new file.") from None
    except OSError as error:
        raise NotSaved(f"{location} can't be copied to {target}: {backup.reason_of(error)}.") from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def put_back(location: ServerDatabase, source: Path, unit: Callable[[Tx], None], now: datetime) -> str | None:
    """Put a copy in the place of the database, of this version's schema and with `unit` done to it.

    Return the name of the schema in which the former tables are kept; None if there were none. Raises `NotSaved` or
    `SchemaMismatch` for what cannot be restored; then all is as it was.
    """
    program = _find(RESTORE)
    _examine(program, source)
    schema, former = _schema_of(location), _set_aside(location, now)
    reach("set aside")
    try:
        options = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", f"--schema={schema}")
        _run(location, [program, *options, str(source)])
        reach("put back")
        if migrate.read_revision(location) != migrate.head():
            migrate.migrate(location)
        with _changing(location) as tx:
            unit(tx)
            tx.run(f"DROP TABLE {RESTORING}")
    except BaseException:
        _bring_back(location)
        raise
    return former or None


def _examine(program: str, source: Path) -> None:
    """Raise `NotSaved` or `SchemaMismatch` unless the file is a copy of a database of this program."""
    if not source.is_file():
        raise NotSaved(f"There's no file {source} to restore.")
    if not is_dump(source):
        raise SchemaMismatch(f"{source} isn't a copy of a database on a server.")
    listing = [program, "--list", str(source)]
    done = subprocess.run(listing, capture_output=True, text=True, check=False)  # noqa: S603 - PostgreSQL's own program
    if done.returncode:
        raise SchemaMismatch(f"{source} can't be restored: {_reason(done.stderr, program)}.")
    tables = {words[5] for line in done.stdout.splitlines() if (words := line.split())[3:4] == ["TABLE"]}
    if not tables >= OURS:
        raise SchemaMismatch(f"{source} is a copy of another program's database.")


def _set_aside(location: ServerDatabase, now: datetime) -> str:
    """Move the tables of today into a schema of their own, and return its name; "" if there are none.

    What an earlier restore has left unfinished is dropped; the tables that it set aside stay there.
    """
    with _changing(location, is_unused=True) as tx:
        tables = [table for (table,) in tx.all(TABLES)]
        if tables:
            tx.run(f"LOCK TABLE {quoted(tables)} IN ACCESS EXCLUSIVE MODE")
        if RESTORING in tables:
            row = tx.one(FIND_FORMER)
            _drop(tx, [table for table in tables if table != RESTORING])
            return str(row[0]) if row else ""
        former = ""
        if tables:
            require_ours(location, set(tables))
            transfer.require_unserved(tx, now)
            former = f"before_{now:%Y%m%dt%H%M%Sz}"
            tx.run(f"CREATE SCHEMA {former}")
            for table in tables:
                tx.run(f"ALTER TABLE {quoted([table])} SET SCHEMA {former}")
        tx.run(f"CREATE TABLE {RESTORING} (former text NOT NULL)")
        tx.run(f"INSERT INTO {RESTORING} VALUES (CAST(:former AS text))", former=former)
        return former


def _bring_back(location: ServerDatabase) -> None:
    """Let all be as it was before."""
    with _changing(location) as tx:
        if not tx.has_table(RESTORING):
            return
        row = tx.one(FIND_FORMER)
        schema, former = tx.one(FIND_SCHEMA), row[0] if row else ""
        _drop(tx, [table for (table,) in tx.all(TABLES)])
        if former and schema:
            for (table,) in tx.all("SELECT tablename FROM pg_tables WHERE schemaname = :former", former=former):
                tx.run(f"ALTER TABLE {former}.{quoted([table])} SET SCHEMA {quoted([schema[0]])}")
            tx.run(f"DROP SCHEMA {former}")


def _drop(tx: Tx, tables: list[str]) -> None:
    if tables:
        tx.run(f"DROP TABLE {quoted(tables)}")


@contextmanager
def _changing(location: ServerDatabase, *, is_unused: bool = False) -> Iterator[Tx]:
    """Yield a transaction in which the schema is changed by nobody else, and commit it at the end."""
    with closing(connect(location)) as connection, explained(f"{location} can't be restored"):
        if is_unused:
            require_unused(location, PostgresTx(connection, is_writing=False))
        connection.execute(BEGIN, prepare=False)
        connection.execute(LOCK)
        yield PostgresTx(connection, is_writing=True)
        execute_commit(connection)


def _schema_of(location: ServerDatabase) -> str:
    with closing(connect(location)) as connection:
        row = connection.execute(FIND_SCHEMA).fetchone()
    return str(row[0]) if row else ""


def _find(program: str) -> str:
    """Return the path of a program. Raises `NotSaved` with what to install."""
    path = shutil.which(program)
    if path is None:
        raise NotSaved(
            f"`{program}` isn't installed. Install PostgreSQL's client programs (on Debian `apt install "
            "postgresql-client`), of the server's version or newer."
        )
    return path


def _run(location: ServerDatabase, command: list[str], is_stopping: Callable[[], bool] = lambda: False) -> None:
    """Run one of the programs on the database. Raises `NotSaved` with its words, or `BrokenOff`."""
    address, password = describe(location)
    environ = {**os.environ, **({"PGPASSWORD": password} if password else {})}
    full = [*command, f"--dbname={address}", "--no-password"]
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(  # noqa: S603 - as above
            full, env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said
        ) as child,
    ):
        try:
            while child.poll() is None:
                if is_stopping():
                    raise backup.BrokenOff
                with suppress(subprocess.TimeoutExpired):
                    child.wait(SECONDS_PER_LOOK)
        except BaseException:
            child.kill()
            raise
        said.seek(0)
        words = said.read().decode(errors="replace")
    if child.returncode:
        raise NotSaved(f"{location}: {_reason(words, command[0])}.")


def _reason(words: str, program: str) -> str:
    """Return why a program failed, in its own words; where it is too old, what is needed."""
    name = Path(program).name
    if MISMATCH in words or "unsupported version" in words:
        return f"`{name}` is too old for it. Install PostgreSQL's client programs of the server's version or newer"
    said = [line.strip() for line in words.splitlines() if line.strip()]
    told = [line.removeprefix(f"{name}: error: ") for line in said if line.startswith(f"{name}: error: ")]
    return (told or said or [f"`{name}` failed"])[0].rstrip(".")
