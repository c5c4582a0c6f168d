"""A page with one card: what a command that only reads has to say."""

from collections.abc import Mapping

from adapters.web import cards, links
from adapters.web.document import document, open_form
from adapters.web.frame import Answers, Frame, Question, card_of
from adapters.web.html import tag

PAGE = "card"


def questions(arguments: Mapping[str, str]) -> tuple[Question, ...]:
    """Return what the page asks: the command that the address names."""
    options = {name: value for name, value in arguments.items() if name != links.COMMAND}
    return (Question(PAGE, arguments.get(links.COMMAND, ""), options),)


def render(frame: Frame, answers: Answers) -> str:
    """Return the whole page."""
    card = card_of(answers, PAGE)
    back = tag("p", tag("a", "Back to your page", href=links.ME), cls="c12")
    return document(frame, card.title or "Ten Hours", open_form(frame), cards.section(frame, "card", card), back)
