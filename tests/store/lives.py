"""Random lives of a few people in one database: check-ins, goals, pauses, moves, and weeks that close or wait to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import strategies as st

from bot.chat.request import User
from bot.domain.checkin import Entry, Source
from bot.domain.duration import Minutes
from bot.domain.goal import GoalChange
from bot.domain.pause import Pause
from bot.domain.person import ZoneSource
from bot.domain.week import Week
from bot.store import closing, people, progress, recording, time_zones
from bot.store.tx import Tx
from tests.talk import MONDAY_MORNING

NAMES = ("ada", "bo", "cy", "di")
ZONES = ("UTC", "Asia/Tokyo", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago")


@dataclass
class Moment:
    """The instant at which somebody does something."""

    tx: Tx
    person_id: int
    now: datetime

    @property
    def week(self) -> Week:
        return Week.of(people.get(self.tx, self.person_id).today(self.now))


Deed = Callable[[Moment], None]


def check_in(hours: int, days_ago: int) -> Deed:
    def do(at: Moment) -> None:
        day = people.get(at.tx, at.person_id).today(at.now) - timedelta(days=days_ago)
        recording.record_checkin(at.tx, at.person_id, Entry(day, Minutes(hours * 60)), Source.TYPED, None, at.now)

    return do


def set_goal(hours: int) -> Deed:
    def do(at: Moment) -> None:
        change = GoalChange(Minutes(hours * 60), at.week)
        people.set_goals(at.tx, at.person_id, [*people.list_goals(at.tx, at.person_id), change], at.now)
        progress.refresh(at.tx, at.person_id, at.now)

    return do


def pause(begins_in: int, days: int) -> Deed:
    def do(at: Moment) -> None:
        first = people.get(at.tx, at.person_id).today(at.now) + timedelta(days=begins_in)
        people.add_pause(at.tx, at.person_id, Pause(first, first + timedelta(days=days)), None, at.now)
        progress.refresh(at.tx, at.person_id, at.now)

    return do


def move(zone: str) -> Deed:
    def do(at: Moment) -> None:
        time_zones.move(at.tx, people.get(at.tx, at.person_id), zone, ZoneSource.OWN, at.now)

    return do


def close(at: Moment) -> None:
    closing.close_due(at.tx, at.now)


DEEDS = st.one_of(
    st.builds(check_in, st.integers(1, 12), st.integers(0, 8)),
    st.builds(check_in, st.just(10), st.just(0)),
    st.builds(set_goal, st.integers(1, 12)),
    st.builds(pause, st.integers(0, 9), st.integers(0, 20)),
    st.builds(move, st.sampled_from(ZONES)),
    st.just(close),
)
LIVES = st.lists(st.tuples(st.sampled_from(range(len(NAMES))), DEEDS, st.integers(0, 9)), max_size=30)
"""Who does what, and how many days go by before it."""

Lives = list[tuple[int, Deed, int]]


def live(tx: Tx, lives: Lives) -> tuple[list[int], datetime]:
    """Let the people live in a database without anybody; return their ids, and when it is then."""
    now = MONDAY_MORNING
    ids = [people.add(tx, User("console", "", name, name), name, "UTC", ZoneSource.GROUP, now).id for name in NAMES]
    for who, deed, days in lives:
        now += timedelta(days=days, hours=1)
        deed(Moment(tx, ids[who], now))
    return ids, now
