"""Pages of what is too long for one card."""

from collections.abc import Mapping

from bot.chat.card import Button
from bot.chat.command import Given, Spec
from bot.chat.request import Via
from bot.commands.shared.options import PAGE
from bot.context import Context


def page_buttons(
    spec: Spec, options: Mapping[str, str], page: int, *, has_more: bool, labels: tuple[str, str] = ("Newer", "Older")
) -> tuple[Button, ...]:
    """Return the buttons to the page before and the page after, where there are such; `options` say of what."""
    before, after = labels
    numbers = {before: page - 1} if page else {}
    if has_more:
        numbers[after] = page + 1
    return tuple(Button(label, spec.name, {**options, PAGE.name: str(number)}) for label, number in numbers.items())


def is_new_page(context: Context, given: Given) -> bool:
    """Return True if a button asked for another page, so that the answer takes the place of the card that had it."""
    return context.request.via is Via.BUTTON and given[PAGE] is not None
