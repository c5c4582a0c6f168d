"""The answer to *Set me up*: all that has been set, in one sentence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.chat.card import Actions, Block, Button, Card, Line, Style, Tone
from bot.chat.text import Code
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
    """Say what has been set; where nothing was, how each is set later. A newcomer is led on to their first check-in."""
    parts = list(_list_parts(details))
    blocks: list[Block] = [Line((f"Saved: {words.join_names(parts)}.",))] if parts else []
    if details.is_elsewhere:
        blocks.append(Line(("Name a large city near you, and your days follow its clock.",)))
    if not blocks:
        later = ("Nothing set. Whenever you like: ", Code("/timezone"), " and ", Code("/reminders"), ".")
        blocks = [Line(later)]
    if details.is_elsewhere:
        blocks.append(Actions((NAME_ZONE,)))
    elif details.person.first_week is None:
        blocks.append(Actions((words.CHECK_IN,)))
    return Card("", tuple(blocks), Tone.GOOD)


def _list_parts(details: SetUp) -> Iterator[str]:
    if details.is_zone_set:
        local = details.at.astimezone(details.person.zone)
        yield f"{local:%H:%M} {words.say_clock(details.person.zone_name)}"
    if details.route is ReminderRoute.DIRECT:
        yield "private reminders"
    elif details.route is ReminderRoute.CHANNEL and details.group is not None:
        yield f"reminders in the channel of {details.group.name}"
    elif details.route is ReminderRoute.OFF:
        yield "no reminders"
    if details.why:
        yield "your why"
