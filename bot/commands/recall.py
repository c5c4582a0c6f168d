"""`recall`: an own note of weeks ago, to be explained once more: first the question, then the note."""

from bot.chat.card import Card
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.handler import Command
from bot.commands.shared.recalling import GONE, NOTE, find_note, need_ref
from bot.context import Context
from bot.domain.checkin import Source
from bot.domain.recall import NoteRef, RecallSource, choose, choose_next, keepable
from bot.errors import Refused
from bot.store import checkins, focuses, recalls
from bot.views import recall as view

SPEC = Spec(
    "recall",
    "explain a note of weeks ago once more",
    (NOTE,),
    group="Your promise",
    examples=("/recall",),
    also="remember repeat revise review spaced repetition flashcards",
)


def run(context: Context, given: Given) -> Answer:
    """Ask about what is due, or comes next; with a note, show it."""
    if given[NOTE]:
        return Reply(_show(context, need_ref(given[NOTE])))
    notes, today = recalls.list_notes(context.tx, context.person, context.today), context.today
    note = choose_next(notes, today)
    others = keepable((other for other in notes if note is None or other.ref != note.ref), today)
    if note is None:
        return Reply(view.nothing_more(others, today) if notes else view.nothing())
    recalls.save(context.tx, context.person.id, note.asked(today))
    return Reply(view.ask(note, others, today))


def _show(context: Context, ref: NoteRef) -> Card:
    """Return the card of a note; one that does not come back is shown without a question."""
    entry = _read(context, ref)
    due = choose(recalls.list_notes(context.tx, context.person, context.today), context.today)
    if due is not None and due.ref == ref:  # from a page, which only reads
        recalls.save(context.tx, context.person.id, due.asked(context.today))
    return view.show(ref, entry, context.today, is_asked=find_note(context, ref) is not None)


def _read(context: Context, ref: NoteRef) -> view.ShownNote:
    """Return one of the speaker's own notes. Raises `Refused` where there is none."""
    if ref.source is RecallSource.FOCUS:
        focus = focuses.find(context.tx, context.person.id, ref.number)
        if focus is not None and focus.explanation and focus.ended_at is not None:
            return view.ShownNote(focus.title, context.person.today(focus.ended_at), focus.explanation)
    else:
        checkin = checkins.find(context.tx, context.person.id, ref.number)
        if checkin is not None and checkin.source is not Source.IMPORT and checkin.entry.learned:
            entry = context.with_present_area(checkin.entry)
            return view.ShownNote(entry.area, entry.day, entry.learned or "")
    raise Refused(GONE, "/journal")


COMMAND = Command(SPEC, run)
