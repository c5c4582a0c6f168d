"""`/healthz` and `/metrics` on an address of the settings: for whoever watches, and nobody else."""

import asyncio
import errno
import logging
from importlib import metadata

from aiohttp import web

from bot.adapter import Health
from bot.app import App
from bot.clock import Sleep
from bot.errors import Misconfigured
from bot.location import ServerDatabase
from bot.upkeep import heartbeat, metrics
from bot.upkeep.server_metrics import ServerMetrics

log = logging.getLogger(__name__)
LISTEN_RETRY_SECONDS = 20.0
"""Until an address that another process has is tried again."""


class HealthServer:
    """Answers two questions over HTTP, and tells nothing of anybody."""

    def __init__(self, app: App, host: str, port: int, *, sleep: Sleep = asyncio.sleep) -> None:
        self._app = app
        self._sleep = sleep
        self._host = host
        self._port = port
        self._is_on_server = isinstance(app.store.location, ServerDatabase)
        self._server_metrics = ServerMetrics(app.store, sleep=sleep)

    async def run(self) -> None:
        """Serve until cancelled. Raises `Misconfigured` where the address cannot be listened on."""
        server = web.Application()
        server.router.add_get("/healthz", self._healthz)
        server.router.add_get("/metrics", self._metrics)
        asking = asyncio.create_task(self._server_metrics.run()) if self._is_on_server else None
        runner = web.AppRunner(server, access_log=None, handle_signals=False, shutdown_timeout=1.0)
        try:
            await runner.setup()
            if not await self._listen(runner):
                address = f"{self._host}:{self._port}"
                log.warning("health is not served yet: another process listens there", extra={"address": address})
                while not await self._listen(runner):
                    await self._sleep(LISTEN_RETRY_SECONDS)
            log.info("health served", extra={"host": self._host, "port": self._port})
            await asyncio.Event().wait()
        finally:
            if asking is not None:
                asking.cancel()
                await asyncio.wait([asking])
            await runner.cleanup()

    async def _listen(self, runner: web.AppRunner) -> bool:
        """Listen; return False while another process has the address. Raises `Misconfigured` for other reasons."""
        try:
            await web.TCPSite(runner, self._host, self._port).start()
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            address = f"{self._host}:{self._port}"
            raise Misconfigured(f"[health] listen = {address!r}: cannot listen there ({error.strerror}).") from error
        return True

    async def _healthz(self, _request: web.Request) -> web.Response:
        """Answer 200 while it ticks and this process serves every platform, or else 503; the body says which is not.

        Where several processes share a database, one is well that stands by for another.
        """
        platforms = self._app.health()
        is_well = heartbeat.is_ticking(self._app) and all(map(self._is_well, platforms.values()))
        age = self._app.delivery.tick_age
        body = {
            "state": "well" if is_well else "wrong",
            "version": metadata.version("tenhours"),
            "tick_age": None if age is None else round(age, 1),
            "platforms": {
                name: {
                    "is_ready": health.is_ready,
                    "age": health.age,
                    "detail": health.detail,
                    "stands_by": health.stands_by,
                }
                for name, health in platforms.items()
            },
        }
        return web.json_response(body, status=200 if is_well else 503)

    def _is_well(self, health: Health) -> bool:
        return health.is_ready or (health.stands_by and self._is_on_server)

    async def _metrics(self, _request: web.Request) -> web.Response:
        text = metrics.text([*await metrics.measure(self._app), *self._server_metrics.latest])
        return web.Response(body=text.encode(), headers={"Content-Type": metrics.MEDIA_TYPE})
