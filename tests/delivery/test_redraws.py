"""Who hides, leaves, is removed or erases themselves goes from all that can be edited; a new name comes into it."""

import pytest

from tests.delivery.town import Posted, Town


@pytest.fixture
async def town(town: Town) -> Town:
    """Let Ada and Bo keep a week whose results stand, and are open, with a weekly card for it and for the next."""
    await town.say("ada", "/group settings lines: card")
    for who in ("ada", "bo"):
        await town.say(who, "/checkin 10h")
    await town.until("2026-01-12T10:00")
    for who in ("ada", "bo"):
        await town.say(who, "/checkin 1h")
    await town.wait(minutes=5)
    assert {post.key.split("/")[0] for post in naming(town, "Bo")} == {"card", "results"}
    assert len(naming(town, "Bo")) == 3
    return town


def naming(town: Town, name: str) -> list[Posted]:
    """Return the posts in the channel that name somebody."""
    return [post for post in town.platform.posts if post.channel is not None and name in post.text]


@pytest.mark.parametrize("words", ["/group hide", "/group leave"])
async def test_who_hides_or_leaves_is_named_no_longer(town: Town, words: str) -> None:
    await town.say("bo", words)
    await town.wait(minutes=2)
    assert naming(town, "Bo") == []
    assert len(naming(town, "Ada")) == 3


async def test_who_shows_again_is_named_again(town: Town) -> None:
    await town.say("bo", "/group hide")
    await town.wait(minutes=2)
    await town.say("bo", "/group show")
    await town.wait(minutes=2)
    assert len(naming(town, "Bo")) == 3


async def test_who_is_removed_is_named_no_longer(town: Town) -> None:
    await town.say("ada", "/group members remove: bo")
    await town.wait(minutes=2)
    assert naming(town, "Bo") == []


async def test_who_erases_themselves_is_named_no_longer(town: Town) -> None:
    await town.say("bo", "/mydata erase")
    await town.talk.press("bo", "Erase everything")
    await town.wait(minutes=2)
    assert naming(town, "Bo") == []
    assert len(naming(town, "Ada")) == 3


async def test_a_new_name_takes_the_place_of_the_old_one(town: Town) -> None:
    town.talk.names["bo"] = "Bodhi"
    await town.say("bo", "/progress")
    await town.wait(minutes=2)
    assert len(naming(town, "Bodhi")) == 3
    assert len(naming(town, "Bo")) == 3


async def test_results_in_which_nobody_is_left_name_nobody(town: Town) -> None:
    for who in ("ada", "bo"):
        await town.say(who, "/group hide")
    await town.wait(minutes=2)
    assert naming(town, "Ada") == naming(town, "Bo") == []
    [results] = [post for post in town.platform.posts if post.key.startswith("results/")]
    assert results.text == "Results · 5–11 January: there is nothing to show any more."


async def test_results_that_have_closed_stay(town: Town) -> None:
    await town.until("2026-01-14T01:00")
    await town.say("bo", "/group leave")
    await town.wait(minutes=5)
    assert [post.key.split("/")[0] for post in naming(town, "Bo")] == ["card", "results"]
