"""Which member an organiser means, hidden ones too: by mention, by name, or by number where two share a name."""

import re

from bot.commands.seeking import candidates, named
from bot.commands.turn import Turn
from bot.domain.day import say_day
from bot.domain.group import Group, Member
from bot.domain.person import Person
from bot.errors import Refused
from bot.store import groups, people

MOST_LISTED = 5
_NUMBER = re.compile(r"#([0-9]{1,9})")


def member_meant(turn: Turn, group: Group, text: str) -> Person:
    """A member of `group` and of no other. Raises Refused where none, or several, fit."""
    numbered = _NUMBER.fullmatch(text)
    found = [int(numbered[1])] if numbered else [person.id for person in candidates(turn, group, text)]
    members = [member for member in (_member(turn, group, each) for each in found) if member is not None]
    if not members:
        raise Refused(f"{group.name} has no member {named(text)}.", "/group members")
    if len(members) > 1:
        raise _several(turn, members)
    return people.get(turn.tx, members[0].person_id)


def _member(turn: Turn, group: Group, person_id: int) -> Member | None:
    member = groups.member(turn.tx, group.id, person_id)
    return None if member is None or member.has_left else member


def _several(turn: Turn, members: list[Member]) -> Refused:
    listed = [f"#{each.person_id} (joined {_joined(turn, each)})" for each in members[:MOST_LISTED]]
    name = people.get(turn.tx, members[0].person_id).name
    return Refused(f"{len(members)} members are called {name}: {', '.join(listed)}.", f"#{members[0].person_id}")


def _joined(turn: Turn, member: Member) -> str:
    return say_day(member.joined_at.astimezone(turn.person.zone).date(), turn.today)
