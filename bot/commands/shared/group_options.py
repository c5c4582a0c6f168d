"""Options that the commands about groups and reminders share, and how each is read."""

import dataclasses
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from bot.chat.command import Option, OptionKind, Reading
from bot.commands.shared.handler import Command, Prefill
from bot.commands.shared.options import ZONE as PERSON_ZONE
from bot.commands.shared.options import hidden_option
from bot.context import GROUP_OPTION, Context
from bot.domain.duration import Minutes
from bot.domain.goal import read_goal
from bot.domain.group import GROUP_NAME_LIMIT
from bot.domain.moment import read_moment
from bot.domain.names import read_text
from bot.domain.plain import plain
from bot.domain.reminder import RULES, ReminderKind
from bot.domain.schedule import Moment
from bot.domain.week import DAYS_A_WEEK
from bot.errors import Offer, Refused, Understood
from bot.views.moments import WEEKDAYS as DAY_NAMES
from bot.views.words import join_names

EVERY_DAY = frozenset(range(DAYS_A_WEEK))
ON = frozenset({"on", "yes"})
OFF = frozenset({"off", "no", "never", "none"})


class PostTime(Struct, frozen=True):
    """When a post by the clock is to come: at a moment (None: as before), or not at all."""

    moment: Moment | None
    is_on: bool


def read_post_time(text: str, default: Moment, weekdays: frozenset[int] = EVERY_DAY) -> PostTime:
    """Read “sun 15:00”, “off” or “on”; what is left out of a moment is taken from `default`.

    Raises `Refused`, `Understood` for a day that is none of the `weekdays`.
    """
    word = plain(text)
    if word in OFF:
        return PostTime(None, is_on=False)
    if word in ON:
        return PostTime(None, is_on=True)
    moment = read_moment(text, default, daily=default.weekday is None)
    if moment.weekday is not None and moment.weekday not in weekdays:
        days = join_names([DAY_NAMES[day] for day in sorted(weekdays)], "or")
        moments = [Moment(day, moment.at) for day in sorted(weekdays)]
        offers = [Offer(str(offered), offered.key) for offered in moments]
        raise Understood(f"It can come on {days}, and I read {DAY_NAMES[moment.weekday]}.", default.key, offers)
    return PostTime(moment, is_on=True)


def post_time_option(
    name: str, post: ReminderKind, summary: str, question: str, description: str, *, also: str = ""
) -> Option[PostTime]:
    """Return an option that moves one kind of post, or switches it on or off; `also` are other names for it."""
    usual, weekdays = RULES[post].moment, RULES[post].weekdays

    def read(text: str, _reading: Reading) -> PostTime:
        try:
            return read_post_time(text, usual, weekdays)
        except Refused as refused:  # its own usual time is an example that is always taken
            raise type(refused)(refused.parts, usual.key, refused.offers) from None

    return Option(
        name,
        OptionKind.MOMENT,
        f"{summary}, or off",
        read,
        hint=usual.key,
        longest=64,
        question=question,
        description=f"{description} “off” switches it off.",
        also=also,
    )


def by_name(option: Option[Any]) -> Option[Any]:
    """Return the option as one that only its name fills: beside a name, which can be any words."""
    return replace(option, is_named=True)


def _read_name(text: str, _reading: Reading) -> str:
    return read_text(text, GROUP_NAME_LIMIT, "name", required=True)


def _read_goal(text: str, _reading: Reading) -> Minutes:
    return read_goal(text)


def prefill_for_organisers(context: Context, _raw: dict[str, str]) -> dict[str, str]:
    """Leave the form empty. Raises `NotAllowed` for whoever may not run the group, before they fill it in."""
    context.require_organised_group()
    return {}


def form_command(command: Command, name: str, prefill: Prefill, *, title: str, submit: str = "Save") -> Command:
    """Return the form behind the *Change* button of a command that, typed alone, shows something."""
    spec = dataclasses.replace(
        command.spec,
        name=name,
        title=title,
        submit=submit,
        shows_form=True,
        is_button_only=True,
        typed_as=command.spec.name,
    )
    return Command(spec, command.run, prefill)


NAME = Option(
    "name",
    OptionKind.TEXT,
    "what the group is called",
    _read_name,
    hint="Study hall",
    longest=GROUP_NAME_LIMIT,
    question="What's the group called?",
    description="The group's posts use this name.",
)
ZONE = replace(
    PERSON_ZONE,
    summary="time zone of its posts",
    is_required=False,
    question="Which time zone do its posts follow?",
    description="Each member's days follow their own zone.",
)
GOAL = Option(
    "goal",
    OptionKind.DURATION,
    "hours a week, for new members",
    _read_goal,
    hint="10",
    longest=64,
    question="How many hours a week?",
    description="New members begin with this goal, and can change their own.",
)
GROUP = hidden_option(GROUP_OPTION)
REPLACE = hidden_option("replace")
"""Given by a button whose answer takes the place of the card that it stands on."""
