"""The one extra that a check-in's card has beside its week; the others wait for the next card."""

from datetime import datetime

from msgspec import Struct

from bot.chat.card import Button
from bot.chat.text import Bold, Text
from bot.domain.duration import HOUR, say
from bot.domain.freeze_news import FreezeNews
from bot.domain.group import Group
from bot.domain.horizon import Season
from bot.domain.milestone import Milestone
from bot.domain.person import Person
from bot.domain.progress import Progress
from bot.domain.reminder import LAST_CALL_WITHIN_MINUTES
from bot.domain.week import Week
from bot.views import weeks, words
from bot.views.freeze_news import say_freeze_news
from bot.views.horizon import new_season
from bot.views.welcome import SET_ME_UP, say_what_is_seen


class Extra(Struct, frozen=True):
    """A sentence, with a button if it leads on; `is_proud` where there is something to celebrate.

    What it says of the streak need not be said again. `decline` is the button that says no to what it asks.
    """

    text: Text
    button: Button | None = None
    is_proud: bool = False
    says_streak: bool = False
    decline: Button | None = None

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Its buttons, at most two."""
        return tuple(button for button in (self.button, self.decline) if button is not None)


def joined(group: Group) -> Extra:
    """Tell somebody whose check-in has made them a member what that means."""
    return Extra(("You've joined ", Bold(group.name), ". ", *say_what_is_seen()), SET_ME_UP)


def freeze(news: FreezeNews, progress: Progress) -> Extra:
    """Tell, once, that freezes have been spent, and what the streak is since."""
    return Extra((say_freeze_news(news, progress),), says_streak=True)


def reached(milestones: list[Milestone]) -> Extra | None:
    """Celebrate new milestones; None where there are none."""
    if not milestones:
        return None
    marks = words.join_names([words.say_milestone(milestone) for milestone in milestones])
    return Extra((f"🎉 {marks}!",), is_proud=True)


def comeback() -> Extra:
    """Greet the first kept week after a missed one."""
    return Extra(("Your first kept week after a missed one. Good to have you back!",), is_proud=True)


def back_after_rest(minutes: int) -> Extra:
    """Welcome somebody who has not logged for weeks; `minutes` are those that they had studied before."""
    hours = words.plural(minutes // HOUR, "hour") if minutes >= HOUR else say(minutes)
    are = "is" if minutes < 2 * HOUR else "are all"
    return Extra((f"Welcome back. Your {hours} {are} here; this week is new.",))


def log_for(week: Week) -> Button:
    """Return the button that logs time for the last day of a week that can still be kept."""
    return Button("Log for last week", "checkin", {"day": week.sunday.isoformat()}, opens_form=True)


def last_week(progress: Progress, now: datetime) -> Extra | None:
    """Say what still keeps the week that ended last; None where nothing does, or too much is missing to ask for.

    The streak is told with its condition: “Streak 3; log 2 h for last week by tonight and it's 5.”
    """
    short = progress.last_open
    if short is None or short.facts.goal - short.facts.counted > LAST_CALL_WITHIN_MINUTES:
        return None
    return Extra((say_last_week(progress, now),), log_for(short.week), says_streak=progress.condition is not None)


def say_last_week(progress: Progress, now: datetime) -> str:
    """Return the sentence on a last week that is open and short: what keeps it, and the streak with that condition."""
    if progress.condition is not None and progress.condition.streak:
        return f"Streak {weeks.say_own_streak(progress, now)}."
    return weeks.say_last_week(progress, now) or ""


def season(current: Season | None) -> Extra | None:
    """Greet a season that has just begun."""
    return Extra(new_season(current).text) if current is not None and current.is_new else None


def zone(person: Person) -> Extra | None:
    """Say whose clock the days follow, until the person has said it."""
    if person.is_zone_chosen:
        return None
    return Extra((f"Your days follow {words.say_clock(person.zone_name)}.",), words.SET_ZONE)
