"""Cards about a line that may be quoted, and the line itself in a group's results."""

from bot.chat.card import Actions, Button, Card, Line, Quote, Tone
from bot.views import words

MAX_QUOTE_CHARACTERS = 300


def button(number: int) -> Button:
    """Return the button of a check-in in which something was learned."""
    return Button("Share this with the group", "share", {"checkin": str(number)})


def shared(group: str, number: int, learned: str) -> Card:
    """Confirm that a line is marked, with the way back."""
    keep = Button("Keep it to myself", "share", {"checkin": str(number), "keep": "yes"})
    text = f"{group}'s results of that week may quote this, with your name; they quote one line a week."
    return Card("Marked for sharing", (Line((text,)), Quote(learned), Actions((keep,))), Tone.GOOD)


def unshared(number: int) -> Card:
    """Confirm that a line is marked no longer."""
    return words.done(f"What you learned in #{number} stays yours alone; what was posted already stands.")
