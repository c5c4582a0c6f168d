"""Monday's question as cards: what is asked, what a good answer covers, and the marks of both."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.chat.card import Actions, Block, Button, Card, Controls, Line, Menu, Note, Quote, Style
from bot.domain.names import cut
from bot.domain.partner_question import Mark
from bot.domain.question import Question
from bot.views import words

COMMAND = "partner question"
TITLE = "This week's question"
MAX_NAME_CHARACTERS = 20
LABELS = {Mark.CLEAR: "Clear", Mark.PARTLY: "Partly", Mark.REPEAT: "Let's repeat it"}
SAID = {Mark.CLEAR: "clear", Mark.PARTLY: "partly clear", Mark.REPEAT: "worth repeating"}
"""Marks as they are read as advice."""

OWN_NOTE = "Take this note of yours, look away, and explain it in your own words."
NO_NOTE = "Take something you learned lately, and explain it in your own words."


class Other(NamedTuple):
    """A partner who explains it too."""

    name: str
    id: int


def ask(question: Question | None, note: str | None, others: Sequence[Other], advice: Mark | None) -> Card:
    """Ask it; where there is none, a note of one's own is to be explained. Advice is what a partner has marked."""
    blocks: list[Block] = [Line((question.ask if question else OWN_NOTE if note else NO_NOTE,))]
    if question is None and note:
        blocks.append(Quote(note))
    blocks.append(Line((f"Explain it to {words.join_names([other.name for other in others])}, then swap.",)))
    if advice is not None:
        blocks.append(Note((f"A partner found yours {SAID[advice]}.",)))
    if question is None:
        return Card(TITLE, (*blocks, *_marks(others)))
    return Card(TITLE, (*blocks, Actions((Button("What it covers", COMMAND, {"step": "covers"}, Style.PRIMARY),))))


def covers(question: Question, others: Sequence[Other]) -> Card:
    """Show what a good answer covers, and ask for a mark."""
    points = tuple(Line((f"• {point}",)) for point in question.points)
    return Card("A good answer covers", (*points, Line(("How well did you explain it?",)), *_marks(others)))


def marked(question: Question | None) -> Card:
    """Confirm one's own mark, and go on from there."""
    if question is None:
        return words.done("Noted.")
    return words.done("Noted. To go further:", Line((question.follow_up,)))


def ask_advice(other: Other) -> Card:
    """Ask how well a partner has explained it."""
    text = f"How well did {other.name} explain it? Only {other.name} sees it, as advice."
    return Card("", (Line((text,)), Actions(_mark_buttons({"about": str(other.id)}))))


def advised(other: Other) -> Card:
    """Confirm the advice."""
    return words.done(f"{other.name} will see it beside the question.")


def none_yet() -> Card:
    """Say when there comes a question."""
    return Card(
        "", (Line(("Your next question comes on Monday.",)), Actions((Button("Your partner", "partner show"),)))
    )


def _marks(others: Sequence[Other]) -> tuple[Controls, ...]:
    """Return the buttons for one's own mark, and the way to that of each partner."""
    labels = [(f"Mark {cut(other.name, MAX_NAME_CHARACTERS)}'s", other.id) for other in others]
    ways = tuple(Button(label, COMMAND, {"step": "advice", "about": str(number)}) for label, number in labels)
    if len(ways) > 1:
        return Actions(_mark_buttons({})), Menu("Mark a partner's", ways)
    return (Actions((*_mark_buttons({}), *ways)),)


def _mark_buttons(options: dict[str, str]) -> tuple[Button, ...]:
    return tuple(Button(label, COMMAND, {"step": "mark", "mark": mark, **options}) for mark, label in LABELS.items())
