"""Between the answer to an erase and its last slice nobody sees anything of the person, and all else goes on."""

import asyncio
from datetime import timedelta

import pytest

from bot.chat.card import Card, Line
from bot.chat.request import Reply
from bot.delivery import planner
from bot.questions.bank import QuestionBank
from bot.store import answers, erasures
from tests.commands.test_share import enqueue_results
from tests.talk import Talk

EVERYWHERE = (
    *("/leaderboard", "/leaderboard last week", "/leaderboard all time by: hours", "/leaderboard by: streak"),
    *("/group members", "/group", "/progress ada", "/journal", "/notes", "/in"),
)


@pytest.fixture
def held(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> Talk:
    """Return a conversation in which the rest of an erase waits."""

    async def wait() -> None:
        """Do nothing."""

    monkeypatch.setattr(talk.core.eraser, "work_off", wait)
    return talk


async def erase(talk: Talk, who: str = "ada") -> str:
    await talk(who, "/mydata erase")
    return await talk.press(who, "Erase everything")


async def work_off(talk: Talk) -> None:
    await type(talk.core.eraser).work_off(talk.core.eraser, 60)
    assert await talk.store.read(erasures.find_oldest) is None


async def live(talk: Talk) -> None:
    await talk("ada", "/checkin 10h learned: eigenvectors", request_id="first")
    await talk.press("ada", "Offer for the results")
    await talk("bo", "/checkin 10h learned: of Bo")
    await talk("cy", "/checkin 1h")


async def test_nobody_sees_them_from_the_answer_on(held: Talk) -> None:
    await live(held)
    held.managers.add("cy")
    before = [await held("cy", words) for words in EVERYWHERE]
    assert sum("Ada" in heard for heard in before) >= 4
    await enqueue_results(held)
    assert "Nobody sees anything about you here any more." in await erase(held)
    assert await held.rows("SELECT count(*) FROM checkins WHERE learned = 'eigenvectors'") == [(1,)]
    for words in EVERYWHERE:
        assert "eigenvectors" not in await held("cy", words), words
        assert "Ada" not in (await held("cy", words)).replace("“ada”", ""), words
    [results] = [post for post in await held.posts() if post.startswith("Results")]
    assert "Ada" not in results
    assert "eigenvectors" not in results
    assert "Nothing about you is saved here." in await held("ada", "/mydata export", channel=None)


async def test_nothing_is_planned_for_who_is_gone(held: Talk) -> None:
    await live(held)
    await held("ada", "/reminders direct")
    await erase(held)
    for _ in range(4):
        held.clock.advance(timedelta(days=7))
        await held.store.write(lambda tx: planner.plan_due(tx, held.clock.now(), QuestionBank()))
    assert (
        await held.rows("SELECT key FROM outbox WHERE person_id = 1 OR key LIKE '%/1/1/%' AND key NOT LIKE 'line/%'")
        == []
    )
    for post in await held.posts():
        assert "Ada" not in post


async def test_who_comes_again_begins_anew_and_keeps_what_is_new(held: Talk) -> None:
    await live(held)
    await erase(held)
    assert await held("ada", "/checkin 1h", request_id="first") == "What this was about has been erased."
    heard = await held("ada", "/checkin 2h learned: of the new one")
    assert "Your first check-in" in heard
    await erase(held, "bo")
    await work_off(held)
    assert "of the new one" in await held("ada", "/journal")
    assert await held.rows("SELECT minutes FROM checkins ORDER BY 1") == [(60,), (120,)]
    assert "Ada" in await held("cy", "/leaderboard")
    assert await held.rows("SELECT name FROM people WHERE name = ''") == []


async def test_a_check_in_in_flight_is_kept_by_somebody_or_erased_whole(talk: Talk) -> None:
    await live(talk)
    await talk("ada", "/mydata erase")
    await asyncio.gather(
        talk("ada", "/checkin 20m", request_id="one"),
        talk.press("ada", "Erase everything"),
        talk("ada", "/checkin 25m", request_id="two"),
    )
    await work_off(talk)
    rows = await talk.rows("SELECT c.minutes, p.name FROM checkins c JOIN people p ON p.id = c.person_id ORDER BY 1")
    assert set(rows) <= {(20, "Ada"), (25, "Ada"), (60, "Cy"), (600, "Bo")}
    assert await talk.rows("PRAGMA foreign_key_check") == []


async def test_answers_that_name_them_are_forgotten_in_slices(held: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasures, "PEOPLE_PER_SLICE", 2)
    await live(held)
    names = [f"m{number}" for number in range(7)]
    for name in names:
        await held(name, "/checkin 1h")
        person, now = await held.person(name), held.clock.now()
        answer = Reply(Card("", (Line(("Ada is here.",)),)))
        await held.store.write(lambda tx: answers.save(tx, f"look {person.id}", answer, now, person.id))  # noqa: B023
    await erase(held)
    await work_off(held)
    for name in names:
        person = await held.person(name)
        again = await held(name, "/checkin 1h", request_id=f"look {person.id}")
        assert again == "What this was about has been erased."
