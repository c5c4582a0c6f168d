"""Who will see a check-in: said on its form before it is sent, and on its card afterwards."""

from collections.abc import Iterable, Mapping

from bot.chat.plain import plain_text
from bot.commands.shared.options import LEARNED, TIME
from bot.context import Context
from bot.domain.group import Group, Lines
from bot.store.groups import Membership
from bot.views.counted_in import CountedIn, say_counted_in
from bot.views.words import join_names

SHOWN = frozenset({Lines.EACH, Lines.CARD})
"""The settings of a group in which its channel shows a check-in, and the note that was written there."""


def list_places(memberships: Iterable[Membership]) -> list[CountedIn]:
    """Return every group that a check-in counts in, with what its channel shows of it."""
    return [
        CountedIn(group, group.lines in SHOWN and not member.is_hidden and not group.asleep, member.is_hidden)
        for group, member in memberships
        if not member.has_left
    ]


def describe_checkin(context: Context, _values: Mapping[str, str]) -> dict[str, str]:
    """Return what becomes of the time and of the note, by the names of their fields."""
    places = _list_places_here(context)
    shown = [place.group for place in places if place.is_posted]
    here = [group for group in shown if context.group is not None and group.id == context.group.id]
    if shown and shown == here:
        return {LEARNED.name: "Posted here, with your time."}
    note = f"Posted in {_join(here)} alone." if here else "Only you see it."
    return {TIME.name: plain_text(say_counted_in(places)), LEARNED.name: note}


def describe_time(context: Context, _values: Mapping[str, str]) -> dict[str, str]:
    """Return what becomes of the time, where no note is asked for."""
    return {TIME.name: plain_text(say_counted_in(_list_places_here(context)))}


def describe_change(context: Context, _values: Mapping[str, str]) -> dict[str, str]:
    """Return what becomes of a change: a line that stands in a channel says it too."""
    is_shown = any(place.is_posted for place in list_places(context.memberships))
    return {TIME.name: "Where it was posted, it changes too."} if is_shown else {LEARNED.name: "Only you see it."}


def _list_places_here(context: Context) -> list[CountedIn]:
    """Return the groups that a check-in here will count in; it makes a newcomer a member of the channel's group."""
    places = list_places(context.memberships)
    if context.group is not None and context.member is None:
        is_shown = context.group.lines in SHOWN and not context.group.asleep
        places.append(CountedIn(context.group, is_shown, is_hidden=False))
    return places


def _join(groups: Iterable[Group]) -> str:
    return join_names([group.name for group in groups])
