"""`tenhours copy` as it is typed: what it says, what it leaves when it is killed, and how it goes on after it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from bot.errors import EXIT_CONFIG
from bot.location import ServerDatabase
from bot.store import moved
from bot.store.moved import MOVED, UNFINISHED
from tests.store.every_table import dump, fill

PROGRAM = Path(sys.executable).with_name("tenhours")
Tenhours = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def file(database: Path) -> Path:
    fill(database)
    return database


@pytest.fixture
def server(emptied_server_database: ServerDatabase) -> ServerDatabase:
    return emptied_server_database


@pytest.fixture
def tenhours(tmp_path: Path) -> Tenhours:
    """Return what runs the installed program in the folder of the database."""

    def run(*arguments: str, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("TENHOURS_")}
        return subprocess.run(
            [PROGRAM, *arguments],
            input=typed,
            capture_output=True,
            text=True,
            env={**inherited, **environment},
            cwd=tmp_path,
            check=False,
            timeout=90,
        )

    return run


def failed(done: subprocess.CompletedProcess[str], status: int = 1) -> str:
    """Return the one sentence with which a program has ended."""
    assert done.returncode == status, done
    assert done.stderr.startswith("tenhours: ")
    assert done.stderr.count("\n") == 1
    return done.stderr.removeprefix("tenhours: ").rstrip("\n")


def test_it_says_what_was_done_and_what_comes_next(tenhours: Tenhours, file: Path, server: ServerDatabase) -> None:
    done = tenhours("copy", server.url)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"rows from tenhours.db to {server}." in done.stdout
    assert f'[database] url = "{server}"' in done.stdout
    assert dump(server)["people"] == dump(file)["people"]


@pytest.mark.parametrize(
    ("arguments", "typed"),
    [
        (("chat", "--as", "ada"), "/progress\n"),
        (("run",), ""),
        (("import", "none.csv", "--as", "ada"), ""),
        (("import", "--take-back", "--as", "ada"), ""),
        (("export", "--as", "ada"), ""),
        (("migrate",), ""),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else None,
)
def test_nothing_starts_on_what_has_moved(
    tenhours: Tenhours, file: Path, server: ServerDatabase, arguments: tuple[str, ...], typed: str
) -> None:
    assert tenhours("copy", server.url).returncode == 0
    token = {"TENHOURS_DISCORD__TOKEN": "MTIzNDU2Nzg5MDEyMzQ1Njc4.abcdef.abcdefghijklmnopqrstuvwxyz0"}
    before = dump(file)
    said = failed(tenhours(*arguments, typed=typed, **token), EXIT_CONFIG)
    assert f"was copied to {server} on" in said
    assert dump(file) == before


def test_force_takes_the_mark_away(tenhours: Tenhours, database: Path, server: ServerDatabase) -> None:
    assert tenhours("chat", "--as", "ada", typed="/checkin 1h\n").returncode == 0
    assert tenhours("copy", server.url).returncode == 0
    assert tenhours("chat", "--as", "ada", "--force", typed="/progress\n").returncode == 0
    assert moved.find_at(database, MOVED) is None
    assert tenhours("chat", "--as", "ada", typed="/progress\n").returncode == 0
    assert "isn't empty" in failed(tenhours("copy", server.url))


def test_the_copy_is_worked_on(tenhours: Tenhours, database: Path, server: ServerDatabase) -> None:
    assert tenhours("copy", server.url).returncode == 0
    there = {"TENHOURS_DATABASE__URL": server.url}
    assert tenhours("chat", "--as", "ada", typed="/checkin 1h\n", **there).returncode == 0
    assert moved.find_at(database, MOVED) is not None
    assert tenhours("copy", "sqlite:///back.db", **there).returncode == 0
    assert (
        tenhours("chat", "--as", "ada", typed="/progress\n", TENHOURS_DATABASE__URL="sqlite:///back.db").returncode == 0
    )
    assert "was copied to" in failed(tenhours("chat", "--as", "ada", **there), EXIT_CONFIG)


TO_SERVER, TO_FILE = "to a server", "to a file"
KILLED_AT = [
    (TO_SERVER, "finished"),
    (TO_SERVER, "marked"),
    *(
        pytest.param(way, point, marks=pytest.mark.slow)
        for way, points in ((TO_SERVER, ("copying:20", "copied")), (TO_FILE, ("copying:20", "synced", "marked")))
        for point in points
    ),
]


@pytest.mark.parametrize(("way", "point"), KILLED_AT)
def test_killed_at_any_step_it_is_finished_by_the_same_command(
    tenhours: Tenhours, file: Path, server: ServerDatabase, point: str, way: str
) -> None:
    here, target = {}, server.url
    original = dump(file)
    if way == TO_FILE:
        assert tenhours("copy", server.url).returncode == 0
        here, target = {"TENHOURS_DATABASE__URL": server.url}, "sqlite:///back.db"
    killed = tenhours("copy", target, TENHOURS_FAILPOINT=point, **here)
    assert killed.returncode == -signal.SIGKILL
    locations = (server, file.with_name("back.db")) if way == TO_FILE else (file, server)
    is_moved = moved.find_at(locations[0], MOVED) is not None
    assert is_moved == (point == "marked")
    if moved.find_at(locations[1], UNFINISHED) is not None:
        refused = tenhours("chat", "--as", "ada", TENHOURS_DATABASE__URL=target)
        assert "type the same `tenhours copy` again" in failed(refused, EXIT_CONFIG)
    else:
        assert point not in ("finished", "marked")
    done = tenhours("copy", target, **here)
    assert (done.returncode, done.stderr) == (0, "")
    assert dump(locations[1]) == original
    assert moved.find_at(locations[0], MOVED) is not None
    assert [path.name for path in file.parent.glob("*.copying*")] == []


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://x", "begins with postgresql:// or sqlite:///"),
        ("sqlite:///", "begins with postgresql:// or sqlite:///"),
        ("sqlite:///other.db", "both files"),
        ("postgresql://nobody@/none?host=/nowhere", "can't be opened"),
        ("postgresql://ada:s3cret@127.0.0.1:1/none", "can't be opened"),
        ("postgresql://x?nonsense=1", "nonsense"),
    ],
)
def test_a_wrong_address_is_one_sentence(tenhours: Tenhours, file: Path, url: str, words: str) -> None:
    before = dump(file)
    done = tenhours("copy", url)
    assert done.returncode in (1, EXIT_CONFIG)
    assert words in failed(done, done.returncode)
    assert "s3cret" not in done.stderr
    assert dump(file) == before
    assert not file.with_name("other.db").exists()


def test_without_the_driver_it_says_what_to_type(file: Path, tmp_path: Path) -> None:
    program = "import sys; sys.modules['psycopg'] = None; from bot.cli import main; main(sys.argv[1:])"
    done = subprocess.run(
        [sys.executable, "-c", program, "copy", "postgresql://x@localhost/y"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        check=False,
    )
    assert "pip install 'tenhours[postgres]'" in failed(done, EXIT_CONFIG)
    moved.require_here(file)


def test_a_server_that_lets_nobody_write_is_one_sentence(
    tenhours: Tenhours, file: Path, server: ServerDatabase
) -> None:
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS reader")
        connection.execute("CREATE ROLE reader LOGIN")
    said = failed(tenhours("copy", server.url.replace("postgres@", "reader@")))
    assert "can't be filled" in said or "can't be opened" in said
    moved.require_here(file)
