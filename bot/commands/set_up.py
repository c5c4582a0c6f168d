"""*Set me up*: time zone, reminders and why, asked in one form after joining; all of them are optional."""

from bot.chat.command import Given, Option, OptionKind, Reading, Spec
from bot.chat.form import Choice
from bot.chat.request import Answer, Reply
from bot.commands.shared import setting_up
from bot.commands.shared.group_options import GROUP
from bot.commands.shared.handler import Command, about
from bot.commands.shared.options import ChoiceReader
from bot.commands.shared.personal_reminders import choose_route
from bot.commands.shared.setting_up import WHY, is_set_up, list_answered, offer_clocks
from bot.context import Context
from bot.domain.person import ZoneSource
from bot.domain.reminder import ReminderRoute
from bot.domain.zones import read_zone
from bot.store import people, reminders, time_zones
from bot.views import set_up as view

ELSEWHERE = "elsewhere"
ROUTES = (
    Choice("No", ReminderRoute.OFF.value),
    Choice("Privately, in weeks that need it", ReminderRoute.DIRECT.value),
    Choice("In the channel, by name", ReminderRoute.CHANNEL.value),
)


def _read_place(text: str, _reading: Reading) -> str:
    return ELSEWHERE if text.strip().casefold() == ELSEWHERE else read_zone(text).key


def _offer_places(reading: Reading) -> tuple[Choice, ...]:
    return (*offer_clocks(reading), Choice("Somewhere else: /timezone", ELSEWHERE))


PLACE = Option(
    setting_up.ZONE,
    OptionKind.CHOICE,
    "where you live",
    _read_place,
    longest=64,
    question="What time is it for you?",
    offer=_offer_places,
)
REMIND = Option(
    setting_up.REMIND,
    OptionKind.CHOICE,
    "reminders that you want",
    ChoiceReader("remind", ROUTES, {"off": "no, never", "direct": "yes, privately"}),
    choices=ROUTES,
    question="Remind me?",
)

SPEC = Spec(
    "set up",
    "set time zone, reminders and why",
    (PLACE, REMIND, WHY, GROUP),
    title="Set me up",
    submit="Save",
    is_button_only=True,
    shows_form=True,
)


def run(context: Context, given: Given) -> Answer:
    """Save what was answered; what was left open stays as it is."""
    place, why, chosen = given[PLACE], given[WHY], given[REMIND]
    is_zone_set = place is not None and place != ELSEWHERE
    if place is not None and is_zone_set:
        context.person = time_zones.move(context.tx, context.person, place, ZoneSource.OWN, context.now)
    route = None if chosen is None else ReminderRoute(chosen)
    if route is not None:
        with about(REMIND):
            choose_route(context, route)
    if why:
        people.set_why(context.tx, context.person.id, why)
    group = context.require_own_group() if route is ReminderRoute.CHANNEL else None
    return Reply(view.done(view.SetUp(context.person, context.now, is_zone_set, place == ELSEWHERE, route, group, why)))


def list_known(context: Context) -> set[str]:
    """Return what the person has answered before; none of it where that is all, for then they come to change it."""
    answered = list_answered(context)
    return set() if is_set_up(context) else answered


def prefill(context: Context, _raw: dict[str, str]) -> dict[str, str]:
    """Return what is set."""
    choice = reminders.find_choice(context.tx, context.person.id)
    return {REMIND.name: choice.how.value if choice else "", WHY.name: context.person.why or ""}


COMMAND = Command(SPEC, run, prefill, known=list_known)
