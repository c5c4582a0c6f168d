"""What a check-in asks of the database: few statements, and few pages of the file, for each is paid by who waits."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.talk import Talk

STATEMENTS = 16
"""Between BEGIN and COMMIT, for a member who has checked in this week."""
PAGES = 10
FRAME = 4096 + 24


@contextmanager
def statements(talk: Talk) -> Iterator[list[str]]:
    """Those of the writer that run meanwhile."""
    raw, found = talk.store._writer._conn, list[str]()
    raw.set_trace_callback(found.append)
    try:
        yield found
    finally:
        raw.set_trace_callback(None)


@pytest.fixture
async def known(talk: Talk) -> Talk:
    """Ada has checked in before, a while ago."""
    await talk("ada", "/checkin 1h")
    talk.advance(hours=1)
    return talk


async def test_few_statements(known: Talk) -> None:
    with statements(known) as found:
        await known("ada", "/checkin 45m")
    assert len(found[found.index("BEGIN IMMEDIATE") + 1 : found.index("COMMIT")]) <= STATEMENTS


async def test_few_pages(known: Talk, database: Path) -> None:
    await known.store._writer.work(lambda raw: raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall())
    await known("ada", "/checkin 45m")
    written = database.with_name(f"{database.name}-wal").stat().st_size
    assert written // FRAME <= PAGES


async def test_the_next_closing_is_kept_when_a_week_begins(known: Talk) -> None:
    before = await known.rows("SELECT closes_at FROM people")
    known.advance(days=14)
    await known("ada", "/checkin 45m")
    (after,) = await known.rows("SELECT closes_at FROM people")
    assert after > before[0]
