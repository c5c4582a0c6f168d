"""Small phrases that many cards share, so that one thing is always said in the same words."""

from datetime import date, timedelta

from msgspec.structs import replace

from bot.chat.card import Actions, Bar, Button, Card, Line, Note, Style, Tone
from bot.chat.refusal import is_to_try, refusal_text
from bot.chat.text import Code, Text
from bot.domain.day import say_day
from bot.domain.duration import HOUR, say
from bot.domain.milestone import Milestone, MilestoneKind
from bot.domain.person import Person
from bot.domain.schedule import Moment
from bot.domain.week import Week
from bot.errors import Refused

CHECK_IN = Button("Check in", "checkin", style=Style.PRIMARY, opens_form=True)

SET_ZONE = Button("Set time zone", "timezone", opens_form=True)
"""The button of cards that say that days follow the group's zone."""

SMALL_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
MONDAY = date(2024, 1, 1)
"""Some Monday, from which weekdays are named."""
MOST_WORDS = 60
"""Words of a card that nobody asked for in detail."""
DAYS_BY_NAME = 6
"""Days, back or ahead, that are called by their weekday alone."""


def promise(goal: int) -> str:
    """Return what members promise each other, wherever it stands; `goal` is in minutes."""
    return " ".join(promise_in_two(goal))


def promise_in_two(goal: int) -> tuple[str, str]:
    """Return the promise, and what life may do to it."""
    kept = (
        f"Study {say_goal(goal)} from Monday to Sunday and log them by the end of Tuesday: the week is kept, and "
        "weeks in a row are your streak."
    )
    return kept, "Life happens: your first freeze saves a short week automatically, and you can say when you're away."


def say_goal(minutes: int) -> str:
    """Return `10 hours`, `1 hour`; a goal of no whole hours as any other time: `7 h 30`."""
    return say(minutes) if minutes % HOUR else plural(minutes // HOUR, "hour")


def join_names(names: list[str], last: str = "and") -> str:
    """Return `Ada`, `Ada and Bo`, `Ada, Bo and Cy`; `last` is the word before the last one."""
    return f" {last} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def show_everyone(command: str, options: dict[str, str]) -> Button:
    """Return the button that shows the answer to all who read the channel."""
    return Button("Post it here", command, {**options, "everyone": "yes"})


def count_words(text: str) -> int:
    """Count the words of a text; signs alone are none."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


def plural(count: int, one: str, many: str = "") -> str:
    """Return `1 week`, `2 weeks`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def say_count(count: int) -> str:
    """Return a small number as a word, as it stands within a sentence: `none`, `three`, `12`."""
    return SMALL_NUMBERS[count] if 0 <= count < len(SMALL_NUMBERS) else f"{count:,}"


def week_bar(minutes: int, goal: int) -> Bar:
    """Return this week's bar; both values are minutes."""
    return Bar(minutes, goal, f"{say(minutes)} of {say(goal)}")


def say_moment(moment: Moment) -> str:
    """Return `Sunday 15:00`, `daily 9:00`."""
    day = "daily" if moment.weekday is None else f"{MONDAY + timedelta(days=moment.weekday):%A}"
    return f"{day} {moment.at.hour}:{moment.at:%M}"


def plain(button: Button) -> Button:
    """Return a copy that is not emphasised: a card has one emphasised button at most."""
    return replace(button, style=Style.PLAIN)


def say_near_day(day: date, today: date) -> str:
    """Return `today`, `yesterday`, `Sunday` within the last days, else `Tue 6 Jan`."""
    return f"{day:%A}" if 1 < (today - day).days <= DAYS_BY_NAME else say_day(day, today)


def say_milestone(milestone: Milestone) -> str:
    """Return `12 weeks in a row`, `1,040 hours studied`."""
    if milestone.kind is MilestoneKind.STREAK:
        return f"{milestone.value} weeks in a row"
    return f"{milestone.value:,} hours studied"


def zone_note(person: Person) -> Note | None:
    """Return a note that the days follow the group's clock, None once the person has chosen a zone."""
    if person.is_zone_chosen:
        return None
    return Note((f"Your days follow {say_clock(person.zone_name)} until you set yours: ", Code("/timezone"), "."))


def say_clock(zone_name: str) -> str:
    """Return whose time it is, as people call it: `Berlin time`, `New York time`, `UTC`."""
    city = zone_name.rpartition("/")[2].replace("_", " ")
    return f"{city} time" if "/" in zone_name else city


def refusal(refused: Refused, example: str | None = None, command: str = "") -> Card:
    """Return the card of wrong input: the sentence, and below it an example that `command` would take as it is.

    Another command than `command` is something to try.
    """
    example = refused.example if example is None else example
    if not example:
        return Card("", (Line(refusal_text(refused)),), Tone.WRONG)
    lead = "Try: " if is_to_try(example, command) else "For example: "
    return Card("", (Line(refusal_text(refused)), Line((lead, Code(example)))), Tone.WRONG)


def question(title: str, text: Text, *buttons: Button) -> Card:
    """Ask something that a button decides; nothing has changed yet."""
    return Card(title, (Line(text), Actions(buttons)), Tone.WARN)


def done(text: str, *more: Line | Note | Actions) -> Card:
    """Confirm in a short word."""
    return Card("", (Line((text,)), *more), Tone.GOOD)


def say_week(week: Week, today: date) -> str:
    """Return `9–15 Jul`, with the year its Sunday lies in unless that is this one."""
    year = week.sunday.year
    return str(week) if year == today.year else f"{week} {year}"
