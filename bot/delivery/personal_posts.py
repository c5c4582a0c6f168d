"""Planning what single people have chosen: nudge, last call, fresh start, and a snoozed one again.

Who has kept the week, is paused or resting is left alone. Each is evaluated when due, so nothing stale is ever sent.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from bot.chat.card import Card
from bot.chat.delivery import Address, Delivery
from bot.delivery import group_posts
from bot.delivery.due import Due
from bot.domain.group import is_resting
from bot.domain.person import Person
from bot.domain.reminder import FRESH_AFTER_MISSED, LAST_CALL_WITHIN, RULES, How, Kind
from bot.store import groups, outbox, people, personal, schedules, standing
from bot.store.personal import Reminders
from bot.store.schedules import Schedule
from bot.store.sqlite import Tx
from bot.store.standing import Standing
from bot.views import personal_posts as view
from bot.views import posts

AVERAGED_WEEKS = 12


@dataclass(frozen=True, slots=True)
class Call:
    """One reminder that is to go out: to whom, about what, and how long it is of use."""

    person: Person
    chosen: Reminders
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
                (people.identity(self._tx, call.person.id, group.platform, group.team), call.person.name)
                for call in calls
            ]
            card = view.together(kind, named)
            first = calls[0]
            delivery = Delivery(
                f"{kind}/{group_id}/{first.person.id}/{first.key}",
                group_posts.address(group),
                posts.late(card) if first.is_late else card,
                due_at,
                first.expires_at,
            )
            outbox.owe(self._tx, delivery, group_id=group_id)


def plan(due: Due, channel_calls: ChannelCalls) -> None:
    """Remind the schedule's person, if they are to be reminded now."""
    assert due.schedule.person_id is not None
    person = people.get(due.tx, due.schedule.person_id)
    chosen = personal.reminders(due.tx, person.id)
    if chosen is None or chosen.how is How.OFF:
        return
    call = Call(person, chosen, due.kind, str(due.occurrence.day), due.occurrence.due_at, due.expires_at, due.is_late)
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
    person = people.get(tx, schedule.person_id)
    chosen = personal.reminders(tx, person.id)
    kind = Kind(schedule.payload.split()[0])
    if chosen is None or chosen.how is How.OFF:
        return
    due_at = schedule.due_at or now
    call = Call(
        person, chosen, kind, f"snoozed/{schedule.payload}", due_at, due_at + RULES[kind].useful_for, is_late=False
    )
    card = _card(tx, replace(call, chosen=replace(chosen, fresh_run=None)), now)
    if card is not None and now < call.expires_at:
        _send(tx, call, card, channel_calls)


def _send(tx: Tx, call: Call, card: Card, channel_calls: ChannelCalls) -> None:
    group_id = call.chosen.group_id
    if call.chosen.how is How.CHANNEL and group_id is not None and _is_shown(tx, group_id, call.person.id):
        channel_calls.add(group_id, call)
        return
    to = Address(call.chosen.platform, call.chosen.team, user=call.chosen.user, name=call.person.name)
    delivery = Delivery(_key(call), to, posts.late(card) if call.is_late else card, call.due_at, call.expires_at)
    outbox.owe(tx, delivery, group_id=group_id, person_id=call.person.id)


def _key(call: Call) -> str:
    return f"{call.kind}/{call.chosen.group_id or 0}/{call.person.id}/{call.key}"


def _is_shown(tx: Tx, group_id: int, person_id: int) -> bool:
    member = groups.member(tx, group_id, person_id)
    return member is not None and not member.has_left and not member.is_hidden


def _card(tx: Tx, call: Call, now: datetime) -> Card | None:
    """The reminder, or None where it would be wrong to send it."""
    person = call.person
    found = standing.standing(tx, person, now)
    today = person.today(now)
    if _rests(tx, person, now) or any(pause.covers(today) for pause in found.books.pauses):
        return None
    match call.kind:
        case Kind.NUDGE:
            return view.nudge(found) if found.minutes == 0 else None
        case Kind.LAST_CALL:
            if not 0 < found.missing <= LAST_CALL_WITHIN:
                return None
            return view.last_call(found, groups.plan(tx, person.id, found.current.monday))
        case _:
            return _fresh_start(tx, call, found, now)


def _fresh_start(tx: Tx, call: Call, found: Standing, now: datetime) -> Card | None:
    missed = found.books.closed.missed_run
    has_kept_since = found.tally.streak > 0
    if missed < FRESH_AFTER_MISSED or has_kept_since or call.chosen.fresh_run == _run(found):
        return None
    recent = standing.history(tx, call.person, now)[:-1][-AVERAGED_WEEKS:]
    smaller = view.smaller_goal([judged.facts.minutes for judged in recent], found.goal)
    return view.fresh_start(found.tally, call.person.why, smaller)


def _remember_fresh(tx: Tx, call: Call, now: datetime) -> None:
    if call.kind is Kind.FRESH_START:
        found = standing.standing(tx, call.person, now)
        personal.set_reminders(tx, call.person.id, replace(call.chosen, fresh_run=_run(found)))


def _run(found: Standing) -> str:
    """Names a run of missed weeks: all of them come after the same number of kept ones."""
    return str(found.books.closed.kept)


def _rests(tx: Tx, person: Person, now: datetime) -> bool:
    joined = [member.joined_at for _, member in groups.of_person(tx, person.id)]
    latest = max([*joined, *([person.last_checkin_at] if person.last_checkin_at else [])], default=None)
    return latest is None or is_resting(None, latest, now)
