"""The word on a freeze that was spent: what it saved, and what has become of the streak since."""

from bot.domain.duration import say
from bot.domain.freeze_news import FreezeNews
from bot.domain.names import capitalize
from bot.domain.progress import Progress
from bot.domain.streak import Judged, Tally, weeks_to_freeze
from bot.views import words

SAVED_ONE, SAVED_MANY = "Your freeze saved it", "Freezes saved"


def say_freeze_news(news: FreezeNews, progress: Progress) -> str:
    """Return “Last week was short by 3 h. Your freeze saved it: streak still 5. None left; four more kept weeks …”.

    The streak is not said while the last week is open and may end it; where it has ended since, that is said.
    """
    saved = _say_saved(news, progress)
    if news.missed is not None:
        missed = _name(news.missed, progress)
        return f"{saved}, but {missed} was missed, so the streak has ended. {say_freezes_left(progress.tally)}."
    if progress.condition is not None:
        return f"{saved}. {say_freezes_left(progress.tally)}."
    streak, before = progress.tally.streak, news.saved[-1].tally.streak
    since = f"streak still {streak}" if streak == before else f"streak now {streak}"
    return f"{saved}: {since}. {say_freezes_left(progress.tally)}."


def is_freeze_news(sentence: str) -> bool:
    """Return True for what `say_freeze_news` has said."""
    return SAVED_ONE in sentence or sentence.startswith(SAVED_MANY)


def say_freezes_left(tally: Tally) -> str:
    """Return `None left; three more kept weeks earn one`."""
    left = f"{words.say_count(tally.held).capitalize()} left"
    count = weeks_to_freeze(tally)
    if not count:
        return left
    earn = "more kept week earns" if count == 1 else "more kept weeks earn"
    return f"{left}; {words.say_count(count)} {earn} {'another' if tally.held else 'one'}"


def _say_saved(news: FreezeNews, progress: Progress) -> str:
    if len(news.saved) > 1:
        return f"{SAVED_MANY} {words.say_count(len(news.saved))} short weeks"
    [week] = news.saved
    short = say(week.facts.goal - week.facts.counted)
    return f"{capitalize(_name(week, progress))} was short by {short}. {SAVED_ONE}"


def _name(judged: Judged, progress: Progress) -> str:
    """Return `last week`, `the week of 12–18 Jan`."""
    if judged.week.plus(1) == progress.current:
        return "last week"
    return f"the week of {words.say_week(judged.week, progress.current.sunday)}"
