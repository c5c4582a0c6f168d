"""Whatever card tells a deadline, tells the instant at which the program itself closes that week for its reader.

Two people in random zones study, move, pause and look at everything, over random weeks; every answer and post that they
can read is read here as a person would read it, at the instant at which it is given. What everybody reads must hold for
each member in their own zone. A sentence about a deadline that this reader does not understand is a fault, too.
"""

import asyncio
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.chat.plain import plain
from bot.domain.deadline import Deadline
from bot.domain.progress import StudyRecord
from bot.domain.schedule import Moment, next_occurrence
from bot.domain.week import Week, first_instant
from bot.store import people
from bot.store import progress as stored_progress
from bot.store.database import Store
from bot.store.tx import Tx
from bot.views import weeks as week_words
from tests.delivery.town import Town
from tests.talk import Heard

WHO = ("ada", "bo")
ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
    "Pacific/Auckland",
    "Pacific/Honolulu",
    "Pacific/Apia",
    "Asia/Kathmandu",
    "America/Havana",
)
STARTS = (
    datetime(2026, 1, 5, 9, tzinfo=UTC),
    datetime(2026, 3, 2, 9, tzinfo=UTC),  # Havana and New York skip an hour on the Sunday after
    datetime(2026, 10, 19, 9, tzinfo=UTC),  # Berlin repeats one
)
LOOKS = (
    "/progress",
    "/streak",
    "/goal",
    "/reminders",
    "/guide",
    "/pause fri to sun",
    "/timer start",
    "/leaderboard",
    "/history",
    "/edit #1 time: 45m",
    "/edit #2 time: 3h day: sun",
    "/undo #1",
    "/resume",
    "/group leave",
    "/group join",
    "/reminders channel",
    "/reminders direct",
)
DAYS = {name: number for number, name in enumerate(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))}
WEEKDAY = "(?P<day>Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
DATE = rf"{WEEKDAY}[a-z]*(?: (?P<date>\d+) (?P<month>[A-Z][a-z]+))?"
PHRASES = (
    re.compile(r"\b(?:by|until) tonight"),
    re.compile(rf"\b(?:by|until) the end of {DATE}"),
    re.compile(r"\b(?:by|until) (?P<clock>\d+:\d\d) today"),
    re.compile(rf"\b(?:by|until) {DATE},? (?P<clock>\d+:\d\d)"),
)
GENERAL = ("your own time", "log them by the end of Tuesday")
"""What stands in sentences that are meant for everybody."""

HINTS = re.compile(r"\b(?:tonight|midnight|tomorrow night|Sunday night|end of \w+day|by \d+:|by [MTWFS][a-z]+)\b")
"""Words of which there must be nothing that was not understood."""

_numbers = count()


class Told(NamedTuple):
    """A deadline as it was told: the sentence, and the instant that it means."""

    sentence: str
    at: datetime


class Step(NamedTuple):
    """Something that one of the two does: `what` with `value`, or time that goes by."""

    what: str
    who: str = "ada"
    value: str | int = 0


ZONES_OF_BOTH = st.tuples(*[st.sampled_from(ZONES)] * len(WHO))
INSTANTS = ("Sun 13:00", "Sun 16:00", "Sun 21:00", "Mon 01:00", "Mon 09:30", "Tue 08:00", "Tue 22:00", "Wed 04:00")
"""Times in UTC around which a week ends or closes somewhere."""

STEPS = st.one_of(
    st.builds(Step, st.just("wait"), st.just(""), st.integers(1, 40)),
    *[st.builds(Step, st.just("wait until"), st.just(""), st.sampled_from(INSTANTS))] * 3,
    st.builds(Step, st.just("move"), st.sampled_from(WHO), st.sampled_from(ZONES)),
    st.builds(Step, st.just("study"), st.sampled_from(WHO), st.sampled_from((30, 60, 180, 420, 599))),
    st.builds(Step, st.just("last week"), st.sampled_from(WHO), st.sampled_from((30, 60, 180, 420))),
    st.builds(Step, st.just("press"), st.sampled_from(WHO), st.sampled_from(("Undo", "Remind me", "More", "Later"))),
    st.builds(Step, st.just("press"), st.sampled_from(WHO), st.sampled_from(("Log 1 h", "Log 30 min", "Put back"))),
    st.builds(Step, st.just("look"), st.sampled_from(WHO), st.sampled_from(LOOKS)),
)


def sentences_of(text: str) -> Iterator[str]:
    """Yield sentences; a line ends one."""
    for line in text.splitlines():
        if not line.startswith(("[", ">")):
            yield from (part for part in re.split(r"(?<=[.?!]) ", line) if part)


def read(sentence: str, zone: ZoneInfo, now: datetime) -> Iterator[Told]:
    """Yield the instants that a sentence means to who reads it at `now` in `zone`."""
    today = now.astimezone(zone).date()
    for pattern in PHRASES:
        for match in pattern.finditer(sentence):
            found = match.groupdict()
            day = _day(found.get("day"), found.get("date"), found.get("month"), today)
            clock = found.get("clock")
            if clock is None:
                yield Told(sentence, first_instant(day + timedelta(days=1), zone))
            else:
                local = datetime.combine(day, datetime.strptime(clock, "%H:%M").time())  # noqa: DTZ007
                yield Told(sentence, local.replace(tzinfo=zone).astimezone(UTC))


def _day(weekday: str | None, number: str | None, month: str | None, today: date) -> date:
    if weekday is None:
        return today
    days = [today + timedelta(days=ahead) for ahead in range(-9, 20)]
    if number is not None and month is not None:
        return next(day for day in days if (f"{day.day}", f"{day:%b}") == (number, month[:3]))
    return next(day for day in days if day >= today and day.weekday() == DAYS[weekday])


def not_understood(sentence: str) -> list[str]:
    """Return the words on deadlines that no phrase covers."""
    rest = sentence
    for pattern in PHRASES:
        rest = pattern.sub("", rest)
    for whole in ("go by midnight", "ends tonight", "ends tomorrow night", "ends on Sunday night", "ended on Sunday"):
        rest = rest.replace(whole, "")
    return HINTS.findall(rest.replace("ended at midnight", ""))


@dataclass
class Life:
    """The two, with everything that they were told."""

    town: Town
    told: list[Told] = field(default_factory=list)
    seen: int = 0

    async def live(self, zones: Sequence[str], steps: Sequence[Step]) -> None:
        """Let both join and be reminded, then do what the steps say."""
        for who, zone in zip(WHO, zones, strict=True):
            self.town.talk.zones[who] = zone
            await self.hear(who, await self.town.talk(who, "/group join"))
            await self.hear(who, await self.town.talk(who, "/reminders direct"))
        for step in steps:
            await self.do(step)
            await self.look_at_posts()

    async def do(self, step: Step) -> None:
        talk, who = self.town.talk, step.who
        match step.what:
            case "wait":
                assert isinstance(step.value, int)
                await self.town.wait(hours=step.value)
            case "wait until":
                await self.town.until(find_next(self.town.clock.now(), str(step.value)))
            case "move":
                await self.hear(who, await talk(who, f"/timezone {step.value}"))
            case "study":
                await self.hear(who, await talk.command(who, "checkin", time=f"{step.value}m", long="yes"))
            case "last week":
                person = await talk.person(who)
                sunday = Week.of(person.today(self.town.clock.now())).plus(-1).sunday
                options = {"time": f"{step.value}m", "day": str(sunday), "long": "yes"}
                await self.hear(who, await talk.command(who, "checkin", **options))
            case "press":
                await self.press(who, str(step.value))
            case _:
                await self.hear(who, await talk(who, str(step.value)))
        await self.town.settle()

    async def press(self, who: str, label: str) -> None:
        """Press a button, if there is one."""
        try:
            heard = await self.town.talk.press(who, label)
        except AssertionError as nothing:
            assert "sees no button" in str(nothing)
        else:
            await self.hear(who, heard)

    async def hear(self, who: str, heard: Heard) -> None:
        """Read an answer."""
        if heard.is_form or heard.is_wrong:
            return
        if heard.is_public:
            await self.check_public(str(heard))
        else:
            await self.check_private(who, str(heard), self.town.clock.now())

    async def look_at_posts(self) -> None:
        """Read what was posted, each post at its own time; edits stand for all who come by."""
        posts = self.town.platform.posts
        for post in posts:
            if post.user is None:
                await self.check_public(plain(post.card))
        for post in posts[self.seen :]:
            for who in WHO:
                if post.user is None and f"@{who.capitalize()}" in plain(post.card):
                    record = await self.record(who)
                    today = record.person.today(post.at)
                    self._check_ends(plain(post.card), today, Week.of(today))
            if post.user in WHO:
                await self.check_private(str(post.user), plain(post.card), post.at)
        self.seen = len(posts)

    async def check_private(self, who: str, text: str, now: datetime) -> None:
        record = await self.record(who)
        current = Week.of(record.person.today(now))
        for sentence in sentences_of(text):
            assert not not_understood(sentence), sentence
            self._check_ends(sentence, record.person.today(now), current)
            for told in read(sentence, record.person.zone, now):
                self.told.append(told)
                open_weeks = {record.closes_at(week): week for week in (current.plus(-1), current)}
                if any(words in sentence for words in GENERAL):
                    await self.check_general(who, sentence)
                    continue
                assert told.at in open_weeks, f"{now}: {who} in {record.person.zone_name}: {sentence} {open_weeks}"
                if re.search(r"[Ll]ast week|ended|is over", sentence):
                    assert open_weeks[told.at] == current.plus(-1), sentence
                elif re.search(r"this week|to go|Already studied", text) and "ast week" not in text:
                    assert open_weeks[told.at] == current, text

    def _check_ends(self, sentence: str, today: date, current: Week) -> None:
        """A week ends when its Sunday does, where its reader lives."""
        if "by midnight" in sentence or "ends tonight" in sentence:
            assert today == current.sunday, sentence
        if "ends tomorrow night" in sentence:
            assert today == current.sunday - timedelta(days=1), sentence
        if "ended at midnight" in sentence:
            assert today == current.monday, sentence

    async def check_public(self, text: str) -> None:
        """What all read holds for each of them in their own zone; nothing in it means one zone alone."""
        for sentence in sentences_of(text):
            assert not not_understood(sentence), sentence
            if any(pattern.search(sentence) for pattern in PHRASES):
                assert any(words in sentence for words in GENERAL), sentence
                for who in WHO:
                    await self.check_general(who, sentence)

    async def check_general(self, who: str, sentence: str) -> None:
        """Each week that is open closes after the Tuesday of whoever reads; one that has closed had its own."""
        record, now = await self.record(who), self.town.clock.now()
        current = Week.of(record.person.today(now))
        open_weeks = [week for week in (current.plus(-1), current) if not record.is_closed(week, now)]
        assert all(is_enough(record, week) for week in open_weeks), f"{who}: {sentence}"

    async def record(self, who: str) -> StudyRecord:
        def load(tx: Tx) -> StudyRecord:
            person = people.find(tx, self.town.talk.user(who))
            assert person is not None
            [record] = stored_progress.load(tx, [person.id])
            return record

        return await self.town.store.read(load)


def find_next(now: datetime, moment: str) -> str:
    """Return the first instant after `now` of a weekday and time in UTC."""
    return next_occurrence(Moment.of_key(moment.lower()), ZoneInfo("UTC"), now).due_at.isoformat()[:16]


def is_enough(record: StudyRecord, week: Week) -> bool:
    """Return True if all of the Tuesday after a week, where its person lives now, is before it closes."""
    return record.closes_at(week) >= first_instant(week.plus(1).monday + timedelta(days=2), record.person.zone)


async def live(empty: Path, folder: Path, start: datetime, zones: Sequence[str], steps: Sequence[Step]) -> list[Told]:
    store = await Store.open(Path(shutil.copy(empty, folder / f"{next(_numbers)}.db")))
    try:
        town = Town(store, start)
        town.talk.starters.add("ada")
        await town.talk("ada", "/group start")
        await town.talk.fill("ada")
        life = Life(town)
        await life.live(zones, steps)
        return life.told
    finally:
        await store.close()


WESTWARD = [
    Step("study", "ada", 599),
    Step("wait", "", 168),
    Step("study", "ada", 420),
    Step("wait", "", 57),
    Step("move", "ada", "America/New_York"),
    Step("wait", "", 142),
    *(Step("look", "ada", look) for look in ("/progress", "/streak", "/pause fri to sun")),
    Step("press", "ada", "Remind me"),
    Step("last week", "ada", 60),
]
"""Who moved west, and looked on the last day of their grace."""

EASTWARD = [
    Step("study", "ada", 420),
    Step("study", "bo", 180),
    Step("look", "ada", "/reminders channel"),
    Step("wait", "", 151),
    Step("press", "bo", "Remind me"),
    Step("move", "ada", "Pacific/Auckland"),
    Step("press", "ada", "Remind me"),
    Step("wait", "", 5),
    Step("look", "ada", "/progress"),
    Step("wait", "", 30),
    Step("last week", "ada", 60),
    Step("press", "ada", "Undo"),
]


@settings(suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(STARTS), st.tuples(*[st.sampled_from(ZONES)] * len(WHO)), st.lists(STEPS, min_size=10, max_size=40)
)
@example(STARTS[0], ("Europe/Berlin", "UTC"), WESTWARD)
@example(STARTS[0], ("UTC", "America/Los_Angeles"), EASTWARD)
def test_every_deadline_is_that_of_its_reader(
    empty_database: Path, tmp_path: Path, start: datetime, zones: tuple[str, ...], steps: list[Step]
) -> None:
    asyncio.run(live(empty_database, tmp_path, start, zones, steps))


@pytest.mark.parametrize(("zones", "steps"), [(("Europe/Berlin", "UTC"), WESTWARD), (("UTC", "UTC"), EASTWARD)])
def test_deadlines_are_really_told_in_these_lives(
    empty_database: Path, tmp_path: Path, zones: tuple[str, ...], steps: list[Step]
) -> None:
    told = asyncio.run(live(empty_database, tmp_path, STARTS[0], zones, steps))
    assert len({told.sentence for told in told}) >= 2


def test_a_deadline_of_a_zone_that_its_reader_has_left_is_found_out(
    empty_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(week_words, "say_by", lambda deadline, now: "by tonight")
    with pytest.raises(AssertionError, match="by tonight"):
        asyncio.run(live(empty_database, tmp_path, STARTS[0], ("Europe/Berlin", "UTC"), EASTWARD))


@pytest.mark.parametrize("hours", [-13, -1, 1, 24])
def test_a_deadline_that_is_off_by_hours_is_found_out(
    empty_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    def wrong(self: StudyRecord, week: Week) -> Deadline:
        return Deadline(self.closes_at(week) + timedelta(hours=hours), self.person.zone)

    monkeypatch.setattr(StudyRecord, "deadline", wrong)
    with pytest.raises(AssertionError):
        asyncio.run(live(empty_database, tmp_path, STARTS[0], ("Europe/Berlin", "UTC"), EASTWARD))
