import csv
import io
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from adapters.console.adapter import ConsoleAdapter
from adapters.console.demo import instant_of, play
from adapters.console.incoming import parse_line
from adapters.console.story import MEMBERS, STORY, YOU, ZOE, Beat, Visible
from bot import app
from bot.clock import StillClock
from bot.commands.registry import SPECS
from bot.config import DatabaseSettings, Settings
from bot.domain.duration import read_duration
from bot.domain.week import Week
from tests.adapters.fake_core import NOW

LEARNER = Path(__file__).parents[2] / "data" / "learner_2018.csv"
HER_FIRST_WEEK = date(2018, 6, 4)


async def told(folder: Path, zone: str = "UTC") -> list[str]:
    settings = Settings(DatabaseSettings(f"sqlite:///{folder / 'demo.db'}"))
    out = io.StringIO()
    async with app.opened(settings, StillClock(NOW)) as running:
        console = ConsoleAdapter(running.core)
        running.serve(console)
        await play(console.open(running.delivery, MEMBERS[0], zone, out))
    return out.getvalue().splitlines()


async def test_the_story_shows_what_the_product_is_about(tmp_path: Path) -> None:
    lines = await told(tmp_path)
    text = "\n".join(lines)
    assert "✗" not in text
    assert 100 <= len(lines) <= 200
    for said in (
        "20 hours or 20 minutes?",
        "Taken back",
        "The week ends on Sunday night, your own time.",
        "Results ·",
        "You're in this week.",
        "Nothing logged yet this week.",
        "saved by a freeze",
        "4 of 4 kept the week · 1 saved.",
        "it leaves your streak as it is",
        "Good to have you back!",
        "🎉 4 weeks in a row: Ada, さくら",
        "🎉 4 weeks in a row!",
        "have kept it",
        "Your progress",
    ):
        assert said in text, said
    assert all(name in text for name in MEMBERS)


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
async def test_the_story_is_the_same_all_over_the_world(tmp_path: Path, zone: str) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "there").mkdir()
    here = [line for line in await told(tmp_path / "here") if not line.startswith("──")]
    there = [line for line in await told(tmp_path / "there", zone) if not line.startswith("──")]
    assert len(here) == len(there)


def test_beats_come_in_order() -> None:
    monday = Week.of(date(2026, 1, 5))
    instants = [instant_of(beat, monday, ZoneInfo("UTC")) for beat in STORY]
    assert all(before <= after for before, after in pairwise(instants))
    assert all(beat.line or beat.words or beat.visible is not Visible.ALL for beat in STORY)


def test_every_line_is_a_command_or_an_instruction() -> None:
    for beat in STORY:
        if beat.line:
            typed = parse_line(f"@{beat.who} {beat.line}")
            assert typed is not None
            assert typed.speaker in MEMBERS
            assert typed.instruction or typed.rest.split()[0] in {name.split()[0] for name in SPECS}


def test_zoes_hours_are_a_real_learners() -> None:
    """Her days of six weeks, to the minute; the last week is cut short by the end of the story."""
    real: dict[tuple[int, int], float] = defaultdict(float)
    with LEARNER.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            since = (date.fromisoformat(row["Start date"]) - HER_FIRST_WEEK).days
            took = datetime.strptime(row["Duration"], "%H:%M:%S") - datetime(1900, 1, 1)  # noqa: DTZ001, DTZ007
            real[since // 7 + 1, since % 7] += took / timedelta(minutes=1)
    played = Counter[tuple[int, int]]()
    for beat in STORY:
        if beat.who == ZOE and beat.line.startswith("/checkin"):
            minutes = read_duration(beat.line.split()[1])
            assert isinstance(minutes, int)
            played[beat.week, beat.weekday] += minutes
    assert played == {day: round(minutes) for day, minutes in real.items() if (1, 0) <= day <= (6, 2)}


@pytest.mark.parametrize("is_terminal", [True, False])
async def test_a_terminal_lets_one_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_terminal: bool) -> None:
    """Played with nothing to tell, and lines from what claims to be a terminal."""
    served: list[str] = []

    class Tty(io.StringIO):
        def isatty(self) -> bool:
            return is_terminal

    out = Tty()
    monkeypatch.setattr("sys.stdout", out)
    monkeypatch.setattr("sys.stdin", Tty())
    monkeypatch.setattr("adapters.console.demo.play", lambda session: play(session, (Beat(1, 0, NOW.time()),)))
    settings = Settings(DatabaseSettings(f"sqlite:///{tmp_path / 'demo.db'}"))
    async with app.opened(settings, StillClock(NOW)) as running:
        console = ConsoleAdapter(running.core)
        running.serve(console)

        async def serve(session: object, source: object) -> None:
            served.append(console.open(running.delivery, YOU, "UTC", out).speaker.name)

        monkeypatch.setattr(console, "serve", serve)
        await console.demo(running.delivery, zone="UTC")
    assert served == [YOU] * is_terminal
    assert ("Now it's your turn" in out.getvalue()) is is_terminal
