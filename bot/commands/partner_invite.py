"""`partner invite`: ask a member of the same group, who finds it on their next card; no message is sent."""

from msgspec.structs import replace

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.group_options import GROUP
from bot.commands.shared.handler import Command, about
from bot.commands.shared.member_lookup import FoundMember, find_member
from bot.commands.shared.options import MEMBER
from bot.commands.shared.partners import is_taken, require_free, require_seen, show_invitation
from bot.context import Context
from bot.domain.day import say_day
from bot.domain.group import Group
from bot.domain.partner import InvitationState, MayInvite, may_invite
from bot.domain.week import Week
from bot.errors import Refused
from bot.store import partner_invitations, partner_settings
from bot.views import partner as view

WHOM = replace(
    MEMBER,
    summary="whom you'd like to study with",
    is_required=True,
    question="Whom would you like to study with?",
    description="They find it on their next card. You'd see each other's hours, goal and streak.",
)

SPEC = Spec(
    "partner invite",
    "ask a member of your group to be your study partner",
    (WHOM, GROUP),
    group="Study partners",
    title="Invite a study partner",
    submit="Invite",
    examples=("/partner invite @bo",),
)


def run(context: Context, given: Given) -> Answer:
    """Save the invitation. Whatever becomes of it, the answer is the same, unless it can't be sent to anybody."""
    group = context.require_own_group()
    with about(WHOM):
        found = find_member(context, group, given.need(WHOM))
        _check_invited(context, found)
    require_free(context)
    require_seen(context, group)
    waiting = partner_invitations.list_waiting(context.tx, context.person.id, context.now)
    for invitation, sender in waiting:
        if invitation.sender_id == found.person.id:
            return Reply(show_invitation(context, invitation, sender))
    _send(context, group, found)
    return Reply(view.sent())


def _check_invited(context: Context, found: FoundMember) -> None:
    """Raise `Refused` for whoever can't be invited, with the reason."""
    if found.person.id == context.person.id:
        raise Refused("That's you. A study partner is somebody else of your group.", "/partner match")
    if partner_invitations.has_blocked(context.tx, context.person.id, found.person.id):
        raise Refused(f"You've blocked {found.name}. Lift that first.", "/partner invites")
    if is_taken(context.tx, found.person.id, Week.of(context.today)):
        raise Refused(f"{found.name} already has a study partner.", "/partner match")


def _send(context: Context, group: Group, found: FoundMember) -> None:
    sender_id, invited_id = context.person.id, found.person.id
    may = may_invite(partner_invitations.list_sent(context.tx, sender_id), invited_id, context.now)
    if may.wait_until is not None:
        raise Refused(_say_wait(context, may))
    is_taken_in = partner_settings.find(context.tx, invited_id).takes_invitations
    is_blocked = partner_invitations.has_blocked(context.tx, invited_id, sender_id)
    is_seen = may.is_seen and is_taken_in and not is_blocked
    state = InvitationState.OPEN if is_seen else InvitationState.UNSEEN
    partner_invitations.add(context.tx, group.id, sender_id, invited_id, state, context.now)


def _say_wait(context: Context, may: MayInvite) -> str:
    assert may.wait_until is not None
    local = may.wait_until.astimezone(context.person.zone)
    when = f"{say_day(local.date(), context.today)}, {local:%H:%M}"
    if may.is_month_full:
        return f"That would be the fourth invitation within 30 days. You can send the next one from {when} on."
    return f"One invitation at a time: yours is open until {when}."


COMMAND = Command(SPEC, run)
