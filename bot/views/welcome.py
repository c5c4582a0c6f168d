"""Cards for newcomers: a server with no group yet, and a person who has just joined one."""

from msgspec import Struct

from bot.chat.card import Actions, Block, Button, Card, Line, Quote, Style, Tone
from bot.chat.text import Bold, Code, Text
from bot.domain.duration import say
from bot.domain.group import Group
from bot.views import words

SET_ME_UP = Button("Set me up", "set up", opens_form=True)
START = Button("Start a group here", "group start", style=Style.PRIMARY, opens_form=True)
START_ANYWHERE = Button("Choose a channel", "group start", style=Style.PRIMARY, opens_form=True)
"""*Start* where no channel is meant yet: the form asks for it."""

HOW_IT_WORKS = Button("How it works", "guide")


class Joined(Struct, frozen=True):
    """A person who has joined a group: their goal and this week's minutes, and whether they have checked in before.

    `others` counts the groups that they were in already.
    """

    group: Group
    goal: int
    minutes: int
    has_checked_in: bool
    others: int
    is_back: bool
    is_set_up: bool


def server() -> Card:
    """Greet a channel that has no group yet, and say what to do in the first minute."""
    text = "Study ten hours a week, together. Start a group in this channel and everyone in it can join."
    return Card("", (Line((text,)), Actions((START, HOW_IT_WORKS))))


def inviter() -> Card:
    """Greet whoever has brought the bot here, and let them choose a channel for a group."""
    text = "Thanks for inviting me! A study group meets in a channel. Choose one, and everyone in it can join."
    return Card("", (Line((text,)), Actions((START_ANYWHERE, HOW_IT_WORKS))))


def hello() -> Card:
    """Greet somebody who writes to the app directly, and say how to log."""
    text: Text = ("Hi! Log with ", Code("/checkin 45m"), ", see ", Code("/progress"), ".")
    return Card("", (Line(text), Actions((words.CHECK_IN, HOW_IT_WORKS))))


def joined(details: Joined) -> Card:
    """Say what was agreed and what members see; then offer to check in and to be set up."""
    words_of_it = _say_second_group(details) if details.others and details.has_checked_in else _say_agreed(details)
    buttons = (words.CHECK_IN,) if details.is_set_up else (words.CHECK_IN, SET_ME_UP)
    welcome = "Welcome back to" if details.is_back else "Welcome to"
    blocks: tuple[Block, ...] = (
        Line((f"{welcome} ", Bold(details.group.name), ".")),
        Line(words_of_it),
        Actions(buttons),
    )
    return Card("", blocks, Tone.GOOD)


def joined_already(group: Group) -> Card:
    """Say to someone who joins twice that they are in."""
    return words.done(f"You're in {group.name} already.", Actions((words.CHECK_IN,)))


def say_what_is_seen() -> Text:
    """Return what members see of each other, and how to be private."""
    seen = "Members see your hours, your streak and what you write you learned. "
    return (seen, Code("/group hide"), " keeps you private.")


def why_saved(why: str | None, *, is_reminded: bool) -> Card:
    """Quote their why as it was saved, None where it was taken out."""
    if why is None:
        return words.done("Your why is gone. Write a new one whenever you like.")
    use = (
        "I'll bring it up after a rough patch."
        if is_reminded
        else "With reminders on, I'd bring it up after a rough patch."
    )
    return Card("", (Line(("Your why, only for you:",)), Quote(why), Line((use,))), Tone.GOOD)


def _say_agreed(details: Joined) -> Text:
    first = "; your first week is practice and can't break anything" if not details.has_checked_in else ""
    return ("Your goal is ", Bold(f"{words.say_goal(details.goal)} a week"), f"{first}. ", *say_what_is_seen())


def _say_second_group(details: Joined) -> Text:
    brought = f"Your goal, streak and this week's {say(details.minutes)}" if details.minutes else "Your goal and streak"
    all_see = "both groups see" if details.others == 1 else "all your groups see"
    return (f"{brought} come with you: {all_see} your hours from now on, notes only where you wrote them.",)
