"""The page that a platform keeps for one person: first how to begin, later where they stand."""

import pytest

from bot.chat.request import Channel, NamedChannel, Via
from bot.commands.registry import SPECS
from bot.views.words import promise
from tests.cards.rules import MOST_WORDS
from tests.talk import Heard, Talk


@pytest.fixture
async def talk(talk: Talk) -> Talk:
    """Hall and Owls are open to all; Den is private, Gone asleep."""
    talk.starters = {"ada"}
    for name in ("owls", "hall", "den", "gone"):
        await talk.start_group(name, name=name.capitalize())
    await talk.store.write(lambda tx: tx.run("UPDATE groups SET asleep = 'x' WHERE channel = 'gone'"))
    talk.channels = {
        f"#{name}": NamedChannel(Channel("console", "", name, name), is_public=name != "den")
        for name in ("owls", "hall", "den", "gone")
    }
    return talk


async def home(talk: Talk, who: str = "ada") -> Heard:
    return await talk.command(who, "home", channel=None)


async def join(talk: Talk, who: str, words: str) -> Heard:
    """Press a button that names a channel, in a direct message."""
    request = talk.request(who, None, "", Via.BUTTON, "group join", {"channel": words})
    return Heard.of(await talk.core.handle(request))


async def test_the_first_look_says_what_this_is_and_names_the_groups_without_numbers(talk: Talk) -> None:
    page = await home(talk)
    first, life = page.splitlines()[1:3]
    assert f"{first} {life}" == promise(600)
    assert page.splitlines()[3:] == [
        "Hall in #hall",
        "[Join]",
        "Owls in #owls",
        "[Join]",
        "[Start a group] [Check in] [How it works]",
    ]
    assert await talk.rows("SELECT 1 FROM people") == []


async def test_a_guest_finds_the_way_and_no_groups(talk: Talk) -> None:
    assert (await home(talk, "bo")).labels == ["Check in", "How it works"]


async def test_of_many_groups_most_are_in_a_list(talk: Talk) -> None:
    for number in range(10):
        name = f"room{number}"
        await talk.start_group(name)
        talk.channels[f"#{name}"] = NamedChannel(Channel("console", "", name, name), is_public=True)
    page = await home(talk)
    assert page.labels.count("Join") == 4
    assert page.labels[4:12] == [f"room{number} in #room{number}" for number in range(2, 10)]
    assert "Welcome to room5." in await talk.press("ada", "room5 in #room5", channel=None)


async def test_one_joins_from_there_and_the_page_leads_on(talk: Talk) -> None:
    await home(talk)
    joined = await talk.press("ada", "Join", channel=None)
    assert "Welcome to Hall." in joined
    page = await home(talk)
    assert "They begin with your first check-in." in page
    assert page.labels[:4] == ["Check in", "Log 30 min", "Log 1 h", "Set me up"]


@pytest.mark.parametrize("words", ["#den", "#nowhere"])
async def test_nobody_joins_by_a_channel_that_is_not_open_to_all(talk: Talk, words: str) -> None:
    refused = await join(talk, "ada", words)
    assert refused.is_wrong
    assert "That channel isn't open to everyone." in refused
    assert await talk.rows("SELECT 1 FROM members") == []


async def test_a_guest_joins_nothing_by_its_channel(talk: Talk) -> None:
    assert (await join(talk, "bo", "#hall")).is_wrong


async def test_a_group_that_sleeps_or_has_gone_is_not_joined(talk: Talk) -> None:
    refused = await join(talk, "ada", "#gone")
    assert "There's no group in #gone any more." in refused


async def test_later_it_shows_the_week_what_is_next_and_the_last_three(talk: Talk) -> None:
    for minutes in (60, 90, 120, 150):
        await talk("ada", f"/checkin {minutes}m statistics", channel="hall")
    page = await home(talk)
    assert page.startswith("Your week · 5–11 Jan\n7 h of 10 h")
    assert "3 h to go" in page
    assert "Practice week: reach 10 h and your streak begins." in page
    assert "In all: 7 h on the road to" in page
    assert "2 h 30 · Statistics · today\n[Undo]\n2 h · Statistics · today\n[Undo]\n1 h 30 · Statistics" in page
    assert page.labels.count("Undo") == 3
    assert page.labels[-11:] == [
        *("Leaderboard", "Timer", "Journal", "Progress", "Away"),
        *("Goal", "Time zone", "Reminders", "Why I do this", "My data", "How it works"),
    ]
    assert len(page.split()) < 2 * MOST_WORDS


async def test_what_is_next_is_the_last_week_first(talk: Talk) -> None:
    await talk("ada", "/checkin 8h", channel="hall")
    await talk("ada", "/focus start Linear algebra hours: 80")
    assert "Focus: Linear algebra" in await home(talk)
    talk.at("2026-01-12T10:00")
    assert "Last week: 8 h; 2 h more by the end of Tuesday keeps it" in await home(talk)
    talk.at("2026-01-14T10:00")
    await talk("ada", "/pause for 2 weeks")
    assert "Away until" in await home(talk)


async def test_only_beginners_are_asked_to_be_set_up(talk: Talk) -> None:
    await talk("ada", "/checkin 1h", channel="hall")
    assert "Set me up" in (await home(talk)).labels
    talk.advance(weeks=1)
    assert "Set me up" not in (await home(talk)).labels


async def test_a_running_timer_is_stopped_from_there(talk: Talk) -> None:
    await talk("ada", "/checkin 1h", channel=None)
    await home(talk)
    await talk.press("ada", "Timer", channel=None)
    page = await home(talk)
    assert "Stop timer" in page.labels
    assert "Leaderboard" not in page.labels


async def test_every_button_is_a_command(talk: Talk) -> None:
    for line in ("/checkin 1h", ""):
        if line:
            await talk("ada", line, channel=None)
        assert {button.command for button in (await home(talk)).card.buttons()} <= SPECS.keys()


async def test_one_press_logs(talk: Talk) -> None:
    await talk("ada", "/checkin 2h", channel="hall")
    await home(talk)
    heard = await talk.press("ada", "Log 30 min", channel=None)
    assert "2 h 30 of 10 h" in heard
    assert "Undo" in heard.labels
