"""`dashboard`: a link to one's own page, which works once."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.handler import Command
from bot.context import Context
from bot.domain.browsing import link_address
from bot.errors import Refused
from bot.store import sign_in_links
from bot.views import dashboard as view

SPEC = Spec(
    "dashboard",
    "open your own page in a browser",
    group="Where you stand",
    is_for_known=True,
    needs_pages=True,
    also="page pages web website site browser link login",
)


def run(context: Context, _given: Given) -> Answer:
    """Answer with a link; where no pages are served, a command that was registered earlier is refused."""
    url = context.defaults.pages_url
    if not url:
        raise Refused("This bot has no pages to open in a browser.", "/progress")
    token = sign_in_links.add(context.tx, context.person.id, context.request.user, context.now)
    return Reply(view.link(link_address(url, token)), is_secret=True)


COMMAND = Command(SPEC, run)
