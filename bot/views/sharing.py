"""Cards about a note that is offered to a group's results, and the note itself in them."""

from datetime import date

from bot.chat.card import Actions, Block, Button, Card, Line, Menu, Quote, Tone
from bot.domain.duration import say
from bot.domain.journal_entry import JournalNote
from bot.domain.names import cut
from bot.views import words

MAX_LABEL_CHARACTERS = 34
OFFER, TAKE_BACK = "Offer for the results", "Take back from the results"


def button(number: int) -> Button:
    """Return the button of a check-in in which something was learned."""
    return Button(OFFER, "share", {"checkin": str(number)})


def shared(group: str, number: int, learned: str) -> Card:
    """Confirm that a note is offered, with the way back."""
    keep = Button("Take back", "share", {"checkin": str(number), "keep": "yes"})
    text = f"Offered. Results of {group} quote one note a week with its writer's name, first those not quoted lately."
    return Card("", (Line((text,)), Quote(learned), Actions((keep,))), Tone.GOOD)


def unshared() -> Card:
    """Confirm that a note is no longer offered."""
    return words.done("Taken back: results won't quote it. What has been posted stays.")


def choices(notes: list[JournalNote], today: date) -> list[Block]:
    """Return the ways to offer notes of the journal and to take them back: one button, or a list to pick from."""
    blocks: list[Block] = []
    for label, is_shared in ((OFFER, False), (TAKE_BACK, True)):
        kept = {"keep": "yes"} if is_shared else {}
        options = [(note, {"checkin": str(note.number), **kept}) for note in notes if note.is_shared is is_shared]
        if len(options) == 1:
            blocks.append(Actions((Button(label, "share", options[0][1]),)))
        elif options:
            blocks.append(Menu(label, tuple(Button(_say_note(note, today), "share", given) for note, given in options)))
    return blocks


def _say_note(note: JournalNote, today: date) -> str:
    """Return a note as it is picked: by its day, its time and its first words."""
    parts = (words.say_near_day(note.day, today), say(note.minutes), " ".join(note.text.split()))
    return cut(" · ".join(parts), MAX_LABEL_CHARACTERS)
