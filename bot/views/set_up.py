"""The answer to *Set me up*: what has been set, each in one sentence."""

from dataclasses import dataclass
from datetime import datetime

from bot.chat.card import Actions, Block, Button, Card, Line, Style, Tone
from bot.chat.text import Bold, Code
from bot.domain.group import Group
from bot.domain.person import Person
from bot.domain.reminder import ReminderRoute
from bot.views import words

NAME_ZONE = Button("Set time zone", "timezone", style=Style.PRIMARY, opens_form=True)


@dataclass(frozen=True, slots=True)
class SetUp:
    """A person, and what they have just set: None or "" for what was left open.

    `is_elsewhere` says that their place was none of those to pick from; `group` is the one whose channel reminds.
    """

    person: Person
    at: datetime
    is_zone_set: bool
    is_elsewhere: bool
    route: ReminderRoute | None
    group: Group | None
    why: str | None


def done(details: SetUp) -> Card:
    """Say what has been set; where nothing was, how each is set later."""
    blocks = [*_say_zone(details), *_say_reminders(details)]
    if details.why:
        blocks.append(Line(("Your why is kept, and only you see it.",)))
    if not blocks:
        later = ("Nothing set. Whenever you like: ", Code("/timezone"), " and ", Code("/reminders"), ".")
        blocks = [Line(later)]
    buttons = (NAME_ZONE,) if details.is_elsewhere else (words.CHECK_IN,)
    return Card("", (*blocks, Actions(buttons)), Tone.GOOD)


def _say_zone(details: SetUp) -> list[Block]:
    if details.is_elsewhere:
        return [Line(("Name a large city near you, and your days follow its clock.",))]
    if not details.is_zone_set:
        return []
    local = details.at.astimezone(details.person.zone)
    clock = words.say_clock(details.person.zone_name)
    return [Line(("Your days follow ", Bold(clock), f": it's {local:%H:%M} there now."))]


def _say_reminders(details: SetUp) -> list[Block]:
    match details.route:
        case ReminderRoute.DIRECT:
            return [Line(("I'll remind you privately, only in weeks that need it.",))]
        case ReminderRoute.CHANNEL if details.group is not None:
            where = ("I'll remind you in the channel of ", Bold(details.group.name), ", only in weeks that need it.")
            return [Line(where)]
        case _:
            return []
