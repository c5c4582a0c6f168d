"""The digest: all that was logged since the last one, whenever it was studied, and nothing twice."""

import re
from datetime import date, timedelta
from random import Random

import pytest

from bot.domain.digest import DigestLine, Logged, digest_lines
from bot.domain.duration import say
from tests.delivery.town import Town


def digests(town: Town) -> list[str]:
    return [post.text for post in town.platform.posts if post.key.startswith("digest/")]


@pytest.fixture
async def town(town: Town) -> Town:
    await town.say("ada", "/group settings lines: digest")
    return town


async def test_it_says_who_has_logged_what_and_nothing_of_a_quiet_day(town: Town) -> None:
    await town.say("ada", "/checkin 2h learned: secret")
    await town.say("bo", "/checkin 45m")
    await town.until("2026-01-08T12:00")
    assert digests(town) == ["2 h 45 together since yesterday\nAda 2 h\nBo 45 min"]
    assert town.keys("line") == []


async def test_what_is_logged_later_for_an_earlier_day_is_told_with_its_day(town: Town) -> None:
    await town.until("2026-01-06T10:00")
    await town.say("ada", "/checkin 2h day: yesterday")
    await town.say("ada", "/checkin 30m")
    await town.until("2026-01-07T12:00")
    assert digests(town) == ["2 h 30 together since yesterday\nAda 30 min, 2 h for Monday"]


async def test_the_evening_of_somebody_far_west_is_told_in_the_next_one(town: Town) -> None:
    await town.say("ada", "/timezone Pacific/Honolulu")
    await town.until("2026-01-06T09:30")
    await town.say("ada", "/checkin 4h")
    await town.until("2026-01-08T12:00")
    assert digests(town) == ["4 h together since yesterday\nAda 4 h"]


async def test_after_a_long_stop_nothing_is_lost(town: Town) -> None:
    await town.say("ada", "/checkin 2h")
    town.clock.advance(timedelta(days=1, hours=14))
    await town.settle()
    assert digests(town) == []
    await town.say("ada", "/checkin 1h")
    await town.until("2026-01-07T12:00")
    assert digests(town) == ["3 h together since Monday\nAda 3 h"]


async def test_ten_members_are_named(town: Town) -> None:
    for number in range(13):
        await town.talk(f"member{number}", "/checkin 1h")
    await town.until("2026-01-06T12:00")
    [digest] = digests(town)
    assert digest.startswith("13 h together since yesterday\nMember0 1 h\nMember1 1 h\nMember2 1 h")
    assert digest.endswith("Member9 1 h\nand 3 more")


async def test_what_was_taken_back_or_is_hidden_or_was_imported_is_not_told(town: Town) -> None:
    await town.say("ada", "/checkin 2h")
    await town.say("ada", "/undo")
    await town.say("bo", "/checkin 2h")
    await town.say("bo", "/group hide")
    await town.talk.hand_over("ada", "mydata import", "old.csv", b"date,duration\n2026-01-02,3h\n")
    await town.talk.press("ada", "Import it")
    await town.until("2026-01-08T12:00")
    assert digests(town) == []


async def test_what_stood_in_the_channel_before_is_not_told_again(town: Town) -> None:
    await town.say("ada", "/group settings lines: each")
    await town.say("ada", "/checkin 2h")
    await town.wait(minutes=1)
    await town.say("ada", "/group settings lines: digest")
    await town.until("2026-01-08T12:00")
    assert digests(town) == []


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_is_logged_stands_in_one_digest(town: Town, seed: int) -> None:
    random, total = Random(seed), 0
    for who, zone in (("ada", "Pacific/Honolulu"), ("bo", "Pacific/Auckland"), ("cy", "UTC")):
        await town.say(who, f"/timezone {zone}")
    for _ in range(40):
        await town.wait(minutes=random.randrange(3, 900))
        who, minutes = random.choice(("ada", "bo", "cy")), random.randrange(20, 60)
        today = (await town.talk.person(who)).today(town.clock.now())
        await town.say(who, f"/checkin {minutes}m day: {today - timedelta(days=random.randrange(15))}")
        total += minutes
        if random.random() < 0.1:
            await town.say(random.choice(("ada", "bo")), "/group schedule digest 20:00")
            await town.say("ada", f"/group schedule digest {random.randrange(24)}:00")
    await town.wait(days=2)
    told = [minutes_of(digest.partition(" together")[0]) for digest in digests(town)]
    assert sum(told) == total


def minutes_of(said: str) -> int:
    """Return the minutes of `2 h 45`, `45 min`, `3 h`."""
    numbers = [int(number) for number in re.findall(r"\d+", said)]
    minutes = numbers[0] if "h" not in said else numbers[0] * 60 + sum(numbers[1:])
    assert say(minutes) == said
    return minutes


def test_each_day_that_is_not_the_one_of_logging_is_summed() -> None:
    monday, tuesday = date(2026, 1, 5), date(2026, 1, 6)
    logged = [
        Logged(1, "Ada", tuesday, 60, tuesday),
        Logged(2, "Bo", monday, 30, tuesday),
        Logged(1, "Ada", monday, 20, tuesday),
        Logged(1, "Ada", monday, 25, tuesday),
    ]
    assert digest_lines(logged) == [DigestLine("Ada", 60, ((monday, 45),)), DigestLine("Bo", 0, ((monday, 30),))]
