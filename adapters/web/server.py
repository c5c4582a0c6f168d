"""The server: anybody on the internet may ask it, so whatever goes wrong is a page and one line in the log.

A request's head and body have to come in time, connections and requests are counted, and every answer says what a
browser may do with it.
"""

import gzip
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus

import aiohttp
from aiohttp import web

from adapters.web import assets, limits
from adapters.web.feeds import Feeds
from adapters.web.headers import protection
from adapters.web.pages import error
from adapters.web.reading import Reading
from adapters.web.sending import Sending
from adapters.web.signing_in import SigningIn
from adapters.web.site import FRAME, Site, page
from bot.adapter.listener import ConnectionLimits, Listener, close_after

log = logging.getLogger(__name__)
Handle = Callable[[web.Request], Awaitable[web.StreamResponse]]
COMPRESSION_LEVEL = 1
COMPRESSED = ("text/html", "text/css", "text/calendar", "image/svg+xml")


class Server:
    """The pages at one address."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._headers = protection(is_secure=site.settings.is_secure)
        self._lasting_headers = protection(is_secure=site.settings.is_secure, is_lasting=True)
        allowed = ConnectionLimits(
            limits.MOST_CONNECTIONS, limits.HEAD_SECONDS, limits.KEEP_ALIVE_SECONDS, limits.LEAVE_SECONDS
        )
        self._listener = Listener(allowed)

    async def start(self, host: str, port: int) -> None:
        """Begin to listen. Raises OSError where that is not possible."""

        @web.middleware
        async def guard(request: web.Request, handler: Handle) -> web.StreamResponse:
            return await self._guard(request, handler)

        application = web.Application(client_max_size=limits.BODY_BYTES, middlewares=[guard])
        add_routes(self._site, application.router)
        await self._listener.start(application, host, port)

    async def stop(self) -> None:
        """Answer what has begun, and listen no more."""
        await self._listener.stop()

    @property
    def port(self) -> int:
        """The port that it listens at; 0 before it does."""
        return self._listener.port

    async def _guard(self, request: web.Request, handle: Handle) -> web.StreamResponse:
        """Answer a request, whatever goes wrong, with all that protects the page."""
        with self._listener.answering(request):
            response = await self._answer(request, handle)
        is_lasting = response.status == HTTPStatus.OK and request.path.startswith(assets.PATH)
        response.headers.update(self._lasting_headers if is_lasting else self._headers)
        if response.content_type in COMPRESSED:
            response.headers["Vary"] = "Accept-Encoding"
            if "gzip" in request.headers.get("Accept-Encoding", ""):
                _compress(response)
        return response

    async def _answer(self, request: web.Request, handle: Handle) -> web.StreamResponse:
        try:
            self._require_patience(request)
            return await handle(request)
        except web.HTTPException as refusal:
            if refusal.status < HTTPStatus.BAD_REQUEST:
                return web.Response(status=refusal.status, headers={"Location": refusal.headers["Location"]})
            response = self._refuse(request, refusal.status)
            for name in ("Retry-After", "Allow"):
                if name in refusal.headers:
                    response.headers[name] = refusal.headers[name]
            return response
        except TimeoutError:
            log.info("a request did not come in time", extra={"route": _route(request)})
            return close_after(self._refuse(request, HTTPStatus.REQUEST_TIMEOUT))
        except (web.PayloadAccessError, web.RequestPayloadError, aiohttp.ClientError, ConnectionError) as broken:
            log.info("a request broke off", extra={"route": _route(request), "error": type(broken).__name__})
            return close_after(self._refuse(request, HTTPStatus.BAD_REQUEST))
        except Exception:
            log.exception("a request failed", extra={"route": _route(request)})
            return close_after(self._refuse(request, HTTPStatus.INTERNAL_SERVER_ERROR))

    def _require_patience(self, request: web.Request) -> None:
        """Raise `HTTPTooManyRequests` for an address that asks more than a group of people does."""
        visitors = self._site.visitors
        address = visitors.address_of(request.remote, request.headers)
        seconds = visitors.seconds_to_wait(address, limits.REQUESTS_OF_ADDRESS)
        if seconds:
            raise web.HTTPTooManyRequests(headers={"Retry-After": str(seconds)})

    def _refuse(self, request: web.Request, status: int) -> web.Response:
        frame = request.get(FRAME) or self._site.stranger_frame(request)
        response = page(error.render(frame, status), status)
        return close_after(response) if request.can_read_body else response


def add_routes(site: Site, router: web.UrlDispatcher) -> None:
    """Add every route that there is."""
    for routes in (Reading(site), Sending(site), SigningIn(site), Feeds(site)):
        routes.add_to(router)


def _compress(response: web.StreamResponse) -> None:
    """Send a page compressed: at the level that takes a third of the usual time, for a tenth more bytes."""
    if isinstance(response, web.Response) and isinstance(response.body, bytes):
        response.body = gzip.compress(response.body, COMPRESSION_LEVEL, mtime=0)
        response.headers["Content-Encoding"] = "gzip"


def _route(request: web.Request) -> str:
    """Return the pattern of an address, which holds no secret; "" for one that there is not."""
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else ""
