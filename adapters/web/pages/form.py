"""A page with one form; where a command shows something first instead, that."""

from collections.abc import Mapping

from adapters.web import cards, links
from adapters.web.document import document, form_card
from adapters.web.forms import refill
from adapters.web.frame import Answers, Frame, Question, card_of
from adapters.web.html import tag
from bot.chat.request import Ask

PAGE = "form"


def questions(arguments: Mapping[str, str]) -> tuple[Question, ...]:
    """Return what the page asks: the form of the command that the address names."""
    options = {name: value for name, value in arguments.items() if name not in (links.COMMAND, links.BACK)}
    return (Question(PAGE, arguments.get(links.COMMAND, ""), options, opens_form=True),)


def render(frame: Frame, answers: Answers) -> str:
    """Return the whole page."""
    answer = answers.get(PAGE)
    back = tag("p", tag("a", "Back to your page", href=links.ME), cls="c12 narrow")
    if not isinstance(answer, Ask):
        card = card_of(answers, PAGE)
        return document(frame, card.title or "Ten Hours", cards.section(frame, "card", card), back)
    form = refill(answer.form, frame.refused_form(answer.form.command))
    return document(frame, form.title, form_card(frame, form, "form"), back)
