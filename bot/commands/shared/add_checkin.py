"""Logging a stretch of study, whether typed, by form, or by the timer."""

from dataclasses import replace

from bot.chat.card import Button, Card, Menu
from bot.commands.shared.channel_lines import post_lines
from bot.commands.shared.freezes import tell_freezes
from bot.commands.shared.judged_week import find_judged_week
from bot.commands.shared.membership import join_group
from bot.commands.shared.milestones import record_milestones
from bot.commands.shared.partner_extra import find_partner_extra
from bot.commands.shared.recalling import RecallLook, ask_about_note, keep_offer, look_for_note
from bot.commands.shared.share_offer import share_offer
from bot.commands.shared.who_sees import list_places
from bot.context import Context
from bot.domain.checkin import Entry, Source
from bot.domain.goal import goal_in, usual_goal_in
from bot.domain.group import Group, is_resting
from bot.domain.horizon import Season, season
from bot.domain.milestone import Milestone
from bot.domain.progress import Progress
from bot.domain.streak import Judged
from bot.domain.week import Week
from bot.store import recording, totals
from bot.views import checkin as view
from bot.views import extras
from bot.views.checkin import Logged
from bot.views.extras import Extra
from bot.views.goal import ask_next_week
from bot.views.welcome import SET_ME_UP

MOST_OFFERS = 1
MOST_BESIDE = 2
"""Buttons beside Undo and Edit: those of the extra, and offers."""

SMALL_HOURS = 4
"""The hour until which a check-in may be meant for the day before."""


def add_checkin(context: Context, entry: Entry, source: Source, *, may_be_yesterday: bool = False) -> Card:
    """Record the entry, which makes a newcomer a member here, post it to channels, and return the answer.

    That its day has room for it is checked before. Where it `may_be_yesterday`, that is offered in the small hours.
    """
    is_first = context.person.first_week is None
    joined = _join_channel_group(context)
    group_id = context.group.id if context.group is not None else None
    look = look_for_note(context)
    recorded = recording.record_checkin(
        context.tx, context.person.id, entry, source, group_id, context.now, look_on=look.look_on if look else None
    )
    checkin, progress = recorded.checkin, recorded.progress
    judged = find_judged_week(context, progress, Week.of(entry.day))
    freeze = _tell_freezes(context, progress) if joined is None and not checkin.is_late else None
    milestones = record_milestones(context, progress) if freeze is None and not checkin.is_late else []
    memberships = context.own_groups() if joined else context.memberships
    post_lines(context, memberships, checkin, progress, milestones)
    details = Logged(checkin, progress, judged, recorded.focus, list_places(memberships), is_first, extra=freeze)
    if details.keeps_week and judged is not None:
        details = replace(details, days=_list_days(context, judged.week), next_goals=_ask_next_week(progress, judged))
    if freeze is None and not checkin.is_late:
        details = replace(details, extra=_find_extra(context, details, joined, milestones, look))
    return view.logged(replace(details, offers=_list_offers(context, details, may_be_yesterday=may_be_yesterday)))


def _ask_next_week(progress: Progress, kept: Judged) -> Menu | None:
    """Return the question for the next week's goal; None where the week that is kept had the usual one."""
    goals, following = progress.record.goals, kept.week.plus(1)
    if not any(change.is_for_one_week and change.holds_in(kept.week) for change in goals):
        return None
    return ask_next_week(usual_goal_in(goals, following), goal_in(goals, kept.week), following)


def _list_days(context: Context, week: Week) -> tuple[int, ...]:
    """Return the minutes of the seven days of a week."""
    days = totals.list_days(context.tx, context.person.id, week.monday, week.sunday)
    return tuple(days[day].minutes if day in days else 0 for day in week.days())


def _find_extra(
    context: Context, details: Logged, joined: Group | None, milestones: list[Milestone], look: RecallLook | None
) -> Extra | None:
    """Return the first extra that applies; the order is that of the norm for texts."""
    if joined is not None:
        return extras.joined(joined)
    if milestones:
        return extras.reached(milestones)
    if details.keeps_week and details.judged is not None and details.judged.is_comeback:
        return extras.comeback()
    if details.is_of_this_week and _was_resting(context):
        return extras.back_after_rest(context.person.total_minutes)
    is_last_week = details.judged is not None and details.judged is details.progress.last_open
    last_week = None if is_last_week else extras.last_week(details.progress, context.now)
    if last_week is not None or details.is_first:
        return last_week
    # beside a menu there is no room for two buttons
    recalled = ask_about_note(context, look) if details.next_goals is None else None
    season = recalled or extras.season(_find_new_season(details))
    return season or find_partner_extra(context, details.progress) or extras.zone(context.person)


def _was_resting(context: Context) -> bool:
    """Return True if the speaker had checked in before, and has rested since in every group of theirs."""
    last = context.person.last_checkin_at
    joined = [member.joined_at for _, member in context.memberships if not member.has_left]
    if last is None or not is_resting(last, max(joined, default=last), context.now):
        return False
    return is_resting(last, max(joined, default=last), context.now, context.away_until)


def _find_new_season(details: Logged) -> Season | None:
    """Return the season of this week, for its first check-in."""
    progress, first = details.progress, details.progress.person.first_week
    is_first_of_week = details.is_of_this_week and progress.minutes == details.entry.minutes
    if first is None or first > progress.current or not is_first_of_week:
        return None
    return season(first, progress.current)


def _list_offers(context: Context, details: Logged, *, may_be_yesterday: bool) -> tuple[Button, ...]:
    """Return the button that needs no words, where beside that of the extra there is room for it."""
    checkin, local = details.checkin, context.now.astimezone(context.person.zone)
    buttons = len(details.extra.buttons) if details.extra is not None else 0
    offers: list[Button] = []
    if may_be_yesterday and local.hour < SMALL_HOURS and checkin.entry.day == context.today:
        offers.append(view.yesterday_button(checkin))
    if details.is_first and not buttons and not context.person.is_zone_chosen:
        offers.append(SET_ME_UP)
    room = min(MOST_OFFERS, MOST_BESIDE - buttons - (details.next_goals is not None))
    if len(offers) < room:
        offers += share_offer(context, checkin) or keep_offer(context, checkin)
    return tuple(offers[:room])


def _join_channel_group(context: Context) -> Group | None:
    """Make the speaker a member of the channel's group, unless they are or were one; return the group if so."""
    if context.group is None or context.member is not None:
        return None
    join_group(context, context.group)
    return context.group


def _tell_freezes(context: Context, progress: Progress) -> Extra | None:
    """Return a word on the freezes spent since the person was told last, if any were; save that they are told."""
    news = tell_freezes(context, progress)
    return extras.freeze(news, progress) if news is not None else None
