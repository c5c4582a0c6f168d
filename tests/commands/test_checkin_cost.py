"""Few statements and few pages of the file for a check-in, since the member waits for each."""

import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from bot.store import sqlite
from bot.store.tx import Tx
from tests.partners import make_pair
from tests.talk import Talk

MOST_STATEMENTS = 17
"""Between BEGIN and COMMIT, for a member who has checked in this week."""
MOST_TO_LOOK = 1
"""More, on the one day in a week on which it is looked if a note comes back, and none does."""

MOST_TO_ASK = 3
"""More, where one does."""

MOST_PAGES = 12
MOST_PAGES_TO_ASK = 14
MOST_IN_ALL = 20
"""Whatever a card says beside the week: a note that comes back, news of a partner, the streak of two."""

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
async def test_few_more_with_a_partner_even_where_a_note_is_looked_for(known: Talk, statements: list[str]) -> None:
    await known.join("bo")
    await make_pair(known)
    await known("bo", "/checkin 2h")
    for minutes, looks in ((41, False), (42, True)):
        known.advance(hours=1)
        if looks:
            await known.store.write(lambda tx: tx.run("UPDATE people SET recall_on = NULL"))
        statements.clear()
        assert "Bo has 2 h" in await known("ada", f"/checkin {minutes}m")
        assert count(statements) <= (MOST_IN_ALL if looks else MOST_STATEMENTS + 1)
    for news in ("matched", "ended"):
        known.advance(hours=1)
        await known.store.write(partial(tell, news))
        statements.clear()
        assert "study partner" in await known("ada", "/checkin 43m")
        assert count(statements) <= MOST_IN_ALL


def tell(news: str, tx: Tx) -> None:
    tx.run("UPDATE people SET recall_on = NULL")
    tx.run("UPDATE partner_settings SET news = :news, news_about = 2, news_in = 1, is_active = 1", news=news)


def empty_log(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def count_pages(database: Path) -> int:
    """Return how many pages were written since the log was emptied."""
    return database.with_name(f"{database.name}-wal").stat().st_size // FRAME_BYTES


@pytest.mark.sqlite
async def test_few_pages(known: Talk, database: Path) -> None:
    empty_log(database)
    await known("ada", "/checkin 45m")
    assert 0 < count_pages(database) <= MOST_PAGES


@pytest.mark.sqlite
async def test_few_more_pages_where_a_note_comes_back(known: Talk, database: Path) -> None:
    known.advance(days=7)
    empty_log(database)
    assert "chain rule" in await known("ada", "/checkin 50m")
    assert count_pages(database) <= MOST_PAGES_TO_ASK


@pytest.mark.sqlite
async def test_no_more_pages_with_a_partner(known: Talk, database: Path) -> None:
    await known.join("bo")
    await make_pair(known)
    await known("bo", "/checkin 2h")
    empty_log(database)
    assert "Bo has 2 h" in await known("ada", "/checkin 46m")
    assert 0 < count_pages(database) <= MOST_PAGES


@pytest.mark.sqlite
async def test_few_more_pages_where_a_partner_is_news(known: Talk, database: Path) -> None:
    await known.join("bo")
    await make_pair(known)
    await known.store.write(partial(tell, "matched"))
    empty_log(database)
    assert "study partner" in await known("ada", "/checkin 46m")
    assert count_pages(database) <= MOST_PAGES_TO_ASK


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
