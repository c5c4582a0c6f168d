"""The end of a server: no connection outlives it, whatever its client has become."""

import asyncio

from aiohttp import web


async def end(runner: web.AppRunner) -> None:
    """Close a server and its connections.

    What is still to be written to a client that no longer reads, because it died or was stopped, is given up: a
    connection that waited for that would outlive the event loop.
    """
    server = runner.server
    transports = [each.transport for each in server.connections] if server is not None else []
    await runner.cleanup()
    for transport in transports:
        if transport is not None:
            transport.abort()
    await asyncio.sleep(0)
