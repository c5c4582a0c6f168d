"""`timezone`: whose midnight ends one's days."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.handler import Command
from bot.commands.shared.options import ZONE
from bot.context import Context
from bot.domain.person import ZoneSource
from bot.store import progress as stored_progress
from bot.store import time_zones
from bot.views import timezone as view

SPEC = Spec(
    "timezone",
    "where you live, so that your days end at your midnight",
    (ZONE,),
    group="Settings",
    title="Your time zone",
    submit="Set",
    examples=("/timezone Lisbon", "/timezone America/New_York"),
    also="tz zone time",
)


def run(context: Context, given: Given) -> Answer:
    """Set it: days follow at once, and no open week closes earlier than it would have."""
    zone = given.need(ZONE)
    is_new = zone != context.person.zone_name
    moved = time_zones.move(context.tx, context.person, zone, ZoneSource.OWN, context.now)
    progress = stored_progress.judge_person(context.tx, moved.id, context.now)
    return Reply(view.moved(progress, context.now, is_new=is_new))


def prefill(context: Context, _raw: dict[str, str]) -> dict[str, str]:
    """Return the zone that holds now."""
    return {"zone": context.person.zone_name}


COMMAND = Command(SPEC, run, prefill)
