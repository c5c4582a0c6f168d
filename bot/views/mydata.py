"""Cards about what is kept of a person: handed over, or erased."""

from bot.chat.card import Actions, Block, Button, Card, Line, Note, Style, Tone
from bot.chat.text import Code
from bot.domain.stored_of_person import StoredOfPerson
from bot.views import words

REMAINS = (
    "What remains elsewhere: lines that were posted already stand in their channels, "
    "and backups hold your data until they rotate."
)


def exported(checkins: int, entries: int) -> Card:
    """What is in the file."""
    counted = f"{words.plural(checkins, 'check-in')}, {words.plural(entries, 'journal entry', 'journal entries')}"
    blocks = (
        Line((f"Everything that is kept of you is in this file: {counted}, and all that you have set or joined.",)),
        Line(
            (
                *(Code("ten-hours.json"), " has all of it, ", Code("checkins.csv"), " is for a spreadsheet, "),
                *(Code("journal.md"), " reads as a document."),
            )
        ),
    )
    return Card("Your data", blocks, Tone.GOOD)


def ask(kept: StoredOfPerson, sure: str) -> Card:
    """What will go and what remains, before anything is done."""
    counted = [f"{words.plural(kept.checkins, 'check-in')} with what you learned, "] if kept.checkins else []
    if kept.focuses:
        counted.append(f"{words.plural(kept.focuses, 'focus', 'focuses')}, ")
    places = f", and your place in {words.plural(kept.groups, 'group')}" if kept.groups else ""
    will_go = f"This erases {''.join(counted)}your goals, pauses, streak, timer, plans and reminders{places}."
    blocks: list[Block] = [
        Line((will_go,)),
        Line(("It cannot be taken back. If you check in again, you start afresh.",)),
        Note((REMAINS,)),
        *_orphaned(kept),
        Actions(
            (
                Button("Export it first", "mydata export"),
                Button("Erase everything", "mydata erase", {"sure": sure}, Style.DANGER),
            )
        ),
    ]
    return Card("Erase all that is kept of you?", tuple(blocks), Tone.WARN)


def erased(kept: StoredOfPerson) -> Card:
    """It is done."""
    return Card("Erased", (Line(("Nothing of you is kept here any more.",)), Note((REMAINS,)), *_orphaned(kept)))


def erased_since() -> Card:
    """The answer to an old request that comes again."""
    return Card("", (Line(("What this was about has been erased.",)),))


def _orphaned(kept: StoredOfPerson) -> list[Block]:
    """What becomes of the groups that only they organise."""
    if not kept.orphaned:
        return []
    names = ", ".join(kept.orphaned)
    others = "its members stay, and whoever may manage the server or workspace can name a new organiser"
    return [Note((f"{names} goes on without an organiser: {others}.",))]
