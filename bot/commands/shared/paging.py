"""Pages of what is too long for one card: the buttons that turn them, and whether an answer is one that was turned."""

from collections.abc import Mapping

from bot.chat.card import Button
from bot.chat.command import Given, Spec
from bot.chat.request import Via
from bot.commands.shared.options import PAGE
from bot.context import Context


def turning(
    spec: Spec, options: Mapping[str, str], page: int, *, has_more: bool, words: tuple[str, str] = ("Newer", "Older")
) -> tuple[Button, ...]:
    """The buttons to the page before and to the next one, where there is one; `options` say of what it is a page."""
    to = {words[0]: page - 1} if page else {}
    if has_more:
        to[words[1]] = page + 1
    return tuple(Button(label, spec.name, {**options, PAGE.name: str(number)}) for label, number in to.items())


def is_turned(context: Context, given: Given) -> bool:
    """Whether a page was turned by its button, so that the answer takes the place of the card that had it."""
    return context.request.via is Via.BUTTON and given[PAGE] is not None
