"""Questions that could take long are answered at once: a search of thousands of letters, a board as weeks close."""

import asyncio
import time

import pytest

from bot.delivery import planner
from bot.questions.bank import QuestionBank
from tests.talk import Talk

LETTERS = 10_000
MOST_SECONDS = 1.0
"""Of the processor's time, in which other processes do not count."""

MEMBERS = 60


@pytest.mark.parametrize("typed", ["x" * LETTERS, "ab " * (LETTERS // 3), "“" * LETTERS, "é" * LETTERS, "1 " * 5_000])
async def test_a_search_of_ten_thousand_letters(talk: Talk, typed: str) -> None:
    await talk("ada", "/checkin 1h learned: the chain rule")
    for question in (f"/journal search: {typed}", f"/journal {typed}"):
        began = time.process_time()
        heard = await talk("ada", question)
        assert time.process_time() - began < MOST_SECONDS
        assert "went wrong" not in heard
    assert "the chain rule" in await talk("ada", "/journal search: chain")


async def test_a_board_that_is_asked_for_while_its_group_closes_its_week(talk: Talk) -> None:
    for number in range(MEMBERS):
        await talk(f"m{number:02}", "/checkin 10h")
    talk.at("2026-01-14T00:00")

    async def close() -> None:
        while not (await talk.store.write(lambda tx: planner.plan_due(tx, talk.clock.now(), QuestionBank()))).is_all:
            pass

    began = time.process_time()
    closing = asyncio.create_task(close())
    boards = await asyncio.gather(*(talk(f"m{number:02}", "/leaderboard last week") for number in range(5)))
    await closing
    assert time.process_time() - began < 5 * MOST_SECONDS
    assert all("M00" in board for board in boards)
    assert await talk.rows("SELECT count(*) FROM people WHERE closed_week = '2026-01-05'") == [(MEMBERS,)]
