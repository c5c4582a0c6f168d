"""Faults on demand: what the next calls to an endpoint meet, before or after they have been done."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Fault:
    """For the next `times` calls whose "METHOD /path" begins with `where`.

    `how`: a status (with `code` and perhaps `retry_after`), "reset" (the connection breaks) or "hang" (no answer).
    With `is_page` a status comes with a page of HTML, as a proxy or a captive network sends it; with `is_foreign` with
    JSON that is not Discord's.
    `done` says whether the call was carried out all the same: done, but the answer was lost.
    """

    where: str
    how: int | str
    code: int = 0
    done: bool = False
    times: int = 1
    retry_after: float = 0.0
    has_via: bool = True
    is_page: bool = False
    is_foreign: bool = False
    met: int = 0


class Faults:
    """The faults that wait."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []
        self.seconds_to_wait: Callable[[str], float] = lambda _: 0.0
        """Asked of each call as "METHOD /path": 0 to take it, or the seconds that it is told to wait."""

        self.limited = 0
        self.closing = asyncio.Event()

    def add(self, where: str, how: int | str, **more: Any) -> Fault:
        fault = Fault(where, how, **more)
        self.waiting.append(fault)
        return fault

    async def meet(self, request: web.Request, path: str, handler: Handler) -> web.StreamResponse:
        """Carry out the call, or let it meet its fault."""
        called = f"{request.method} {path}"
        if seconds := self.seconds_to_wait(called):
            self.limited += 1
            await request.read()
            return refused(429, retry_after=seconds)
        waiting = (fault for fault in self.waiting if fault.met < fault.times and called.startswith(fault.where))
        fault = next(waiting, None)
        if fault is None:
            return await handler(request)
        fault.met += 1
        if fault.done:
            await handler(request)
        else:
            await request.read()
        if fault.how == "hang":
            await self.closing.wait()
        if isinstance(fault.how, str):
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if fault.is_foreign:
            return answered({"error": "blocked by the network"}, fault.how)
        if fault.is_page:
            return web.Response(status=fault.how, text="<html>a page</html>", content_type="text/html")
        return refused(fault.how, fault.code, fault.retry_after, has_via=fault.has_via)


def answered(data: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """Return JSON as Discord sends it."""
    return web.Response(body=json.dumps(data).encode(), status=status, content_type="application/json", headers=headers)


def refused(status: int, code: int = 0, retry_after: float = 0.0, *, has_via: bool = True) -> web.Response:
    """Return an error as Discord sends it."""
    body: dict[str, Any] = {"code": code, "message": f"refused with {code}" if code else f"{status}: Refused"}
    headers = {}
    if status == 429:
        body = {"message": "You are being rate limited.", "retry_after": retry_after, "global": False}
        headers = {"Retry-After": str(retry_after), **({"Via": "1.1 google"} if has_via else {})}
    return answered(body, status, headers)
