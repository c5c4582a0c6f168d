"""Completions while an option is being typed: the group's areas, zones, own check-ins, days."""

from bot.chat.command import OptionKind
from bot.chat.form import Choice
from bot.context import Context
from bot.domain.checkin import Checkin
from bot.domain.day import say_day
from bot.domain.duration import say
from bot.domain.names import cut
from bot.domain.zones import suggest_zones
from bot.store import checkins

MOST_CHOICES = 25
LABEL_LIMIT = 100
"""Letters."""
DAYS_BACK = ("today", "yesterday", "2 days ago", "3 days ago")
DAYS_AHEAD = ("today", "tomorrow", "in 3 days", "in 1 week", "in 2 weeks")
"""Days that an option offers: gone by, or where it can read "tomorrow", to come."""


def complete(context: Context, command: str, option: str, typed: str) -> list[Choice]:
    """Return at most 25 choices for an option; none for one that is not suggested."""
    spec = context.specs.get(command)
    completed = spec.option(option) if spec else None
    if completed is None:
        return []
    match completed.kind:
        case OptionKind.AREA:
            return _filter_choices(typed, [Choice(area, area) for area in context.areas()])
        case OptionKind.ZONE:
            return [Choice(zone, zone) for zone in suggest_zones(typed, MOST_CHOICES)]
        case OptionKind.CHECKIN:
            return _filter_choices(typed, _list_checkins(context))
        case OptionKind.DAY:
            is_ahead = completed.reads("tomorrow", context.reading)
            days = DAYS_AHEAD if is_ahead else DAYS_BACK
            return _filter_choices(typed, [Choice(day, day) for day in days])
        case _:
            return []


def _list_checkins(context: Context) -> list[Choice]:
    newest = checkins.list_newest(context.tx, context.person.id, MOST_CHOICES)
    return [Choice(_label(context, checkin), str(checkin.number)) for checkin in newest]


def _label(context: Context, checkin: Checkin) -> str:
    entry = checkin.entry
    parts = [
        f"#{checkin.number}",
        say(entry.minutes),
        say_day(entry.day, context.today),
        entry.area or "",
        entry.learned or "",
    ]
    return cut(" · ".join(" ".join(part.split()) for part in parts if part), LABEL_LIMIT)


def _filter_choices(typed: str, choices: list[Choice]) -> list[Choice]:
    part = typed.casefold().strip()
    return [choice for choice in choices if part in choice.label.casefold()][:MOST_CHOICES]
