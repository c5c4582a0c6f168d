"""Parts of the commands that recall notes: the extra of a check-in, and the note that a button names."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from bot.chat.card import Block, Button, Card
from bot.commands.shared.options import hidden_option
from bot.context import Context
from bot.domain.checkin import Checkin
from bot.domain.journal_entry import JournalEntry, JournalNote
from bot.domain.recall import (
    NEVER,
    NoteRef,
    RecallNote,
    RecallSource,
    choose,
    choose_next,
    next_look,
)
from bot.errors import Refused
from bot.store import recalls
from bot.views import recall as view
from bot.views.extras import Extra

NOTE = hidden_option("note")
"""The note that a button means: `c12`, of a check-in, or `f3`, of a focus."""

GONE = "That note doesn't come back any more."


class RecallLook(NamedTuple):
    """A look at somebody's notes: the one that is due (None: none is), and when to look again unless one is.

    That is saved with the check-in, which changes the person's row anyway.
    """

    notes: list[RecallNote]
    due: RecallNote | None
    look_on: date | None


def look_for_note(context: Context) -> RecallLook | None:
    """Look at the speaker's notes before a check-in; None on days before the one that the last look named."""
    look_on, today = context.person.recall_on, context.today
    if context.person.first_week is None or (look_on is not None and look_on > today):
        return None
    notes = recalls.list_notes(context.tx, context.person, today)
    due = choose(notes, today)
    return RecallLook(notes, due, None if due else next_look(notes, today))


def ask_about_note(context: Context, look: RecallLook | None) -> Extra | None:
    """Return the question about the note that is due, and save that it was asked; None where none is."""
    if look is None or look.due is None:
        return None
    today, asked = context.today, look.due.asked(context.today)
    notes = [asked if note.ref == asked.ref else note for note in look.notes]
    recalls.save(context.tx, context.person.id, asked)
    recalls.look_again(context.tx, context.person.id, next_look(notes, today))
    return view.ask_beside(asked, today)


def is_recall_on(context: Context) -> bool:
    """Return False if the speaker has switched recall off."""
    return context.person.recall_on != NEVER


def switch_recall(context: Context, *, is_on: bool) -> None:
    """Switch recall on or off for the speaker; what is set already stays as it is."""
    if is_on != is_recall_on(context):
        recalls.look_again(context.tx, context.person.id, None if is_on else NEVER)
        recalls.save_refusal(context.tx, context.person.id, None)


def keep_offer(context: Context, checkin: Checkin) -> tuple[Button, ...]:
    """Return the button that keeps a note for recall, for the answer to a check-in.

    None where there is no note, and for the longest of its week, which comes back by itself.
    """
    if not checkin.entry.learned or not is_recall_on(context):
        return ()
    if not recalls.has_rival(context.tx, context.person.id, checkin):
        return ()
    return (view.keep_button(NoteRef(RecallSource.CHECKIN, checkin.number)),)


def keep_choices(context: Context, entries: Iterable[JournalEntry]) -> list[Block]:
    """Return a list of those entries of the journal that can be kept for recall; nothing where none can."""
    refs = [
        NoteRef(RecallSource.CHECKIN if isinstance(entry, JournalNote) else RecallSource.FOCUS, entry.number)
        for entry in entries
    ]
    today, notes = context.today, recalls.find_notes(context.tx, context.person, refs)
    by_ref = {note.ref: note for note in notes if note.entered is None or not note.moved_on(today).is_on_ladder}
    return view.keep_menu([by_ref[ref] for ref in refs if ref in by_ref], today)


def find_recall_card(context: Context) -> Card | None:
    """Return what one's own page says of recall: the note that is due, or the way to one; None where there is none."""
    today, look_on = context.today, context.person.recall_on
    notes = recalls.list_notes(context.tx, context.person, today)
    due = choose(notes, today) if look_on is None or look_on <= today else None
    return None if due is None and choose_next(notes, today) is None else view.on_page(due, today)


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
