"""Few statements and few pages of the file for a check-in, since the member waits for each."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.store import sqlite
from tests.partners import make_pair
from tests.talk import Talk

MOST_STATEMENTS = 17
"""Between BEGIN and COMMIT, for a member who has checked in this week."""
MOST_TO_LOOK = 2
"""More, on the one day in a week on which it is looked if a note comes back, and none does."""

MOST_TO_ASK = 3
"""More, where one does."""

MOST_PAGES = 11
MOST_PAGES_TO_ASK = 13
MOST_STATEMENTS_WITH_PARTNER = 19
"""Where its card says how the streak of two stands: a statement for the pair, and one for the weeks of both."""

FRAME_BYTES = 4096 + 24


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record the statements of connections that write."""
    traced = list[str]()
    connect = sqlite.connect

    def connect_traced(path: Path, *, read_only: bool) -> sqlite3.Connection:
        connection = connect(path, read_only=read_only)
        if not read_only:
            connection.set_trace_callback(traced.append)
        return connection

    monkeypatch.setattr(sqlite, "connect", connect_traced)
    return traced


@pytest.fixture
async def known(statements: list[str], talk: Talk) -> Talk:
    """Begin a conversation in which Ada checked in twice, an hour ago at last."""
    await talk("ada", "/checkin 1h learned: the chain rule")
    await talk("ada", "/checkin 30m")
    talk.advance(hours=1)
    statements.clear()
    return talk


def count(statements: list[str]) -> int:
    return statements.index("COMMIT") - statements.index("BEGIN IMMEDIATE") - 1


@pytest.mark.sqlite
async def test_few_statements(known: Talk, statements: list[str]) -> None:
    await known("ada", "/checkin 45m")
    assert count(statements) <= MOST_STATEMENTS


@pytest.mark.sqlite
async def test_few_more_where_a_note_comes_back(known: Talk, statements: list[str]) -> None:
    known.advance(days=6)
    await known("ada", "/checkin 45m")
    statements.clear()
    known.advance(days=1)
    assert "chain rule" in await known("ada", "/checkin 50m")
    assert count(statements) <= MOST_STATEMENTS + MOST_TO_ASK
    known.advance(days=8)
    await known("ada", "/checkin 1h")
    statements.clear()
    known.advance(days=1)
    await known("ada", "/checkin 1h10")
    assert count(statements) <= MOST_STATEMENTS


@pytest.mark.sqlite
async def test_few_more_where_it_is_only_looked(statements: list[str], talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    talk.advance(hours=1)
    statements.clear()
    await talk("ada", "/checkin 1h10")
    assert count(statements) <= MOST_STATEMENTS + MOST_TO_LOOK


@pytest.mark.sqlite
async def test_few_statements_more_with_a_partner(known: Talk, statements: list[str]) -> None:
    await known.join("bo")
    await make_pair(known)
    await known("bo", "/checkin 2h")
    known.advance(hours=1)
    statements.clear()
    heard = await known("ada", "/checkin 45m")
    assert "Bo has 2 h" in heard
    begin, commit = statements.index("BEGIN IMMEDIATE"), statements.index("COMMIT")
    assert commit - begin - 1 <= MOST_STATEMENTS_WITH_PARTNER


@pytest.mark.sqlite
async def test_few_pages(known: Talk, database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    await known("ada", "/checkin 45m")
    written = database.with_name(f"{database.name}-wal").stat().st_size
    assert 0 < written // FRAME_BYTES <= MOST_PAGES


@pytest.mark.sqlite
async def test_few_more_pages_where_a_note_comes_back(known: Talk, database: Path) -> None:
    known.advance(days=7)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    assert "chain rule" in await known("ada", "/checkin 50m")
    written = database.with_name(f"{database.name}-wal").stat().st_size
    assert written // FRAME_BYTES <= MOST_PAGES_TO_ASK


async def test_the_next_closing_is_saved_when_a_week_begins(known: Talk) -> None:
    before = await known.rows("SELECT closes_at FROM people")
    known.advance(days=14)
    await known("ada", "/checkin 45m")
    (after,) = await known.rows("SELECT closes_at FROM people")
    assert after > before[0]


async def test_a_check_in_reads_as_much_whatever_the_others_logged_today(known: Talk, statements: list[str]) -> None:
    """Of the lines that the channel was shown, only one's own are read, and how many there are up to what is asked."""

    async def rows_read() -> int:
        statements.clear()
        await known("ada", "/checkin 45m")
        [lines] = [statement for statement in statements if "lines_of_today" in statement]
        return len(await known.rows(lines))

    few = await rows_read()
    known.advance(minutes=31)
    for number in range(30):
        await known(f"member{number}", "/checkin 50m")
    known.advance(minutes=31)
    assert await rows_read() == few + 1
