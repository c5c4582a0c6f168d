"""A person's time zone: its name, its clock, and from when it counts."""

from datetime import datetime

from bot.chat.card import Card, Line, Note, Tone
from bot.chat.text import Bold
from bot.domain.person import Person

FROM_WHEN = "Days follow it at once; until when a week may be logged, from next week on."


def moved(person: Person, now: datetime, *, is_new: bool) -> Card:
    """Show the zone with the time there, by which a wrong one is noticed."""
    local = now.astimezone(person.zone)
    there = f", where it is {local:%a} {local:%H:%M} now."
    if not is_new:
        return Card("", (Line(("Your days follow ", Bold(person.zone_name), there)),), Tone.GOOD)
    notes = (Note((FROM_WHEN,)),) if person.first_week is not None else ()
    return Card("", (Line(("Your days now follow ", Bold(person.zone_name), there)), *notes), Tone.GOOD)
