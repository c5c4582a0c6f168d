"""`partner show`: who studies with you, how both are doing, and what can be done."""

from bot.chat.card import Card
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.handler import Command
from bot.commands.shared.partners import as_moment, show_invitation
from bot.context import Context
from bot.domain.partner import Partner
from bot.domain.week import Week
from bot.store import (
    groups,
    partner_cards,
    partner_invitations,
    partner_notes,
    partner_questions,
    partner_settings,
    partners,
    schedules,
)
from bot.store import progress as stored_progress
from bot.views import partner as view

SPEC = Spec(
    "partner show",
    "your study partner, and your streak of two",
    group="Study partners",
    is_read_only=True,
    examples=("/partner show",),
    also="buddy mate pair",
)


def run(context: Context, _given: Given) -> Answer:
    """Show the partners; without any an invitation that waits, else how one finds somebody."""
    together = partners.list_partners(context.tx, context.person.id)
    if together:
        return Reply(_show(context, together))
    waiting = partner_invitations.list_waiting(context.tx, context.person.id, context.now)
    if waiting:
        invitation, sender = waiting[0]
        return Reply(show_invitation(context, invitation, sender))
    settings = partner_settings.find(context.tx, context.person.id)
    if settings.waits_in is not None:
        group = groups.get(context.tx, settings.waits_in)
        due = schedules.find_partners_due(context.tx, group.id)
        if due is not None:
            return Reply(view.waiting(group.name, as_moment(context, due), shows_days=settings.shows_days))
    return Reply(view.nobody())


def _show(context: Context, together: list[Partner]) -> Card:
    words = partner_cards.find(context.tx, context.person.id, Week.of(context.today), context.now)
    by_id = {
        progress.person.id: progress
        for progress in stored_progress.judge_people(context.tx, [one.person_id for one in together], context.now)
    }
    shown = [
        view.PartnerShown(
            pair.partner.name, by_id[pair.partner.person_id], pair.tally, pair.days, pair.partner.shows_days
        )
        for pair in (words.pairs if words is not None else ())
    ]
    note = partner_notes.find_shared(context.tx, context.person.id, [one.person_id for one in together])
    names = {one.person_id: one.name for one in together}
    has_question = any(
        partner_questions.find(context.tx, context.person.id, one.pair.partnership_id) is not None for one in together
    )
    shared = view.SharedNote(names[note.person_id], note.text) if note else None
    return view.shown(view.Partnership(shown, shared, has_question=has_question))


COMMAND = Command(SPEC, run)
