"""PostgreSQL refused, lost and wrong: what is said, that nothing is half written, and that the next attempt works."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from functools import partial

import psycopg
import pytest
from msgspec.structs import replace

from bot.errors import ForeignDatabase, Misconfigured, NotSaved, SchemaMismatch
from bot.location import ServerDatabase
from bot.store import migrate, postgres, postgres_connection
from bot.store.database import Store
from bot.store.tx import Tx
from migrations import snapshot
from tests.servers.postgres import server as servers
from tests.servers.postgres.server import Server
from tests.servers.postgres.shared import maintenance_url, with_name

KEEPS = {"fsync": "off", "synchronous_commit": "on"}
"""Settings of a server that keeps what it promises when it is stopped, though not when the machine is."""

pytestmark = pytest.mark.sqlite  # nothing here is asked of both engines


def remember(tx: Tx, key: str) -> None:
    tx.run("INSERT INTO memory (key, value, kept_at) VALUES (:key, '', 0)", key=key)


def keys(tx: Tx) -> list[str]:
    return [row[0] for row in tx.all("SELECT key FROM memory ORDER BY key")]


@pytest.fixture
async def served(emptied_server_database: ServerDatabase) -> AsyncIterator[Store]:
    store = await Store.open(emptied_server_database)
    yield store
    await store.close()


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server that a test may stop."""
    try:
        with servers.running(**KEEPS) as server:
            yield server
    except servers.Missing as missing:
        pytest.skip(f"no PostgreSQL: {missing}")


@pytest.fixture
def new_database(server_database: ServerDatabase) -> Iterator[ServerDatabase]:
    """A database on the server with nothing in it."""
    name, maintenance = f"new_{os.getpid()}", maintenance_url()
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'".encode())
    yield ServerDatabase(with_name(maintenance, name))
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def kill_connections(location: ServerDatabase) -> None:
    with psycopg.connect(location.url, autocommit=True) as connection:
        connection.execute(
            """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()"""
        )


# the schema


def test_the_snapshot_is_what_the_migrations_give(new_database: ServerDatabase) -> None:
    migrate.migrate(new_database)
    with psycopg.connect(new_database.url) as connection:
        expected = snapshot.snapshot_of_server(connection.execute)
    assert snapshot.POSTGRES_FILE.read_text(encoding="utf-8") == expected, "type `make schema`"


def test_a_new_database_is_what_the_migrations_would_make(server_database: ServerDatabase) -> None:
    with psycopg.connect(server_database.url) as connection:
        made = snapshot.snapshot_of_server(connection.execute)
    assert made == snapshot.POSTGRES_FILE.read_text(encoding="utf-8")


def test_up_down_and_up_again_gives_the_same_schema(new_database: ServerDatabase) -> None:
    migrate.migrate(new_database)
    with psycopg.connect(new_database.url, autocommit=True) as connection:
        connection.execute("INSERT INTO people (name, zone, created_at) VALUES ('Ada', 'UTC', 0)")
        before = snapshot.snapshot_of_server(connection.execute)
    migrate.migrate(new_database, "0002")
    assert migrate.read_revision(new_database) == "0002"
    migrate.migrate(new_database)
    with psycopg.connect(new_database.url, autocommit=True) as connection:
        assert snapshot.snapshot_of_server(connection.execute) == before
        assert connection.execute("SELECT name FROM people").fetchall() == [("Ada",)]
    migrate.migrate(new_database, "base")
    assert migrate.read_revision(new_database) is None


async def test_first_starts_at_once_make_one_database(new_database: ServerDatabase) -> None:
    await asyncio.gather(*(asyncio.to_thread(migrate.require_head, new_database) for _ in range(6)))
    assert migrate.read_revision(new_database) == migrate.head()


async def test_migrations_at_once_run_one_after_the_other(new_database: ServerDatabase) -> None:
    await asyncio.gather(*(asyncio.to_thread(migrate.migrate, new_database) for _ in range(3)))
    assert migrate.read_revision(new_database) == migrate.head()


@pytest.mark.parametrize(
    ("statement", "error", "words"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", SchemaMismatch, "Install the newer version again"),
        ("UPDATE alembic_version SET version_num = '0003'", SchemaMismatch, "tenhours migrate"),
        ("DROP TABLE alembic_version", ForeignDatabase, "is the database of another program"),
        ("DROP TABLE checkins CASCADE", ForeignDatabase, "is the database of another program"),
    ],
)
def test_another_schema_is_refused(
    new_database: ServerDatabase, statement: str, error: type[Exception], words: str
) -> None:
    migrate.create(new_database)
    with psycopg.connect(new_database.url) as connection:
        connection.execute(statement.encode())
    with pytest.raises(error, match=words):
        migrate.require_head(new_database)


# what is typed


@pytest.mark.parametrize(
    ("url", "error", "words"),
    [
        ("postgresql://u@/name?host=/nowhere", NotSaved, "No such file or directory"),
        ("postgresql://u@127.0.0.1:1/name", NotSaved, "Connection refused"),
        ("postgresql://u:secret@127.0.0.1:1/name", NotSaved, "postgresql://u@127.0.0.1:1/name can't be opened"),
        ("postgresql://u@/name?hots=x", Misconfigured, "hots"),
        ("postgresql://u@[/name", Misconfigured, "database"),
    ],
)
def test_a_wrong_url_is_told_in_a_sentence_without_its_password(url: str, error: type[Exception], words: str) -> None:
    with pytest.raises(error) as caught:
        migrate.require_head(ServerDatabase(url))
    assert words in str(caught.value)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")


def test_a_database_that_is_not_there_is_named(server_database: ServerDatabase) -> None:
    with pytest.raises(NotSaved, match='can\'t be opened: database "nobodys" does not exist'):
        migrate.require_head(ServerDatabase(with_name(maintenance_url(), "nobodys")))


def test_a_wrong_password_is_named(own_server: Server) -> None:
    rules = own_server.folder / "data" / "pg_hba.conf"
    with psycopg.connect(own_server.url(), autocommit=True) as connection:
        connection.execute("CREATE ROLE ada LOGIN PASSWORD 'right'")
        rules.write_text("local all postgres trust\nlocal all all scram-sha-256\n")
        connection.execute("SELECT pg_reload_conf()")
    url = own_server.url().replace("postgres@", "ada:wrong@")
    for _ in range(50):
        with suppress(NotSaved):
            postgres_connection.connect(ServerDatabase(url)).close()
    with pytest.raises(NotSaved, match='password authentication failed for user "ada"'):
        postgres_connection.connect(ServerDatabase(url))
    with pytest.raises(NotSaved, match="permission denied for schema public"):
        migrate.require_head(ServerDatabase(url.replace("wrong", "right")))


def test_a_server_that_is_too_old_says_what_is_needed(
    server_database: ServerDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_connection, "LEAST_VERSION", 99)
    with pytest.raises(Misconfigured, match=r"is PostgreSQL \d+, but this version needs 99 or newer"):
        migrate.require_head(server_database)


def test_a_database_without_unicode_says_what_to_type(server_database: ServerDatabase) -> None:
    maintenance, name = maintenance_url(), f"ascii_{os.getpid()}"
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(
            f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'".encode()
        )
        with pytest.raises(Misconfigured, match="createdb --encoding=UTF8"):
            migrate.require_head(ServerDatabase(with_name(maintenance, name)))
        connection.execute(f"DROP DATABASE {name}".encode())


def test_the_driver_is_imported_only_for_a_server() -> None:
    program = (
        "import asyncio, pathlib, sys; from bot.app import opened; from bot.config import load; "
        "print('psycopg' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_without_the_driver_a_sentence_says_what_to_type() -> None:
    program = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from bot.location import ServerDatabase\nfrom bot.store import migrate\n"
        "migrate.require_head(ServerDatabase('postgresql:///x'))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "Type `pip install 'tenhours[postgres]'`, then try again." in done.stderr


# what happens to a connection


async def test_a_unit_whose_connection_is_lost_runs_again_whole(served: Store) -> None:
    assert isinstance(served.location, ServerDatabase)
    location, runs = served.location, list[int]()

    def unit(tx: Tx) -> None:
        remember(tx, "a")
        runs.append(1)
        if len(runs) == 1:
            kill_connections(location)
        remember(tx, "b")

    await served.write(unit)
    assert await served.read(keys) == ["a", "b"]
    assert len(runs) == 2


async def test_idle_connections_that_died_are_noticed_by_nobody(served: Store) -> None:
    assert isinstance(served.location, ServerDatabase)
    await asyncio.gather(*(served.write(partial(remember, key=f"{n:02}")) for n in range(10)))
    kill_connections(served.location)
    await asyncio.gather(*(served.write(partial(remember, key=f"{n:02}")) for n in range(10, 20)))
    assert len(await served.read(keys)) == 20


async def test_a_restart_is_not_saved_and_then_works(own_server: Server) -> None:
    location = ServerDatabase(own_server.url())
    migrate.require_head(location)
    store = await Store.open(location)
    await store.write(partial(remember, key="before"))
    own_server.stop()
    with pytest.raises(NotSaved):
        await store.write(partial(remember, key="meanwhile"))
    with pytest.raises(NotSaved):
        await store.read(keys)
    own_server.start(**KEEPS)
    await store.write(partial(remember, key="after"))
    assert await store.read(keys) == ["after", "before"]
    await store.close()


@pytest.mark.parametrize("is_done", [True, False])
async def test_a_commit_whose_answer_is_lost_is_looked_up(
    served: Store, is_done: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The unit is on disk and is not run again, or it is not and runs once more: it counts once, either way."""
    assert isinstance(served.location, ServerDatabase)
    location, lost = served.location, list[int]()
    execute = postgres.execute_commit

    def lose(connection: "psycopg.Connection[tuple[object, ...]]") -> str | None:
        if lost:
            return execute(connection)
        lost.append(1)
        if is_done:
            execute(connection)
        kill_connections(location)
        return execute(connection)

    monkeypatch.setattr(postgres, "execute_commit", lose)
    await served.write(partial(remember, key="once"))
    assert await served.read(keys) == ["once"]


async def test_a_standby_takes_nothing_until_it_is_promoted(served: Store) -> None:
    assert isinstance(served.location, ServerDatabase)
    name = psycopg.conninfo.conninfo_to_dict(served.location.url)["dbname"]
    with psycopg.connect(served.location.url, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on".encode())
    kill_connections(served.location)
    try:
        with pytest.raises(NotSaved, match="read-only transaction"):
            await served.write(partial(remember, key="a"))
        assert await served.read(keys) == []
    finally:
        with psycopg.connect(served.location.url, autocommit=True) as connection:
            connection.execute("SET default_transaction_read_only = off")
            connection.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only".encode())
    await served.write(partial(remember, key="b"))
    assert await served.read(keys) == ["b"]


async def test_too_many_connections_are_not_saved_and_then_it_works(own_server: Server) -> None:
    own_server.stop()
    own_server.start(**KEEPS, max_connections="4", superuser_reserved_connections="0", max_wal_senders="0")
    location = ServerDatabase(own_server.url())
    migrate.require_head(location)
    store = await Store.open(location)
    others = list[psycopg.Connection[tuple[object, ...]]]()
    with suppress(psycopg.OperationalError):
        while True:
            others.append(psycopg.connect(location.url))
    with pytest.raises(NotSaved, match="too many clients"):
        await store.write(partial(remember, key="a"))
    for other in others:
        other.close()
    for _ in range(100):  # the server forgets a client a moment after it has gone
        with suppress(NotSaved):
            await store.write(partial(remember, key="b"))
            break
        await asyncio.sleep(0.05)
    assert await store.read(keys) == ["b"]
    await store.close()


async def test_a_process_that_stopped_in_a_unit_does_not_hold_its_rows(served: Store) -> None:
    limits = await served.write(
        lambda tx: tx.all("SHOW idle_in_transaction_session_timeout") + tx.all("SHOW lock_timeout")
    )
    assert limits == [("5s",), ("8s",)]


async def test_a_statement_that_a_pooler_has_left_on_another_connection_says_what_to_set(
    emptied_server_database: ServerDatabase,
) -> None:
    store = await Store.open(replace(emptied_server_database, connections=1))

    def forget(tx: Tx) -> None:
        names = [str(name) for (name,) in tx.all("SELECT name FROM pg_prepared_statements")]
        for name in names:
            tx.run(f"DEALLOCATE {name}")

    for _ in range(10):
        await store.read(keys)
    await store.read(forget)
    with pytest.raises(NotSaved, match=r"Set \[database\] prepare = false\."):
        await store.read(keys)
    await store.close()


async def test_what_a_row_waits_for_too_long_is_not_saved(served: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "WRITING", postgres.WRITING.replace("'8s'", "'50ms'"))
    assert isinstance(served.location, ServerDatabase)
    await served.write(partial(remember, key="a"))
    with psycopg.connect(served.location.url) as other:
        other.execute("SELECT 1 FROM memory FOR UPDATE")
        with pytest.raises(NotSaved, match="lock timeout"):
            await served.write(lambda tx: tx.run("UPDATE memory SET value = 'x'"))
    assert await served.write(lambda tx: tx.run("UPDATE memory SET value = 'y'")) == 1


# races


async def test_units_that_lock_in_two_orders_both_are_done(served: Store) -> None:
    for key in ("a", "b"):
        await served.write(partial(remember, key=key))

    def append(tx: Tx, first: str, second: str) -> None:
        for key in (first, second):
            tx.run("UPDATE memory SET value = value || 'x' WHERE key = :key", key=key)

    orders = [("a", "b"), ("b", "a")] * 2
    await asyncio.gather(*(served.write(partial(append, first=first, second=second)) for first, second in orders))
    rows = await served.read(lambda tx: tx.all("SELECT value FROM memory"))
    assert rows == [("x" * 4,), ("x" * 4,)]


async def test_a_key_that_another_took_is_seen_by_the_second_attempt(served: Store) -> None:
    def number(tx: Tx) -> int:
        row = tx.one("SELECT count(*) FROM memory")
        assert row is not None
        remember(tx, f"{row[0]:03}")
        return int(row[0])

    numbers = await asyncio.gather(*(served.write(number) for _ in range(20)))
    assert sorted(numbers) == list(range(20))


async def test_a_key_that_is_there_for_good_is_a_fault(served: Store) -> None:
    await served.write(partial(remember, key="a"))
    with pytest.raises(psycopg.errors.UniqueViolation):
        await served.write(partial(remember, key="a"))


async def test_what_swallowed_a_fault_is_not_taken_for_saved(served: Store) -> None:
    def unit(tx: Tx) -> None:
        remember(tx, "a")
        with suppress(psycopg.Error):
            tx.run("DELETE FROM cats")

    with pytest.raises(NotSaved):
        await served.write(unit)
    assert await served.read(keys) == []


async def test_statements_work_unprepared(emptied_server_database: ServerDatabase) -> None:
    store = await Store.open(ServerDatabase(emptied_server_database.url, is_prepared=False))
    for n in range(12):
        await store.write(partial(remember, key=f"{n:02}"))
    prepared = await store.read(lambda tx: tx.all("SELECT name FROM pg_prepared_statements"))
    assert (len(await store.read(keys)), prepared) == (12, [])
    await store.close()
