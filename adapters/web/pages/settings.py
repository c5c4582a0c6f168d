"""One's own settings: goal, days away, reminders, time zone, and why; each as it is, with the way to change it."""

from collections.abc import Mapping

from adapters.web import cards, forms
from adapters.web.document import document, open_form
from adapters.web.forms import Extra, refill
from adapters.web.frame import Answers, Frame, Question, card_of
from adapters.web.html import EMPTY, Html, tag
from bot.chat.card import Card
from bot.chat.request import Ask

GOAL, AWAY, REMINDERS, ZONE, WHY = "goal", "pause", "reminders", "timezone", "why"
INVITATIONS = "invitations"
ZONE_FORM, GOAL_FORM, WHY_FORM, AWAY_FORM = "timezone-form", "goal-form", "why-form", "pause-form"
HEADINGS = {
    GOAL: "Your goal",
    AWAY: "Days away",
    REMINDERS: "Reminders",
    ZONE: "Time zone",
    WHY: "Why you're doing this",
    INVITATIONS: "Study partner",
}


def questions(_arguments: Mapping[str, str]) -> tuple[Question, ...]:
    """Return what the page asks: the cards as they are shown in chat, and the forms that change them."""
    return (
        Question(GOAL, "goal"),
        Question(GOAL_FORM, "goal", opens_form=True),
        Question(REMINDERS, "reminders"),
        Question(INVITATIONS, "partner invites"),
        Question(AWAY_FORM, "pause", opens_form=True),
        Question(ZONE_FORM, "timezone", opens_form=True),
        Question(WHY_FORM, "why", opens_form=True),
    )


def render(frame: Frame, answers: Answers) -> str:
    """Return the whole page; the reason is folded at first, since others may see the screen."""
    left = (
        _section(frame, GOAL, card_of(answers, GOAL), _form(frame, answers, GOAL_FORM)),
        _section(frame, AWAY, card_of(answers, AWAY_FORM), _form(frame, answers, AWAY_FORM)),
        _section(frame, WHY, Card(""), _folded(_form(frame, answers, WHY_FORM))),
    )
    right = (
        _section(frame, ZONE, Card(""), _form(frame, answers, ZONE_FORM)),
        _section(frame, REMINDERS, card_of(answers, REMINDERS)),
        _section(frame, INVITATIONS, card_of(answers, INVITATIONS)),
    )
    return document(
        frame,
        "Settings",
        open_form(frame, GOAL, AWAY, ZONE, WHY),
        tag("div", *left, cls="stack c6"),
        tag("div", *right, cls="stack c6"),
    )


def _section(frame: Frame, key: str, card: Card, *more: Html) -> Html:
    shown = [block for block in card.blocks if not cards.is_to_type(block)]
    return cards.section(frame, key, Card(HEADINGS[key]), *cards.blocks(frame, shown), *more, wide="")


def _form(frame: Frame, answers: Answers, key: str) -> Html:
    answer = answers.get(key)
    if not isinstance(answer, Ask):
        return EMPTY
    form = refill(answer.form, frame.refused_form(answer.form.command))
    return forms.render(frame, form, Extra(is_main=False))


def _folded(form: Html) -> Html:
    return tag("details", tag("summary", "Read or change it"), form, cls="fold") if form else EMPTY
