"""Cards about the data stored of a person: exported, or erased."""

from bot.chat.card import Actions, Block, Button, Card, Line, Note, Style, Tone
from bot.chat.text import Code
from bot.domain.stored_of_person import StoredOfPerson
from bot.views import words

GONE = "Nobody sees anything about you here any more. Within a day it's off the disk, too."
REMAINS = "What remains elsewhere: lines already posted in channels, and backups until they are replaced by newer ones."


def exported(checkins: int, entries: int) -> Card:
    """Say what is in the file that is handed over."""
    counts = [words.plural(checkins, "check-in")] if checkins else []
    counts += [words.plural(entries, "journal entry", "journal entries")] if entries else []
    total = words.join_names([*counts, "all that you've set or joined"])
    blocks = (
        Line((f"Everything saved about you is in this file: {total}.",)),
        Line(
            (
                *(Code("ten-hours.json"), " has all of it, ", Code("checkins.csv"), " is for a spreadsheet, "),
                *(Code("journal.md"), " reads as a document."),
            )
        ),
    )
    return Card("Your data", blocks, Tone.GOOD)


def ask(stored: StoredOfPerson, sure: str) -> Card:
    """Ask before anything is erased, and say what will go and what remains; `sure` names who was asked."""
    parts = [f"{words.plural(stored.checkins, 'check-in')} with what you learned, "] if stored.checkins else []
    if stored.focuses:
        parts.append(f"{words.plural(stored.focuses, 'focus', 'focuses')}, ")
    places = f", and your place in {words.plural(stored.groups, 'group')}" if stored.groups else ""
    will_go = f"This erases {''.join(parts)}your goals, pauses, streak, timer, plans and reminders{places}."
    blocks: list[Block] = [
        Line((will_go,)),
        Line(("This can't be undone. If you check in again, you start afresh.",)),
        Note((REMAINS,)),
        *_say_orphaned(stored),
        Actions(
            (
                Button("Export it first", "mydata export"),
                Button("Erase everything", "mydata erase", {"sure": sure}, Style.DANGER),
            )
        ),
    ]
    return Card("Erase everything about you?", tuple(blocks), Tone.WARN)


def erased(stored: StoredOfPerson) -> Card:
    """Confirm that all is erased: nobody sees it, and it leaves the disk within a day, as a rule at once."""
    return Card("Erased", (Line((GONE,)), Note((REMAINS,)), *_say_orphaned(stored)))


def erased_since() -> Card:
    """Answer an old request that comes again after an erase."""
    return Card("", (Line(("What this was about has been erased.",)),))


def _say_orphaned(stored: StoredOfPerson) -> list[Block]:
    """Say what becomes of the groups that only they organise."""
    if not stored.orphaned:
        return []
    names = words.join_names(list(stored.orphaned))
    go = "goes" if len(stored.orphaned) == 1 else "go"
    return [Note((f"{names} {go} on without an organiser. Whoever manages the server can name one.",))]
