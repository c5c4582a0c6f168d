"""Options that the commands about a focus share, and finding the focus that is meant."""

from bot.chat.command import Beside, Given, Option, OptionKind, Reading
from bot.commands.shared.options import hidden_option, parse_number
from bot.context import Context
from bot.domain.duration import Minutes, has_unit
from bot.domain.focus import (
    DONE_LIMIT,
    EXAMPLE,
    TITLE_LIMIT,
    Focus,
    read_done,
    read_estimate,
    read_title,
)
from bot.errors import Refused
from bot.store import focuses

START_EXAMPLE = "/focus start Linear algebra hours: 80"


def _read_title(text: str, _reading: Reading) -> str:
    return read_title(text)


def _read_hours(text: str, _reading: Reading) -> Minutes:
    return read_estimate(text)


def _is_bare(text: str, _beside: Beside, _reading: Reading) -> bool:
    """Return True for the number of "chapter 3", which a title may end with."""
    return not has_unit(text)


def _read_done(text: str, _reading: Reading) -> str:
    return read_done(text)


TITLE = Option(
    "title",
    OptionKind.TEXT,
    "the one thing",
    _read_title,
    hint="Linear algebra",
    longest=TITLE_LIMIT,
    is_required=True,
    question="What's the one thing?",
    description="Your check-ins count toward it. Only you see it until you tell the group.",
)
HOURS = Option(
    "hours",
    OptionKind.DURATION,
    "about how many hours",
    _read_hours,
    hint=f"about {EXAMPLE}",
    longest=64,
    question="How many hours will it take?",
    description="A guess is fine; your progress is measured by it.",
    is_named=True,
    is_loose=_is_bare,
)
DONE = Option(
    "done",
    OptionKind.LONG,
    "what done will mean",
    _read_done,
    hint="I can derive the SVD on an empty page",
    longest=DONE_LIMIT,
    question="What will done mean?",
    description="Your focus shows it, so that you know when you're there.",
)
FOCUS = hidden_option("focus")
"""The number of the speaker's own focus that a button or a form is about."""


def find_focus(context: Context, given: Given) -> Focus | None:
    """Return the focus that a button or a form names, None where it names none. Raises `Refused` for an unknown one."""
    text = given[FOCUS]
    if text is None:
        return None
    number = parse_number(text)
    focus = None if number is None else focuses.find(context.tx, context.person.id, number)
    if focus is None:
        raise Refused("You have no such focus.", "/focus list")
    return focus
