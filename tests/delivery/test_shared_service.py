"""Several programs on one server's database: each answers, one of them sends, and another goes on where it can't."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import pytest

from bot.adapter import Health
from bot.adapter.shared import Parts
from bot.app import App
from bot.clock import StillClock
from bot.config import Settings
from bot.delivery import sender
from bot.errors import Misconfigured
from bot.location import Location, ServerDatabase
from bot.store.database import Store
from tests.delivery.town import Recorder, Town
from tests.waiting import eventually, stopped

LEASE_SECONDS = 2.0
WITHIN = 90.0
pytestmark = pytest.mark.sqlite  # each test names its engine


@dataclass
class Shared(Recorder):
    """A platform that each of several processes serves; `serving` says which of its ways are being run."""

    serving: list[str] = field(default_factory=list)
    ends: Exception | None = None

    async def run(self) -> None:
        await self._serve("alone")

    @property
    def parts(self) -> Parts:
        return Parts(lambda: self._serve("beside"))

    async def _serve(self, how: str) -> None:
        self.serving.append(how)
        try:
            if self.ends is not None:
                raise self.ends
            await asyncio.Event().wait()
        finally:
            self.serving.remove(how)


class Program:
    """A program of its own on a database, with its own connection to the same platform."""

    def __init__(self, store: Store, platform: Shared, clock: StillClock, lease: float = LEASE_SECONDS) -> None:
        self.platform = platform
        self.store = store
        self.app = App(Settings(), clock, store)
        self.app.serve(platform, lease=lease)
        self.task = asyncio.create_task(self.app.run())

    @property
    def keys(self) -> list[str]:
        return [posted.key for posted in self.platform.posts if posted.key.startswith("line/")]


@dataclass
class Site:
    """A town whose group lives on a platform that several programs serve."""

    town: Town
    programs: list[Program] = field(default_factory=list)

    async def start(self, location: Location, lease: float = LEASE_SECONDS) -> Program:
        platform = Shared(self.town.clock)
        self.programs.append(Program(await Store.open(location), platform, self.town.clock, lease))
        return self.programs[-1]

    async def say(self, program: Program, who: str, words: str) -> None:
        """Let somebody say something that reaches this program."""
        self.town.talk.core = program.app.core
        await self.town.talk(who, words)

    async def holder(self) -> Program:
        """Return the program that sends, once there is one."""

        async def is_there() -> bool:
            return bool([program for program in self.programs if program.app.core.may_post("console")])

        await eventually(is_there, WITHIN)
        [program] = [program for program in self.programs if program.app.core.may_post("console")]
        return program

    @property
    def keys(self) -> list[str]:
        return [key for program in self.programs for key in program.keys]


@pytest.fixture
async def site(emptied_server_database: ServerDatabase) -> AsyncIterator[Site]:
    store = await Store.open(emptied_server_database)
    site = Site(await Town.founded(store))
    yield site
    for program in site.programs:
        if not program.task.done():
            await stopped(program.task)
        await program.store.close()
    await store.close()


async def test_each_answers_and_one_sends_what_any_of_them_has_to_post(
    site: Site, emptied_server_database: ServerDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "LONGEST_SLEEP_SECONDS", 3600.0)  # so that only a notice can wake it
    for _ in range(3):
        await site.start(emptied_server_database, lease=60.0)  # so long that no busy machine makes another one send
    await eventually(lambda: [program.platform.serving for program in site.programs] == [["beside"]] * 3, WITHIN)
    holder = await site.holder()
    for number, program in enumerate(site.programs * 2):
        await site.say(program, f"member{number}", f"/checkin {number + 10}m")
        await eventually(lambda: len(site.keys) == number + 1, WITHIN)  # noqa: B023
    assert len(holder.keys) == len(set(holder.keys)) == 6
    assert sum(len(program.platform.posts) for program in site.programs) == len(holder.platform.posts)
    assert await site.town.talk.rows("SELECT name FROM leases") == [("console",)]


async def test_behind_a_pooler_nothing_is_heard_and_all_is_found(
    site: Site, emptied_server_database: ServerDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "LONGEST_SLEEP_SECONDS", 0.2)
    pooled = ServerDatabase(emptied_server_database.url, is_prepared=False)
    for _ in range(2):
        await site.start(pooled, lease=60.0)
    holder = await site.holder()
    [other] = [program for program in site.programs if program is not holder]
    await site.say(other, "bo", "/checkin 30m")
    await eventually(lambda: len(holder.keys) == 1, WITHIN)


async def leave(program: Program) -> None:
    await stopped(program.task)


async def lose_sight(program: Program) -> None:
    program.platform.state = Health(is_ready=False)


@pytest.mark.parametrize("what_happens", [leave, lose_sight])
async def test_another_sends_when_the_sender_leaves_or_does_not_reach_the_platform(
    site: Site, emptied_server_database: ServerDatabase, what_happens: Callable[[Program], Awaitable[None]]
) -> None:
    for _ in range(2):
        await site.start(emptied_server_database)
    holder = await site.holder()
    [other] = [program for program in site.programs if program is not holder]
    await what_happens(holder)
    await eventually(lambda: other.app.core.may_post("console"), WITHIN)
    await site.say(other, "bo", "/checkin 30m")
    await eventually(lambda: len(other.keys) == 1, WITHIN)
    assert holder.keys == []


async def test_who_reaches_the_platform_again_may_send_again(
    site: Site, emptied_server_database: ServerDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    program = await site.start(emptied_server_database)
    await site.holder()
    program.platform.state = Health(is_ready=False)
    await eventually(lambda: "another process is to send: no connection" in caplog.text, WITHIN)
    program.platform.state = Health(is_ready=True)
    await site.holder()
    assert program.platform.serving == ["beside"]


async def test_who_loses_the_lease_goes_on_answering_and_waits_for_it(
    site: Site, emptied_server_database: ServerDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    program = await site.start(emptied_server_database)
    await site.holder()
    await site.town.store.write(lambda tx: tx.run("UPDATE leases SET holder = 'another'"))
    await eventually(lambda: "another process has taken over sending" in caplog.text, WITHIN)
    assert program.platform.serving == ["beside"]
    await site.holder()


async def test_what_ends_the_platform_for_good_ends_the_program_with_a_sentence(
    site: Site, emptied_server_database: ServerDatabase
) -> None:
    platform = Shared(site.town.clock, ends=Misconfigured("[slack] bot_token is wrong"))
    program = Program(await Store.open(emptied_server_database), platform, site.town.clock)
    with pytest.raises(Misconfigured, match="bot_token is wrong"):
        await program.task
    assert await site.town.talk.rows("SELECT * FROM leases") == []
    await program.store.close()


async def test_on_a_file_one_process_serves_and_others_stand_by(store: Store) -> None:
    town = await Town.founded(store)
    programs = [Program(store, Shared(town.clock), town.clock) for _ in range(2)]
    await eventually(lambda: sorted(program.platform.serving for program in programs) == [[], ["alone"]], WITHIN)
    [serving] = [program for program in programs if program.platform.serving]
    [spare] = [program for program in programs if program is not serving]
    await stopped(serving.task)
    await eventually(lambda: spare.platform.serving == ["alone"], WITHIN)
    await stopped(spare.task)
