"""Finding a member of a group by a mention, an id of the platform, a name, or a number."""

import re

from bot.chat.request import User
from bot.context import Context
from bot.domain.day import say_day
from bot.domain.group import Group, Member
from bot.domain.names import quoted
from bot.domain.person import Person
from bot.errors import Refused
from bot.store import groups, people

MOST_LISTED = 5
_MENTION = re.compile(r"<@!?([^|>]+)(?:\|[^>]*)?>")
_NUMBER = re.compile(r"#([0-9]{1,9})")


def find_member(context: Context, group: Group, typed: str) -> Person:
    """Return the member that the speaker means. A hidden one is only found by themselves.

    Raises `Refused` in the same words whether there is nobody of that name or somebody who is hidden.
    """
    members = [person for person in _candidates(context, group, typed) if _is_visible(context, group, person)]
    if not members:
        raise Refused(f"I see no member {_say_name(typed)} here.", "/leaderboard")
    if len(members) > 1:
        raise Refused(f"There are {len(members)} members called {quoted(typed)} here; pick one by a mention.")
    return members[0]


def find_any_member(context: Context, group: Group, typed: str) -> Person:
    """Return the member that an organiser means, hidden ones too; `#7` tells apart two who share a name.

    Raises `Refused` where no member of `group` fits, or several do.
    """
    numbered = _NUMBER.fullmatch(typed)
    ids = [int(numbered[1])] if numbered else [person.id for person in _candidates(context, group, typed)]
    members = [member for id_ in ids if (member := _find_current(context, group, id_)) is not None]
    if not members:
        raise Refused(f"{group.name} has no member {_say_name(typed)}.", "/group members")
    if len(members) > 1:
        raise _ambiguous(context, members)
    return people.get(context.tx, members[0].person_id)


def _say_name(typed: str) -> str:
    """Return the name that was typed, as a refusal says it; a mention of somebody unknown is nothing to read."""
    return "of that name" if _MENTION.fullmatch(typed) else quoted(typed)


def _candidates(context: Context, group: Group, typed: str) -> list[Person]:
    """Return the people that a mention, an id or a name may mean; by a mention or id they need not be members."""
    mention = _MENTION.fullmatch(typed)
    user = context.request.user
    by_id = people.find(context.tx, User(user.platform, user.team, mention[1] if mention else typed, ""))
    if by_id is not None and (mention or _is_visible(context, group, by_id)):
        return [by_id]
    if mention:
        return []
    if typed.isascii():
        return groups.find_named(context.tx, group.id, typed)
    members = groups.list_members(context.tx, group.id)
    return [person for person, _ in members if person.name.casefold() == typed.casefold()]


def _is_visible(context: Context, group: Group, person: Person) -> bool:
    """Return True for a member who is not hidden, or is the speaker."""
    member = _find_current(context, group, person.id)
    return member is not None and (not member.is_hidden or person.id == context.person.id)


def _find_current(context: Context, group: Group, person_id: int) -> Member | None:
    member = groups.find_member(context.tx, group.id, person_id)
    return None if member is None or member.has_left else member


def _ambiguous(context: Context, members: list[Member]) -> Refused:
    listed = [f"#{member.person_id} (joined {_say_joined_day(context, member)})" for member in members[:MOST_LISTED]]
    name = people.get(context.tx, members[0].person_id).name
    return Refused(f"{len(members)} members are called {name}: {', '.join(listed)}.", f"#{members[0].person_id}")


def _say_joined_day(context: Context, member: Member) -> str:
    return say_day(member.joined_at.astimezone(context.person.zone).date(), context.today)
