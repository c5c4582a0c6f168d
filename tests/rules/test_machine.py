"""Everything that members do to their numbers, in any order, over years, by two processes: beside a naive model.

What is typed goes the whole way through the dispatcher into one database, on which two programs work in turn and at
once; both are closed and opened again now and then. After every step all that is kept is compared with the model.
"""

import asyncio
import shutil
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count, permutations
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.app import App
from bot.chat.card import Button
from bot.clock import StillClock
from bot.config import Settings
from bot.domain.week import Week
from bot.location import Location, ServerDatabase
from bot.store import export, people
from bot.store import progress as stored_progress
from bot.store.database import Store
from bot.store.tx import Tx
from tests.delivery.town import Posted, Recorder
from tests.rules.model import (
    DAY,
    WEEK,
    Edited,
    Finished,
    Focused,
    Judgement,
    Life,
    Logged,
    Moved,
    Paused,
    Promised,
    PutBack,
    Resumed,
    Undone,
    monday_of,
)
from tests.servers.postgres import shared
from tests.talk import HOME, Heard, Talk

T = TypeVar("T")
WHO = ("ada", "bo", "cy")
AREAS = ("Mathematics", "Statistics", None)
ZONES = (
    "UTC",
    "Europe/Berlin",
    "Pacific/Apia",
    "Australia/Lord_Howe",
    "Pacific/Kiritimati",
    "America/Havana",
    "Pacific/Honolulu",
)
STARTS = (
    datetime(2026, 1, 5, 9, tzinfo=UTC),
    datetime(2026, 3, 6, 23, 30, tzinfo=UTC),
    datetime(2026, 10, 30, 10, 59, tzinfo=UTC),
    datetime(2011, 12, 23, 8, tzinfo=UTC),  # a week before Apia left out a Friday
)
MINUTES = (1, 45, 60, 150, 240, 300, 600, 900)
REDELIVERED_WITHIN = timedelta(days=1)
LAST_CALL_WITHIN = 240
RECALLED_WEEKS = 7

who_of = st.sampled_from(WHO)
process_of = st.sampled_from((0, 1))
minutes_of = st.sampled_from(MINUTES)
area_of = st.sampled_from(AREAS)
channel_of = st.sampled_from((HOME, HOME, None))
days_back = st.one_of(st.sampled_from((0, 1, 2)), st.integers(-1, 15))
spans = st.one_of(
    st.integers(1, 3).map(lambda n: timedelta(minutes=n)),
    st.integers(1, 40).map(lambda n: timedelta(hours=n)),
    st.integers(1, 12).map(lambda n: timedelta(days=n)),
    st.integers(2, 6).map(lambda n: timedelta(weeks=n)),
)


@dataclass(frozen=True)
class Said:
    """A request that can come again: a line, or a command with its options (as a button sends it)."""

    id: str
    who: str
    words: str
    channel: str | None = HOME
    options: dict[str, str] = field(default_factory=dict)

    async def to(self, talk: Talk) -> Heard:
        if self.options:
            return await talk.command(self.who, self.words, channel=self.channel, request_id=self.id, **self.options)
        return await talk(self.who, self.words, channel=self.channel, request_id=self.id)


@dataclass
class Process:
    """A program on the database that both share."""

    store: Store
    talk: Talk
    app: App

    @classmethod
    async def on(cls, location: Location, platform: Recorder, zones: dict[str, str | None]) -> "Process":
        store = await Store.open(location, readers=1)
        app = App(Settings(), platform.clock, store)
        app.serve(platform)
        return cls(store, Talk(store, platform.clock, zones=zones, starters={"ada"}), app)

    async def tick(self) -> None:
        """Plan what is due, as the clock makes it, and send it."""
        await self.app.delivery.tick()
        await self.app.delivery.settle()


class Lives(RuleBasedStateMachine):
    """Ada has started the group, Bo has joined it, and Cy speaks for himself until he does."""

    def __init__(self, make_empty: Callable[[], Location]) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.location = make_empty()
        self.processes: list[Process] = []
        self.ids = count(1)
        self.said: list[tuple[Said, Heard, datetime]] = []
        self.members: set[str] = set()
        self.is_judged = True
        self.checked_posts = 0

    def teardown(self) -> None:
        for process in self.processes:
            self.run(process.store.close())
        self.runner.close()
        if isinstance(self.location, Path):
            for path in self.location.parent.glob(f"{self.location.name}*"):
                path.unlink()

    def run(self, work: Awaitable[T]) -> T:
        async def awaited() -> T:
            return await work

        return self.runner.run(awaited())

    @initialize(
        start=st.sampled_from(STARTS),
        zones=st.tuples(*(st.sampled_from(ZONES) for _ in WHO)),
        goal=st.sampled_from((5, 10)),
    )
    def begin(self, start: datetime, zones: tuple[str, ...], goal: int) -> None:
        self.clock = StillClock(start)
        self.platform = Recorder(self.clock)
        self.zones: dict[str, str | None] = dict(zip(WHO, zones, strict=True))
        self.lives = {who: Life(zone) for who, zone in zip(WHO, zones, strict=True)}
        self.goal = goal * 60
        self.open()
        self.say(0, "ada", f"/group start zone: {zones[0]} goal: {goal}")
        self.say(0, "ada", "/group join")
        self.say(0, "bo", "/group join")
        self.joins("ada")
        self.joins("bo")
        self.settle()

    def open(self) -> None:
        self.processes = [self.run(Process.on(self.location, self.platform, self.zones)) for _ in range(2)]

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def say(self, process: int, who: str, words: str, channel: str | None = HOME, **options: str) -> Heard:
        said = Said(f"request-{next(self.ids)}", who, words, channel, options)
        heard = self.run(said.to(self.processes[process].talk))
        self.said.append((said, heard, self.now))
        return heard

    def settle(self, process: int = 0) -> None:
        self.run(self.processes[process].tick())
        self.is_judged = True

    def joins(self, who: str) -> None:
        """Make somebody a member: the default goal is that of the first group joined, at that moment."""
        self.members.add(who)
        if not any(isinstance(typed, Promised) for typed in self.lives[who].typed):
            self.lives[who] = self.lives[who].then(Promised(self.now, self.goal))

    def knows(self, who: str) -> bool:
        return any(said.who == who for said, heard, _ in self.said if not heard.is_wrong)

    # what is typed

    @rule(
        who=who_of,
        process=process_of,
        minutes=minutes_of,
        back=days_back,
        area=area_of,
        channel=channel_of,
        sure=st.booleans(),
    )
    def checks_in(  # noqa: PLR0917 - Hypothesis names all of them
        self, who: str, process: int, minutes: int, back: int, area: str | None, channel: str | None, sure: bool
    ) -> None:
        day = self.lives[who].today(self.now) - back * DAY
        heard = self.say(process, who, checkin_words(minutes, day, area), channel)
        assert outcome(heard) == self.expected(who, day, minutes, area, channel)
        if outcome(heard) == "long" and sure:
            heard = self.say(process, who, "checkin", channel, **yes_button(heard).options)
            assert outcome(heard) == self.expected(who, day, minutes, area, channel, is_long_meant=True)
        if outcome(heard) == "twice" and sure:
            heard = self.say(process, who, "checkin", channel, **heard.button("Count both").options)
            assert outcome(heard) == "logged"
            self.lives[who] = self.logged(who, day, minutes, area, channel)

    @rule(who=who_of, minutes=st.tuples(minutes_of, minutes_of), channel=channel_of, same_request=st.booleans())
    def checks_in_twice_at_once(
        self, who: str, minutes: tuple[int, int], channel: str | None, same_request: bool
    ) -> None:
        """Through two processes; with one and the same request it counts once, and both show the same."""
        today = self.lives[who].today(self.now)
        first = Said(f"request-{next(self.ids)}", who, checkin_words(minutes[0], today, None), channel)
        second = first
        if not same_request:
            second = Said(f"request-{next(self.ids)}", who, checkin_words(minutes[1], today, None), channel)
        one, other = self.processes
        heard = self.at_once(first.to(one.talk), second.to(other.talk))
        self.said += [(said, each, self.now) for said, each in zip((first, second), heard, strict=True)]
        if same_request:
            assert heard[0].answer == heard[1].answer
            assert outcome(heard[0]) == self.expected(who, today, minutes[0], None, channel)
            return
        before, members, fits = self.lives[who], set(self.members), []
        for order in permutations((0, 1)):
            self.lives[who], self.members = before, set(members)
            expected = {index: self.expected(who, today, minutes[index], None, channel) for index in order}
            if [expected[0], expected[1]] == [outcome(each) for each in heard]:
                fits.append((self.lives[who], set(self.members)))
        made = [(each["day"], each["minutes"]) for each in self.seen(who)["export"]["checkins"]]
        fitting = [fit for fit in fits if [(str(e.day), e.minutes) for e in fit[0].entries().values()] == made]
        assert fitting, (heard, fits, made)
        self.lives[who], self.members = fitting[0]

    def at_once(self, *work: Awaitable[T]) -> list[T]:
        async def together() -> list[T]:
            return await asyncio.gather(*work)

        return self.run(together())

    def expected(
        self,
        who: str,
        day: date,
        minutes: int,
        area: str | None,
        channel: str | None,
        *,
        is_long_meant: bool = False,
    ) -> str:
        """Return what a check-in is answered; take it into the model where it counts."""
        life = self.lives[who]
        if not life.reaches(day, self.now) or not life.has_room(day, minutes):
            return "wrong"
        if life.is_long(day, minutes) and not is_long_meant:
            return "long"
        if life.logged_a_moment_ago(day, minutes, self.now):
            return "twice"
        self.lives[who] = self.logged(who, day, minutes, area, channel)
        return "logged"

    def logged(self, who: str, day: date, minutes: int, area: str | None, channel: str | None) -> Life:
        if channel == HOME and who not in self.members:
            self.joins(who)
        return self.lives[who].then(Logged(self.now, day, minutes, area))

    @rule(who=who_of, process=process_of)
    def undoes(self, who: str, process: int) -> None:
        newest = self.lives[who].newest()
        heard = self.say(process, who, "/undo")
        assert heard.is_wrong == (newest is None)
        if newest is not None:
            self.lives[who] = self.lives[who].then(Undone(self.now, newest.number))

    @rule(who=who_of)
    def undoes_twice_at_once(self, who: str) -> None:
        said = [Said(f"request-{next(self.ids)}", who, "/undo") for _ in self.processes]
        heard = self.at_once(*(each.to(process.talk) for each, process in zip(said, self.processes, strict=True)))
        self.said += [(each, answer, self.now) for each, answer in zip(said, heard, strict=True)]
        for _ in heard:
            newest = self.lives[who].newest()
            if newest is not None:
                self.lives[who] = self.lives[who].then(Undone(self.now, newest.number))

    @rule(who=who_of, process=process_of, choice=st.integers(0, 30))
    def puts_back(self, who: str, process: int, choice: int) -> None:
        life = self.lives[who]
        if not (entries := list(life.entries().values())):
            return
        entry = entries[-1 - choice % len(entries)]
        is_right = entry.is_undone and life.has_room(entry.day, entry.minutes)
        heard = self.say(process, who, "undo", back=str(entry.number))
        assert heard.is_wrong != is_right
        if is_right:
            self.lives[who] = life.then(PutBack(self.now, entry.number))

    @rule(
        who=who_of,
        process=process_of,
        choice=st.integers(0, 30),
        minutes=st.one_of(st.none(), minutes_of),
        back=st.one_of(st.none(), days_back),
        area=area_of,
    )
    def edits(
        self, who: str, process: int, choice: int, minutes: int | None, back: int | None, area: str | None
    ) -> None:
        life = self.lives[who]
        entries = list(life.entries().values())
        if not entries or (minutes, back, area) == (None, None, None):
            return
        old = entries[-1 - choice % len(entries)]
        new = Edited(
            self.now,
            old.number,
            old.day if back is None else life.today(self.now) - back * DAY,
            minutes or old.minutes,
            area or old.area,
        )
        is_same = (new.day, new.minutes, new.area) == (old.day, old.minutes, old.area)
        may_move = new.day == old.day or life.reaches(new.day, self.now)
        is_old = old.day < life.today(self.now) - 14 * DAY
        may_move = may_move and not (is_old and (new.day, new.minutes) != (old.day, old.minutes))
        is_right = not old.is_undone and not is_same and may_move and life.has_room(new.day, new.minutes, old)
        said = [f"time: {minutes}m" if minutes else "", f"area: {area}" if area else ""]
        heard = self.say(
            process, who, f"/edit #{old.number} {' '.join(said)}" + ("" if back is None else f" day: {new.day}")
        )
        assert heard.is_wrong != is_right, heard
        is_long = is_right and life.is_long(new.day, new.minutes, old)
        assert (outcome(heard) == "long") == is_long, heard
        if is_long:
            heard = self.say(process, who, "edit", **yes_button(heard).options)
            assert outcome(heard) == "logged", heard
        if is_right:
            self.lives[who] = life.then(new)

    @rule(who=who_of, process=process_of, zone=st.sampled_from(ZONES))
    def moves(self, who: str, process: int, zone: str) -> None:
        assert not self.say(process, who, f"/timezone {zone}").is_wrong
        if zone != self.lives[who].zone:
            self.lives[who] = self.lives[who].then(Moved(self.now, zone))

    @rule(who=who_of, process=process_of, hours=st.sampled_from((1, 4, 5, 8, 10)))
    def promises(self, who: str, process: int, hours: int) -> None:
        assert not self.say(process, who, f"/goal {hours}").is_wrong
        self.lives[who] = self.lives[who].then(Promised(self.now, hours * 60))

    @rule(who=who_of, process=process_of, ahead=st.integers(-7, 9), days=st.integers(0, 16))
    def pauses(self, who: str, process: int, ahead: int, days: int) -> None:
        life = self.lives[who]
        first = life.today(self.now) + ahead * DAY
        last = first + days * DAY
        is_right = first >= life.monday(self.now)
        assert self.say(process, who, f"/pause until: {last} from: {first}").is_wrong != is_right
        today = life.today(self.now)
        known = [pause for pause in life.pauses() if pause.counts_until >= today]
        if is_right and not any(pause.first <= first and last <= pause.last for pause in known):
            self.lives[who] = life.then(Paused(self.now, first, last))

    @rule(who=who_of, process=process_of)
    def resumes(self, who: str, process: int) -> None:
        life = self.lives[who]
        is_right = any(life.today(self.now) <= pause.last for pause in life.pauses())
        assert self.say(process, who, "/resume").is_wrong != is_right
        if is_right:
            self.lives[who] = life.then(Resumed(self.now))

    @rule(who=who_of, process=process_of)
    def joins_the_group(self, who: str, process: int) -> None:
        self.say(process, who, "/group join")
        if who not in self.members:
            self.joins(who)

    @rule(
        who=who_of,
        process=process_of,
        words=st.sampled_from(
            ("how: direct", "how: channel", "how: off", "lastcall: sat 10:00", "lastcall: sun 15:00")
        ),
    )
    def wants_reminders(self, who: str, process: int, words: str) -> None:
        heard = self.say(process, who, f"/reminders {words}")
        assert heard.is_wrong == (words == "how: channel" and who not in self.members)

    @rule(who=who_of, process=process_of)
    def turns_to_another_focus(self, who: str, process: int) -> None:
        life = self.lives[who]
        title = f"Thing {len(life.focuses()) + 1}"
        heard = self.say(process, who, f"/focus start {title}")
        assert ("One thing at a time" in heard) == (life.focus is not None)
        if life.focus is not None:
            aside = heard.button("Set it aside")
            heard = self.say(process, who, aside.command, **aside.options)
        assert f"count toward {title}" in heard
        self.lives[who] = life.then(Focused(self.now, title))

    @rule(who=who_of, process=process_of)
    def finishes_the_focus(self, who: str, process: int) -> None:
        life = self.lives[who]
        heard = self.say(process, who, "/focus finish Because it follows from the axioms.")
        assert heard.is_wrong == (life.focus is None)
        if life.focus is not None:
            self.lives[who] = life.then(Finished(self.now))

    @rule(who=who_of, process=process_of, words=st.sampled_from(("/progress", "/streak", "/leaderboard", "/history")))
    def looks(self, who: str, process: int, words: str) -> None:
        assert "went wrong" not in self.say(process, who, words)

    # what happens to them

    @precondition(lambda self: self.said)
    @rule(choice=st.integers(0, 5), process=process_of)
    def a_request_comes_again(self, choice: int, process: int) -> None:
        said, heard, at = self.said[-1 - choice % len(self.said)]
        if self.now - at > REDELIVERED_WITHIN or said.words.startswith(("/progress", "/streak", "/leader", "/history")):
            return
        again = self.run(said.to(self.processes[process].talk))
        assert again.answer == heard.answer

    @rule(span=spans, process=process_of)
    def time_goes_on(self, span: timedelta, process: int) -> None:
        self.run(self.processes[process].app.delivery.move(self.now + span))
        self.settle(process)

    @rule(span=spans, process=process_of, is_seen=st.booleans())
    def time_jumps(self, span: timedelta, process: int, is_seen: bool) -> None:
        """As after down time; or the clock went on a little, and nothing has woken the planner yet."""
        self.clock.advance(span)
        self.is_judged = False
        if is_seen:
            self.settle(process)

    @rule(who=who_of, weeks=st.integers(-1, 2), seconds=st.sampled_from((-1, 0, 1)), process=process_of)
    def a_week_is_about_to_close(self, who: str, weeks: int, seconds: int, process: int) -> None:
        life = self.lives[who]
        target = life.closes_at(life.monday(self.now) + weeks * WEEK) + timedelta(seconds=seconds)
        if target > self.now:
            self.run(self.processes[process].app.delivery.move(target))
            self.is_judged = True

    @rule(who=who_of, process=process_of, weeks=st.integers(2, 6), days=st.integers(6, 8))
    def studies_week_after_week(self, who: str, process: int, weeks: int, days: int) -> None:
        """Enough each time to keep the week, so that freezes are earned."""
        for _ in range(weeks):
            life, today = self.lives[who], self.lives[who].today(self.now)
            minutes = max(60, life.goal(monday_of(today)))
            heard = self.say(process, who, checkin_words(minutes, today, None))
            assert outcome(heard) == self.expected(who, today, minutes, None, HOME)
            self.run(self.processes[process].app.delivery.move(self.now + days * DAY))
            self.is_judged = True

    @rule()
    def both_plan_at_once(self) -> None:
        self.at_once(*(process.tick() for process in self.processes))
        self.is_judged = True

    @rule(who=who_of, minutes=minutes_of)
    def both_plan_while_somebody_checks_in(self, who: str, minutes: int) -> None:
        one, other = self.processes
        today = self.lives[who].today(self.now)
        said = Said(f"request-{next(self.ids)}", who, checkin_words(minutes, today, None))
        answers: list[Any] = self.at_once(one.tick(), said.to(one.talk), other.tick())
        self.said.append((said, answers[1], self.now))
        assert outcome(answers[1]) == self.expected(who, today, minutes, None, HOME)
        self.is_judged = True

    @rule()
    def both_start_again(self) -> None:
        for process in self.processes:
            self.run(process.store.close())
        self.open()

    # what must hold after every step

    @invariant()
    def everything_kept_is_what_the_rules_make_of_it(self) -> None:
        for who in WHO:
            if self.knows(who):
                self.compare(self.lives[who], self.lives[who].judged(self.now), self.seen(who))

    @invariant()
    def every_post_stands_there_once(self) -> None:
        keys = Counter(posted.key for posted in self.platform.posts)
        assert [key for key, times in keys.items() if times > 1] == []

    @invariant()
    def nobody_is_called_twice_in_a_week_or_in_vain(self) -> None:
        called = [(who, posted) for posted in self.platform.posts for who in called_by(posted)]
        weeks = Counter((who, monday_of(day_of(posted))) for who, posted in called)
        assert [occasion for occasion, times in weeks.items() if times > 1] == []
        new = self.platform.posts[self.checked_posts :]
        self.checked_posts = len(self.platform.posts)
        for who, posted in called:
            life = self.lives[who].before(posted.at)
            if posted in new:
                today = life.today(posted.at)
                monday = monday_of(today)
                missing = life.goal(monday) - life.counted(posted.at)
                assert 0 < missing <= LAST_CALL_WITHIN, (who, posted.text)
                assert not any(pause.first <= today <= pause.last for pause in life.pauses()), (who, posted.text)

    def seen(self, who: str) -> dict[str, Any]:
        process = self.processes[next(self.ids) % 2]
        now = self.now
        return self.run(process.store.read(partial(seen_of, who=process.talk.user(who), now=now)))

    def compare(self, life: Life, judged: Judgement, seen: dict[str, Any]) -> None:
        exported = seen["export"]
        assert exported["person"]["time_zone"] == life.zone
        assert exported["checkins"] == [
            {
                "id": entry.number,
                "day": str(entry.day),
                "minutes": entry.minutes,
                "area": entry.area,
                "focus": entry.focus,
                "late": entry.is_late,
                "undone": entry.is_undone,
                "created_at": entry.made_at.isoformat(),
                "counted_week": str(monday) if (monday := judged.counted_in.get(entry.number)) else None,
            }
            for entry in life.entries().values()
        ]
        assert exported["weeks"] == [
            {
                "starts": str(week.monday),
                "minutes": week.minutes,
                "goal": week.goal,
                "state": week.state,
                "streak": week.streak,
            }
            for week in judged.weeks
        ]
        states = [(str(week.monday), week.state) for week in judged.weeks]
        assert seen["recalled"] == states[-RECALLED_WEEKS:]
        assert exported["freezes"] == {"held": judged.held, "earned": judged.earned, "spent": judged.spent}
        kept = {"streak": judged.streak, "kept": judged.count("kept"), "held": judged.held}
        assert seen["standing"] == kept
        if self.is_judged:
            assert seen["row"]["streak"] == judged.streak
            assert seen["row"]["kept"] == judged.count("kept")
        counted = {str(week.monday): week.counted for week in judged.weeks if week.counted}
        until = str(life.monday(self.now))
        assert {monday: minutes for monday, minutes in seen["counted"].items() if monday <= until} == counted
        self.compare_totals(life, seen)

    def compare_totals(self, life: Life, seen: dict[str, Any]) -> None:
        days: Counter[str] = Counter()
        weeks: Counter[str] = Counter()
        areas: Counter[str] = Counter()
        for entry in life.valid():
            days[str(entry.day)] += entry.minutes
            areas[entry.area or ""] += entry.minutes
            if life.first_week and monday_of(entry.day) >= life.first_week:
                weeks[str(monday_of(entry.day))] += entry.minutes
        del areas[""]
        assert seen["row"]["total_minutes"] == sum(days.values())
        assert seen["days"] == dict(days)
        assert seen["weeks"] == dict(weeks)
        assert seen["areas"] == dict(areas)
        assert {focus["title"]: focus["minutes"] for focus in seen["export"]["focuses"]} == life.focuses()
        for monday, goal in seen["goals"].items():
            assert goal == life.goal(date.fromisoformat(monday)), monday


def seen_of(tx: Tx, who: Any, now: datetime) -> dict[str, Any]:
    """Return all that is stored of somebody's numbers, in every place where it is."""
    person = people.find(tx, who)
    assert person is not None
    exported = export.export(tx, person, now)
    compared = ("id", "day", "minutes", "area", "focus", "late", "undone", "created_at", "counted_week")
    exported["checkins"] = [{name: each[name] for name in compared} for each in exported["checkins"]]
    row = tx.one("SELECT streak, kept, total_minutes FROM people WHERE id = :id", id=person.id)
    tally = stored_progress.judge_person(tx, person.id, now).tally
    since = Week.of(person.today(now)).plus(1 - RECALLED_WEEKS)
    recalled, _ = stored_progress.judge_since(tx, person.id, since, now)

    def pairs(sql: str) -> dict[str, int]:
        return {str(key): value for key, value in tx.all(sql, id=person.id)}

    return {
        "export": exported,
        "row": dict(zip(("streak", "kept", "total_minutes"), row, strict=True)) if row else {},
        "recalled": [(str(outcome.week.monday), outcome.state.value) for outcome in recalled],
        "standing": {"streak": tally.streak, "kept": tally.kept, "held": tally.held},
        "days": pairs("SELECT day, minutes FROM day_totals WHERE person_id = :id AND minutes <> 0"),
        "weeks": pairs("SELECT monday, minutes FROM weeks WHERE person_id = :id AND minutes <> 0"),
        "counted": pairs("SELECT monday, counted FROM weeks WHERE person_id = :id AND counted <> 0"),
        "areas": pairs("SELECT area, minutes FROM area_totals WHERE person_id = :id AND minutes <> 0"),
        "goals": pairs("SELECT monday, goal FROM weeks WHERE person_id = :id"),
    }


def checkin_words(minutes: int, day: date, area: str | None) -> str:
    return f"/checkin {minutes}m day: {day}" + (f" area: {area}" if area else "")


def outcome(heard: Heard) -> str:
    if heard.is_wrong:
        return "wrong"
    if "Is that right?" in heard:
        return "long"
    return "twice" if "Count both?" in heard else "logged"


def yes_button(heard: Heard) -> Button:
    """Return the button that says that a day of more than fourteen hours is meant."""
    return next(button for button in heard.card.buttons() if button.label.startswith("Yes, count "))


def called_by(posted: Posted) -> list[str]:
    """Return who is meant by a personal last call; nobody by another post."""
    if not posted.key.startswith("lastcall/"):
        return []
    return [posted.user] if posted.user else [who for who in WHO if f"@{who.capitalize()}" in posted.text]


def day_of(posted: Posted) -> date:
    return date.fromisoformat(posted.key.rsplit("/", 1)[1])


@pytest.fixture
def make_empty(empty_database: Path, tmp_path: Path) -> Callable[[], Location]:
    """Return a function that returns a new file with nothing in it."""
    numbers = count()
    return lambda: Path(shutil.copy(empty_database, tmp_path / f"{next(numbers)}.db"))


def check(make_empty: Callable[[], Location], examples: int, steps: int) -> None:
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=False,
        suppress_health_check=list(HealthCheck),
    )
    machine: Any = partial(Lives, make_empty)
    run_state_machine_as_test(machine, settings=chosen)


def test_whatever_is_done_everything_kept_is_what_the_rules_make_of_it(make_empty: Callable[[], Location]) -> None:
    check(make_empty, examples=20, steps=25)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_it_is_on_a_server_too(server_database: ServerDatabase) -> None:
    def empty() -> Location:
        shared.empty(server_database)
        return server_database

    check(empty, examples=30, steps=25)


@pytest.mark.slow
@pytest.mark.overnight
@pytest.mark.timeout(600)
def test_the_same_for_longer_lives(make_empty: Callable[[], Location]) -> None:
    check(make_empty, examples=120, steps=50)
