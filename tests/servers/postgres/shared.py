"""One server for a whole run of tests, started by whichever worker needs it first, and ended after the last."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg

from bot.location import ServerDatabase
from bot.store import migrate
from tests.servers.postgres import server

FOLDER = "TENHOURS_TEST_RUN_FOLDER"
"""The variable by which workers know the folder of their run."""

FILLED = """SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
    AND relname <> 'alembic_version'"""


def begin_run() -> None:
    """Make a folder that this run's processes know; the server in it is started when one is needed."""
    folder = tempfile.mkdtemp(prefix="tenhours-run-")
    Path(folder).chmod(0o755)
    os.environ[FOLDER] = folder
    os.environ[server.OWNER] = str(os.getpid())


def end_run() -> None:
    """End the server of this run, if one was started."""
    folder = Path(os.environ.pop(FOLDER))
    server.stop_by_file(folder / "server")
    shutil.rmtree(folder, ignore_errors=True)


def maintenance_url() -> str:
    """Return the URL of a server's maintenance database. Raises `Missing` where there is no server."""
    named = os.environ.get(server.VARIABLE)
    if named:
        return named
    folder = Path(os.environ[FOLDER])
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "server" / "data").exists():
            server.prepare(folder / "server")
            server.launch(folder / "server", **server.UNSAFE)
    return server.url_of(folder / "server")


def database(name: str) -> Iterator[ServerDatabase]:
    """Yield a new database with the current schema. Raises `Missing` where there is no server."""
    maintenance = maintenance_url()
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'".encode())
    location = ServerDatabase(with_name(maintenance, name))
    migrate.create(location)
    yield location
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


def with_name(url: str, name: str) -> str:
    """Return the URL of another database on the same server."""
    return psycopg.conninfo.make_conninfo(url, dbname=name) if "://" not in url else _renamed(url, name)


def _renamed(url: str, name: str) -> str:
    base, mark, options = url.partition("?")
    scheme, _, rest = base.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}/{name}{mark}{options}"


def empty(location: ServerDatabase) -> None:
    """Delete all rows, and let ids begin anew."""
    with psycopg.connect(location.url, autocommit=True) as connection:
        tables = [row[0] for row in connection.execute(FILLED)]
        has_rows = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table})" for table in tables)
        filled = [row[0] for row in connection.execute(has_rows.encode())]
        if filled:
            connection.execute(f"TRUNCATE {', '.join(filled)} RESTART IDENTITY CASCADE".encode())
