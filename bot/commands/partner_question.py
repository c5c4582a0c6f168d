"""*This week's question*: ask it, say what a good answer covers, and take the marks of both."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply, Via
from bot.commands.shared.handler import Command
from bot.commands.shared.options import hidden_option, parse_number
from bot.context import Context
from bot.domain.partner import Partner
from bot.domain.partner_question import Mark
from bot.store import partner_notes, partner_questions, partners
from bot.store.partner_questions import AskedQuestion
from bot.views import partner as partner_view
from bot.views import partner_question as view

STEP, MARK, ABOUT = hidden_option("step"), hidden_option("mark"), hidden_option("about")

SPEC = Spec(
    "partner question", "the week's question for you and your partner", (STEP, MARK, ABOUT), is_button_only=True
)


def run(context: Context, given: Given) -> Answer:
    """Show the newest question of the newest partnership, or go a step on with it."""
    together = partners.list_partners(context.tx, context.person.id)
    if not together:
        return Reply(partner_view.nobody())
    asked = _find_asked(context, together)
    if asked is None:
        return Reply(view.none_yet())
    partner_questions.save_told(context.tx, context.person.id, asked.week)
    others = [partner for partner in together if partner.pair.partnership_id == asked.partnership_id]
    about = _find(others, given[ABOUT])
    mark = next((mark for mark in Mark if mark == given[MARK]), None)
    if given[STEP] == "mark" and mark is not None:
        return _mark(context, asked, mark, about)
    if given[STEP] == "advice" and about is not None:
        return Reply(view.ask_advice(_as_other(about)))
    question = context.defaults.questions.find(asked.question)
    shown = [_as_other(partner) for partner in others]
    if given[STEP] == "covers" and question is not None:
        return Reply(view.covers(question, shown))
    note = None
    if question is None:
        note = partner_notes.find_to_explain(context.tx, context.person.id, asked.week.monday)
    return Reply(view.ask(question, note, shown, asked.advice))


def _mark(context: Context, asked: AskedQuestion, mark: Mark, about: Partner | None) -> Answer:
    """Save one's own mark, or the advice about a partner."""
    in_place = context.request.via is Via.BUTTON
    if about is None:
        partner_questions.save_mark(context.tx, context.person.id, asked, mark, context.now)
        return Reply(view.marked(context.defaults.questions.find(asked.question)), in_place=in_place)
    partner_questions.save_advice(context.tx, about.person_id, asked, mark)
    return Reply(view.advised(_as_other(about)), in_place=in_place)


def _find_asked(context: Context, together: list[Partner]) -> AskedQuestion | None:
    """Return the newest question that the speaker was asked with those who are partners now."""
    asked = [
        question
        for partnership_id in sorted({partner.pair.partnership_id for partner in together})
        if (question := partner_questions.find(context.tx, context.person.id, partnership_id)) is not None
    ]
    return max(asked, key=lambda one: (one.week, one.mark is None), default=None)


def _find(others: list[Partner], words: str | None) -> Partner | None:
    number = parse_number(words or "")
    return next((partner for partner in others if partner.person_id == number), None)


def _as_other(partner: Partner) -> view.Other:
    return view.Other(partner.name, partner.person_id)


COMMAND = Command(SPEC, run)
