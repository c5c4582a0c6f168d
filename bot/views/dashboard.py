"""The card with the link to one's own page."""

from bot.chat.card import Card, Line, LinkButton, Links

WARNING = "Whoever opens this link sees your journal: don't pass it on. It works once, for 10 minutes."


def link(url: str) -> Card:
    """Hand over the link, and say what it opens (voice, `/dashboard`)."""
    return Card("Your page", (Line((WARNING,)), Links((LinkButton("Open my page", url),))))
