"""`tenhours check` asks the platforms themselves, and an adapter that fails is one line."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import ClassVar, cast

import discord.http
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapter import Access, Adapter, Core, Finding
from bot.adapter.plugin import AdapterSettings, Plugin
from bot.chat.delivery import ChannelAddress
from bot.chat.request import Channel
from bot.checkup import platforms, report
from bot.checkup.line import Level
from bot.checkup.report import Look
from bot.clock import StillClock
from bot.config import DatabaseSettings, Settings
from bot.errors import Misconfigured
from bot.store import groups, key_values
from bot.store.database import Store
from tests.adapters.slack.conftest import SOCKET, populated
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.world import TOKEN
from tests.servers.slack.server import Slack

SLACK = {"TENHOURS_SLACK__BOT_TOKEN": SOCKET.bot_token, "TENHOURS_SLACK__APP_TOKEN": SOCKET.app_token}
CLOCK = StillClock(datetime(2026, 1, 5, 9, tzinfo=UTC))


class AnsweringAdapter:
    """An adapter that says what it is told to."""

    def __init__(self, core: Core, answer: list[Finding] | Exception | None) -> None:
        self.core = core
        self._said = answer

    name = "discord"
    access: ClassVar[dict[str, Access]] = {}

    async def find_access(self, places: Sequence[ChannelAddress]) -> dict[ChannelAddress, Access]:
        return {place: self.access[place.name] for place in places if place.name in self.access}

    async def check(self) -> list[Finding]:
        if self._said is None:
            await asyncio.Event().wait()
        if isinstance(self._said, Exception):
            raise self._said
        assert self._said is not None
        recalled = await self.core.memory.recall("discord/tree")
        await self.core.memory.remember("discord/tree", "changed")
        return [*self._said, Finding("memory", is_well=True, words=str(recalled))]


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, database: Path):  # type: ignore[no-untyped-def]
    """Lets one adapter answer `tenhours check`."""

    async def asked(answer: list[Finding] | Exception | None, path: Path = database):  # type: ignore[no-untyped-def]
        monkeypatch.setattr(platforms, "ANSWER_TIMEOUT_SECONDS", 0.01)
        plugin = Plugin(lambda _settings, core: cast(Adapter, AnsweringAdapter(core, answer)), AdapterSettings)
        monkeypatch.setattr(platforms, "plugin_of", lambda _name: plugin)
        settings = Settings(database=DatabaseSettings(f"sqlite:///{path}"))
        return await platforms.look(settings, CLOCK, ["discord"])

    return asked


async def test_findings_are_lines(ask) -> None:  # type: ignore[no-untyped-def]
    found = await ask([Finding("token", True, "is known."), Finding("server", False, "lacks it.", "grant it.")])
    assert [(line.subject, line.level, line.words, line.what_to_do) for line in found[:2]] == [
        ("token", Level.WELL, "is known", ""),
        ("server", Level.WRONG, "lacks it", "grant it"),
    ]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (None, "did not answer within"),
        (Misconfigured("[discord] token is wrong."), "[discord] token is wrong"),
        (ZeroDivisionError("a bug"), "couldn't be checked: ZeroDivisionError"),
    ],
)
async def test_an_adapter_that_fails_is_one_line(ask, answer: Exception | None, words: str) -> None:  # type: ignore[no-untyped-def]
    [line] = await ask(answer)
    assert line.level is Level.WRONG
    assert words in line.words
    assert line.what_to_do


async def test_the_channel_of_each_group_is_asked_about(  # type: ignore[no-untyped-def]
    ask, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Owls", "Larks", "Rooks", "Untold"):
        channel = Channel("discord", "1", name.lower())
        unit = partial(groups.add, channel=channel, name=name, zone="UTC", goal=600, now=CLOCK.now())
        await store.write(unit)
    monkeypatch.setattr(
        AnsweringAdapter,
        "access",
        {
            "Owls": Access("I'm missing the permission Send Messages in #owls"),
            "Larks": Access("", "I'm missing the permission Attach Files in #larks"),
            "Rooks": Access(place="#rooks"),
        },
    )
    _, *lines = await ask([])
    assert [(line.level, line.words) for line in lines] == [
        (Level.WRONG, "I can't post for Owls: I'm missing the permission Send Messages in #owls"),
        (Level.WARNING, "Larks: I'm missing the permission Attach Files in #larks"),
        (Level.WELL, "of 4 groups, I can post in 2 channels: Larks, Rooks in #rooks"),
    ]


async def test_memory_is_read_and_never_written(ask, store: Store) -> None:  # type: ignore[no-untyped-def]
    await store.write(lambda tx: key_values.save(tx, "discord/tree", "as it was", CLOCK.now()))
    for _ in range(2):
        assert (await ask([]))[-1].words == "as it was"


async def test_without_a_database_nothing_is_remembered_and_none_is_made(ask, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    missing = tmp_path / "none.db"
    assert (await ask([], missing))[-1].words == "None"
    assert not missing.exists()


@pytest.fixture
async def discord_server() -> AsyncIterator[DiscordServer]:
    base = discord.http.Route.BASE
    server = DiscordServer()
    server.world.add_server("Study hall", "general")
    await server.start()
    discord.http.Route.BASE = server.base
    yield server
    await server.close()
    discord.http.Route.BASE = base


@pytest.mark.parametrize(("token", "level"), [(TOKEN, Level.WELL), ("a.bad.token", Level.WRONG)])
async def test_discord_is_asked_with_the_configured_token(
    discord_server: DiscordServer, tmp_path: Path, token: str, level: Level
) -> None:
    look = Look(
        None,
        {"TENHOURS_DISCORD__TOKEN": token, "TENHOURS_DATABASE__URL": f"sqlite:///{tmp_path}/x.db"},
    )
    found = {line.subject: line for line in await report.lines(look, CLOCK)}
    assert found["discord token"].level is level
    assert token not in report.text(list(found.values()))


@pytest.fixture
async def slack(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Slack]:
    found = populated()
    await found.start()
    monkeypatch.setattr(AsyncWebClient, "BASE_URL", found.api.url)
    yield found
    await found.stop()


@pytest.mark.parametrize(("token", "level"), [(SOCKET.bot_token, Level.WELL), ("xoxb-not-known", Level.WRONG)])
async def test_slack_is_asked_with_the_configured_tokens(
    slack: Slack, tmp_path: Path, token: str, level: Level
) -> None:
    environ = {**SLACK, "TENHOURS_SLACK__BOT_TOKEN": token, "TENHOURS_DATABASE__URL": f"sqlite:///{tmp_path}/x.db"}
    found = {line.subject: line for line in await report.lines(Look(None, environ), CLOCK)}
    assert found["Slack token"].level is level
    assert found["Slack app token"].level is Level.WELL
    assert token not in report.text(list(found.values()))
