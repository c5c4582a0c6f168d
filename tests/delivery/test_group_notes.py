"""*Take this note off*: it goes from all that can be edited, for organisers alone, and its writer keeps it."""

import pytest

from tests.delivery.town import Posted, Town


@pytest.fixture
async def town(town: Town) -> Town:
    """Let Bo write a note in the group that Ada organises, beside one by Cy."""
    await town.say("ada", "/group settings")
    await town.say("bo", "/checkin 10h learned: a rude word")
    await town.say("cy", "/checkin 1h learned: SVD")
    await town.wait(minutes=2)
    assert len(naming(town, "rude")) == 1
    return town


def naming(town: Town, words: str) -> list[Posted]:
    return [post for post in town.platform.posts if post.channel is not None and words in post.text]


async def take_off(town: Town) -> str:
    await town.say("ada", "/group members")
    await town.talk.press("ada", "Notes")
    return await town.talk.press("ada", "Bo: a rude word")


async def test_it_goes_from_the_line_and_stays_in_the_journal(town: Town) -> None:
    heard = await take_off(town)
    assert "Taken off. Bo keeps the note in their journal" in heard
    assert "Cy · today: SVD" in heard
    await town.wait(minutes=2)
    assert naming(town, "rude") == []
    [line] = naming(town, "Bo")
    assert line.edits == 1
    assert "a rude word" in await town.talk("bo", "/journal")


async def test_it_is_not_quoted_and_cannot_be_offered_again(town: Town) -> None:
    await town.talk.command("bo", "share", checkin="1")
    await take_off(town)
    assert "An organiser took this note off" in await town.talk.command("bo", "share", checkin="1")
    await town.until("2026-01-12T10:00")
    assert naming(town, "rude") == []


async def test_it_goes_from_open_results_and_the_weekly_card(town: Town) -> None:
    await town.talk.command("bo", "share", checkin="1")
    await town.say("ada", "/group settings lines: card")
    await town.say("bo", "/checkin 30m learned: another rude word")
    await town.until("2026-01-12T10:00")
    assert {post.key.split("/")[0] for post in naming(town, "rude")} == {"line", "card", "results"}
    await take_off(town)
    await town.talk.press("ada", "Bo: another rude word")
    await town.wait(minutes=3)
    assert naming(town, "rude") == []


async def test_it_can_be_put_back(town: Town) -> None:
    await take_off(town)
    assert "Bo's note is shown again." in await town.talk.press("ada", "Put it back")
    await town.wait(minutes=2)
    assert len(naming(town, "rude")) == 1


async def test_only_organisers_see_notes_and_only_those_of_their_group(town: Town) -> None:
    assert (await town.talk.command("bo", "group notes", off="2")).is_wrong
    await town.talk.start_group("other")
    await town.talk("di", "/checkin 1h learned: elsewhere", channel="other")
    assert "elsewhere" not in await town.talk.command("ada", "group notes")
    [(elsewhere,)] = await town.talk.rows("SELECT id FROM checkins WHERE learned = 'elsewhere'")
    for forged in (str(elsewhere), "x", "999"):
        refused = await town.talk.command("ada", "group notes", off=forged)
        assert refused.is_wrong
        assert "isn't there any more" in refused


async def test_a_group_without_notes_says_so(town: Town) -> None:
    await town.until("2026-02-09T10:00")
    assert "Nobody has written a note here in the last two weeks." in await town.talk.command("ada", "group notes")
