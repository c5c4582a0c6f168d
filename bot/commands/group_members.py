"""`group members`, for organisers: who is in, and when they last checked in; removing one, and letting one in again."""

from msgspec.structs import replace

from bot.chat.card import Card
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.group_options import GROUP, REPLACE, form_command, prefill_for_organisers
from bot.commands.shared.handler import Command, about
from bot.commands.shared.member_lookup import find_any_member, find_kept_out
from bot.commands.shared.membership import let_in, remove_member
from bot.commands.shared.options import MEMBER, PAGE
from bot.context import Context
from bot.domain.group import Group, is_resting
from bot.domain.week import Week
from bot.errors import Refused, Typed
from bot.store import groups, leaderboards, organisers, people
from bot.views import members as view

REMOVE = replace(
    MEMBER,
    name="remove",
    summary="a member to remove",
    is_verb=True,
    is_named=True,
    question="Who should be removed?",
    description="They're told, keep their hours, and stay out until you let them in.",
)
ALLOW = replace(
    MEMBER,
    name="allow",
    summary="somebody removed, to let in again",
    is_verb=True,
    is_named=True,
    hint="@bo",
    question="Who may join again?",
    description="Someone who was removed before.",
)
ROWS = 20

SPEC = Spec(
    "group members",
    "see the members, remove one, or let one in again (organisers)",
    (REMOVE, ALLOW, PAGE, GROUP, REPLACE),
    group="Groups",
    examples=("/group members remove: @bo", "/group members allow: @bo", "/group members"),
)


def run(context: Context, given: Given) -> Answer:
    """Show a page of the members, after removing one perhaps, or letting one in."""
    group = context.require_organised_group()
    confirmations = []
    if (name := given[REMOVE]) is not None:
        with about(REMOVE):
            confirmations.append(_remove(context, group, name))
    if (name := given[ALLOW]) is not None:
        with about(ALLOW):
            confirmations.append(_let_in(context, group, name))
    card = _card(context, group, given[PAGE] or 0, " ".join(confirmations))
    return Reply(card, in_place=given[REPLACE] is not None)


def _remove(context: Context, group: Group, name: str) -> str:
    found = find_any_member(context, group, name)
    if found.person.id == context.person.id:
        raise Refused("That's you: to leave the group yourself, there is another way.", "/group leave")
    if [organiser.id for organiser in organisers.list_of_group(context.tx, group.id)] == [found.person.id]:
        raise Refused(
            (f"{found.name} is the only organiser. Name another one first: ", Typed("/group organisers"), ".")
        )
    remove_member(context.tx, group, found.person, context.now)
    return view.say_removed(found.name)


def _let_in(context: Context, group: Group, name: str) -> str:
    found = find_kept_out(context, group, name)
    let_in(context.tx, group, found.person, context.now)
    return view.say_let_in(found.name)


def _card(context: Context, group: Group, page: int, confirmation: str) -> Card:
    size = groups.count_members(context.tx, group.id)
    last_page = max(0, (size - 1) // ROWS)
    number = min(page, last_page)
    away = leaderboards.find_away(context.tx, [group], Week.of(context.now.astimezone(group.zone).date()))
    shown = groups.list_members(context.tx, group.id, top=number * ROWS, most=ROWS)
    away_until = people.find_away_until(context.tx, [person.id for person, _ in shown], context.now.date())
    rows = [
        view.MemberRow(
            member.name,
            person.last_checkin_at.astimezone(context.person.zone).date() if person.last_checkin_at else None,
            is_resting(person.last_checkin_at, member.joined_at, context.now, away_until.get(person.id)),
            member.is_hidden,
            person.id in away,
        )
        for person, member in shown
    ]
    kept_out = [member.name for _, member in groups.list_kept_out(context.tx, group.id)]
    members_page = view.MembersPage(group, rows, size, number, last_page, kept_out)
    return view.members(members_page, context.today, confirmation, context.group_options(group))


COMMAND = Command(SPEC, run)
FORM = form_command(COMMAND, "set members", prefill_for_organisers, title="Remove or let in")
