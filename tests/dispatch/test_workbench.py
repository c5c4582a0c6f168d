"""Files are fetched for commands that take one, by an allowance of their own, and read apart from the program."""

import asyncio
import os
from dataclasses import dataclass, field

import pytest
from msgspec.structs import replace

from bot.adapter.http import TooLarge
from bot.chat.request import UPLOAD_BYTES, CommandRequest, OfferedFile, Via
from bot.dispatch import workbench
from bot.dispatch.throttle import Throttle
from bot.dispatch.workbench import FETCHES_AT_ONCE, MOST_WAITING, Workbench, do_apart
from bot.dispatch.worker import Failure
from bot.domain.allowance import BURST_FILES, BURST_REQUESTS
from bot.errors import NotSaved, Refused
from bot.store import imports
from tests.documents import ROOT
from tests.talk import HOME, Heard, Talk, do_here
from tests.waiting import eventually, turns

CSV = b"date,hours,project\n2025-12-01,1,Maths\n2025-12-02,2,Maths\n"


@dataclass
class Cloud:
    """The place where members' files lie; `opens` lets them be fetched."""

    content: bytes = CSV
    opens: asyncio.Event = field(default_factory=asyncio.Event)
    under_way: int = 0
    most: int = 0
    fetched: int = 0

    async def fetch(self, limit: int) -> bytes:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await self.opens.wait()
        self.under_way -= 1
        self.fetched += 1
        if len(self.content) > limit:
            raise TooLarge
        return self.content


@pytest.fixture(autouse=True)
def _jobs_are_known_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a process of its own find the jobs of this file, which are no part of the program."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.fixture
def cloud() -> Cloud:
    cloud = Cloud()
    cloud.opens.set()
    return cloud


@pytest.fixture
def watched(talk: Talk) -> Talk:
    """Let nobody's allowance fill up again."""
    talk.core.throttle = Throttle(lambda: 0.0)
    talk.core.throttle.watch("console")
    return talk


def offer(talk: Talk, cloud: Cloud, who: str = "ada", command: str = "mydata import", size: int = 0) -> CommandRequest:
    request = talk.request(who, HOME, "", Via.FORM, command=command, options={"file": "x.csv"})
    return replace(request, offered={"file": OfferedFile("x.csv", size, cloud.fetch)})


async def send(talk: Talk, request: CommandRequest) -> Heard:
    return Heard.of(await talk.core.handle(request))


async def test_whoever_has_asked_too_much_has_no_file_fetched(watched: Talk, cloud: Cloud) -> None:
    for _ in range(BURST_REQUESTS):
        await watched("ada", "/guide")
    assert "a lot at once" in await send(watched, offer(watched, cloud))
    assert cloud.fetched == 0


async def test_three_files_are_fetched_and_the_fourth_is_not(watched: Talk, cloud: Cloud) -> None:
    for _ in range(BURST_FILES):
        assert "What is in x.csv" in await send(watched, offer(watched, cloud))
    heard = await send(watched, offer(watched, cloud))
    assert heard == "That's a lot of files at once. Send this one again in 60 seconds."
    assert heard.is_wrong
    assert cloud.fetched == BURST_FILES
    assert "1 h of 10 h" in await watched("ada", "/checkin 1h")
    assert "What is in x.csv" in await send(watched, offer(watched, cloud, "bo"))


async def test_a_file_that_is_delivered_again_is_neither_counted_nor_fetched(watched: Talk, cloud: Cloud) -> None:
    request = offer(watched, cloud)
    first = await send(watched, request)
    for _ in range(BURST_FILES + 1):
        assert await send(watched, request) == first
    assert cloud.fetched == 1


@pytest.mark.parametrize("announced", [UPLOAD_BYTES + 1, 10])
async def test_a_file_that_is_too_large_is_refused_by_what_is_announced_and_by_what_comes(
    talk: Talk, cloud: Cloud, announced: int
) -> None:
    cloud.content = b"x" * (UPLOAD_BYTES + 1)
    heard = await send(talk, offer(talk, cloud, size=announced))
    assert heard == "That file has more than 4 MB. Export a shorter time and bring it in by parts."
    assert cloud.fetched == int(announced <= UPLOAD_BYTES)


@pytest.mark.parametrize("command", ["checkin", "progress", "mydata choose", "nonsense"])
async def test_a_command_that_takes_no_file_fetches_none(talk: Talk, cloud: Cloud, command: str) -> None:
    await send(talk, offer(talk, cloud, command=command))
    assert cloud.fetched == 0


async def test_at_most_two_are_fetched_at_a_time(talk: Talk, cloud: Cloud) -> None:
    cloud.opens.clear()
    sending = [asyncio.create_task(send(talk, offer(talk, cloud, f"p{at}"))) for at in range(6)]
    await eventually(lambda: cloud.under_way == FETCHES_AT_ONCE)
    await turns()
    assert cloud.under_way == FETCHES_AT_ONCE
    cloud.opens.set()
    assert all("What is in" in heard for heard in await asyncio.gather(*sending))
    assert cloud.most == FETCHES_AT_ONCE


async def test_a_person_has_one_under_way(talk: Talk, cloud: Cloud) -> None:
    cloud.opens.clear()
    request = offer(talk, cloud)
    sending = [asyncio.create_task(send(talk, request)) for _ in range(2)]
    await eventually(lambda: cloud.under_way)
    assert await send(talk, offer(talk, cloud)) == "I'm still reading your last file. Try this again in a moment."
    cloud.opens.set()
    first, again = await asyncio.gather(*sending)
    assert first == again
    assert cloud.fetched == 1


async def test_where_many_wait_the_next_is_asked_to_come_back(talk: Talk, cloud: Cloud) -> None:
    cloud.opens.clear()
    sending = [asyncio.create_task(send(talk, offer(talk, cloud, f"p{at}"))) for at in range(MOST_WAITING)]
    await eventually(lambda: cloud.under_way == FETCHES_AT_ONCE)
    for _ in range(5 * MOST_WAITING):
        await talk.rows("SELECT 1")  # what they have to read comes before it
    assert "Many files are coming in" in await send(talk, offer(talk, cloud, "late"))
    cloud.opens.set()
    await asyncio.gather(*sending)


async def test_someone_new_is_not_known_by_a_file_that_is_refused(talk: Talk, cloud: Cloud) -> None:
    cloud.content = b"nonsense"
    assert (await send(talk, offer(talk, cloud, "new"))).is_wrong
    assert await talk.rows("SELECT count(*) FROM people") == [(0,)]


async def test_a_long_import_that_breaks_off_says_so_and_goes_on_when_done_again(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = b"date,hours\n" + b"".join(b"2024-%02d-%02d,1\n" % (at % 12 + 1, at // 12 + 1) for at in range(180))
    assert "180 entries" in await talk.hand_over("ada", "mydata import", "x.csv", content)
    add, calls = imports.add, list[object]()

    def breaks(*args: object) -> None:
        calls.append(args)
        if len(calls) == 2:
            raise NotSaved("the disk is full")
        add(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(imports, "add", breaks)
    heard = await talk.press("ada", "Import it")
    assert heard == "Only a part of that was saved. Do it once more: what is here already is recognised."
    assert await talk.rows("SELECT count(*) FROM checkins") == [(50,)]
    await talk.press("ada", "Import it")
    assert await talk.rows("SELECT count(*) FROM checkins") == [(180,)]
    await talk.press("ada", "Take it back")
    await talk.press("ada", "Take it back")
    assert await talk.rows("SELECT count(*) FROM checkins") == [(50,)]


async def test_completions_have_an_allowance_of_their_own(watched: Talk) -> None:
    await watched("ada", "/checkin 1h")
    request = watched.request("ada", HOME, "", Via.SLASH, command="timezone", options={})
    found = [await watched.core.suggest(request, "zone", "Ber") for _ in range(BURST_REQUESTS + 5)]
    assert found[0]
    assert not found[-1]
    assert not (await watched("ada", "/checkin 2h")).is_wrong


async def test_what_a_form_holds_is_counted(watched: Talk) -> None:
    for _ in range(BURST_REQUESTS):
        await watched.core.draft(watched.user("ada"), "checkin", {"time": "x"})
    assert (await watched("ada", "/checkin 1h")).is_wrong


# In a process of its own


@dataclass(frozen=True)
class Said:
    """A job that says what it sees."""

    name: str
    pid: int = field(default_factory=os.getpid)

    def work(self) -> object:
        return os.environ.get(self.name), os.getpid() == self.pid


@dataclass(frozen=True)
class Broken:
    """A job that ends in one of many ways."""

    how: str

    def work(self) -> object:
        if self.how == "dies":
            os._exit(3)
        if self.how == "prints":
            os.write(1, b"a library is talkative")
            return "done"
        if self.how == "waits":
            os.read(0, 1)
            while True:
                os.sched_yield()
        raise ValueError("a member's own words")


async def test_a_job_is_done_elsewhere_and_told_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TENHOURS_DISCORD__TOKEN", "secret")
    monkeypatch.setenv("HARMLESS", "yes")
    assert await do_apart(Said("TENHOURS_DISCORD__TOKEN")) == (None, False)
    assert await do_apart(Said("HARMLESS")) == ("yes", False)
    assert await do_here(Said("HARMLESS")) == ("yes", True)


@pytest.mark.parametrize("how", ["dies", "raises"])
async def test_a_job_that_breaks_is_refused_and_logged_without_its_words(
    how: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(Refused, match="another export"):
        await Workbench().do(Broken(how))
    assert "a job failed" in caplog.text
    assert "own words" not in caplog.text
    failure = await do_apart(Broken(how))
    assert isinstance(failure, Failure)
    assert failure.kind == {"dies": "exit", "raises": "ValueError"}[how]


async def test_what_a_library_prints_is_not_the_outcome() -> None:
    assert await do_apart(Broken("prints")) == "done"


async def test_a_job_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbench, "JOB_SECONDS", 0.5)
    with pytest.raises(Refused, match="too long"):
        await do_apart(Broken("waits"))
