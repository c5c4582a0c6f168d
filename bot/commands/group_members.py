"""`group members`: for organisers: who is in, when they last checked in, who rests; and removing somebody."""

from dataclasses import replace

from bot.chat.card import Card
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared import membership
from bot.commands.shared.group_options import GROUP, REPLACE, empty_for_organisers, form_behind
from bot.commands.shared.handler import Command, about
from bot.commands.shared.member_lookup import find_any_member
from bot.commands.shared.options import MEMBER, PAGE
from bot.context import Context
from bot.domain.group import Group, is_resting
from bot.errors import Refused
from bot.store import groups, organisers
from bot.views import members as view

REMOVE = replace(MEMBER, name="remove", summary="a member to remove", is_verb=True, is_named=True)
PAGE_SIZE = 20

SPEC = Spec(
    "group members",
    "see the members, and remove one (organisers)",
    (REMOVE, PAGE, GROUP, REPLACE),
    group="Groups",
    examples=("/group members remove: @bo", "/group members"),
)


def run(context: Context, given: Given) -> Answer:
    """A page of the members, after removing one perhaps."""
    group = context.organised_group()
    removed = given[REMOVE]
    said = ""
    if removed is not None:
        with about(REMOVE):
            said = _remove(context, group, removed)
    return Reply(_card(context, group, given[PAGE] or 0, said), in_place=given[REPLACE] is not None)


def _remove(context: Context, group: Group, name: str) -> str:
    person = find_any_member(context, group, name)
    if person.id == context.person.id:
        raise Refused("That is you; to leave the group yourself there is another way.", "/group leave")
    named = organisers.of_group(context.tx, group.id)
    if [organiser.id for organiser in named] == [person.id]:
        raise Refused(f"{person.name} is the only organiser; name another one first.", "/group organisers add: @ada")
    membership.leave(context.tx, group, person, context.now)
    return f"{person.name} is no member any more. What they logged stays theirs, and they may join again."


def _card(context: Context, group: Group, page: int, said: str) -> Card:
    size = groups.size(context.tx, group.id)
    last_page = max(0, (size - 1) // PAGE_SIZE)
    number = min(page, last_page)
    rows = [
        view.MemberRow(
            person.name,
            person.last_checkin_at.astimezone(context.person.zone).date() if person.last_checkin_at else None,
            is_resting(person.last_checkin_at, member.joined_at, context.now),
            member.is_hidden,
        )
        for person, member in groups.members(context.tx, group.id, top=number * PAGE_SIZE, most=PAGE_SIZE)
    ]
    return view.members(
        view.MembersPage(group, rows, size, number, last_page), context.today, said, context.here(group)
    )


COMMAND = Command(SPEC, run)
FORM = form_behind(COMMAND, "set members", empty_for_organisers, title="Remove a member", submit="Remove")
