"""`partner match`: wait to be matched on Monday; what a partner sees is said before."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply, Via
from bot.commands.shared.group_options import GROUP
from bot.commands.shared.handler import Command
from bot.commands.shared.options import hidden_option
from bot.commands.shared.partners import as_moment, require_free, require_seen
from bot.context import Context
from bot.domain.reminder import PARTNERS_AT
from bot.domain.schedule import next_occurrence
from bot.store import partner_settings, schedules
from bot.views import partner as view

CHOICE = hidden_option("choice")

SPEC = Spec(
    "partner match",
    "let me find you a study partner on Monday",
    (CHOICE, GROUP),
    group="Study partners",
    examples=("/partner match",),
)


def run(context: Context, given: Given) -> Answer:
    """Say what it means; with a choice, wait for a partner or stop waiting."""
    in_place = context.request.via is Via.BUTTON
    if given[CHOICE] == "stop":
        partner_settings.stop_waiting(context.tx, context.person.id)
        return Reply(view.stopped(), in_place=in_place)
    require_free(context)
    group = context.require_own_group()
    require_seen(context, group)
    if given[CHOICE] != "yes" and given[CHOICE] != "days":
        due = next_occurrence(PARTNERS_AT, group.zone, context.now).due_at
        due = schedules.find_partners_due(context.tx, group.id) or due
        return Reply(view.ask_match(group.name, as_moment(context, due), context.group_options(group)))
    settings = partner_settings.find(context.tx, context.person.id)
    shows_days = given[CHOICE] == "days" or settings.shows_days
    settings = settings._replace(shows_days=shows_days, waits_in=group.id)
    partner_settings.save(context.tx, context.person.id, settings)
    due = schedules.await_partners(context.tx, group, context.now)
    return Reply(view.waiting(group.name, as_moment(context, due), shows_days=shows_days), in_place=in_place)


COMMAND = Command(SPEC, run)
