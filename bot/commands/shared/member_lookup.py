"""Finding a member of a group by a mention, an id of the platform, a name, or a number."""

import re
from difflib import get_close_matches
from typing import NamedTuple

from bot.chat.request import User
from bot.context import Context
from bot.domain.collation import fold
from bot.domain.day import say_day
from bot.domain.group import Group, Member
from bot.domain.names import quoted
from bot.domain.person import Person
from bot.domain.plain import plain
from bot.errors import Offer, Refused
from bot.store import groups, names, organisers, people

MOST_LISTED = 5
MOST_NEAR, NEAR = 2, 0.6
"""Members that are offered in the place of an unknown one, and how like their names have to be."""
_MENTION = re.compile(r"<@!?([^|>]+)(?:\|[^>]*)?>")
_NUMBER = re.compile(r"#([0-9]{1,9})")


class FoundMember(NamedTuple):
    """A person who is meant, and their membership, which has the name that the group knows them by."""

    person: Person
    member: Member

    @property
    def name(self) -> str:
        """The name that the group knows them by."""
        return self.member.name


class FoundOrganiser(NamedTuple):
    """An organiser who is meant, with the name that the group's server or workspace has for them."""

    person: Person
    name: str


def find_member(context: Context, group: Group, typed: str) -> FoundMember:
    """Return the member that the speaker means. A hidden one is only found by themselves.

    Raises `Refused` in the same words whether there is nobody of that name or somebody who is hidden.
    """
    members = [member for member in _list_meant(context, group, typed) if _is_visible(context, member)]
    if not members:
        visible = [member for member in _list_all(context, group) if _is_visible(context, member)]
        raise _unknown(f"I don't see a member {_say_name(typed)} here", "/leaderboard", typed, visible)
    if len(members) > 1:
        raise Refused(f"There are {len(members)} members called {quoted(typed)} here; pick one by a mention.")
    return members[0]


def find_any_member(context: Context, group: Group, typed: str) -> FoundMember:
    """Return the member that an organiser means, hidden ones too; `#7` tells apart two who share a name.

    Raises `Refused` where no member of `group` fits, or several do.
    """
    numbered = _NUMBER.fullmatch(typed)
    by_number = _find_current(context, group, int(numbered[1])) if numbered else None
    members = _list_meant(context, group, typed) if numbered is None else [by_number] if by_number else []
    if not members:
        sentence = f"{group.name} has no member {_say_name(typed)}"
        raise _unknown(sentence, "/group members", typed, _list_all(context, group))
    if len(members) > 1:
        raise _ambiguous(context, members)
    return members[0]


def find_kept_out(context: Context, group: Group, typed: str) -> FoundMember:
    """Return the one of those who were removed whom an organiser means.

    Raises `Refused` where none of them fits, or several do.
    """
    numbered, mention, user = _NUMBER.fullmatch(typed), _MENTION.fullmatch(typed), context.request.user
    by_id = people.find(context.tx, User(user.platform, user.team, mention[1] if mention else typed, ""))
    wanted = int(numbered[1]) if numbered else by_id.id if by_id else None
    removed = [FoundMember(*row) for row in groups.list_kept_out(context.tx, group.id)]
    meant = [found for found in removed if found.person.id == wanted or fold(found.name) == fold(typed)]
    if not meant:
        raise Refused(f"Nobody {_say_name(typed)} was taken out of {group.name}.", "/group members")
    if len(meant) > 1:
        raise _ambiguous(context, meant)
    return meant[0]


def _list_all(context: Context, group: Group) -> list[FoundMember]:
    return [FoundMember(*row) for row in groups.list_members(context.tx, group.id)]


def _unknown(sentence: str, example: str, typed: str, members: list[FoundMember]) -> Refused:
    """Return the refusal of a name that nobody has, with those of `members` whose names are nearly so."""
    names = {plain(member.name): member.name for member in members}
    near = [names[name] for name in get_close_matches(plain(typed), names, MOST_NEAR, NEAR)]
    meant = f". Did you mean {' or '.join(near)}?" if near else "."
    return Refused(f"{sentence}{meant}", example, [Offer(name, name) for name in near])


def find_organiser(context: Context, group: Group, typed: str) -> FoundOrganiser | None:
    """Return the organiser that is meant, who need not be a member; None where none fits, or several do."""
    mention, user = _MENTION.fullmatch(typed), context.request.user
    named = people.find(context.tx, User(user.platform, user.team, mention[1] if mention else typed, ""))
    known = organisers.list_of_group(context.tx, group.id)
    by_id = names.find_names(context.tx, [person.id for person in known])
    found = [FoundOrganiser(one, names.pick_name(by_id[one.id], group.platform, group.team)) for one in known]
    meant = [one for one in found if one.person == named or one.name.casefold() == typed.casefold()]
    return meant[0] if len(meant) == 1 else None


def _say_name(typed: str) -> str:
    """Return the name that was typed, as a refusal says it; a mention of somebody unknown is nothing to read."""
    return "of that name" if _MENTION.fullmatch(typed) else quoted(typed)


def _list_meant(context: Context, group: Group, typed: str) -> list[FoundMember]:
    """Return the members that a mention, an id or a name may mean, by the group's names for them."""
    mention = _MENTION.fullmatch(typed)
    user = context.request.user
    by_id = people.find(context.tx, User(user.platform, user.team, mention[1] if mention else typed, ""))
    member = _find_current(context, group, by_id.id) if by_id else None
    if member is not None and (mention or _is_visible(context, member)):
        return [member]
    if mention:
        return []
    named = [FoundMember(*row) for row in groups.find_named(context.tx, group.id, typed)]
    as_typed = [member for member in named if member.name.casefold() == typed.casefold()]
    return as_typed or named


def _is_visible(context: Context, found: FoundMember) -> bool:
    """Return True for a member who is not hidden, or is the speaker."""
    return not found.member.is_hidden or found.person.id == context.person.id


def _find_current(context: Context, group: Group, person_id: int) -> FoundMember | None:
    member = groups.find_member(context.tx, group.id, person_id)
    if member is None or member.has_left:
        return None
    return FoundMember(people.get(context.tx, person_id), member)


def _ambiguous(context: Context, members: list[FoundMember]) -> Refused:
    listed = [f"#{found.person.id} (joined {_say_joined_day(context, found)})" for found in members[:MOST_LISTED]]
    name = members[0].name
    return Refused(f"{len(members)} members are called {name}: {', '.join(listed)}.", f"#{members[0].person.id}")


def _say_joined_day(context: Context, found: FoundMember) -> str:
    return say_day(found.member.joined_at.astimezone(context.person.zone).date(), context.today)
