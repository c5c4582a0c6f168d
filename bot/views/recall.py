"""Cards about notes of one's own that come back after weeks: can you still explain them?"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from bot.chat.card import Actions, Block, Button, Card, Line, Menu, Quote, Tone
from bot.chat.text import Bold, Code, Text
from bot.domain.day import say_day
from bot.domain.names import capitalize, cut
from bot.domain.recall import NoteRef, RecallMark, RecallNote, RecallSource
from bot.domain.week import DAYS_A_WEEK
from bot.views import words
from bot.views.extras import Extra

KEEP = "Keep for recall"
MOST_CHOICES = 25
MOST_LABEL_CHARACTERS = 34
MAX_NAMED_CHARACTERS = 40
MOST_WEEKS = 12
"""So many weeks are counted as weeks; more are counted as months."""

DAYS_A_MONTH = 365.25 / 12
SWITCH_OFF = Button("Switch recall off", "reminders", {"recall": "off"})
ANSWERS = {RecallMark.YES: "Yes", RecallMark.PARTLY: "Partly", RecallMark.NO: "Not any more"}


class ShownNote(NamedTuple):
    """A note as it is shown: what it is about (None: neither area nor focus), its day and its words."""

    about: str | None
    day: date
    text: str


def ask_beside(note: RecallNote, today: date) -> Extra:
    """Ask, beside a check-in, if a note can still be explained."""
    return Extra(ask_words(note, today), show_button(note), decline=Button("Not now", "recall later"))


def ask(note: RecallNote, keepable: Sequence[RecallNote], today: date) -> Card:
    """Ask it on a card of its own, before the note is shown; any of those `keepable` can be chosen to come back."""
    return Card("", (Line(ask_words(note, today)), Actions((show_button(note),)), *keep_menu(keepable, today)))


def on_page(note: RecallNote | None, today: date) -> Card:
    """Ask about the note that is due, or lead to another; its words are not quoted: others may see the screen."""
    if note is None:
        lead = "Explain an older note of yours without looking, then compare."
        return Card("Recall", (Line((lead,)), Actions((Button("Recall a note", "recall"),))))
    asked = ask_words(note, today)
    if note.about is None:
        asked = (f"You wrote a note {say_ago(note.day, today)}. Can you still explain it?",)
    return Card("Recall", (Line(asked), Actions((show_button(note),))))


def show_button(note: RecallNote) -> Button:
    """Return the button that shows a note."""
    return Button("Show my note", "recall", {"note": str(note.ref)})


def ask_words(note: RecallNote, today: date) -> Text:
    """Return the question: “You wrote about Statistics four weeks ago. Can you still explain it?”."""
    ago, question = say_ago(note.day, today), "Can you still explain it?"
    if note.ref.source is RecallSource.FOCUS:
        return ("You finished ", Bold(note.about or ""), f" {ago} and explained it. Can you still?")
    if note.about is not None:
        return ("You wrote about ", Bold(note.about), f" {ago}. {question}")
    return (f"You wrote “{_beginning(note)}” {ago}. {question}",)


def show(ref: NoteRef, note: ShownNote, today: date, *, is_asked: bool) -> Card:
    """Show a note whole; where it `is_asked`, ask how much of it is still there."""
    day = capitalize(say_day(note.day, today))
    head: Text = (Bold(note.about), f" · {day}") if note.about else (day,)
    if not is_asked:
        return Card("", (Line(head), Quote(note.text)))
    buttons = tuple(
        Button(label, "remembered", {"note": str(ref), "answer": mark.value}) for mark, label in ANSWERS.items()
    )
    return Card("", (Line(head), Quote(note.text), Line(("Could you still explain it?",)), Actions(buttons)))


def answered(mark: RecallMark, note: RecallNote, today: date, *, is_on: bool) -> Card:
    """Say when the note is due again; `note` is how it stands after the answer."""
    lead = {
        RecallMark.YES: "Well remembered.",
        RecallMark.PARTLY: "Good to know which part to read again.",
        RecallMark.NO: "That's what asking is for. Read it once more.",
    }[mark]
    if not note.is_on_ladder:
        return words.done("Still there after all these weeks. It won't come back.")
    when = say_span((note.due_on - today).days)
    if is_on:
        return words.done(f"{lead} It's due again in {when}.")
    return Card("", (Line((f"{lead} Due again in {when}: ", Code("/recall"), " shows it then.")),), Tone.GOOD)


def later() -> Card:
    """Let a question be."""
    return words.done("All right, another time.", Actions((SWITCH_OFF,)))


def switched(*, is_on: bool) -> Card:
    """Say if notes come back from now on, with the way back."""
    switch = switch_button(is_on=is_on)
    if is_on:
        return words.done("Recall is on. With a check-in I may ask about a note of weeks ago.", Actions((switch,)))
    text = ("Recall is off, so I don't ask about old notes. ", Code("/recall"), " shows one whenever you like.")
    return Card("", (Line(text), Actions((switch,))), Tone.GOOD)


def switch_button(*, is_on: bool) -> Button:
    """Return the button that switches recall off where it is on, and on where it is off."""
    return SWITCH_OFF if is_on else Button("Switch recall on", "reminders", {"recall": "on"})


def quiet() -> Card:
    """Say that two questions in a row were declined, and what follows from it."""
    text = "All right. I won't bring up old notes for four weeks. "
    return Card("", (Line((text, Code("/recall"), " shows one whenever you like.")), Actions((SWITCH_OFF,))), Tone.GOOD)


def kept(note: RecallNote, today: date, *, is_replacing: bool) -> Card:
    """Confirm that a note was chosen, and when it is due."""
    when = f"in {say_span((note.due_on - today).days)}" if note.due_on > today else "from today"
    replaced = " It takes the place of another note of that week." if is_replacing else ""
    return words.done(f"Kept. It's due {when}: can you explain it then?{replaced}")


def kept_before() -> Card:
    """Say that a note is to come back already."""
    return words.done("This one is coming back already.")


def nothing() -> Card:
    """Say how notes come to be recalled."""
    text = "Write what you learn with a check-in. A week later I may ask if you can still explain it."
    return Card("", (Line((text,)), Actions((words.CHECK_IN,))))


def nothing_more(keepable: Sequence[RecallNote], today: date) -> Card:
    """Say that every note was answered today, or written."""
    return Card("", (Line(("Nothing to recall right now.",)), *keep_menu(keepable, today)), Tone.GOOD)


def keep_button(ref: NoteRef, label: str = KEEP) -> Button:
    """Return the button that keeps a note for recall."""
    return Button(label, "keep note", {"note": str(ref)})


def keep_menu(notes: Sequence[RecallNote], today: date) -> list[Block]:
    """Return a list to choose a note from, if there is any, by its day, what it is about and its first words."""
    buttons = tuple(keep_button(note.ref, _say_note(note, today)) for note in notes[:MOST_CHOICES])
    return [Menu(KEEP, buttons)] if buttons else []


def _say_note(note: RecallNote, today: date) -> str:
    parts = (words.say_near_day(note.day, today), note.about or "", " ".join(note.beginning.split()))
    return cut(capitalize(" · ".join(part for part in parts if part)), MOST_LABEL_CHARACTERS)


def say_ago(day: date, today: date) -> str:
    """Return `today`, `three days ago`, `a week ago`, `four weeks ago`, `six months ago`."""
    days = (today - day).days
    if days < 1:
        return "today"
    return f"{say_span(days)} ago" if days > 1 else "yesterday"


def say_span(days: int) -> str:
    """Return `a day`, `three days`, `a week`, `four weeks`, `six months`: whole ones, the nearest."""
    if days < DAYS_A_WEEK:
        return _say_counted(days, "day")
    weeks = round(days / DAYS_A_WEEK)
    if weeks <= MOST_WEEKS:
        return _say_counted(weeks, "week")
    return _say_counted(round(days / DAYS_A_MONTH), "month")


def _beginning(note: RecallNote) -> str:
    """Return the first words of a note, whole ones where it has any."""
    words_of_it = " ".join(note.beginning.split())
    beginning = cut(words_of_it, MAX_NAMED_CHARACTERS)
    head, space, _ = beginning.rpartition(" ")
    return f"{head}…" if space and beginning != words_of_it else beginning


def _say_counted(count: int, noun: str) -> str:
    return f"a {noun}" if count == 1 else f"{words.say_count(count)} {noun}s"
