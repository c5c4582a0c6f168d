"""Nothing of one workspace is seen in another, whatever is typed, pressed or forged there."""

from collections.abc import AsyncIterator

import pytest
from cryptography.fernet import Fernet

from adapters.slack.settings import SlackSettings
from bot.commands.registry import SPECS
from bot.dispatch.dispatcher import Dispatcher
from tests.adapters.slack.conftest import ADA, BOB, SECRET, Site, populated, serving
from tests.adapters.slack.test_everything import line_of
from tests.adapters.slack.test_oauth import visitor
from tests.servers.slack.people import Member
from tests.servers.slack.reading import read

MANY = SlackSettings(
    signing_secret=SECRET,
    client_id="1.2",
    client_secret="shh",
    listen="127.0.0.1:0",
    encryption_key=Fernet.generate_key().decode(),
)
THEIRS = ("Owls", "Bob", "eigenvalues", "13 h")
FORGED = (
    "leaderboard?group=1",
    "group.join?group=1",
    "group.members?group=1",
    "group.settings?group=1&name=Ours",
    "group.leave?group=1",
    "progress?member=Bob",
    f"progress?member=%3C%40{BOB}%3E",
    "undo?checkin=1",
    "edit?checkin=1&time=1h",
    "in?group=1",
    "~1",
    "~2",
)


@pytest.fixture
async def two(real_core: Dispatcher) -> AsyncIterator[Site]:
    """Serve a workspace where Bob studies with Ada, and another with an Ada and a channel of the same ids."""
    slack = populated()
    other = slack.world.add_workspace("T2")
    other.add_user(ADA, "Other Ada")
    other.add_channel("C1", ADA)
    await slack.start()
    async with serving(real_core, MANY, slack=slack) as site:
        for team in ("T1", "T2"):
            assert await visitor(site).install(team) == 200
        ada, bob = site.member(), site.member(BOB)
        await ada.slash("/tenhours group start name: Owls")
        await bob.slash("/checkin 13h learned: eigenvalues")
        await site.settle()
        site.slack.world.messages.clear()
        site.slack.world.views.clear()
        yield site
        assert site.slack.world.broken == []
    await slack.stop()


def seen(site: Site) -> str:
    """Return all that was said since, in messages, windows and homes."""
    views = [view for views in site.slack.world.views.values() for view in views]
    shown = [message.blocks for message in site.slack.world.messages]
    shown += [view["blocks"] for view in [*views, *site.slack.world.homes.values()]]
    return "\n".join(read(blocks).text for blocks in shown)


def stranger(site: Site) -> Member:
    return site.member(team="T2")


@pytest.mark.parametrize("name", [spec.name for spec in SPECS.values() if not spec.is_button_only])
async def test_no_command_shows_it(two: Site, name: str) -> None:
    ada = stranger(two)
    for rest in ("", f"<@{BOB}|bob>", "eigenvalues"):
        await ada.slash(line_of(name, rest))
        await two.settle()
    words = seen(two)
    assert words
    for word in THEIRS:
        assert word not in words.replace("“eigenvalues”", "")


async def test_no_forged_button_shows_it(two: Site) -> None:
    ada = stranger(two)
    await ada.slash("/checkin 5 min")
    message = two.slack.world.messages[-1]
    button = read(message.blocks).buttons[0]
    for value in FORGED:
        await ada.press_on(message, {**button, "value": value})
        await two.settle()
        for word in THEIRS:
            assert word not in seen(two), value
    await two.member(BOB).slash("/progress")
    await two.settle()
    assert "13 h" in read(two.slack.world.messages[-1].blocks).text


async def test_the_home_of_the_same_id_is_ones_own(two: Site) -> None:
    await stranger(two).open_home()
    await two.settle()
    assert "Study 10 hours from Monday to Sunday" in seen(two)
    assert "Owls" not in seen(two)
