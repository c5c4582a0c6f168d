"""What *Set me up* asks, and what of it the speaker has answered before."""

from bot.chat.command import Option, OptionKind, Reading
from bot.chat.form import Choice
from bot.context import Context
from bot.domain.cities import cities_at
from bot.domain.group import WHY_LIMIT
from bot.domain.names import read_text
from bot.store import reminders


def _read_why(text: str, _reading: Reading) -> str:
    return read_text(text, WHY_LIMIT, "why", multiline=True)


WHY = Option(
    "why",
    OptionKind.LONG,
    "why it's worth it to you",
    _read_why,
    hint="to build models myself",
    longest=WHY_LIMIT,
    question="Why are you doing this?",
    description="Only you see it. With reminders on, I'll bring it up after a rough patch.",
)
ZONE, REMIND = "zone", "remind"
"""The names of the other questions."""


def offer_clocks(reading: Reading) -> tuple[Choice, ...]:
    """Return places around the world to pick from, each with its time of day now."""
    assert reading.at is not None
    clocks = cities_at(reading.at, reading.zone_name)
    return tuple(Choice(f"{clock}  {cities.names}", cities.zone) for clock, cities in clocks)


def list_answered(context: Context) -> set[str]:
    """Return the names of the questions that need not be asked."""
    answered = {
        ZONE: context.person.is_zone_chosen,
        REMIND: reminders.find_choice(context.tx, context.person.id) is not None,
        WHY.name: context.person.why is not None,
    }
    return {name for name, is_answered in answered.items() if is_answered}


def list_unanswered(context: Context) -> set[str]:
    """Return the names of the questions that are left to ask."""
    return {ZONE, REMIND, WHY.name} - list_answered(context)


def is_set_up(context: Context) -> bool:
    """Return True if nothing is left to ask."""
    return not list_unanswered(context)
