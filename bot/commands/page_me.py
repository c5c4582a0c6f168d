"""`page me`: all that a person's own page in the browser shows, gathered by one read."""

from bot.chat.card import Card, Line
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.coverage import load_coverage
from bot.commands.shared.handler import Command
from bot.commands.shared.journal_entries import with_present_areas
from bot.commands.shared.partner_details import show_partners
from bot.commands.shared.past_weeks import gather_weeks
from bot.commands.shared.recalling import find_recall_card
from bot.commands.shared.road import load_road
from bot.commands.shared.setting_up import list_unanswered
from bot.commands.shared.who_sees import describe_checkin
from bot.context import Context
from bot.domain.journal_entry import JournalQuery
from bot.domain.period import ALL
from bot.domain.week import Week
from bot.store import focuses, journal, totals
from bot.store import progress as stored_progress
from bot.views import forms, history
from bot.views import page_me as view

WEEKS = 53
NOTES = 3

SPEC = Spec("page me", "your own page", is_read_only=True, is_button_only=True, is_for_known=True)


def run(context: Context, _given: Given) -> Answer:
    """Return the sections of the page."""
    this_week = Week.of(context.today)
    first = this_week.plus(1 - WEEKS)
    judged, progress = stored_progress.judge_since(context.tx, context.person.id, first, context.now)
    days = totals.list_days(context.tx, context.person.id, first.monday, this_week.sunday)
    past = gather_weeks(first, this_week, judged, days)
    times, waiting = load_coverage(context)
    query = JournalQuery(context.person, ALL)
    details = view.MeDetails(
        progress=progress,
        at=context.now,
        today=context.today,
        groups=[group.name for group, member in context.memberships if not member.has_left],
        form=forms.form(context.specs["checkin"], {}, context.reading, described=describe_checkin(context, {})),
        days=tuple(days[day].minutes if day in days else 0 for day in this_week.days()),
        past=past,
        year=history.heatmap(past, days, context.today) if past else None,
        road=load_road(context, progress),
        areas=times,
        waiting=waiting,
        focus=focuses.find_current(context.tx, context.person.id),
        notes=with_present_areas(context, journal.find_page(context.tx, query, 0, NOTES)),
        unanswered=frozenset(list_unanswered(context)),
        partner=show_partners(context, is_brief=True) if context.own_groups() else None,
        recall=find_recall_card(context),
    )
    return Reply(
        Card("Your page", (Line(("Your week, streak, road and journal, all on one page.",)),)),
        sections=view.me(details),
    )


COMMAND = Command(SPEC, run)
