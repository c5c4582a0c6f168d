"""Ways in which Slack goes wrong."""

import asyncio

from aiohttp import web

from tests.servers.slack.api import Api, Fault


def error(code: str) -> Fault:
    async def fault(_request: web.Request) -> web.StreamResponse:
        return web.json_response({"ok": False, "error": code})

    return fault


def ratelimited(after: str = "7") -> Fault:
    async def fault(_request: web.Request) -> web.StreamResponse:
        body = {"ok": False, "error": "ratelimited"}
        return web.json_response(body, status=429, headers={"Retry-After": after})

    return fault


def status(code: int, text: str = "<html>oops</html>") -> Fault:
    async def fault(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=code, text=text, content_type="text/html")

    return fault


def fine() -> Fault:
    """Answer that all is well, and nothing else."""

    async def fault(_request: web.Request) -> web.StreamResponse:
        return web.json_response({"ok": True})

    return fault


def reset() -> Fault:
    """Break the connection before anything was done."""

    async def fault(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    return fault


def silent(gate: asyncio.Event, carried_out_by: Api | None) -> Fault:
    """Give no answer until the gate opens; the call is carried out where somebody is named."""

    async def fault(request: web.Request) -> web.StreamResponse:
        if carried_out_by is not None:
            await carried_out_by.handle(request)
        else:
            await request.read()
        await gate.wait()
        return web.Response(status=500)

    return fault


def slow(gate: asyncio.Event) -> Fault:
    """Answer when the gate opens."""

    async def fault(_request: web.Request) -> None:
        await gate.wait()

    return fault
