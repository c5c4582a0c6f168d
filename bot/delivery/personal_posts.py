"""Planning what single people have chosen: nudge, last call, fresh start, and a snoozed one again.

Who has kept the week, is paused or resting is left alone. Each is evaluated when due, so nothing stale is ever sent.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.chat.card import Card
from bot.chat.delivery import Address, Delivery
from bot.delivery import group_posts
from bot.delivery.due import Due
from bot.domain.group import is_resting
from bot.domain.reminder import FRESH_AFTER_MISSED, LAST_CALL_WITHIN, RULES, How, Kind
from bot.domain.week import Week
from bot.store import groups, outbox, people, personal, reminding, schedules, standing
from bot.store.reminding import Reminded
from bot.store.schedules import Schedule
from bot.store.sqlite import Tx
from bot.store.standing import Standing
from bot.views import personal_posts as view
from bot.views import posts

AVERAGED_WEEKS = 12


@dataclass(frozen=True, slots=True)
class Call:
    """One reminder that is to go out: to whom, about what, and how long it is of use."""

    who: Reminded
    today: date
    kind: Kind
    key: str
    due_at: datetime
    expires_at: datetime
    is_late: bool


class ChannelCalls:
    """Collects who chose the channel, so that one post names together those of one group, kind and instant."""

    def __init__(self, tx: Tx, now: datetime) -> None:
        self._tx = tx
        self._now = now
        self._calls: dict[tuple[int, Kind, datetime], list[Call]] = defaultdict(list)

    def add(self, group_id: int, call: Call) -> None:
        """Name this person in their group's post."""
        self._calls[group_id, call.kind, call.due_at].append(call)

    def owe(self) -> None:
        """Owe one post for each group, kind and instant."""
        for (group_id, kind, due_at), calls in self._calls.items():
            group = groups.get(self._tx, group_id)
            named = [
                (people.identity(self._tx, call.who.person_id, group.platform, group.team), call.who.name)
                for call in calls
            ]
            card = view.together(kind, named)
            first = calls[0]
            delivery = Delivery(
                f"{kind}/{group_id}/{first.who.person_id}/{first.key}",
                group_posts.address(group),
                posts.late(card) if first.is_late else card,
                due_at,
                first.expires_at,
            )
            outbox.owe(self._tx, delivery, group_id=group_id)


def plan(due: Due, channel_calls: ChannelCalls) -> None:
    """Remind the schedule's person, if they are to be reminded now."""
    assert due.schedule.person_id is not None
    today = due.now.astimezone(ZoneInfo(due.schedule.zone_name)).date()
    who = reminding.find(due.tx, due.schedule.person_id, today)
    if who is None:
        return
    occurrence = due.occurrence
    call = Call(who, today, due.kind, str(occurrence.day), occurrence.due_at, due.expires_at, due.is_late)
    card = _card(due.tx, call, due.now)
    if card is None:
        return
    if due.is_useless:
        due.skip(_key(call), None, "the bot was not running while it was of use")
        return
    _remember_fresh(due.tx, call, due.now)
    _send(due.tx, call, card, channel_calls)


def plan_snoozed(tx: Tx, schedule: Schedule, now: datetime, channel_calls: ChannelCalls) -> None:
    """Three hours later: remind again if it still makes sense."""
    assert schedule.person_id is not None
    schedules.finish(tx, schedule.id)
    today = now.astimezone(ZoneInfo(schedule.zone_name)).date()
    who = reminding.find(tx, schedule.person_id, today)
    if who is None:
        return
    kind = Kind(schedule.payload.split()[0])
    due_at = schedule.due_at or now
    call = Call(who, today, kind, f"snoozed/{schedule.payload}", due_at, due_at + RULES[kind].useful_for, is_late=False)
    anew = replace(who, chosen=replace(who.chosen, fresh_run=None))
    card = _card(tx, replace(call, who=anew), now)
    if card is not None and now < call.expires_at:
        _send(tx, call, card, channel_calls)


def _send(tx: Tx, call: Call, card: Card, channel_calls: ChannelCalls) -> None:
    who, chosen = call.who, call.who.chosen
    group_id = chosen.group_id
    if chosen.how is How.CHANNEL and group_id is not None and _is_shown(tx, group_id, who.person_id):
        channel_calls.add(group_id, call)
        return
    to = Address(chosen.platform, chosen.team, user=chosen.user, name=who.name)
    delivery = Delivery(_key(call), to, posts.late(card) if call.is_late else card, call.due_at, call.expires_at)
    outbox.owe(tx, delivery, group_id=group_id, person_id=who.person_id)


def _key(call: Call) -> str:
    return f"{call.kind}/{call.who.chosen.group_id or 0}/{call.who.person_id}/{call.key}"


def _is_shown(tx: Tx, group_id: int, person_id: int) -> bool:
    member = groups.member(tx, group_id, person_id)
    return member is not None and not member.has_left and not member.is_hidden


def _card(tx: Tx, call: Call, now: datetime) -> Card | None:
    """The reminder, or None where it would be wrong to send it."""
    who = call.who
    if who.is_away or is_resting(None, who.seen_at, now):
        return None
    match call.kind:
        case Kind.NUDGE:
            return view.nudge(who.goal) if who.minutes == 0 else None
        case Kind.LAST_CALL:
            if not 0 < who.missing <= LAST_CALL_WITHIN:
                return None
            plan = groups.plan(tx, who.person_id, Week.of(call.today).monday)
            return view.last_call(who.minutes, who.goal, plan)
        case _:
            return _fresh_start(tx, who, now) if who.streak == 0 else None


def _fresh_start(tx: Tx, who: Reminded, now: datetime) -> Card | None:
    person = people.get(tx, who.person_id)
    found = standing.standing(tx, person, now)
    if found.books.closed.missed_run < FRESH_AFTER_MISSED or who.chosen.fresh_run == _run(found):
        return None
    recent = standing.history(tx, person, now)[:-1][-AVERAGED_WEEKS:]
    smaller = view.smaller_goal([judged.facts.minutes for judged in recent], found.goal)
    return view.fresh_start(found.tally, person.why, smaller)


def _remember_fresh(tx: Tx, call: Call, now: datetime) -> None:
    if call.kind is Kind.FRESH_START:
        found = standing.standing(tx, people.get(tx, call.who.person_id), now)
        personal.set_reminders(tx, call.who.person_id, replace(call.who.chosen, fresh_run=_run(found)))


def _run(found: Standing) -> str:
    """Names a run of missed weeks: all of them come after the same number of kept ones."""
    return str(found.books.closed.kept)
