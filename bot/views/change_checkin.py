"""Cards of undone and edited check-ins."""

from datetime import date, datetime

from bot.chat.card import Actions, Block, Button, Card, Line, Quote, Style, Tone
from bot.chat.text import Bold, Text
from bot.domain.checkin import Checkin, Entry
from bot.domain.day import say_day
from bot.domain.duration import say
from bot.domain.milestone import Milestone
from bot.domain.names import cut
from bot.domain.progress import Progress
from bot.views import weeks, words

MAX_LABEL_CHARACTERS = 40


def entry_words(entry: Entry, today: date) -> Text:
    """Return “2 h 30 · Statistics · yesterday”."""
    area = f" · {entry.area}" if entry.area else ""
    return (Bold(say(entry.minutes)), f"{area} · {say_day(entry.day, today)}")


def taken_back(checkin: Checkin, progress: Progress, now: datetime) -> Card:
    """Show a check-in that was undone, with buttons to put it back and to undo another."""
    back = Button("Put back", "undo", {"back": str(checkin.number)})
    another = Button("Another…", "undo", {"another": "yes"})
    return Card("Taken back", (*_change(checkin, progress, now), Actions((back, another))), Tone.NEUTRAL)


def put_back(checkin: Checkin, progress: Progress, now: datetime) -> Card:
    """Confirm that a check-in counts again."""
    return Card("Put back", _change(checkin, progress, now), Tone.GOOD)


def choose(newest: list[Checkin], today: date) -> Card:
    """Offer the newest check-ins as buttons."""
    if not newest:
        return words.done("There is no other check-in to take back.")
    rows = [
        Actions(tuple(_choice(checkin, today) for checkin in newest[start : start + 2]))
        for start in range(0, len(newest), 2)
    ]
    return Card("Which one?", tuple(rows))


def edited(old: Entry, checkin: Checkin, progress: Progress, now: datetime, milestones: list[Milestone]) -> Card:
    """Show a check-in as it was and as it is."""
    today = progress.person.today(now)
    is_time_same = (old.day, old.minutes) == (checkin.entry.day, checkin.entry.minutes)
    change = () if is_time_same else (Line((weeks.say_change(checkin, progress, now),)),)
    blocks = (
        Line(("Was ", *entry_words(old, today))),
        Line(("Now ", *entry_words(checkin.entry, today))),
        *_say_new_note(old.learned, checkin.entry.learned),
        *change,
        *words.say_milestones(milestones),
    )
    return Card(f"Changed #{checkin.number}", blocks, Tone.PROUD if milestones else Tone.GOOD)


def _change(checkin: Checkin, progress: Progress, now: datetime) -> tuple[Block, ...]:
    """Return the entry, and what its change means for its week."""
    entry = Line(entry_words(checkin.entry, progress.person.today(now)))
    return entry, Line((weeks.say_change(checkin, progress, now),))


def _say_new_note(old: str | None, new: str | None) -> list[Block]:
    if old == new:
        return []
    return [Quote(new)] if new else [Line(("What you learned is taken out.",))]


def _choice(checkin: Checkin, today: date) -> Button:
    entry = checkin.entry
    parts = [f"#{checkin.number}", say(entry.minutes), say_day(entry.day, today)]
    label = cut(" · ".join(parts + ([entry.area] if entry.area else [])), MAX_LABEL_CHARACTERS)
    return Button(label, "undo", {"checkin": str(checkin.number)}, Style.PLAIN)
