"""What the pictures of messages show: nine weeks of a group, played through the program, and messages from the tenth.

Only the platform is a recorder. Every card is what the program sent, and so is every word in the pictures.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import App
from bot.chat.card import Card
from bot.config import Settings
from bot.store.database import Store
from tests.delivery.town import Recorder, Town
from tests.talk import Talk

CHANNEL = "study-hall"
START = datetime(2026, 9, 21, 9, tzinfo=UTC)
"""A Monday."""
RESULTS_AT = "2026-11-23T09:00"
WEEKS = 9
NAMES = {
    "ada": "Ada",
    "mei": "Mei",
    "priya": "Priya",
    "tomas": "Tomás",
    "jonas": "Jonas",
    "lena": "Lena",
    "sam": "Sam",
    "yuki": "Yuki",
    "ines": "Inês",
    "omar": "Omar",
    "kai": "Kai",
}
HOURS = {
    "ada": (5.5, 4.75),
    "mei": (6.0, 5.25),
    "priya": (4.25, 5.75),
    "tomas": (7.0, 4.5),
    "jonas": (5.0, 5.5),
    "lena": (4.5, 3.0),
    "sam": (3.0, 7.25),
    "yuki": (5.0, 5.0),
    "ines": (2.0, 1.5),
    "omar": (4.5, 6.0),
    "kai": (5.5, 2.75),
}
"""Hours on Tuesday and on Saturday."""
NEWCOMERS = {"tomas": 3, "sam": 5, "ines": 7, "omar": 2, "kai": 4}
"""The week in which they first check in."""
GAPS = {"jonas": (5, 6, 7), "mei": (2,), "sam": (6,), "yuki": (3,)}
"""Weeks without a check-in."""
AREAS = ("statistics", "mathematics", "machine learning")
QUOTED = "A p-value never answered my question. An interval does."


CHECKIN = "/checkin 2h30 statistics learned: why the mean of means is normal"
LINES = 4
TENTH_WEEK = (
    ("2026-11-23T20:10", "ada", "/checkin 3h30 statistics learned: Bayes with two coins"),
    ("2026-11-24T07:05", "mei", "/checkin 5h mathematics"),
    ("2026-11-24T21:30", "priya", "/checkin 4h"),
    ("2026-11-25T19:15", "sam", "/checkin 1h15 devops learned: what a container really is"),
    ("2026-11-26T07:50", "mei", "/checkin 5h30 mathematics learned: eigenvectors keep their direction"),
    ("2026-11-26T18:20", "priya", "/checkin 2h machine learning learned: backpropagation by hand"),
    ("2026-11-26T19:10", "lena", "/checkin 45m software engineering"),
    ("2026-11-26T19:40", "ada", CHECKIN),
)


@dataclass(frozen=True)
class Message:
    """A card as it was sent: a post, or the answer to a check-in of somebody whose name is `asked`."""

    card: Card
    at: datetime
    asked: str = ""


@dataclass(frozen=True)
class Story:
    """The messages to draw, and the page that somebody opens on Slack."""

    checkin: Message
    lines: tuple[Message, ...]
    results: Message
    home: Card


async def play(folder: Path, platform: str) -> Story:
    """Return the story as it goes on one platform; its database is made in `folder`."""
    store = await Store.open(folder / f"{platform}.db")
    try:
        town = found_town(store, platform)
        await start_group(town)
        for week in range(WEEKS):
            await _play_week(town, week)
        await town.until(RESULTS_AT)
        results = next(posted for posted in reversed(town.platform.posts) if posted.key.startswith("results/"))
        shown = Message(results.card, results.at)
        checkin = await _play_tenth_week(town)
        home = await town.talk.command("ada", "home", channel=None)
        lines = [posted for posted in town.platform.posts if posted.key.startswith("line/")]
        return Story(checkin, tuple(Message(line.card, line.at) for line in lines[-LINES:]), shown, home.card)
    finally:
        await store.close()


def found_town(store: Store, platform: str) -> Town:
    """Return a town without a group on a platform, in which Ada may start one."""
    town = Town(store, START)
    server: dict[str | None, str] = {CHANNEL: "1"} if platform == "discord" else {}
    team = "" if server else "T1"
    town.talk = Talk(store, town.clock, platform, team, names=NAMES, starters={"ada"}, servers=server)
    town.platform = Recorder(town.clock, platform)
    town.app = App(Settings(), town.clock, store)
    town.app.serve(town.platform)
    return town


async def start_group(town: Town) -> None:
    """Let Ada start a group in the channel, and everybody join it."""
    await town.say("ada", "/group start name: Study hall", channel=CHANNEL)
    if town.talk.has_form("ada"):
        await town.talk.fill("ada", channel=CHANNEL)
    await town.talk.join(*NAMES, channel=CHANNEL)


async def _play_week(town: Town, week: int) -> None:
    monday = START + timedelta(weeks=week)
    for at, day in enumerate((1, 5)):
        await town.until(_iso(monday + timedelta(days=day, hours=10)))
        for name in _studying(week):
            hours = HOURS[name][at]
            await town.say(name, f"/checkin {hours}h {AREAS[week % len(AREAS)]}", channel=CHANNEL)
            await town.wait(minutes=3)
        if week == WEEKS - 1 and at:
            await town.say("mei", f"/checkin 30m statistics learned: {QUOTED}", channel=CHANNEL)
            await town.talk.press("mei", "Offer for the results", channel=CHANNEL)


async def _play_tenth_week(town: Town) -> Message:
    """Return the answer to its last check-in."""
    for iso, who, words in TENTH_WEEK:
        await town.until(iso)
        heard = await town.talk(who, words, channel=CHANNEL)
        await town.settle()
    return Message(heard.card, town.clock.now(), NAMES[who])


def _studying(week: int) -> Iterator[str]:
    for name in NAMES:
        if week >= NEWCOMERS.get(name, 0) and week not in GAPS.get(name, ()):
            yield name


def _iso(at: datetime) -> str:
    return at.replace(tzinfo=None).isoformat()
