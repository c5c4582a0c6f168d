"""The adapter itself: it serves pages, asks the core as any other adapter does, and is sent nothing."""

import asyncio
import errno
import logging
from collections.abc import Mapping

from adapters.web import limits
from adapters.web.assets import Assets
from adapters.web.providers import PROVIDERS, Provider
from adapters.web.server import Server
from adapters.web.settings import WebSettings
from adapters.web.site import Site
from adapters.web.visitors import Visitors
from bot.adapter import Core, Finding, Health
from bot.clock import Sleep
from bot.errors import Misconfigured

log = logging.getLogger(__name__)
NAME = "web"


class WebAdapter:
    """The pages of one process."""

    name = NAME

    def __init__(
        self,
        settings: WebSettings,
        core: Core,
        *,
        providers: Mapping[str, Provider] = PROVIDERS,
        visitors: Visitors | None = None,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._settings = settings
        self._core = core
        self._providers = providers
        self._visitors = visitors or Visitors(settings.proxies)
        self._sleep = sleep
        self._is_listening = asyncio.Event()
        self._server: Server | None = None

    @property
    def port(self) -> int:
        """The port that is listened at; 0 until it is."""
        return self._server.port if self._server is not None else 0

    async def run(self) -> None:
        """Serve until cancelled; while another process has the address, try again. Raises `Misconfigured`."""
        site = Site(self._settings, self._core, self._providers, self._visitors, Assets())
        self._server = Server(site)
        try:
            await self._listen(self._server)
            log.info("pages served", extra={"url": self._settings.pages_url})
            self._is_listening.set()
            await asyncio.Event().wait()
        finally:
            self._is_listening.clear()
            await self._server.stop()

    async def wait_until_listening(self) -> None:
        """Wait until pages are served."""
        await self._is_listening.wait()

    async def check(self) -> list[Finding]:
        """Say where pages are served."""
        return [Finding(NAME, is_well=True, words=f"`tenhours run` serves pages at {self._settings.pages_url}")]

    def health(self) -> Health:
        """Return whether this process listens."""
        if self._is_listening.is_set():
            return Health(is_ready=True, age=0.0)
        return Health(is_ready=False, detail=f"not listening at {self._settings.listen}")

    async def _listen(self, server: Server) -> None:
        is_first = True
        while True:
            try:
                return await server.start(self._settings.host, self._settings.port)
            except OSError as error:
                place = f"[web] listen = {self._settings.listen!r}"
                if error.errno != errno.EADDRINUSE:
                    raise Misconfigured(f"{place}: can't listen there ({error.strerror}).") from error
                if is_first:
                    log.warning("pages are not served here yet: another process listens", extra={"at": place})
                is_first = False
            await self._sleep(limits.LISTEN_RETRY_SECONDS)
