"""Parts of the commands that recall notes: the extra of a check-in, and the note that a button names."""

from datetime import date
from typing import NamedTuple

from bot.chat.card import Button
from bot.commands.shared.options import hidden_option
from bot.context import Context
from bot.domain.checkin import Checkin
from bot.domain.recall import NEVER, NoteRef, RecallNote, RecallSource, choose, next_look
from bot.errors import Refused
from bot.store import recalls
from bot.views import recall as view
from bot.views.extras import Extra

NOTE = hidden_option("note")
"""The note that a button means: `c12`, of a check-in, or `f3`, of a focus."""

GONE = "That note doesn't come back any more."


class RecallExtra(NamedTuple):
    """The question about a note that is due (None: none is), and the day of the next look where it is still to save."""

    extra: Extra | None = None
    look_on: date | None = None


def recall_extra(context: Context) -> RecallExtra:
    """Return the question about a note that is due, and save that it was asked.

    The database is asked only from the day on that the last look named. A look in vain is left to `save_look`, so that
    a card that has more to save can do without.
    """
    look_on, today = context.person.recall_on, context.today
    if look_on is not None and look_on > today:
        return RecallExtra()
    notes = recalls.list_notes(context.tx, context.person, today)
    note = choose(notes, today)
    if note is None:
        return RecallExtra(look_on=next_look(notes, today))
    asked = note.asked(today)
    recalls.save(context.tx, context.person.id, asked)
    notes = [asked if other.ref == note.ref else other for other in notes]
    recalls.look_again(context.tx, context.person.id, next_look(notes, today))
    return RecallExtra(view.ask_beside(note, today))


def save_look(context: Context, recalled: RecallExtra) -> None:
    """Save when it is looked next, where a look was in vain."""
    if recalled.look_on is not None:
        recalls.look_again(context.tx, context.person.id, recalled.look_on)


def is_recall_on(context: Context) -> bool:
    """Return False if the speaker has switched recall off."""
    return context.person.recall_on != NEVER


def switch_recall(context: Context, *, is_on: bool) -> None:
    """Switch recall on or off for the speaker; what is set already stays as it is."""
    if is_on != is_recall_on(context):
        recalls.look_again(context.tx, context.person.id, None if is_on else NEVER)
        recalls.save_refusal(context.tx, context.person.id, None)


def keep_offer(context: Context, checkin: Checkin) -> tuple[Button, ...]:
    """Return the button that keeps a note for recall, for the answer to a check-in; none where there is no note."""
    if not checkin.entry.learned or not is_recall_on(context):
        return ()
    return (Button("Keep for recall", "keep note", {"note": str(NoteRef(RecallSource.CHECKIN, checkin.number))}),)


def find_note(context: Context, ref: NoteRef) -> RecallNote | None:
    """Return one of the speaker's notes as it stands today; None for one that is not to be recalled any more."""
    notes = recalls.list_notes(context.tx, context.person, context.today)
    moved_on = (note.moved_on(context.today) for note in notes if note.ref == ref)
    return next((note for note in moved_on if note.is_on_ladder), None)


def need_ref(text: str | None) -> NoteRef:
    """Return the note that a button names. Raises `Refused` for a forged one."""
    ref = NoteRef.parse(text or "")
    if ref is None:
        raise Refused(GONE, "/journal")
    return ref
