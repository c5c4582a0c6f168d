"""People for pages: one who has studied for years, a group of many, and somebody on their first day.

All of it is judged by the rules: what is logged here goes the whole way, and nothing is written down as a result.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from msgspec.structs import replace

from adapters.web.frame import Frame, Question
from bot.chat.request import Answer, Via
from bot.clock import StillClock
from bot.commands.registry import SPECS
from bot.domain.checkin import Entry, Source
from bot.domain.duration import Minutes
from bot.domain.milestone import reached
from bot.domain.pause import Pause
from bot.domain.week import Week
from bot.store import milestones, partners, people, recording
from bot.store.database import Store
from bot.store.tx import Tx
from tests.talk import Talk

NOW = datetime(2026, 11, 25, 14, 20, tzinfo=UTC)
"""A Wednesday."""
STARTS = date(2025, 2, 10)
"""A Monday, 94 weeks before."""
FOCUS = "/focus start Deep Learning hours: 180 done: I can derive backpropagation on paper, without notes."
AREAS = (
    ("Machine Learning", 30),
    ("Mathematics", 24),
    ("Statistics", 18),
    ("Software Engineering", 15),
    ("DevOps", 7),
    ("Cloud Systems", 6),
)
PAUSED = (("2025-08-04", "2025-08-17"), ("2026-07-13", "2026-07-26"), ("2026-10-26", "2026-11-01"))
LEARNED = (
    "The Jacobian of softmax is diag(p) − ppᵀ; it's singular because adding a constant changes nothing.",
    "Batch norm makes the loss surface smoother more than it removes “covariate shift”.",
    "Property tests found the off-by-one in my calendar within a second. Example tests never would have.",
    "A p-value never answered my question. An interval does.",
    "Attention is a weighted average. That's all. The weights are the work.",
)
MEMBERS = (
    "Priya Nair", "Mei Tanaka", "Tomás", "Lena Okafor", "Sam", "Jonas", "Ines", "Yuki", "Omar", "Chloé",
    "Олександр", "שרה כהן", "محمد الأحمد", "王小明", "김민준", "नेहा शर्मा", "Ὑπατία", "Amélie", "Kai", "Zoë",
    "Bartholomäus von und zu Hohenfels", "Ada-2", "Noor", "Ravi", "Sofia", "Liam", "Emma", "Noah", "Mia", "Ben",
)  # fmt: skip


READING = frozenset(name for name, spec in SPECS.items() if spec.is_read_only)


@dataclass(frozen=True)
class Logged:
    """A stretch of study of somebody."""

    at: datetime
    who: str
    minutes: int
    area: str
    learned: str = ""


async def tell(talk: Talk, logged: list[Logged]) -> None:
    """Record what everybody studied, in order, as check-ins in the channel do; nobody waits for the answers."""
    ids = {who: (await talk.person(who)).id for who in {one.who for one in logged}}

    def unit(tx: Tx) -> None:
        for one in sorted(logged, key=lambda one: one.at):
            entry = Entry(one.at.date(), Minutes(one.minutes), one.area, one.learned or None)
            recorded = recording.record_checkin(tx, ids[one.who], entry, Source.TYPED, 1, one.at)
            progress = recorded.progress
            marks = reached(progress.certain_streak, progress.person.total_minutes)
            milestones.greet(tx, ids[one.who], marks, one.at)

    await talk.store.write(unit)


def years(who: str, weeks: int, seed: int = 17, *, ends: datetime = NOW) -> Iterator[Logged]:
    """Yield the check-ins of somebody who keeps most weeks: short ones, empty ones and pauses among them."""
    chance = Random(seed)
    names, weights = zip(*AREAS, strict=True)
    starts = ends.date() - timedelta(days=ends.weekday(), weeks=weeks)
    paused = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in PAUSED]
    for week in range(weeks + 1):
        monday = starts + timedelta(weeks=week)
        fate = chance.random()
        days = sorted(chance.sample(range(7), 1 if fate < 0.07 else 3 if fate < 0.17 else 4))
        for index in days:
            day = monday + timedelta(days=index)
            at = datetime.combine(day, time(19, chance.randrange(60)), UTC)
            if any(first <= day <= last for first, last in paused) or at >= ends:
                continue
            minutes = chance.choice((135, 150, 165, 180, 195)) if fate >= 0.17 else chance.choice((45, 90))
            area = chance.choices(names, weights)[0]
            note = LEARNED[(week + index) % len(LEARNED)] if chance.random() < 0.35 else ""
            yield Logged(at, who, minutes, area, note)


def some_weeks(who: str, number: int, *, ends: datetime = NOW, weeks: int = 13) -> Iterator[Logged]:
    """Yield the check-ins of a member of the group over the last weeks."""
    chance = Random(number)
    monday = ends.date() - timedelta(days=ends.weekday())
    for back in range(weeks, -1, -1):
        if chance.random() < 0.1:
            continue
        for index in (0, 1, 2) if back == 0 else (1, 3, 5):
            day = monday + timedelta(days=index, weeks=-back)
            at = datetime.combine(day, time(7, chance.randrange(60)), UTC)
            if at < ends and not (back == 0 and number % 4 == 3):
                most = 300 if number < 6 else 240
                yield Logged(at, who, chance.randrange(60, most, 5), AREAS[number % 6][0])


def named(members: tuple[str, ...] = MEMBERS) -> dict[str, str]:
    """Return the names of everybody by their ids."""
    return {f"m{number}": name for number, name in enumerate(members)} | {"ada": "Ada Lindqvist", "bo": "Bo"}


async def found(store: Store, starts: datetime, *, members: tuple[str, ...] = MEMBERS) -> Talk:
    """Return a town with the group Study hall, which Ada has started."""
    talk = Talk(store, StillClock(starts), names=named(members), starters={"ada"})
    started = await talk("ada", "/group start Study hall zone: Europe/Berlin goal: 10")
    assert not started.is_wrong, started
    await talk.join("ada")
    return talk


async def pause(talk: Talk, who: str) -> None:
    """Let somebody announce the days on which they are away."""
    person = (await talk.person(who)).id
    spans = [Pause(date.fromisoformat(first), date.fromisoformat(last)) for first, last in PAUSED]
    now = talk.clock.now()
    await talk.store.write(lambda tx: [people.add_pause(tx, person, span, None, now) for span in spans])


async def pair_up(talk: Talk, one: str, other: str, since: datetime) -> None:
    """Let two be study partners since the week of an instant."""
    ids = ((await talk.person(one)).id, (await talk.person(other)).id)
    await talk.store.write(lambda tx: partners.start(tx, 1, ids, Week.of(since.date()), since))


async def share(talk: Talk, notes: Iterable[tuple[str, str, str]]) -> None:
    """Let members write what they learned, each in an area, and offer it for the results."""
    for who, area, note in notes:
        await talk(who, f"/checkin 40m {area} learned: {note}")
        await talk.press(who, "Offer for the results")


async def ask(talk: Talk, who: str, questions: Iterable[Question]) -> dict[str, Answer]:
    """Return the answers to a page's questions, as somebody asks them who is nobody's neighbour in a channel."""
    answers = {}
    for question in questions:
        request = talk.request(who, None, "", Via.BUTTON, question.command, dict(question.options))
        opens_form = question.opens_form and not SPECS[question.command].needs_form(question.options)
        answers[question.key] = await talk.core.handle(replace(request, opens_form=opens_form))
    return answers


def frame_of(path: str, viewer: str = "Ada Lindqvist", here: str = "", **more: Any) -> Frame:
    """Return what stands around a page of somebody in Study hall."""
    group = ("1", "Study hall")
    around: dict[str, Any] = {"groups": (group,), "organised": frozenset({"1"}), "reading": READING, "token": "token"}
    return Frame(path, viewer=viewer, here=here, **(around | more))
