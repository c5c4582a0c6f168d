"""Notes that come back on Slack: beside a check-in and by `/tenhours recall`, with their buttons."""

from datetime import timedelta

import pytest

from bot.clock import StillClock
from tests.adapters.slack.conftest import ADA, BOB, Site
from tests.servers.slack.people import Member

NOTE = "the central limit theorem needs a finite variance"


@pytest.fixture
async def ada(real: Site, clock: StillClock) -> Member:
    """Begin a week after Ada wrote a note."""
    ada = real.member(ADA)
    await ada.slash("/tenhours group start")
    await ada.fill()
    await real.settle()
    await ada.slash("/tenhours group join")
    await ada.slash(f"/checkin 2h statistics learned: {NOTE}")
    clock.advance(timedelta(days=7))
    await real.settle()
    return ada


async def press(site: Site, member: Member, label: str) -> str:
    await member.press(label)
    await site.settle()
    return member.texts()[-1]


async def say(site: Site, member: Member, line: str) -> str:
    await member.slash(line)
    await site.settle()
    return member.texts()[-1]


async def test_beside_a_check_in(real: Site, ada: Member) -> None:
    logged = await say(real, ada, "/checkin 45m")
    assert "You wrote about Statistics a week ago. Can you still explain it?" in logged
    assert NOTE in await press(real, ada, "Show my note")
    assert "due again in three weeks" in await press(real, ada, "Yes")


async def test_not_now_and_switched_off(real: Site, ada: Member) -> None:
    await say(real, ada, "/checkin 45m")
    assert "another time" in await press(real, ada, "Not now")
    assert "Recall is off" in await press(real, ada, "Switch recall off")


async def test_opened_and_kept(real: Site, ada: Member) -> None:
    assert "Can you still explain it?" in await say(real, ada, "/tenhours recall")
    assert NOTE in await press(real, ada, "Show my note")
    assert "due again in a week" in await press(real, ada, "Not any more")
    await say(real, ada, "/checkin 45m learned: pods are replaced one by one")
    await say(real, ada, "/tenhours journal")
    assert "It's due in a week" in await press(real, ada, "Today · pods are replaced one by…")
    assert "Write what you learn" in await say(real, real.member(BOB), "/tenhours recall")
