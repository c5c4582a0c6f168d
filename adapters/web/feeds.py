"""What needs no session: a calendar by its secret address, and the files that pages bring along."""

from urllib.parse import urlsplit

from aiohttp import web

from adapters.web import calendar
from adapters.web.site import Site

FEED_ROUTE = "/feed/{token:[A-Za-z0-9_-]{1,100}}.ics"
ASSET_ROUTE = "/static/{name}"


class Feeds:
    """The routes of calendars and files."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._host = urlsplit(site.settings.pages_url).hostname or ""

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Add the routes."""
        router.add_get(FEED_ROUTE, self._on_feed)
        router.add_get(ASSET_ROUTE, self._on_asset)

    async def _on_feed(self, request: web.Request) -> web.Response:
        feed = await self._site.pages.find_feed(request.match_info["token"])
        if feed is None:
            raise web.HTTPNotFound
        content = calendar.write_calendar(feed, self._host, self._site.now())
        return web.Response(body=content, content_type=calendar.MEDIA_TYPE, charset="utf-8")

    async def _on_asset(self, request: web.Request) -> web.Response:
        asset = self._site.assets.find(request.match_info["name"])
        if asset is None:
            raise web.HTTPNotFound
        return web.Response(body=asset.content, content_type=asset.media_type, charset="utf-8")
