"""The card of the speaker's own progress."""

from bot.chat.card import Card
from bot.commands.shared.audience import share_buttons
from bot.commands.shared.coverage import load_coverage
from bot.commands.shared.freezes import tell_freezes
from bot.commands.shared.partner_extra import find_partner_word
from bot.context import Context
from bot.domain.week import Week
from bot.store import focuses, people, totals
from bot.store import progress as stored_progress
from bot.views import progress as view


def load_own_card(context: Context, *, is_public: bool) -> Card:
    """Return the card as the speaker sees it or, if `is_public`, as everyone may."""
    details = _load_details(context, is_public=is_public)
    return view.own(details, share_buttons(context, "progress", {}), is_public=is_public)


def _load_details(context: Context, *, is_public: bool) -> view.ProgressDetails:
    week = Week.of(context.today)
    days = totals.list_days(context.tx, context.person.id, week.monday, week.sunday)
    times, _ = load_coverage(context)
    pauses = people.list_pauses(context.tx, context.person.id, context.today)
    pauses_today = [pause for pause in pauses if pause.covers(context.today)]
    progress = stored_progress.judge_person(context.tx, context.person.id, context.now)
    freezes = None if is_public else tell_freezes(context, progress)
    return view.ProgressDetails(
        context.name,
        progress,
        context.now,
        context.today,
        tuple(days[day].minutes if day in days else 0 for day in week.days()),
        [time for time in times if time.minutes],
        focuses.find_current(context.tx, context.person.id),
        max(pauses_today, key=lambda pause: pause.until_day, default=None),
        freezes,
        None if is_public or freezes is not None else find_partner_word(context, progress),
    )
