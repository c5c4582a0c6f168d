"""Cards about a note that is offered to a group's results, and the note itself in them."""

from datetime import date

from bot.chat.card import Actions, Block, Button, Card, Line, Menu, Quote, Tone
from bot.domain.duration import say
from bot.domain.journal_entry import JournalNote
from bot.domain.names import cut
from bot.views import words

MAX_LABEL_CHARACTERS = 34
OFFER, TAKE_BACK = "Offer for the results", "Take back from the results"
OFFER_OR_TAKE_BACK = "Offer to results, or take back"


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
    """Return the way to offer notes of the journal or to take them back: one button, or a list to pick from."""
    if len(notes) == 1:
        [note] = notes
        return [Actions((Button(TAKE_BACK if note.is_shared else OFFER, "share", _options(note)),))]
    if not notes:
        return []
    kinds = {note.is_shared for note in notes}
    label = OFFER_OR_TAKE_BACK if len(kinds) > 1 else TAKE_BACK if True in kinds else OFFER
    names = ("Offer: ", "Take back: ") if len(kinds) > 1 else ("", "")
    picks = (Button(_say_note(note, today, names[note.is_shared]), "share", _options(note)) for note in notes)
    return [Menu(label, tuple(picks))]


def _options(note: JournalNote) -> dict[str, str]:
    """Return the options that offer a note, or take it back."""
    return {"checkin": str(note.number), **({"keep": "yes"} if note.is_shared else {})}


def _say_note(note: JournalNote, today: date, lead: str) -> str:
    """Return a note as it is picked: by its day, its time and its first words, behind what would be done with it."""
    parts = (words.say_near_day(note.day, today), say(note.minutes), " ".join(note.text.split()))
    return cut(f"{lead}{' · '.join(parts)}", MAX_LABEL_CHARACTERS)
