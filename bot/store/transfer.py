"""`tenhours copy`: everything from one database into an empty one on the other engine, row for row.

The source stands still meanwhile: nobody else can open it, or work on its tables. Rows go through in streams, so memory
does not depend on their number. Tables, columns and keys are those that the two catalogues tell. Leases are left out,
since whoever held one serves the other database; posts that were being sent stay so, and are looked for before they
are sent, as after a crash.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from bot.clock import SteadyClock
from bot.errors import NotSaved, SchemaMismatch, TenHoursError
from bot.failpoint import reach
from bot.location import Location
from bot.store import counted_weeks, leases, migrate, moved, running_sums, search
from bot.store.filling import Columns, Table, Target, quoted
from bot.store.moved import MOVED, UNFINISHED, Move
from bot.store.rows import ms
from bot.store.schema import VERSION_TABLE
from bot.store.tx import Row, Tx

ROWS_PER_REPORT = 1_000
"""Rows between two reports of how far it is."""

WORDS, LEASES = "journal_words", "leases"
LEFT_BY_UPGRADES: tuple[Callable[[Tx], bool], ...] = (
    counted_weeks.fill_slice,
    search.move_slice,
    running_sums.fill_slice,
)
"""Functions that do a part of what an upgrade left to be done, in tables that only an upgraded database has."""

Report = Callable[[int, int], None]
"""Hears how many rows of how many are copied, and may raise to break the copying off."""


@dataclass(frozen=True, slots=True)
class Copied:
    """How many rows were copied; 0 where only the last step of an earlier copying was missing."""

    rows: int


def copy(source: Location, target: Location, now: datetime, report: Report, *, is_forced: bool = False) -> Copied:
    """Copy all of `source` into the empty `target`, and mark the source as moved.

    Raises `TenHoursError` for what cannot be copied, or copied there; then both are as they were, but for the mark of
    an earlier copying, which goes where it `is_forced`.
    """
    require_copyable(source, target)
    former, unfinished = moved.find_at(source, MOVED), moved.find_at(target, UNFINISHED)
    if former is not None and unfinished is not None and former.id == unfinished.id:
        moved.delete_at(target, UNFINISHED)
        return Copied(0)
    moved.require_here(source, is_forced=is_forced)
    identity = token_hex(8)
    with _holding(source) as (tx, of_source), _filling(target) as filling:
        require_unserved(tx, now)
        _finish_upgrade(tx)
        rows = _fill(tx, filling, _match(source, of_source(), filling.list_tables()), report)
        reach("copied")
        filling.finish(Move(identity, str(_named(source)), now))
        reach("finished")
        leases.clear(tx)  # so that whoever comes back from a pause or a broken network holds nothing
        moved.save(tx, MOVED, Move(identity, str(_named(target)), now))
    reach("marked")
    moved.delete_at(target, UNFINISHED)
    return Copied(rows)


def require_copyable(source: Location, target: Location) -> None:
    """Raise `TenHoursError` unless the source can be copied, and the target is of the other kind, and empty."""
    if isinstance(source, Path) is isinstance(target, Path):
        kind = "files" if isinstance(source, Path) else "on servers"
        raise TenHoursError(
            f"{source} and {target} are both {kind}. To bring one's content to the other, "
            "use `tenhours backup` and `tenhours restore`."
        )
    revision = migrate.read_revision(source)
    if revision is None:
        raise NotSaved(f"There's nothing to copy: {source} has no tables yet.")
    if revision != migrate.head():
        migrate.require_head(source)
    revision = migrate.read_revision(target)
    if revision not in (None, migrate.head()):
        raise SchemaMismatch(
            f"{target} is at schema {revision}, but {source} is at {migrate.head()}. Name an empty database."
        )


def _holding(source: Location) -> AbstractContextManager[tuple[Tx, Callable[[], Columns]]]:
    if isinstance(source, Path):
        from bot.store import sqlite_transfer  # noqa: PLC0415 - each is loaded where it is needed

        return sqlite_transfer.holding(source)
    from bot.store import postgres_transfer  # noqa: PLC0415

    return postgres_transfer.holding(source)


def _filling(target: Location) -> AbstractContextManager[Target]:
    if isinstance(target, Path):
        from bot.store import sqlite_transfer  # noqa: PLC0415

        return sqlite_transfer.filling(target)
    from bot.store import postgres_transfer  # noqa: PLC0415

    return postgres_transfer.filling(target)


def _named(location: Location) -> Location:
    """Return a location as it is called from any folder."""
    return location.absolute() if isinstance(location, Path) else location


def require_unserved(tx: Tx, now: datetime) -> None:
    """Raise `NotSaved` where a lease has not run out: by the steady clock of this machine, or by the holder's own."""
    steady = SteadyClock()
    for name, lease in leases.list_of(tx, "").items():
        is_of_here = bool(lease.boot) and lease.boot == steady.boot
        is_alive = lease.steady_until > steady.seconds() * 1000 if is_of_here else ms(lease.until) > ms(now)
        if is_alive:
            raise NotSaved(f"{lease.holder} serves {name} on this database. Stop the bot first.")


def _finish_upgrade(tx: Tx) -> None:
    """Do what an upgrade has left to be done while the bot serves: the tables of it are not copied."""
    for do_slice in LEFT_BY_UPGRADES:
        while do_slice(tx):
            pass


def _match(source: Location, of_source: Columns, of_target: Columns) -> list[Table]:
    """Return the tables of both with the columns that PostgreSQL names and the keys that SQLite names."""
    columns, keys = (of_target, of_source) if isinstance(source, Path) else (of_source, of_target)
    others = sorted(columns.keys() ^ keys.keys())
    if others:
        raise SchemaMismatch(f"Only one of the two databases has a table {others[0]}: it isn't this program's.")
    return [Table(name, columns[name], keys[name]) for name in columns if name != VERSION_TABLE]


def _fill(tx: Tx, filling: Target, tables: list[Table], report: Report) -> int:
    """Copy all rows, and return how many."""
    total, done = sum(_count(tx, table) for table in tables), 0
    report(0, total)

    def watched(rows: Iterable[Row]) -> Iterator[Row]:
        nonlocal done
        for row in rows:
            yield row
            done += 1
            if done % ROWS_PER_REPORT == 0:
                report(done, total)

    for table in tables:
        if table.name == WORDS:
            words = search.list_encoded(tx, filling.word_index)
            filling.load(Table(WORDS, ("rowid", "words"), table.key), watched(words))
        elif table.name != LEASES:
            filling.load(table, watched(tx.each(table.select())))
        reach("copying")
    report(total, total)
    return done


def _count(tx: Tx, table: Table) -> int:
    row = tx.one(f"SELECT count(*) FROM {quoted([table.name])}")
    assert row is not None
    return int(row[0]) if table.name != LEASES else 0
