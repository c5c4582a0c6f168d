"""`timezone`: whose midnight ends one's days."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands import zoning
from bot.commands.options import ZONE
from bot.commands.turn import Command, Turn
from bot.domain.person import ZoneSource
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


def run(turn: Turn, given: Given) -> Answer:
    """Days follow at once, closing from the next week."""
    zone = given.need(ZONE)
    is_new = zone != turn.person.zone_name
    moved = zoning.move(turn.tx, turn.person, zone, ZoneSource.OWN, turn.now)
    return Reply(view.moved(moved, turn.now, is_new=is_new))


def prefill(turn: Turn, _raw: dict[str, str]) -> dict[str, str]:
    """The zone that holds now."""
    return {"zone": turn.person.zone_name}


COMMAND = Command(SPEC, run, prefill)
