"""`home`: the page that a platform keeps for one person: at first how to begin, later how they stand.

The platform names the channels that have a group and tells which of them anybody may join.
"""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply, Request
from bot.commands.shared.change_checkin import with_present_area
from bot.commands.shared.handler import Command
from bot.commands.shared.partner_extra import find_partner_word
from bot.commands.shared.setting_up import is_set_up
from bot.context import Context, Defaults
from bot.domain.collation import sort_key
from bot.store import checkins, focuses, groups, people, timers
from bot.store import progress as stored_progress
from bot.store.tx import Tx
from bot.views import home as view

SPEC = Spec("home", "your week and your settings", is_read_only=True, is_button_only=True, is_for_known=True)


def run(context: Context, _given: Given) -> Answer:
    """Show how they stand; to somebody who has neither joined a group nor logged anything, how to begin."""
    is_in_group = bool(context.own_groups())
    progress = stored_progress.judge_person(context.tx, context.person.id, context.now)
    is_new = progress.person.first_week is None and not progress.person.total_minutes
    if is_new and not is_in_group:
        return welcome(context.tx, context.request, context.defaults)
    pauses = people.list_pauses(context.tx, context.person.id, context.today)
    newest = checkins.list_newest(context.tx, context.person.id, view.LAST_CHECKINS)
    details = view.HomeDetails(
        progress,
        context.now,
        context.today,
        is_new=is_new,
        is_set_up=is_set_up(context),
        is_in_group=is_in_group,
        is_timed=timers.find_running(context.tx, context.person.id) is not None,
        newest=[with_present_area(context, checkin) for checkin in newest],
        focus=focuses.find_current(context.tx, context.person.id),
        partner=find_partner_word(context, progress),
        away=max(
            (pause for pause in pauses if pause.covers(context.today)), key=lambda pause: pause.until_day, default=None
        ),
    )
    return Reply(view.later(details))


def welcome(tx: Tx, request: Request, defaults: Defaults) -> Answer:
    """Tell somebody new what this is, and name the groups of their server that they may join: nothing is kept of them.

    A guest, who may not start a group, is in the channels that they were asked into, and finds groups there.
    """
    may_start = request.user.may_start
    named = {channel.channel.id: words for words, channel in request.channels.items() if channel.is_public}
    team = groups.list_of_team(tx, request.channel.platform, request.channel.team) if may_start else []
    joinable = [
        view.OpenGroup(group.name, request.channels[named[group.channel]].channel.name, named[group.channel])
        for group in team
        if group.channel in named and not group.asleep
    ]
    joinable.sort(key=lambda group: sort_key(group.name))
    return Reply(view.first(defaults.goal, joinable, may_start=may_start))


COMMAND = Command(SPEC, run, stranger=welcome)
