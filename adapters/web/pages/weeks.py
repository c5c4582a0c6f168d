"""All weeks: the picture of every day in them, and each with its hours, its state and the streak after it."""

from collections.abc import Mapping

from adapters.web import cards
from adapters.web.document import document, open_form
from adapters.web.frame import Answers, Frame, Question, card_of
from bot.chat.card import Picture

PAGE = "weeks"
MOST_WEEKS = "104"


def questions(arguments: Mapping[str, str]) -> tuple[Question, ...]:
    """Return what the page asks: two years of weeks, unless others are asked for."""
    options = {name: arguments[name] for name in ("weeks", "page") if arguments.get(name)}
    return (Question(PAGE, "history", {"weeks": MOST_WEEKS, **options}),)


def render(frame: Frame, answers: Answers) -> str:
    """Return the whole page; the picture comes first."""
    card = card_of(answers, PAGE)
    shown = sorted(card.blocks, key=lambda block: not isinstance(block, Picture))
    content = cards.section(frame, "weeks", card, *cards.blocks(frame, shown))
    return document(frame, "All weeks", open_form(frame), content)
