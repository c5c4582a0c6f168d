"""The adapter of another package keeps the promises of every adapter, from the sources in this folder."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from tenhours_matrix import create
from tenhours_matrix.settings import MatrixSettings

from bot.chat.delivery import Address, ChannelAddress, MessageRef, PostUnsure, RetryLater, UserAddress
from bot.errors import Misconfigured
from tests.adapters.cards import delivery, every_block
from tests.adapters.contract import AdapterContract
from tests.adapters.fake_core import FakeCore
from tests.adapters.probe import ADA, Probe, Shown
from tests.packages.homeserver import ROOM, TOKEN, Homeserver, Message


class MatrixProbe(Probe):
    def __init__(self, core: FakeCore, folder: Path) -> None:
        self.homeserver = Homeserver(folder)
        self.adapter = create(MatrixSettings(self.homeserver.socket, TOKEN), core)

    @property
    def broken(self) -> Sequence[str]:  # type: ignore[override]
        return self.homeserver.broken

    @property
    def channel(self) -> ChannelAddress:
        return ChannelAddress("matrix", "", ROOM)

    @property
    def gone(self) -> MessageRef:
        return MessageRef(ROOM, "m0")

    def direct(self, name: str) -> Address:
        return UserAddress("matrix", "", name)

    def id_of(self, name: str) -> str:
        return name

    async def begin(self) -> "MatrixProbe":
        await self.homeserver.start()
        self._running = asyncio.create_task(self.adapter.run())
        await self.homeserver.until(lambda: self.homeserver.is_connected)
        while not self.adapter.health().is_ready:
            await asyncio.sleep(0)
        return self

    async def say(self, name: str, command: str, options: Mapping[str, str]) -> None:
        await self.homeserver.say(name, " ".join([f"/{command}", *(f"{key}: {text}" for key, text in options.items())]))

    async def press(self, name: str, label: str) -> None:
        await self.homeserver.press(name, label)

    async def fill(self, name: str, values: Mapping[str, str]) -> None:
        await self.homeserver.fill(name, **values)

    async def public(self) -> list[Shown]:
        return [_shown(message) for message in self.homeserver.seen_by(None)]

    async def private(self, name: str) -> list[Shown]:
        return [_shown(message) for message in self.homeserver.seen_by(name)]

    async def close(self) -> None:
        self._running.cancel()
        with suppress(asyncio.CancelledError):
            await self._running
        await self.homeserver.stop()


def _shown(message: Message) -> Shown:
    labels = tuple(button["label"] for button in message.buttons)
    return Shown(message.text, labels, frozenset(message.mentions))


class TestMatrix(AdapterContract):
    @pytest.fixture(autouse=True)
    def folder(self, tmp_path: Path) -> None:
        self.tmp_path = tmp_path

    async def make(self, core: FakeCore) -> Probe:
        return await MatrixProbe(core, self.tmp_path).begin()


async def test_what_became_of_a_post_is_told_apart(tmp_path: Path) -> None:
    probe = MatrixProbe(FakeCore(), tmp_path)
    post = delivery(probe.channel, every_block())
    with pytest.raises(RetryLater):
        await probe.adapter.post(post)
    await probe.begin()
    sending = asyncio.create_task(probe.adapter.post(post))
    await asyncio.sleep(0)
    await probe.homeserver.stop()
    with pytest.raises(PostUnsure):
        await sending
    await probe.close()


async def test_check_says_what_is_wrong(tmp_path: Path) -> None:
    homeserver = Homeserver(tmp_path)
    wrong = create(MatrixSettings(homeserver.socket, "x"), FakeCore())
    assert [finding.subject for finding in await wrong.check()] == ["matrix"]
    await homeserver.start()
    [finding] = await wrong.check()
    assert (finding.subject, finding.is_well) == ("matrix token", False)
    with pytest.raises(Misconfigured, match="not one that the homeserver knows"):
        await wrong.run()
    await homeserver.stop()
    with pytest.raises(Misconfigured, match="token is empty"):
        create(MatrixSettings(), FakeCore())


async def test_an_event_is_delivered_until_it_is_answered(tmp_path: Path) -> None:
    core = FakeCore()
    probe = MatrixProbe(core, tmp_path)
    await probe.homeserver.start()
    asking = asyncio.create_task(probe.homeserver.say(ADA, "/progress"))
    await asyncio.sleep(0)
    probe._running = asyncio.create_task(probe.adapter.run())
    await asking
    assert core.last.words == "progress"
    await probe.close()
