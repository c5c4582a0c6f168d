"""What keeps the app from posting to a channel, as Slack tells it, and groups that sleep and wake by it."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from adapters.slack.adapter import SlackAdapter
from adapters.slack.settings import SlackSettings
from bot.adapter import Access
from bot.app import App
from bot.chat.card import Card
from bot.chat.delivery import ChannelAddress, Delivery, PostRefused, UserAddress
from bot.clock import StillClock
from bot.config import Settings
from bot.delivery import waker
from bot.store.database import Store
from tests.adapters.fake_core import NOW, FakeCore
from tests.adapters.slack.conftest import ADA, BOB, CHANNEL, SOCKET, TEAM, TIMING, Site, populated
from tests.servers.slack import faults
from tests.servers.slack.people import Member
from tests.servers.slack.server import Slack
from tests.servers.slack.ways import BySocket
from tests.waiting import eventually, stopped


def place(channel: str, team: str = TEAM) -> ChannelAddress:
    return ChannelAddress("slack", team, channel)


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    slack = populated()
    await slack.start()
    yield slack
    await slack.stop()


STATES = {
    CHANNEL: "",
    "C2": "#c2 is archived",
    "C3": "I'm not in #c3: /invite @tenhours",
    "C4": "not everyone may post in #c4, and I may not",
    "G5": "the channel is gone, or private and I'm not in it: /invite @tenhours",
}


def spoil(slack: Slack) -> None:
    team = slack.world.workspaces[TEAM]
    team.archived.add("C2")
    team.add_channel("C3", ADA, bot=False)
    team.add_channel("C4", ADA)
    team.read_only.add("C4")
    team.add_channel("G5", ADA, bot=False)
    team.private.add("G5")


async def test_each_channel_is_asked_about_also_without_serving(slack: Slack) -> None:
    spoil(slack)
    adapter = SlackAdapter(SOCKET, FakeCore(), timing=TIMING, api_url=slack.api.url)
    found = await adapter.find_access([*map(place, STATES), place(CHANNEL, "T404")])
    assert found == {
        **{place(channel): Access(obstacle) for channel, obstacle in STATES.items()},
        place(CHANNEL, "T404"): Access("the app is not installed in this workspace any more"),
    }


async def test_what_slack_does_not_tell_now_is_left_out(slack: Slack) -> None:
    adapter = SlackAdapter(SOCKET, FakeCore(), timing=TIMING, api_url=slack.api.url)
    slack.api.faults["conversations.info"].append(faults.ratelimited())
    assert await adapter.find_access([place(CHANNEL)]) == {}
    lost = SlackAdapter(SlackSettings(bot_token="xoxb-no", app_token="x"), FakeCore(), api_url=slack.api.url)
    assert await lost.find_access([place(CHANNEL)]) == {}


async def test_a_refused_post_says_why_and_where(site: Site) -> None:
    spoil(site.slack)
    for channel, reason in STATES.items():
        if channel in ("C2", "C3", "G5"):
            post = Delivery("k", place(channel), Card("Hello"), NOW, NOW)
            with pytest.raises(PostRefused) as caught:
                await site.adapter.post(post)
            assert str(caught.value) == reason


@pytest.mark.parametrize(
    ("code", "words"),
    [("user_disabled", "the person is deactivated"), ("messages_tab_disabled", "the app's Messages Tab is off")],
)
async def test_a_refused_direct_message_is_said_in_words(site: Site, code: str, words: str) -> None:
    site.slack.api.faults["conversations.open"].append(faults.error(code))
    with pytest.raises(PostRefused) as caught:
        await site.adapter.post(Delivery("k", UserAddress("slack", TEAM, BOB), Card("Hello"), NOW, NOW))
    assert str(caught.value) == words


# Whole programs


@pytest.fixture
def app(store: Store, slack: Slack, monkeypatch: pytest.MonkeyPatch) -> App:
    monkeypatch.setattr(waker, "LOOK_SECONDS", 0.01)
    return make_app(store, slack)


def make_app(store: Store, slack: Slack, token: str = "xoxb-T1") -> App:
    app = App(Settings(), StillClock(NOW), store)
    settings = SlackSettings(bot_token=token, app_token="xapp-1")
    app.serve(SlackAdapter(settings, app.core, timing=TIMING, api_url=slack.api.url), lease=1.0)
    return app


async def start(app: App) -> "asyncio.Task[None]":
    task = asyncio.create_task(app.run())
    await eventually(lambda: app.health()["slack"].is_ready)
    return task


def member(slack: Slack, user: str = ADA, channel: str = CHANNEL) -> Member:
    return Member(slack, BySocket(slack), TEAM, user, channel)


async def found_group(slack: Slack, channel: str = CHANNEL) -> None:
    ada = member(slack, channel=channel)
    await ada.slash("/tenhours group start")
    await ada.fill()


async def asleep(store: Store) -> object:
    rows = await store.read(lambda tx: tx.all("SELECT asleep FROM groups ORDER BY id"))
    return rows[-1][0]


@pytest.mark.parametrize(
    "event", [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["UBOTT1"]}}]
)
async def test_a_new_token_wakes_what_slept_since_the_app_was_removed(
    store: Store, slack: Slack, app: App, event: dict[str, object]
) -> None:
    task = await start(app)
    await found_group(slack)
    await member(slack).event(event)
    await eventually(lambda: asleep(store))
    await stopped(task)
    again = make_app(store, slack)
    task = await start(again)

    async def is_awake() -> bool:
        return await asleep(store) is None

    await eventually(is_awake)
    await stopped(task)


@pytest.mark.parametrize("is_told", [True, False])
async def test_a_private_channel_that_is_no_archive_any_more_wakes_its_group_with_any_manifest(
    store: Store, slack: Slack, app: App, is_told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waker, "NOTICED_SECONDS", 0.0)
    team = slack.world.workspaces[TEAM]
    team.add_channel("G7", ADA, BOB)
    team.private.add("G7")
    team.names["G7"] = "attic"
    task = await start(app)
    await found_group(slack, "G7")
    team.archived.add("G7")
    ada = member(slack, channel="G7")
    await ada.event({"type": "group_archive", "channel": "G7"})
    await eventually(lambda: asleep(store))
    assert await asleep(store) == "#attic is archived"
    told = [text for text in ada.texts() if "can't post" in text]
    assert len(told) <= 1
    await eventually(lambda: any("can't post to attic any more: #attic is archived" in text for text in ada.texts()))
    await ada.slash("/checkin 1h")
    assert "can't post" in ada.texts()[-1]
    team.archived.discard("G7")
    if is_told:
        await ada.event({"type": "group_unarchive", "channel": "G7"})
    else:
        await ada.slash("/progress")

    async def is_awake() -> bool:
        return await asleep(store) is None

    await eventually(is_awake)
    await ada.slash("/checkin 2h")
    await eventually(lambda: any("Ada" in message.text for message in slack.world.public("G7")[1:]))
    await stopped(task)
