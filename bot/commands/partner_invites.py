"""`partner invites`: take invitations or not, and lift a block."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply, Via
from bot.commands.shared.handler import Command
from bot.commands.shared.options import choice_option, hidden_option
from bot.context import Context
from bot.store import partner_invitations, partner_settings
from bot.store.partner_invitations import Blocked
from bot.views import partner as view

CHOICE = choice_option(
    "choice",
    "on or off",
    "on",
    "off",
    synonyms={"on": "yes, enable, allow", "off": "no, none, never, disable, stop"},
    question="Do you want invitations?",
)
LIFT = hidden_option("lift")
"""The place of a blocked account in the list, and the account itself, so that a list that has changed lifts nothing."""

SPEC = Spec(
    "partner invites",
    "take invitations, or none; lift a block",
    (CHOICE, LIFT),
    group="Study partners",
    examples=("/partner invites off",),
)


def run(context: Context, given: Given) -> Answer:
    """Show the choice, or change it."""
    in_place = context.request.via is Via.BUTTON
    blocked = partner_invitations.list_blocked(context.tx, context.person.id)
    if given[LIFT]:
        meant = next((one for one in blocked if _key(one) == given[LIFT]), None)
        if meant is not None:
            partner_invitations.unblock(context.tx, context.person.id, meant)
            return Reply(view.unblocked(_name(meant)), in_place=in_place)
    settings = partner_settings.find(context.tx, context.person.id)
    if given[CHOICE] is not None:
        settings = settings._replace(takes_invitations=given[CHOICE] == "on")
        partner_settings.save(context.tx, context.person.id, settings)
        if not settings.takes_invitations:
            partner_invitations.withdraw_received(context.tx, context.person.id)
    listed = [(_name(one), {"lift": _key(one)}) for one in blocked]
    return Reply(view.invites(settings, listed), in_place=in_place and given[CHOICE] is not None)


def _key(blocked: Blocked) -> str:
    return f"{blocked.platform}:{blocked.team}:{blocked.user}"[:80]


def _name(blocked: Blocked) -> str:
    """Return the name of somebody blocked; of who has erased their data only the account is known."""
    return blocked.name or f"{blocked.platform} account {blocked.user}"


COMMAND = Command(SPEC, run)
