"""`tenhours dashboard`: a link to somebody's page, for whoever has no chat to ask in."""

from bot import app
from bot.adapter.installed import installed
from bot.clock import SystemClock
from bot.config import Settings
from bot.errors import TenHoursError
from bot.who import read_who


async def make_link(settings: Settings, who: str) -> str:
    """Return a link to the page of `who`. Raises `TenHoursError` where no pages are served, and for someone unknown."""
    if not settings.pages_url:
        raise TenHoursError("No pages are served here. Set [web] listen, as docs/pages.md explains.")
    user = read_who(who, installed())
    async with app.opened(settings, SystemClock()) as running:
        link = await running.core.pages.make_link(user)
    if link is None:
        raise TenHoursError(f"I don't know anyone here called {who}.")
    return link
