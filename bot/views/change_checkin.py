"""Cards of check-ins that were taken back, put back and edited, with what that does to their week."""

from datetime import date, datetime

from bot.chat.card import Actions, Block, Button, Card, Line, Menu, Quote, Tone
from bot.chat.text import Bold
from bot.domain.checkin import Checkin, Entry
from bot.domain.duration import say
from bot.domain.milestone import Milestone
from bot.domain.names import cut
from bot.domain.progress import Progress
from bot.views import extras, weeks, words
from bot.views.checkin import edit_button, entry_words, undo_button

MAX_LABEL_CHARACTERS = 34


def taken_back(checkin: Checkin, progress: Progress, now: datetime) -> Card:
    """Show a check-in that was undone, with buttons to put it back and to undo another."""
    back = Button("Put back", "undo", {"back": str(checkin.number)})
    another = Button("Another…", "undo", {"another": "yes"})
    return Card("", (*_say_change("Taken back. ", checkin, progress, now, "It was "), Actions((back, another))))


def is_taken_back(number: int) -> Card:
    """Say that a check-in that is to be changed or taken back doesn't count any more, and how it would."""
    back = Button("Put back", "undo", {"back": str(number)})
    return words.question("", (f"Check-in #{number} is taken back already.",), back)


def put_back(checkin: Checkin, progress: Progress, now: datetime) -> Card:
    """Confirm that a check-in counts again."""
    buttons = Actions((undo_button(checkin), edit_button(checkin)))
    return Card("", (*_say_change("Put back. ", checkin, progress, now, ""), buttons), Tone.GOOD)


def choose(newest: list[Checkin], today: date) -> Card:
    """Offer the newest check-ins to pick one from."""
    if not newest:
        return words.done("There's no other check-in to take back.")
    menu = Menu("Check-ins", tuple(_choice(checkin, today) for checkin in newest))
    return Card("", (Line(("Which check-in shall I take back?",)), menu))


def edited(old: Entry, checkin: Checkin, progress: Progress, now: datetime, milestones: list[Milestone]) -> Card:
    """Show a check-in as it is now and as it was, and what that does to its week."""
    today, entry = progress.person.today(now), checkin.entry
    is_moved = old.day != entry.day
    before, after = (entry_words(one, today, with_today=is_moved) for one in (old, entry))
    was = "" if before == after else f" It was {before}."
    change = [] if (old.day, old.minutes) == (entry.day, entry.minutes) else [weeks.say_change(checkin, progress, now)]
    extra = extras.reached(milestones)
    blocks: tuple[Block, ...] = (
        Line(("Changed: ", Bold(after), f".{was}")),
        *_say_new_note(old.learned, entry.learned),
        *(Line((sentence,)) for sentence in change),
        *((Line(extra.text),) if extra else ()),
        Actions((undo_button(checkin), edit_button(checkin))),
    )
    return Card("", blocks, Tone.PROUD if milestones else Tone.GOOD)


def _say_change(what: str, checkin: Checkin, progress: Progress, now: datetime, lead: str) -> list[Block]:
    """Return `what` was done and what that means for the week, then the entry behind its `lead`."""
    entry = entry_words(checkin.entry, progress.person.today(now), with_today=True)
    sentence = f"{lead}{entry}." if lead else entry
    return [Line((f"{what}{weeks.say_change(checkin, progress, now)}",)), Line((sentence,))]


def _say_new_note(old: str | None, new: str | None) -> list[Block]:
    if old == new:
        return []
    return [Quote(new)] if new else [Line(("The note is gone.",))]


def _choice(checkin: Checkin, today: date) -> Button:
    entry = checkin.entry
    parts = [say(entry.minutes), words.say_near_day(entry.day, today), entry.area or "", f"#{checkin.number}"]
    label = cut(" · ".join(part for part in parts if part), MAX_LABEL_CHARACTERS)
    return Button(label, "undo", {"checkin": str(checkin.number)})
