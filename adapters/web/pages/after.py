"""A page with one card for somebody who is no longer signed in, such as after everything was erased."""

from adapters.web import cards
from adapters.web.document import small
from adapters.web.frame import Frame
from adapters.web.html import tag
from bot.chat.card import Actions, Card, Menu


def render(frame: Frame, card: Card) -> str:
    """Return the page: words alone, since nobody is there any more to press anything."""
    shown = [block for block in card.blocks if not isinstance(block, Actions | Menu)]
    heading = tag("h1", tag("b", card.title or "Done"), cls="lead" if card.title else "vh")
    content = tag("section", heading, *cards.blocks(frame, shown), cls="card")
    return small(frame, card.title or "Ten Hours", content)
