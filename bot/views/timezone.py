"""A person's time zone: its name, its clock, and until when an open week may still be logged."""

from datetime import datetime

from bot.chat.card import Card, Line, Tone
from bot.chat.text import Bold
from bot.domain.progress import Progress
from bot.views import weeks


def moved(progress: Progress, now: datetime, *, is_new: bool) -> Card:
    """Show the zone with the time there, by which a wrong one is noticed, and the deadline of an open week."""
    person = progress.person
    local = now.astimezone(person.zone)
    follow = "now follow" if is_new else "follow"
    where = Line((f"Your days {follow} ", Bold(person.zone_name), f", where it's {local:%a} {local:%H:%M}."))
    deadline = (Line((_say_deadline(progress, now),)),) if is_new and person.first_week is not None else ()
    return Card("", (where, *deadline), Tone.GOOD)


def _say_deadline(progress: Progress, now: datetime) -> str:
    if progress.is_before_first_week:
        return weeks.say_first_week(progress)
    by = weeks.say_by(progress.record.deadline(progress.current), now)
    return weeks.say_last_week(progress, now) or f"Log this week's hours {by}."
