"""The part that recall has in the work of a check-in on days on which no note comes back."""

import asyncio
import time
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from bot.chat.request import Channel, Request, TextRequest, User
from bot.clock import StillClock
from bot.commands.shared import add_checkin
from bot.context import Defaults
from bot.dispatch.dispatcher import Dispatcher
from bot.store import migrate
from bot.store.database import Store
from tests.bench.lines import line

NOW = datetime(2026, 1, 6, 9, tzinfo=UTC)
TURNS, TURN = 60, 8
"""Check-ins of a turn, each with a note: as many as somebody writes in a week."""

GAP = timedelta(minutes=70)
"""All turns take less than a week, after which a note would come back."""

HOME = "console"
NO_RECALL: dict[str, Any] = {"look_for_note": lambda _: None, "keep_offer": lambda *_: ()}
MOST_SHARE = 1.05
"""The work with recall, of that without: 5 % at most."""


def run() -> list[str]:
    """Return a line for each place; in a direct message it is looked if the new note comes back by itself."""
    lines = []
    for place, channel in (("", HOME), (" in a direct message", None)):
        with TemporaryDirectory() as folder:
            path = Path(folder) / "recall.db"
            migrate.migrate(path)
            with_recall, without = asyncio.run(_side_by_side(path, channel))
        what = f"check-in{place} where no note comes back, beside one without recall: CPU"
        lines.append(line(what, with_recall / without, MOST_SHARE))
    return lines


async def _side_by_side(path: Path, channel: str | None) -> tuple[float, float]:
    """Return the median CPU seconds of the turns that both take, each of them the check-ins of one person."""
    store, clock = await Store.open(path), StillClock(NOW)
    core = Dispatcher(store, clock, Defaults(600, "UTC"))
    await core.handle(_request("start", "ada", "group start name: Bench"))
    for turn in range(2 * TURNS):
        for number in range(2):  # the second looks, and says when to look again
            await core.handle(_request(f"hello{turn}/{number}", _name(turn), f"checkin {number + 1}m"))
    spent: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(2 * TURNS):
        has_recall = turn % 2 == 0
        clock.advance(GAP)
        with nullcontext() if has_recall else patch.multiple(add_checkin, **NO_RECALL):
            spent[has_recall].append(await _turn(core, turn, channel))
    await store.close()
    return median(spent[True]), median(spent[False])


async def _turn(core: Dispatcher, turn: int, channel: str | None) -> float:
    began = time.process_time()
    for number in range(TURN):
        words = f"checkin {number + 1}m learned: note {number} of {turn}"
        answer = await core.handle(_request(f"{turn}/{number}", _name(turn), words, channel))
        assert not getattr(answer, "is_wrong", True)
    return time.process_time() - began


def _name(turn: int) -> str:
    return f"ada{turn}"


def _request(key: str, name: str, words: str, channel: str | None = HOME) -> Request:
    user = User("console", "", name, name, "UTC", may_start=True)
    return TextRequest(key, user, Channel("console", "", channel, channel or ""), words)
