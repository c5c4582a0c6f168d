"""Signing in: by a link from chat, whose button opens the page, or with an account of a platform, which makes a link.

Looking at a link changes nothing, since platforms fetch links to show what is behind them.
"""

import logging
from datetime import timedelta
from urllib.parse import urlencode

from aiohttp import web

from adapters.web import limits, links
from adapters.web.cookies import SESSION, STATE, VISIT
from adapters.web.devices import name_device
from adapters.web.incoming import read_form
from adapters.web.oauth import BEGIN_PATH, RETURN_PATH, Attempt, SignInFailed, authorization_url
from adapters.web.pages import sign_in
from adapters.web.pages.sign_in import STAY, SignIn
from adapters.web.security import form_token, local_path
from adapters.web.site import Site, lead_to, page
from bot.adapter.pages import LinkOwner

log = logging.getLogger(__name__)
CHOOSE_PATH = "/sign-in"
LINK_ROUTE = "/sign-in/{token:[A-Za-z0-9_-]{1,100}}"
NEXT = "next"
MINUTE = timedelta(minutes=1)
LONGEST_CODE = 2000


class SigningIn:
    """The routes of whoever is not signed in yet."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Add the routes."""
        router.add_get(CHOOSE_PATH, self._on_choose)
        router.add_get(BEGIN_PATH, self._on_begin)
        router.add_get(RETURN_PATH, self._on_return)
        router.add_get(LINK_ROUTE, self._on_link)
        router.add_post(LINK_ROUTE, self._on_open)

    async def _on_choose(self, request: web.Request) -> web.Response:
        """Offer the ways to sign in; whoever is signed in already is led to their page."""
        next_path = _next_of(request)
        if await self._site.find_signed_in(request) is not None:
            return lead_to(next_path)
        ways = [
            (way.label, f"{BEGIN_PATH.format(platform=platform)}?{urlencode({NEXT: next_path})}")
            for platform, (way, _) in self._site.ways_in().items()
        ]
        return page(sign_in.render_choose(self._site.stranger_frame(request), ways))

    async def _on_link(self, request: web.Request) -> web.Response:
        """Show whose page a link opens. Nothing is opened, and the link stays as good as it was."""
        self._require_patience(request)
        owner = await self._site.pages.find_link(request.match_info["token"])
        if owner is None:
            return self._say_used(request)
        visit = self._site.visit_of(request)
        action = f"{request.path}?{urlencode({NEXT: _next_of(request)})}"
        shown = SignIn(owner.user.name, _say_account(owner), self._say_until(owner), action)
        response = page(sign_in.render(self._site.stranger_frame(request, form_token(visit)), shown))
        self._site.cookies.give(response, VISIT, visit, limits.STATE_SECONDS)
        return response

    async def _on_open(self, request: web.Request) -> web.Response:
        """Open the page of a link, which is used up by it; a session that this browser had before is over."""
        self._require_patience(request)
        fields = await read_form(request, self._site.cookies.find(request, VISIT), self._site.origin)
        device, is_long = name_device(request.headers.get("User-Agent", "")), bool(fields.get(STAY))
        former = self._site.cookies.find(request, SESSION)
        token = await self._site.pages.sign_in(request.match_info["token"], device, is_long=is_long, former=former)
        if token is None:
            return self._say_used(request)
        response = lead_to(_next_of(request))
        self._site.cookies.give(response, SESSION, token, limits.LONG_COOKIE_SECONDS if is_long else None)
        self._site.cookies.take_back(response, VISIT)
        return response

    async def _on_begin(self, request: web.Request) -> web.Response:
        """Send the browser to a platform, which asks who it is."""
        self._require_patience(request)
        platform = request.match_info["platform"]
        way, client = self._site.ways_in().get(platform, (None, None))
        if way is None or client is None:
            raise web.HTTPNotFound
        attempt = Attempt.begin(platform, _next_of(request))
        response = lead_to(authorization_url(way.authorize, way.scope, client, self._return_url(platform), attempt))
        self._site.cookies.give(response, STATE, attempt.cookie, limits.STATE_SECONDS)
        return response

    async def _on_return(self, request: web.Request) -> web.Response:
        """Take what a platform says, if this browser asked it; whoever is known by it gets a link as in chat."""
        self._require_patience(request)
        platform, query = request.match_info["platform"], request.query
        way, client = self._site.ways_in().get(platform, (None, None))
        if way is None or client is None:
            raise web.HTTPNotFound
        attempt = Attempt.of_cookie(self._site.cookies.find(request, STATE))
        if attempt is None or not attempt.is_answered_by(platform, query.get("state", "")):
            raise web.HTTPBadRequest
        code = query.get("code", "")
        if not code or len(code) > LONGEST_CODE:  # they said no there
            return self._forget(lead_to(CHOOSE_PATH))
        try:
            user = await way.identify(client, code, self._return_url(platform), attempt)
        except SignInFailed as failed:
            log.warning("a sign-in failed", extra={"platform": platform, "reason": str(failed)})
            raise web.HTTPBadGateway from None
        link = await self._site.pages.make_link(user)
        if link is None:
            return self._forget(page(sign_in.render_unknown(self._site.stranger_frame(request), way.label), 403))
        next_path = local_path(attempt.next_path, links.ME)
        return self._forget(lead_to(f"{link}?{urlencode({NEXT: next_path})}"))

    def _return_url(self, platform: str) -> str:
        return self._site.pages.url + RETURN_PATH.format(platform=platform)

    def _forget(self, response: web.Response) -> web.Response:
        self._site.cookies.take_back(response, STATE)
        return response

    def _say_used(self, request: web.Request) -> web.Response:
        return page(sign_in.render_used(self._site.stranger_frame(request)), 410)

    def _say_until(self, owner: LinkOwner) -> str:
        """Return for how long a link works, in whole minutes."""
        minutes = max(1, -(-(owner.expires_at - self._site.now()) // MINUTE))
        return f"for {minutes} more minutes" if minutes > 1 else "for one more minute"

    def _require_patience(self, request: web.Request) -> None:
        """Raise `HTTPTooManyRequests` for an address that tries to sign in again and again."""
        address = self._site.visitors.address_of(request.remote, request.headers)
        seconds = self._site.visitors.seconds_to_wait(address, limits.SIGN_INS_OF_ADDRESS)
        if seconds:
            raise web.HTTPTooManyRequests(headers={"Retry-After": str(seconds)})


def _next_of(request: web.Request) -> str:
    """Return the page that somebody wanted to see before they signed in; their own for anything else."""
    return local_path(request.query.get(NEXT, ""), links.ME)


def _say_account(owner: LinkOwner) -> str:
    """Return by which account somebody is known here."""
    return f"from {owner.user.platform.capitalize()}"
