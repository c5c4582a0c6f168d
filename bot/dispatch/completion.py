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

MOST = 25
LABEL = 100
DAYS = ("today", "yesterday", "2 days ago", "3 days ago", "tomorrow", "in 3 days", "in 1 week", "in 2 weeks")
"""Of these, an option offers those that it reads: days gone by, or days to come."""


def complete(context: Context, command: str, option: str, typed: str) -> list[Choice]:
    """At most 25 choices for an option; none for one that is not suggested."""
    spec = context.specs.get(command)
    wanted = spec.option(option) if spec else None
    if wanted is None:
        return []
    match wanted.kind:
        case OptionKind.AREA:
            return _matching(typed, [Choice(area, area) for area in context.areas()])
        case OptionKind.ZONE:
            return [Choice(zone, zone) for zone in suggest_zones(typed, MOST)]
        case OptionKind.CHECKIN:
            return _matching(typed, _own_checkins(context))
        case OptionKind.DAY:
            return _matching(typed, [Choice(day, day) for day in DAYS if wanted.reads(day, context.reading)])
        case _:
            return []


def _own_checkins(context: Context) -> list[Choice]:
    found = checkins.newest(context.tx, context.person.id, MOST)
    return [Choice(_label(context, checkin), str(checkin.number)) for checkin in found]


def _label(context: Context, checkin: Checkin) -> str:
    entry = checkin.entry
    parts = [
        f"#{checkin.number}",
        say(entry.minutes),
        say_day(entry.day, context.today),
        entry.area or "",
        entry.learned or "",
    ]
    return cut(" · ".join(" ".join(part.split()) for part in parts if part), LABEL)


def _matching(typed: str, choices: list[Choice]) -> list[Choice]:
    wanted = typed.casefold().strip()
    return [choice for choice in choices if wanted in choice.label.casefold()][:MOST]
