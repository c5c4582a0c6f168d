"""Hearing from PostgreSQL that there is something to send, on a connection of its own (LISTEN).

A notice is a hint that comes soon, and may be lost with its connection: what is to be sent stands in the outbox, which
is looked at every twenty seconds anyway.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

from bot.errors import Misconfigured, NotSaved
from bot.location import ServerDatabase
from bot.store.postgres import NOTICES, Connection, Error
from bot.store.postgres_connection import connect

log = logging.getLogger(__name__)
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 30.0
"""Before a lost connection is opened again; doubled each time that fails."""


async def listen(location: ServerDatabase, heard: Callable[[], None]) -> None:
    """Call `heard` for every notice until cancelled, and once for each new connection: one may have been missed."""
    pause = FIRST_PAUSE_SECONDS
    while True:
        try:
            connection = await _open_in_thread(location)
            pause = FIRST_PAUSE_SECONDS
            await _hear(connection, heard)
        except (Misconfigured, NotSaved, Error) as error:
            log.warning("no notices from the database for now", extra={"error": str(error), "again_in": pause})
        await asyncio.sleep(pause)
        pause = min(LONGEST_PAUSE_SECONDS, 2 * pause)


async def _open_in_thread(location: ServerDatabase) -> Connection:
    """Return a listening connection; where this is cancelled meanwhile, it is closed as soon as it is there."""
    opening = asyncio.ensure_future(asyncio.to_thread(_open, location))
    try:
        return await asyncio.shield(opening)
    except asyncio.CancelledError:
        with suppress(Misconfigured, NotSaved, Error):
            (await opening).close()
        raise


def _open(location: ServerDatabase) -> Connection:
    connection = connect(location)
    try:
        connection.execute(f"LISTEN {NOTICES}".encode(), prepare=False)
    except Error:
        connection.close()
        raise
    return connection


async def _hear(connection: Connection, heard: Callable[[], None]) -> None:
    """Call `heard` for what comes in on a connection, and close it at the end. Raises `Error` where it is lost."""
    loop, is_readable = asyncio.get_running_loop(), asyncio.Event()
    descriptor = connection.fileno()
    loop.add_reader(descriptor, is_readable.set)
    try:
        heard()
        while True:
            await is_readable.wait()
            is_readable.clear()
            if list(connection.notifies(timeout=0)):
                heard()
    finally:
        loop.remove_reader(descriptor)
        connection.close()
