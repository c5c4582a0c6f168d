"""`group organisers`: who runs the group; never the last one is removed."""

from msgspec.structs import replace

from bot.chat.card import Card
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.group_options import GROUP, form_command, prefill_for_organisers
from bot.commands.shared.handler import Command, about
from bot.commands.shared.member_lookup import find_any_member, find_organiser
from bot.commands.shared.options import MEMBER
from bot.context import Context
from bot.domain.group import Group
from bot.errors import Refused, Typed
from bot.store import organisers
from bot.views import group as view

ADD = replace(
    MEMBER,
    name="add",
    summary="a member to make an organiser",
    is_verb=True,
    question="Who becomes an organiser?",
    description="They can change all settings of the group.",
)
REMOVE = replace(
    MEMBER,
    name="remove",
    summary="an organiser to make an ordinary member",
    is_verb=True,
    hint="@bo",
    question="Who stops being one?",
    description="They stay a member.",
)

SPEC = Spec(
    "group organisers",
    "see the group's organisers, add or remove one",
    (ADD, REMOVE, GROUP),
    group="Groups",
    examples=("/group organisers", "/group organisers add: @ada"),
)


def run(context: Context, given: Given) -> Answer:
    """Show them to the group's members; organisers may name others, and take a place away."""
    if not given[ADD] and not given[REMOVE]:
        group = context.require_group()
        return Reply(_card(context, group if context.may_organise(group) else context.require_own_group(), []))
    group = context.require_organised_group()
    confirmations = []
    if (name := given[ADD]) is not None:
        with about(ADD):
            confirmations.append(_add(context, group, name))
    if (name := given[REMOVE]) is not None:
        with about(REMOVE):
            confirmations.append(_remove(context, group, name))
    return Reply(_card(context, group, confirmations))


def _add(context: Context, group: Group, name: str) -> str:
    found = find_organiser(context, group, name) or find_any_member(context, group, name)
    if not organisers.add(context.tx, group.id, found.person.id):
        raise Refused(f"{found.name} is already an organiser.")
    return f"{found.name} is an organiser now."


def _remove(context: Context, group: Group, name: str) -> str:
    found = find_organiser(context, group, name) or find_any_member(context, group, name)
    if not organisers.includes(context.tx, group.id, found.person.id):
        raise Refused(f"{found.name} isn't an organiser of {group.name}.")
    if len(organisers.list_of_group(context.tx, group.id)) == 1:
        raise Refused(
            (f"{found.name} is the only organiser. Name another one first: ", Typed("/group organisers"), ".")
        )
    organisers.remove(context.tx, group.id, found.person.id)
    return f"{found.name} isn't an organiser any more."


def _card(context: Context, group: Group, confirmations: list[str]) -> Card:
    may_change = context.may_organise(group)
    names = organisers.list_names(context.tx, group, with_hidden=may_change)
    return view.organisers(group, names, confirmations, context.group_options(group), may_change=may_change)


COMMAND = Command(SPEC, run)
FORM = form_command(COMMAND, "set organisers", prefill_for_organisers, title="Change the organisers")
