"""Finding a member of a group by what was typed: a mention, an id of the platform, or the name that is shown."""

import re

from bot.chat.request import User
from bot.commands.turn import Turn
from bot.domain.group import Group
from bot.domain.names import quoted
from bot.domain.person import Person
from bot.errors import Refused
from bot.store import groups, people

_MENTION = re.compile(r"<@!?([^|>]+)(?:\|[^>]*)?>")


def find_member(turn: Turn, group: Group, typed: str) -> Person:
    """The member that the speaker means. A hidden one is only found by themselves.

    Raises `Refused` in the same words whether there is nobody of that name or somebody who is hidden.
    """
    found = [person for person in candidates(turn, group, typed) if _is_seen(turn, group, person)]
    if not found:
        raise Refused(f"I see no member {named(typed)} here.", "/leaderboard")
    if len(found) > 1:
        raise Refused(f"There are {len(found)} members called {quoted(typed)} here; pick one by a mention.")
    return found[0]


def named(typed: str) -> str:
    """Whom somebody means, as an answer may say it; a mention of somebody unknown is nothing to read."""
    return "of that name" if _MENTION.fullmatch(typed) else quoted(typed)


def candidates(turn: Turn, group: Group, typed: str) -> list[Person]:
    """Whom a mention, an id or a name may mean; by a mention or id it is not sure yet that they are members."""
    mention = _MENTION.fullmatch(typed)
    user = turn.request.user
    by_id = people.find(turn.tx, User(user.platform, user.team, mention[1] if mention else typed, ""))
    if by_id is not None and (mention or _is_seen(turn, group, by_id)):
        return [by_id]
    if mention:
        return []
    if typed.isascii():
        return groups.named(turn.tx, group.id, typed)
    return [each for each, _ in groups.members(turn.tx, group.id) if each.name.casefold() == typed.casefold()]


def _is_seen(turn: Turn, group: Group, person: Person) -> bool:
    member = groups.member(turn.tx, group.id, person.id)
    is_there = member is not None and not member.has_left
    return is_there and member is not None and (not member.is_hidden or person.id == turn.person.id)
