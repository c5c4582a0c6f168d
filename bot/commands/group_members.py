"""`group members`, for organisers: who is in, when they last checked in, who rests; and removing somebody."""

from dataclasses import replace

from bot.chat.card import Card
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.group_options import GROUP, REPLACE, form_command, prefill_for_organisers
from bot.commands.shared.handler import Command, about
from bot.commands.shared.member_lookup import find_any_member
from bot.commands.shared.membership import leave_group
from bot.commands.shared.options import MEMBER, PAGE
from bot.context import Context
from bot.domain.group import Group, is_resting
from bot.errors import Refused
from bot.store import groups, organisers
from bot.views import members as view

REMOVE = replace(MEMBER, name="remove", summary="a member to remove", is_verb=True, is_named=True)
ROWS = 20

SPEC = Spec(
    "group members",
    "see the members, and remove one (organisers)",
    (REMOVE, PAGE, GROUP, REPLACE),
    group="Groups",
    examples=("/group members remove: @bo", "/group members"),
)


def run(context: Context, given: Given) -> Answer:
    """Show a page of the members, after removing one perhaps."""
    group = context.require_organised_group()
    name = given[REMOVE]
    confirmation = ""
    if name is not None:
        with about(REMOVE):
            confirmation = _remove(context, group, name)
    return Reply(_card(context, group, given[PAGE] or 0, confirmation), in_place=given[REPLACE] is not None)


def _remove(context: Context, group: Group, name: str) -> str:
    found = find_any_member(context, group, name)
    person = found.person
    if person.id == context.person.id:
        raise Refused("That is you; to leave the group yourself there is another way.", "/group leave")
    if [organiser.id for organiser in organisers.list_of_group(context.tx, group.id)] == [person.id]:
        raise Refused(f"{found.name} is the only organiser; name another one first.", "/group organisers add: @ada")
    leave_group(context.tx, group, person, context.now)
    return f"{found.name} is no member any more. What they logged stays theirs, and they may join again."


def _card(context: Context, group: Group, page: int, confirmation: str) -> Card:
    size = groups.count_members(context.tx, group.id)
    last_page = max(0, (size - 1) // ROWS)
    number = min(page, last_page)
    rows = [
        view.MemberRow(
            member.name,
            person.last_checkin_at.astimezone(context.person.zone).date() if person.last_checkin_at else None,
            is_resting(person.last_checkin_at, member.joined_at, context.now),
            member.is_hidden,
        )
        for person, member in groups.list_members(context.tx, group.id, top=number * ROWS, most=ROWS)
    ]
    members_page = view.MembersPage(group, rows, size, number, last_page)
    return view.members(members_page, context.today, confirmation, context.group_options(group))


COMMAND = Command(SPEC, run)
FORM = form_command(COMMAND, "set members", prefill_for_organisers, title="Remove a member", submit="Remove")
