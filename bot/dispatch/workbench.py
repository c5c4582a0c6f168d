"""Hard work on what members send: one job at a time, apart from the program, and at most one for each person.

However many files come in at once, check-ins do not wait for them: at most two files are fetched at a time, and what is
in them is read by a process of its own (`worker`), that ends with its job.
"""

import asyncio
import logging
import os
import pickle
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from msgspec import Struct, field

from bot.adapter.http import TooLarge
from bot.chat.refusal import too_large
from bot.chat.request import UPLOAD_BYTES, OfferedFile, Request, Upload
from bot.commands.shared.handler import Job
from bot.dispatch.worker import Failure
from bot.errors import Refused

log = logging.getLogger(__name__)

FETCHES_AT_ONCE = 2
MOST_WAITING = 20
"""People whose work waits or is under way; the next one is asked to come back."""
JOB_SECONDS = 30
"""A job that has not ended by itself by then is ended."""
START_WORKER = "from bot.dispatch.worker import main; main()"
OURS = "TENHOURS_"
"""The beginning of the names of variables that may hold secrets: no job is told them."""


class UnderWay(Struct, frozen=True):
    """A request whose work waits or is under way."""

    request_id: str
    is_over: asyncio.Event = field(default_factory=asyncio.Event)


class Workbench:
    """The turns of those who sent something that is hard work; `do` does a job, by default in a process of its own."""

    def __init__(self, do: Callable[[Job], Awaitable[object]] | None = None) -> None:
        self._do = do or do_apart
        self._under_way: dict[tuple[str, str, str], UnderWay] = {}
        self._fetching = asyncio.Semaphore(FETCHES_AT_ONCE)
        self._working = asyncio.Lock()

    @asynccontextmanager
    async def place(self, request: Request) -> AsyncIterator[None]:
        """Let nobody have two under way; the same request, delivered again, waits for the first to be answered.

        Raises `Refused` for a second one of the same person, and where too many wait.
        """
        key = (request.user.platform, request.user.team, request.user.id)
        while (under_way := self._under_way.get(key)) is not None:
            if under_way.request_id != request.id:
                raise Refused("I'm still reading your last file. Try this again in a moment.")
            await under_way.is_over.wait()
        if len(self._under_way) >= MOST_WAITING:
            raise Refused("Many files are coming in right now. Send yours again in a minute.")
        self._under_way[key] = mine = UnderWay(request.id)
        try:
            yield
        finally:
            del self._under_way[key]
            mine.is_over.set()

    @asynccontextmanager
    async def fetched(self, offered: Mapping[str, OfferedFile]) -> AsyncIterator[dict[str, Upload]]:
        """Fetch files, and hold their place until the work on them is done. Raises `Refused` if one cannot be had."""
        if any(file.size > UPLOAD_BYTES for file in offered.values()):
            raise too_large()
        if not offered:
            yield {}
            return
        async with self._fetching:
            try:
                files = {name: Upload(file.name, await file.fetch(UPLOAD_BYTES)) for name, file in offered.items()}
            except TooLarge:
                raise too_large() from None
            yield files

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """Let one at a time do hard work, from what it has to know until it is written."""
        async with self._working:
            yield

    async def do(self, job: Job) -> object:
        """Return the outcome of a job. Raises `Refused` where it could not be done."""
        outcome = await self._do(job)
        if isinstance(outcome, Failure):
            log.error("a job failed", extra={"kind": outcome.kind, "place": outcome.place})
            raise Refused("I couldn't read that file. Try another export of it, such as CSV.")
        return outcome


async def do_apart(job: Job) -> object:
    """Return the outcome of a job, done in a process of its own, or its `Failure`. Raises `Refused` if too slow."""
    packed = await asyncio.to_thread(pickle.dumps, job)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-c", START_WORKER),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={name: value for name, value in os.environ.items() if not name.startswith(OURS)},
    )
    try:
        async with asyncio.timeout(JOB_SECONDS):
            packed, _ = await process.communicate(packed)
    except TimeoutError:
        raise Refused("Reading that file took too long. Bring it in by parts.") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        return Failure("exit", str(process.returncode))
    outcome: object = pickle.loads(packed)  # noqa: S301 - from the process that this one started
    return outcome
