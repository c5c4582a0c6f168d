"""Who studies with whom, as commands about partners ask it."""

from datetime import datetime

from bot.chat.card import Card
from bot.chat.text import Timestamp
from bot.context import Context
from bot.domain.group import Group
from bot.domain.partner import Invitation, is_long_away
from bot.domain.week import Week
from bot.errors import Refused
from bot.store import groups, partner_matching, partner_settings, partners, schedules
from bot.store.tx import Tx
from bot.views import partner as view


def is_taken(tx: Tx, person_id: int, week: Week) -> bool:
    """Return True for somebody who has a partner, unless that one is away for so long that a second is offered."""
    others = {pair.other(person_id) for pair in partners.list_pairs(tx, person_id)}
    if not others:
        return False
    partnerships = {pair.partnership_id for pair in partners.list_pairs(tx, person_id)}
    pauses = partner_matching.load_pauses(tx, others)
    return len(partnerships) > 1 or not all(is_long_away(pauses.get(other, ()), week) for other in others)


def require_free(context: Context) -> None:
    """Raise `Refused` where the speaker has a partner already."""
    if is_taken(context.tx, context.person.id, Week.of(context.today)):
        names = [partner.name for partner in partners.list_partners(context.tx, context.person.id)]
        raise Refused(f"You already study with {' and '.join(names)}. One partner at a time.", "/partner show")


def require_seen(context: Context, group: Group) -> None:
    """Raise `Refused` where the speaker is hidden in a group, so that no partner could see anything of them."""
    member = groups.find_member(context.tx, group.id, context.person.id)
    if member is not None and member.is_hidden:
        raise Refused(
            f"You're hidden in {group.name}, and a partner would see you. Show yourself first.", "/group show"
        )


def as_moment(context: Context, due: datetime) -> Timestamp:
    """Return an instant as the speaker reads it."""
    return Timestamp(due, context.person.zone_name)


def start(context: Context, group: Group, other_id: int) -> None:
    """Let the speaker and another be partners from this week on."""
    together = (context.person.id, other_id)
    partners.start(context.tx, group.id, together, Week.of(context.today), context.now)
    schedules.await_partners(context.tx, group, context.now)


def show_invitation(context: Context, invitation: Invitation, sender: str) -> Card:
    """Return the card of an invitation that waits for the speaker's answer."""
    both = (context.person.id, invitation.sender_id)
    by_days = any(partner_settings.find(context.tx, person_id).shows_days for person_id in both)
    return view.invitation(sender, invitation.id, by_days=by_days)
