"""*Answer*: what the invited person does about an invitation; of a no or a block nobody is told."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply, Via
from bot.commands.shared.handler import Command
from bot.commands.shared.options import hidden_option, parse_number
from bot.commands.shared.partners import is_taken, require_free, show_invitation, start
from bot.context import Context
from bot.domain.partner import Invitation, InvitationState, PartnerNews
from bot.domain.week import Week
from bot.store import groups, partner_invitations, partner_settings, people
from bot.views import partner as view

INVITATION, CHOICE = hidden_option("invitation"), hidden_option("choice")

SPEC = Spec("partner answer", "answer an invitation", (INVITATION, CHOICE), is_button_only=True)


def run(context: Context, given: Given) -> Answer:
    """Show the invitation, or do what was chosen."""
    in_place = context.request.via is Via.BUTTON
    number = parse_number(given[INVITATION] or "")
    waiting = partner_invitations.list_waiting(context.tx, context.person.id, context.now)
    meant = next(((invitation, sender) for invitation, sender in waiting if invitation.id == number), None)
    if meant is None:
        return Reply(view.not_open(), in_place=in_place)
    invitation, sender = meant
    match given[CHOICE]:
        case "yes":
            return _accept(context, invitation, sender)
        case "no":
            partner_invitations.settle(context.tx, invitation.id, InvitationState.DECLINED, context.now)
            return Reply(view.declined(), in_place=in_place)
        case "never":
            return _refuse_all(context, invitation)
        case "more":
            return Reply(view.ask_block(sender, invitation.id), in_place=in_place)
        case "block":
            partner_invitations.settle(context.tx, invitation.id, InvitationState.DECLINED, context.now)
            partner_invitations.block(context.tx, context.person.id, invitation.sender_id, context.now)
            return Reply(view.blocked(sender), in_place=in_place)
        case _:
            return Reply(show_invitation(context, invitation, sender))


def _accept(context: Context, invitation: Invitation, sender: str) -> Answer:
    """Begin to study together, unless the sender has found somebody else meanwhile."""
    people.lock(context.tx, (context.person.id, invitation.sender_id))
    require_free(context)
    in_place = context.request.via is Via.BUTTON
    if is_taken(context.tx, invitation.sender_id, Week.of(context.today)):
        partner_invitations.settle(context.tx, invitation.id, InvitationState.UNSEEN, context.now)
        return Reply(view.not_open(), in_place=in_place)
    partner_invitations.settle(context.tx, invitation.id, InvitationState.ACCEPTED, context.now)
    group = groups.get(context.tx, invitation.group_id)
    start(context, group, invitation.sender_id)
    about = context.person.id
    partner_settings.tell(context.tx, invitation.sender_id, PartnerNews.MATCHED, about=about, group_id=group.id)
    return Reply(view.accepted(sender), in_place=in_place)


def _refuse_all(context: Context, invitation: Invitation) -> Answer:
    """Take no invitations any more; this one is answered with a no."""
    partner_invitations.settle(context.tx, invitation.id, InvitationState.DECLINED, context.now)
    settings = partner_settings.find(context.tx, context.person.id)._replace(takes_invitations=False)
    partner_settings.save(context.tx, context.person.id, settings)
    partner_invitations.withdraw_received(context.tx, context.person.id)
    return Reply(view.invites(settings, []), in_place=context.request.via is Via.BUTTON)


COMMAND = Command(SPEC, run)
