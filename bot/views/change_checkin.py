"""Cards of undone and edited check-ins."""

from datetime import date

from bot.chat.card import Actions, Block, Button, Card, Line, Quote, Style, Tone
from bot.chat.text import Bold, Text
from bot.domain.checkin import Checkin, Entry
from bot.domain.day import say_day
from bot.domain.duration import say
from bot.domain.milestone import Milestone
from bot.domain.names import cut
from bot.domain.progress import Progress
from bot.views import words

MAX_LABEL_CHARACTERS = 40


def entry_words(entry: Entry, today: date) -> Text:
    """Return “2 h 30 · Statistics · yesterday”."""
    area = f" · {entry.area}" if entry.area else ""
    return (Bold(say(entry.minutes)), f"{area} · {say_day(entry.day, today)}")


def taken_back(checkin: Checkin, progress: Progress, today: date) -> Card:
    """Show a check-in that was undone, with buttons to put it back and to undo another."""
    back = Button("Put back", "undo", {"back": str(checkin.number)})
    another = Button("Another…", "undo", {"another": "yes"})
    blocks = (
        Line(entry_words(checkin.entry, today)),
        words.week_bar(progress.minutes, progress.goal),
        Actions((back, another)),
    )
    return Card("Taken back", blocks, Tone.NEUTRAL)


def put_back(checkin: Checkin, progress: Progress, today: date) -> Card:
    """Confirm that a check-in counts again."""
    return Card(
        "Put back",
        (Line(entry_words(checkin.entry, today)), words.week_bar(progress.minutes, progress.goal)),
        Tone.GOOD,
    )


def choose(newest: list[Checkin], today: date) -> Card:
    """Offer the newest check-ins as buttons."""
    if not newest:
        return words.done("There is no other check-in to take back.")
    rows = [
        Actions(tuple(_choice(checkin, today) for checkin in newest[start : start + 2]))
        for start in range(0, len(newest), 2)
    ]
    return Card("Which one?", tuple(rows))


def edited(old: Entry, checkin: Checkin, progress: Progress, today: date, milestones: list[Milestone]) -> Card:
    """Show a check-in as it was and as it is."""
    late = (Line(("Late: a week that has closed keeps its state.",)),) if checkin.is_late else ()
    blocks = (
        Line(("Was ", *entry_words(old, today))),
        Line(("Now ", *entry_words(checkin.entry, today))),
        *_say_new_note(old.learned, checkin.entry.learned),
        words.week_bar(progress.minutes, progress.goal),
        *late,
        *words.say_milestones(milestones),
    )
    return Card(f"Changed #{checkin.number}", blocks, Tone.PROUD if milestones else Tone.GOOD)


def _say_new_note(old: str | None, new: str | None) -> list[Block]:
    if old == new:
        return []
    return [Quote(new)] if new else [Line(("What you learned is taken out.",))]


def _choice(checkin: Checkin, today: date) -> Button:
    entry = checkin.entry
    parts = [f"#{checkin.number}", say(entry.minutes), say_day(entry.day, today)]
    label = cut(" · ".join(parts + ([entry.area] if entry.area else [])), MAX_LABEL_CHARACTERS)
    return Button(label, "undo", {"checkin": str(checkin.number)}, Style.PLAIN)
