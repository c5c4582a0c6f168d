"""The groups that a check-in counts in, and whose channels show a line of it, said on its card."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.text import Bold, Span, Text
from bot.domain.group import Group


@dataclass(frozen=True, slots=True)
class CountedIn:
    """A group that a check-in counts in. `is_posted` says that its channel shows a line of it."""

    group: Group
    is_posted: bool
    is_hidden: bool


def say_counted_in(places: Sequence[CountedIn]) -> Text:
    """Return “Posted in #general and #other”, “Counted in Study hall”; nothing where there is no group.

    Of a group that sleeps its members see here that nothing is posted.
    """
    posted = [place.group for place in places if place.is_posted]
    rest = [place.group for place in places if not place.is_posted and not place.is_hidden]
    counted = [group for group in rest if not group.asleep]
    asleep = [group for group in rest if group.asleep]
    hidden = [place.group for place in places if place.is_hidden]
    sentences: list[Text] = []
    if posted:
        sentences.append(("Posted in ", *_list_groups(posted), "."))
    if counted:
        sentences.append(("Counted in ", *_list_groups(counted), "."))
    if asleep:
        sentences.append(("Counted in ", *_list_groups(asleep), ", where I can't post now."))
    if hidden and not sentences:
        sentences.append(("Only you see this: you're hidden in ", *_list_groups(hidden), "."))
    return tuple(span for at, sentence in enumerate(sentences) for span in ((" ",) if at else ()) + sentence)


def _list_groups(groups: Sequence[Group]) -> list[Span]:
    spans: list[Span] = []
    for at, group in enumerate(groups):
        between = "" if not at else " and " if at == len(groups) - 1 else ", "
        spans += [between, Bold(group.name)] if between else [Bold(group.name)]
    return spans
