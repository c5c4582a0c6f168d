"""`timezone`: whose midnight ends one's days; picked by the time of day, or named."""

from msgspec.structs import replace

from bot.chat.command import Given, Option, OptionKind, Reading, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.handler import Command, about
from bot.commands.shared.options import ZONE
from bot.commands.shared.setting_up import offer_clocks
from bot.context import Context
from bot.domain.person import ZoneSource
from bot.domain.zones import read_zone
from bot.errors import Refused
from bot.store import progress as stored_progress
from bot.store import time_zones
from bot.views import timezone as view


def _read_clock(text: str, _reading: Reading) -> str:
    return read_zone(text).key


CLOCK = Option(
    "clock",
    OptionKind.CHOICE,
    "the time of day where you live",
    _read_clock,
    longest=64,
    is_hidden=True,
    question="What time is it for you?",
    description="Your days and deadlines follow it.",
    offer=offer_clocks,
)
CITY = replace(
    ZONE,
    is_required=False,
    hint="Lisbon",
    question="Or which large city is near you?",
    description="Only if your time isn't in the list.",
)

SPEC = Spec(
    "timezone",
    "where you live, so that your days end at your midnight",
    (CLOCK, CITY),
    group="Settings",
    title="Your time zone",
    submit="Set",
    shows_form=True,
    examples=("/timezone Lisbon", "/timezone America/New_York"),
    also="tz zone time",
)


def run(context: Context, given: Given) -> Answer:
    """Set it: days follow at once, and no open week closes earlier than it would have."""
    zone = _choose(context, given)
    is_new = zone != context.person.zone_name
    moved = time_zones.move(context.tx, context.person, zone, ZoneSource.OWN, context.now)
    progress = stored_progress.judge_person(context.tx, moved.id, context.now)
    return Reply(view.moved(progress, context.now, is_new=is_new))


def prefill(context: Context, _raw: dict[str, str]) -> dict[str, str]:
    """Return the zone that holds now."""
    zone = context.person.zone_name
    is_offered = any(choice.value == zone for choice in offer_clocks(context.reading))
    return {CLOCK.name if is_offered else CITY.name: zone}


def _choose(context: Context, given: Given) -> str:
    """Return the zone that is meant: a city that was named, unless it stood in the form before."""
    clock, city = given[CLOCK], given[CITY]
    zone = clock if clock and (city is None or city == context.person.zone_name) else city
    if zone is None:
        with about(CITY):
            raise Refused("Pick your time of day, or name a large city near you.", "Lisbon")
    return zone


COMMAND = Command(SPEC, run, prefill)
