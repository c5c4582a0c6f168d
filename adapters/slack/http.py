"""HTTP mode: what Slack sends is taken only with its signature, and only if it is not older than five minutes."""

import json
import logging
from collections.abc import Callable
from http import HTTPStatus
from time import time

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_sdk.signature import Clock, SignatureVerifier

from adapters.slack.manifest import EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH
from bot.adapter import Health

log = logging.getLogger(__name__)
BODY_BYTES = 1024 * 1024


class WallClock(Clock):
    """The clock that signatures are compared with; tests hand in their own."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds

    def now(self) -> float:
        """Return the seconds since 1970."""
        return self._seconds()


class Server:
    """The address for Slack's requests, for installations, and for whoever asks whether all is well."""

    def __init__(
        self,
        app: AsyncApp,
        flow: AsyncOAuthFlow | None,
        health: Callable[[], Health],
        signing_secret: str,
        seconds: Callable[[], float] = time,
    ) -> None:
        self._app = app
        self._flow = flow
        self._health = health
        self._verifier = SignatureVerifier(signing_secret, WallClock(seconds)) if signing_secret else None
        self._runner: web.AppRunner | None = None
        self.port = 0

    async def start(self, host: str, port: int, *, takes_events: bool) -> None:
        """Begin to listen. Raises OSError where the address is taken."""
        server = web.Application(client_max_size=BODY_BYTES)
        server.router.add_get("/healthz", self._on_healthz)
        if takes_events:
            server.router.add_post(EVENTS_PATH, self._on_event)
        if self._flow is not None:
            server.router.add_get(INSTALL_PATH, self._on_install)
            server.router.add_get(REDIRECT_PATH, self._on_redirect)
        self._runner = web.AppRunner(server, access_log=None, handle_signals=False)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        self.port = int(self._runner.addresses[0][1])
        log.info("listening for Slack", extra={"host": host, "port": self.port})

    async def stop(self) -> None:
        """Answer what has begun, and listen no more."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _on_event(self, request: web.Request) -> web.Response:
        if not self._is_signed(await request.read(), request):
            return web.json_response({"error": "invalid request"}, status=HTTPStatus.UNAUTHORIZED)
        try:
            answer = await self._app.async_dispatch(await to_bolt_request(request))
        except (ValueError, AttributeError) as error:  # what a listener raises, Bolt has caught
            log.warning("a signed request cannot be read", extra={"error": repr(error)})
            return web.json_response({"error": "invalid request"}, status=HTTPStatus.BAD_REQUEST)
        return await to_aiohttp_response(answer)

    def _is_signed(self, body: bytes, request: web.Request) -> bool:
        """Return True if Slack signed exactly this, lately. Anything that is no signature at all is none."""
        stamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signature = request.headers.get("X-Slack-Signature", "")
        if self._verifier is None or not (stamp.isascii() and stamp.isdigit() and signature.isascii()):
            return False
        try:
            return bool(self._verifier.is_valid(body, stamp, signature))
        except UnicodeDecodeError:
            return False

    async def _on_install(self, request: web.Request) -> web.Response:
        assert self._flow is not None
        return await to_aiohttp_response(await self._flow.handle_installation(await to_bolt_request(request)))

    async def _on_redirect(self, request: web.Request) -> web.Response:
        assert self._flow is not None
        try:
            answer = await self._flow.handle_callback(await to_bolt_request(request))
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            log.warning("an installation failed", extra={"error": repr(error)})
            return web.Response(
                status=HTTPStatus.BAD_GATEWAY, text="Slack can't be reached right now. Try again in a minute."
            )
        return await to_aiohttp_response(answer)

    async def _on_healthz(self, _request: web.Request) -> web.Response:
        health = self._health()
        body = json.dumps({"ok": health.is_ready, "detail": health.detail})
        return web.Response(
            status=HTTPStatus.OK if health.is_ready else HTTPStatus.SERVICE_UNAVAILABLE,
            text=body,
            content_type="application/json",
        )
