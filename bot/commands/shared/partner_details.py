"""How it stands with the speaker's partners: on their own card, and in short on their page."""

from bot.chat.card import Card
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


def show_partners(context: Context, *, is_brief: bool = False) -> Card:
    """Return the card of the partners; without any an invitation that waits, else how one finds somebody.

    A card that `is_brief` leaves out what others at the screen should not read, and leads to the whole one.
    """
    together = partners.list_partners(context.tx, context.person.id)
    if together:
        details = _load(context, together)
        return view.brief(details) if is_brief else view.shown(details)
    waiting = partner_invitations.list_waiting(context.tx, context.person.id, context.now)
    if waiting:
        invitation, sender = waiting[0]
        return show_invitation(context, invitation, sender)
    settings = partner_settings.find(context.tx, context.person.id)
    if settings.waits_in is not None:
        group = groups.get(context.tx, settings.waits_in)
        due = schedules.find_partners_due(context.tx, group.id)
        if due is not None:
            return view.waiting(group.name, as_moment(context, due), shows_days=settings.shows_days)
    return view.nobody()


def _load(context: Context, together: list[Partner]) -> view.Partnership:
    """Return all that a card says of partners."""
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
    return view.Partnership(shown, shared, has_question=has_question)
