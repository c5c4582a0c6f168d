"""What a group's organisers are asked or told in a direct message, each once."""

from bot.chat.card import Actions, Button, Card, Line, Style
from bot.chat.text import Bold, Code
from bot.domain.channel_line import LINES_BEFORE_ASKING
from bot.domain.group import Group, Lines
from bot.domain.notice import FAR_HOURS, LATER_RESULTS
from bot.domain.schedule import Moment
from bot.views.moments import say_moment


def many_lines(group: Group) -> Card:
    """Ask whether one card a week would be better than the lines of today."""
    text = (
        f"Today brought more than {LINES_BEFORE_ASKING} lines to ",
        Bold(group.name),
        ". Would one card a week, which is edited in place, be better? Nothing changes unless you choose it.",
    )
    card = Button("One card a week", "group settings", {"lines": Lines.CARD, **_meaning(group)}, Style.PRIMARY)
    return Card("", (Line(text), Actions((card,))))


def far_member(group: Group, results: Moment) -> Card:
    """Ask whether results should come when Sunday is over for everybody."""
    text = (
        "Somebody in ",
        Bold(group.name),
        f" lives more than {FAR_HOURS} hours from its time zone. Results come {say_moment(results)}, when their ",
        "Sunday may not be over yet. Would Monday evening be better?",
    )
    options = {"post": "results", "when": LATER_RESULTS.key, **_meaning(group)}
    return Card("", (Line(text), Actions((Button("Monday 18:00", "group schedule", options, Style.PRIMARY),))))


def asleep(group: Group, reason: str) -> Card:
    """Say that nothing can be posted to a group any more, why, and how it goes on."""
    text = (
        "I can't post to ",
        Bold(group.name),
        f" any more: {reason.rstrip('.')}. Your members keep all that is theirs. ",
        "It goes on by itself as soon as I can post there again; ",
        Code("/group move"),
        " takes it to another channel.",
    )
    return Card("", (Line(text),))


def resting(group: Group) -> Card:
    """Say that the group gets no posts any more, and what wakes it."""
    text = (
        "Nobody has logged in ",
        Bold(group.name),
        " for four weeks; I've gone quiet. A check-in wakes me, ",
        Code("/group end"),
        " ends it.",
    )
    return Card("", (Line(text),))


def _meaning(group: Group) -> dict[str, str]:
    return {"group": str(group.id)}
