"""Many workspaces: installed by OAuth, tokens unreadable at rest, each apart from the others."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
import pytest
from cryptography.fernet import Fernet
from msgspec.structs import replace

from adapters.slack.oauth import Installations, States, make_cipher
from adapters.slack.settings import SlackSettings
from adapters.slack.verbs import rotate_tokens
from bot.chat.card import Card
from bot.chat.delivery import ChannelAddress, Delivery, PostRefused, UserAddress
from bot.chat.events import BotAdded, BotRemoved
from bot.chat.request import Server
from bot.errors import Misconfigured
from bot.store.database import Store
from tests.adapters.fake_core import NOW, FakeCore, FakeMemory
from tests.adapters.slack.conftest import SECRET, Site, populated, serving
from tests.servers.slack import faults
from tests.servers.slack.reading import read
from tests.servers.slack.server import Slack

KEY = Fernet.generate_key().decode()
MANY = SlackSettings(
    signing_secret=SECRET,
    client_id="1.2",
    client_secret="shh",
    listen="127.0.0.1:0",
    encryption_key=KEY,
)


def state_of(page: str) -> str:
    match = re.search(r"state=([\w-]+)", page)
    assert match is not None
    return match[1]


@dataclass
class Visitor:
    """Somebody's browser."""

    site: Site
    cookies: dict[str, str]

    async def get(self, path: str) -> tuple[int, str]:
        url = f"http://127.0.0.1:{self.site.adapter.port}{path}"
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as answer:
            for name, morsel in answer.cookies.items():
                self.cookies[name] = morsel.value
            return answer.status, await answer.text()

    async def install(self, team: str) -> int:
        status, page = await self.get("/slack/install")
        assert status == 200
        state = state_of(page)
        return (await self.get(f"/slack/oauth_redirect?code=code-{team}&state={state}"))[0]


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    slack = populated()
    other = slack.world.add_workspace("T2")
    other.add_user("UADA", "Other Ada", tz="Asia/Tokyo")
    other.add_channel("C9", "UADA")
    await slack.start()
    yield slack
    await slack.stop()


@pytest.fixture
async def many(core: FakeCore, slack: Slack) -> AsyncIterator[Site]:
    async with serving(core, MANY, slack=slack) as site:
        yield site


def visitor(site: Site) -> Visitor:
    return Visitor(site, {})


async def test_an_installation_serves_its_workspace(many: Site, core: FakeCore) -> None:
    await many.member().slash("/progress")
    assert core.requests == []
    assert await visitor(many).install("T1") == 200
    assert core.events == [BotAdded(Server("slack", "T1"), inviter=UserAddress("slack", "T1", "UADA"))]
    await many.member().slash("/progress")
    assert core.last.user.team == core.last.channel.team == "T1"
    assert core.last.user.name == "Ada"


async def test_workspaces_are_apart(many: Site, core: FakeCore) -> None:
    await visitor(many).install("T1")
    await visitor(many).install("T2")
    await many.member().slash("/progress")
    await many.member(team="T2", channel="C9").slash("/progress")
    mine, theirs = core.requests
    assert (mine.user.team, mine.user.name, mine.user.zone) == ("T1", "Ada", "Europe/Berlin")
    assert (theirs.user.team, theirs.user.name, theirs.user.zone) == ("T2", "Other Ada", "Asia/Tokyo")
    assert [call.team for call in many.slack.api.called("users.info")] == ["T1", "T2"]
    post = Delivery("k", ChannelAddress("slack", "T2", "C1"), Card("x"), NOW, NOW + timedelta(hours=1))
    with pytest.raises(PostRefused, match="the channel is gone"):
        await many.adapter.post(post)


async def test_tokens_are_unreadable_at_rest(many: Site, core: FakeCore) -> None:
    await visitor(many).install("T1")
    saved = core.memory.saved["slack.installation.T1"]
    assert "xoxb" not in "".join(core.memory.saved.values())
    assert b"xoxb-T1" in make_cipher(KEY).decrypt(saved.encode())


async def test_they_outlive_a_restart_and_a_new_key(core: FakeCore, slack: Slack) -> None:
    async with serving(core, MANY, slack=slack) as site:
        await visitor(site).install("T1")
    both = f"{Fernet.generate_key().decode()}, {KEY}"
    async with serving(core, replace(MANY, encryption_key=both), slack=slack) as site:
        await site.member().slash("/progress")
        assert len(core.requests) == 1
    lost = Fernet.generate_key().decode()
    async with serving(core, replace(MANY, encryption_key=lost), slack=slack) as site:
        await site.member().slash("/progress")
        assert len(core.requests) == 1


@pytest.mark.parametrize(
    "event",
    [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["UBOTT1"]}}],
)
async def test_who_leaves_is_forgotten_at_once(many: Site, core: FakeCore, event: dict[str, object]) -> None:
    await visitor(many).install("T1")
    await visitor(many).install("T2")
    await many.member().slash("/progress")
    core.events.clear()
    assert await many.member().event(event) is not None
    assert "slack.installation.T1" not in core.memory.saved
    assert "slack.installation.T2" in core.memory.saved
    assert core.events == [BotRemoved(Server("slack", "T1"))]
    post = Delivery("k", ChannelAddress("slack", "T1", "C1"), Card("x"), NOW, NOW + timedelta(hours=1))
    with pytest.raises(PostRefused) as caught:
        await many.adapter.post(post)
    assert caught.value.is_gone
    await visitor(many).install("T1")
    await many.adapter.post(post)


async def test_user_tokens_are_nothing_to_us(many: Site, core: FakeCore) -> None:
    await visitor(many).install("T1")
    await many.member().event({"type": "tokens_revoked", "tokens": {"oauth": ["UADA"]}})
    assert "slack.installation.T1" in core.memory.saved


async def test_a_state_is_good_once_and_in_its_own_browser(many: Site, core: FakeCore) -> None:
    first = visitor(many)
    _, page = await first.get("/slack/install")
    path = f"/slack/oauth_redirect?code=code-T1&state={state_of(page)}"
    assert (await visitor(many).get(path))[0] == 400
    cookies = dict(first.cookies)
    assert (await first.get(path))[0] == 200
    first.cookies = cookies
    assert (await first.get(path))[0] == 401
    assert (await first.get("/slack/oauth_redirect?code=code-T1"))[0] == 400
    assert (await first.get("/slack/oauth_redirect?error=access_denied"))[0] == 200
    assert len(core.events) == 1


async def test_a_code_that_slack_does_not_know(many: Site, core: FakeCore) -> None:
    assert await visitor(many).install("T404") == 401
    many.slack.api.faults["oauth.v2.access"].append(faults.reset())
    assert await visitor(many).install("T1") == 502
    assert core.events == []


async def test_states_expire_and_are_good_once() -> None:
    instants = [NOW]
    states = States(KEY, lambda: instants[0])
    old, new = await states.async_issue(), await states.async_issue()
    instants[0] += timedelta(seconds=599)
    assert await states.async_consume(new)
    assert not await states.async_consume(new)
    instants[0] += timedelta(seconds=1)
    assert not await states.async_consume(old)
    assert not await states.async_consume(new)


@pytest.mark.parametrize("state", ["", "never issued", "é", "=", "A" * 5000])
async def test_what_was_never_handed_out_is_no_state(state: str) -> None:
    assert not await States(KEY, lambda: NOW).async_consume(state)


async def test_what_else_was_encrypted_with_the_key_is_no_state() -> None:
    token = make_cipher(KEY).encrypt_at_time(b"xoxb-T1", int(NOW.timestamp())).decode()
    assert not await States(KEY, lambda: NOW).async_consume(token)


async def test_a_state_outlives_a_restart_and_a_new_key() -> None:
    state = await States(KEY, lambda: NOW).async_issue()
    assert await States(f"{Fernet.generate_key().decode()},{KEY}", lambda: NOW).async_consume(state)


async def test_who_asks_for_many_installations_leaves_nothing_behind(many: Site, core: FakeCore) -> None:
    for _ in range(5):
        assert (await visitor(many).get("/slack/install"))[0] == 200
    assert core.memory.saved == {}


async def test_an_installation_for_a_whole_organisation_is_not_taken() -> None:
    from slack_sdk.oauth.installation_store import Installation  # noqa: PLC0415

    installations = Installations(FakeMemory(), KEY)
    with pytest.raises(ValueError, match="organisation"):
        await installations.async_save(Installation(user_id="U1", bot_token="xoxb-1", enterprise_id="E1"))


async def test_groups_sleep_when_the_app_is_removed(store: Store, slack: Slack) -> None:
    from bot.clock import SystemClock  # noqa: PLC0415
    from bot.context import Defaults  # noqa: PLC0415
    from bot.dispatch.dispatcher import Dispatcher  # noqa: PLC0415

    async with serving(Dispatcher(store, SystemClock(), Defaults(600, "UTC")), MANY, slack=slack) as site:
        await visitor(site).install("T1")
        ada = site.member()
        await ada.slash("/tenhours group start")
        await ada.fill()
        await site.settle()
        await ada.event({"type": "app_uninstalled"})
        [row] = await store.read(lambda tx: tx.all("SELECT asleep FROM groups"))
        assert row[0]
        await visitor(site).install("T1")
        [row] = await store.read(lambda tx: tx.all("SELECT asleep FROM groups"))
        assert row[0] is None


async def test_who_installs_the_app_is_greeted_and_chooses_a_channel(store: Store, slack: Slack) -> None:
    from bot.app import App  # noqa: PLC0415
    from bot.clock import StillClock  # noqa: PLC0415
    from bot.config import Settings  # noqa: PLC0415

    app = App(Settings(), StillClock(NOW), store)
    async with serving(app.core, MANY, slack=slack) as site:
        app.serve(site.adapter)
        for _ in range(2):
            await visitor(site).install("T1")
            await app.delivery.settle()
        ada = site.member(channel="DUADA")
        [text] = ada.texts()
        assert "Thanks for inviting me!" in text
        await ada.press("Choose a channel")
        await ada.fill(channel="C2", name="Owls")
        await site.settle()
        await app.delivery.settle()
        assert "The study group Owls is open." in read(slack.world.public("C2")[-1].blocks).text
        await visitor(site).install("T1")
        await app.delivery.settle()
        assert sum("Thanks for inviting me!" in text for text in ada.texts()) == 1


async def test_a_new_key_takes_the_old_ones_place(core: FakeCore, slack: Slack) -> None:
    async with serving(core, MANY, slack=slack) as site:
        await visitor(site).install("T1")
        await visitor(site).install("T2")
    new = Fernet.generate_key().decode()
    told = await rotate_tokens(replace(MANY, encryption_key=f"{new},{KEY}"), core.memory)
    assert told == "2 tokens are encrypted with the first key. You can remove the others from encryption_key."
    assert b"xoxb-T1" in make_cipher(new).decrypt(core.memory.saved["slack.installation.T1"].encode())
    async with serving(core, replace(MANY, encryption_key=new), slack=slack) as site:
        await site.member().slash("/progress")
    assert core.last.user.team == "T1"


async def test_where_a_token_cannot_be_read_no_key_is_changed(core: FakeCore, slack: Slack) -> None:
    async with serving(core, MANY, slack=slack) as site:
        await visitor(site).install("T1")
    core.memory.saved["slack.installation.T0"] = make_cipher(KEY).encrypt(b"{}").decode()
    core.memory.saved["slack.installation.T9"] = "nonsense"
    before = dict(core.memory.saved)
    with pytest.raises(Misconfigured, match="the token of T9"):
        await rotate_tokens(replace(MANY, encryption_key=f"{Fernet.generate_key().decode()},{KEY}"), core.memory)
    assert core.memory.saved == before
    with pytest.raises(Misconfigured, match="encryption_key is missing"):
        await rotate_tokens(SlackSettings(), core.memory)


async def test_without_an_installation_there_is_nothing_to_rotate() -> None:
    assert await rotate_tokens(MANY, FakeMemory()) == "No workspace has installed the app."
