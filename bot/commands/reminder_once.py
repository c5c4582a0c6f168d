"""*Remind me*: one reminder of the week that a post told of, privately, on its Sunday evening or a little later."""

from bot.chat.card import Card
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.handler import Command
from bot.commands.shared.options import hidden_option
from bot.commands.shared.reminded_week import read_week
from bot.context import Context
from bot.domain.coming_reminder import Obstacle, find_obstacle, is_away_on
from bot.domain.progress import Progress
from bot.domain.reminder import ReminderKind, ReminderRoute, asked_reminder_at
from bot.domain.streak import WeekState
from bot.domain.week import Week
from bot.store import progress as stored_progress
from bot.store import reminders, schedules
from bot.views import reminders as view

WEEK = hidden_option("week")
"""The Monday of the week that the post told of."""

SPEC = Spec("reminder once", "be reminded once, on Sunday evening", (WEEK,), is_button_only=True)


def run(context: Context, given: Given) -> Answer:
    """Ask for it, or say what is true of the week where no reminder would come."""
    progress = stored_progress.judge_person(context.tx, context.person.id, context.now)
    week = read_week(given[WEEK]) or progress.current
    choice = reminders.find_choice(context.tx, context.person.id)
    is_reminded = choice is not None and choice.how is not ReminderRoute.OFF
    if week < progress.current:
        return Reply(_look_back(context, week, progress, is_reminded=is_reminded))
    obstacle = _find_obstacle(context, week, progress)
    if obstacle is not None:
        return Reply(obstacle)
    group = context.require_group()
    due_at = asked_reminder_at(week, context.person.zone, context.now)
    schedules.ask(context.tx, context.person.id, group.id, week, due_at)
    return Reply(view.asked(due_at, week, progress, context.now, is_reminded=is_reminded))


def _look_back(context: Context, week: Week, progress: Progress, *, is_reminded: bool) -> Card:
    """Return what is left of a week that is over where the reader lives."""
    judged = progress.judged(week)
    if judged is not None and judged.state is WeekState.KEPT:
        return view.kept_already(is_this_week=False)
    if judged is None or judged.facts.is_closed or week.plus(1) != progress.current:
        return view.week_closed(is_reminded=is_reminded)
    return view.week_over(week, progress, context.now, is_reminded=is_reminded)


def _find_obstacle(context: Context, week: Week, progress: Progress) -> Card | None:
    """Return what to say to whom no reminder would come; None where one does."""
    if progress.is_kept and week == progress.current:
        return view.kept_already(is_this_week=True)
    due_at = asked_reminder_at(week, context.person.zone, context.now)
    day = min(progress.person.today(due_at), week.sunday)
    if is_away_on(progress.record.pauses, day):
        return view.away_now()
    obstacle = find_obstacle(ReminderKind.ASKED, context.seen_at, due_at)
    if obstacle is not None:
        return view.join_first(context.require_group()) if obstacle is Obstacle.UNKNOWN else view.resting()
    if progress.person.first_week is None and progress.person.today(due_at) > week.sunday:
        return view.no_weeks_yet()
    return None


COMMAND = Command(SPEC, run)
