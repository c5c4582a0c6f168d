"""Study partners on Slack, by `/tenhours partner …` and its buttons."""

from datetime import timedelta

import pytest

from bot.clock import StillClock
from bot.delivery import planner
from bot.questions.bank import QuestionBank
from bot.store.database import Store
from tests.adapters.slack.conftest import ADA, BOB, Site
from tests.servers.slack.people import Member

SENT = "Sent. You'll hear only if it's a yes."
INVITED = "would like to be your study partner"


@pytest.fixture
async def two(real: Site, clock: StillClock) -> tuple[Member, Member]:
    """Begin with Ada and Bob in one group, who have checked in."""
    ada, bob = real.member(ADA), real.member(BOB)
    await ada.slash("/tenhours group start")
    await ada.fill()
    await real.settle()
    for member in (ada, bob):
        await member.slash("/tenhours group join")
        await member.slash("/checkin 1h")
    clock.advance(timedelta(minutes=5))
    await real.settle()
    return ada, bob


async def press(site: Site, member: Member, label: str) -> str:
    await member.press(label)
    await site.settle()
    return member.texts()[-1]


async def say(site: Site, member: Member, line: str) -> str:
    await member.slash(line)
    await site.settle()
    return member.texts()[-1]


async def next_monday(store: Store, clock: StillClock) -> None:
    clock.advance(timedelta(days=7))
    while not (await store.write(lambda tx: planner.plan_due(tx, clock.now(), QuestionBank()))).is_all:
        pass


async def test_invited_answered_asked_and_parted(
    real: Site, two: tuple[Member, Member], store: Store, clock: StillClock
) -> None:
    ada, bob = two
    messages = len(bob.texts())
    assert await say(real, ada, f"/tenhours partner invite <@{BOB}>") == SENT
    assert len(bob.texts()) == messages, "no message"
    assert INVITED in await say(real, bob, "/progress")
    assert INVITED in await press(real, bob, "Answer")
    assert "are study partners" in await press(real, bob, "Yes")
    assert "is your study partner now." in await say(real, ada, "/progress")
    await next_monday(store, clock)
    assert "have a question on" in await say(real, ada, "/checkin 2h")
    assert "then swap" in await press(real, ada, "See the question")
    assert "A good answer covers" in await press(real, ada, "What it covers")
    assert "To go further" in await press(real, ada, "Clear")
    await say(real, ada, "/tenhours partner leave")
    assert "are no longer study partners" in await press(real, ada, "Leave Bob")


async def test_matched_on_monday(real: Site, two: tuple[Member, Member], store: Store, clock: StillClock) -> None:
    for member in two:
        await say(real, member, "/tenhours partner match")
        await press(real, member, "Find me a partner")
    await next_monday(store, clock)
    assert "is your study partner now." in await say(real, two[0], "/progress")
    assert "You and Ada" in await say(real, two[1], "/tenhours partner show")


async def test_no_invite_again_block_erase_and_come_back(
    real: Site, two: tuple[Member, Member], clock: StillClock
) -> None:
    ada, bob = two
    await say(real, ada, f"/tenhours partner invite <@{BOB}>")
    await say(real, bob, "/tenhours partner show")
    assert "Nobody is told." in await press(real, bob, "Not now")
    clock.advance(timedelta(days=120))
    assert await say(real, ada, f"/tenhours partner invite <@{BOB}>") == SENT
    await say(real, bob, "/tenhours partner show")
    await press(real, bob, "More")
    assert "told nothing" in await press(real, bob, "Block this person")
    await say(real, ada, "/tenhours mydata erase")
    await press(real, ada, "Erase everything")
    clock.advance(timedelta(days=8))
    await say(real, ada, "/checkin 1h")
    assert await say(real, ada, f"/tenhours partner invite <@{BOB}>") == SENT
    assert INVITED not in await say(real, bob, "/progress")
