"""HTTP mode: what Slack sends is taken only with its signature, and only if it is not older than five minutes.

Anybody on the internet may ask here. So what a request says of itself is looked at before its body is read, a body has
to come in time, connections are counted, and whatever goes wrong is one line in the log.
"""

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from time import monotonic

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_sdk.signature import Clock, SignatureVerifier

from adapters.slack import limits
from adapters.slack.manifest import EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH
from adapters.slack.oauth_flow import NotWelcome
from bot.adapter import Health
from bot.adapter.bounded import BoundedDict
from bot.adapter.listener import ConnectionLimits, Listener, close_after
from bot.domain.allowance import Allowance, Rate, take

log = logging.getLogger(__name__)
STAMP = re.compile(r"[0-9]{1,11}", re.ASCII)
SIGNATURE = re.compile(r"v0=[0-9a-f]{64}", re.ASCII)
INSTALLS = Rate("installs", 10, 1 / 6)
"""Pages of an installation for one address: a person needs two, and those behind one proxy a few more."""
NO_STORE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
Handle = Callable[[web.Request], Awaitable[web.StreamResponse]]


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
        timing: limits.Timing,
    ) -> None:
        self._app = app
        self._flow = flow
        self._health = health
        self._timing = timing
        self._verifier = SignatureVerifier(signing_secret, WallClock(timing.seconds)) if signing_secret else None
        self._allowances: BoundedDict[str, Allowance] = BoundedDict(limits.INSTALLERS_REMEMBERED)
        allowed = ConnectionLimits(limits.MOST_CONNECTIONS, timing.head_timeout, limits.KEEP_ALIVE_SECONDS)
        self._listener = Listener(allowed)

    async def start(self, host: str, port: int, *, takes_events: bool) -> None:
        """Begin to listen. Raises OSError where the address is taken."""

        @web.middleware
        async def guard(request: web.Request, handler: Handle) -> web.StreamResponse:
            return await self._guard(request, handler)

        server = web.Application(client_max_size=limits.BODY_BYTES, middlewares=[guard])
        server.router.add_get("/healthz", self._on_healthz)
        if takes_events:
            server.router.add_post(EVENTS_PATH, self._on_event)
        if self._flow is not None:
            server.router.add_get(INSTALL_PATH, self._on_install)
            server.router.add_get(REDIRECT_PATH, self._on_redirect)
        await self._listener.start(server, host, port)
        log.info("listening for Slack", extra={"host": host, "port": self.port})

    async def stop(self) -> None:
        """Answer what has begun, and listen no more."""
        await self._listener.stop()

    @property
    def port(self) -> int:
        """The port that it listens at; 0 before it does."""
        return self._listener.port

    async def _guard(self, request: web.Request, handle: Handle) -> web.StreamResponse:
        """Answer a request, whatever goes wrong, and log that in one line."""
        try:
            with self._listener.answering(request):
                return await handle(request)
        except web.HTTPException:
            raise
        except TimeoutError:
            log.info("a request did not come in time", extra={"path": request.path})
            return close_after(_refuse(HTTPStatus.REQUEST_TIMEOUT))
        except (web.PayloadAccessError, web.RequestPayloadError, aiohttp.ClientError, ConnectionError) as error:
            log.info("a request broke off", extra={"path": request.path, "error": type(error).__name__})
            return close_after(_refuse(HTTPStatus.BAD_REQUEST))
        except Exception as error:  # noqa: BLE001 - anybody may send anything
            log.error("a request failed", extra={"path": request.path, "error": type(error).__name__})
            return close_after(_refuse(HTTPStatus.INTERNAL_SERVER_ERROR))

    async def _on_event(self, request: web.Request) -> web.StreamResponse:
        if not self._may_be_signed(request):
            return close_after(_refuse(HTTPStatus.UNAUTHORIZED))
        async with asyncio.timeout(self._timing.body_timeout):
            body = await request.read()
        if not self._is_signed(body, request):
            return _refuse(HTTPStatus.UNAUTHORIZED)
        try:
            answer = await self._app.async_dispatch(await to_bolt_request(request))
        except (ValueError, AttributeError, RecursionError) as error:  # what a listener raises, Bolt has caught
            log.warning("a signed request cannot be read", extra={"error": type(error).__name__})
            return _refuse(HTTPStatus.BAD_REQUEST)
        return await to_aiohttp_response(answer)

    def _may_be_signed(self, request: web.Request) -> bool:
        """Return True if a request looks as Slack's do, of these five minutes; its body has not been read yet."""
        stamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signature = request.headers.get("X-Slack-Signature", "")
        if not (STAMP.fullmatch(stamp) and SIGNATURE.fullmatch(signature)):
            return False
        return abs(self._timing.seconds() - int(stamp)) <= limits.SIGNATURE_LIFETIME_SECONDS

    def _is_signed(self, body: bytes, request: web.Request) -> bool:
        """Return True if Slack signed exactly this, lately."""
        if self._verifier is None:
            return False
        stamp, signature = request.headers["X-Slack-Request-Timestamp"], request.headers["X-Slack-Signature"]
        try:
            return bool(self._verifier.is_valid(body, stamp, signature))
        except UnicodeDecodeError:
            return False

    async def _on_install(self, request: web.Request) -> web.StreamResponse:
        assert self._flow is not None
        if (refused := self._refuse_flood(request)) is not None:
            return refused
        answer = await self._flow.handle_installation(await to_bolt_request(request))
        return _unstored(await to_aiohttp_response(answer))

    async def _on_redirect(self, request: web.Request) -> web.StreamResponse:
        assert self._flow is not None
        if (refused := self._refuse_flood(request)) is not None:
            return refused
        try:
            answer = await self._flow.handle_callback(await to_bolt_request(request))
        except NotWelcome as error:
            log.warning("a workspace that is not allowed was refused", extra={"team": error.team})
            words = "This bot isn't open to your workspace. Ask whoever runs it."
            return _unstored(web.Response(status=HTTPStatus.FORBIDDEN, text=words))
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            log.warning("an installation failed", extra={"error": type(error).__name__})
            words = "Slack can't be reached right now. Try again in a minute."
            return _unstored(web.Response(status=HTTPStatus.BAD_GATEWAY, text=words))
        return _unstored(await to_aiohttp_response(answer))

    def _refuse_flood(self, request: web.Request) -> web.Response | None:
        """Return a refusal for an address that asks too often, else None."""
        address = request.remote or ""
        self._allowances[address], seconds = take(self._allowances.get(address), monotonic(), INSTALLS)
        if not seconds:
            return None
        response = _unstored(web.Response(status=HTTPStatus.TOO_MANY_REQUESTS, text="Try again in a minute."))
        response.headers["Retry-After"] = str(seconds)
        return response

    async def _on_healthz(self, _request: web.Request) -> web.Response:
        health = self._health()
        body = json.dumps({"ok": health.is_ready, "detail": health.detail})
        return web.Response(
            status=HTTPStatus.OK if health.is_ready else HTTPStatus.SERVICE_UNAVAILABLE,
            text=body,
            content_type="application/json",
        )


def _refuse(status: HTTPStatus) -> web.Response:
    return web.json_response({"error": "invalid request"}, status=status)


def _unstored(response: web.Response) -> web.Response:
    """Keep browsers and proxies from storing a page that belongs to one installation."""
    response.headers.update(NO_STORE)
    return response
