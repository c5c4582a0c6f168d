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
GAP = timedelta(minutes=70)
"""All turns take less than a week, after which a note would come back, and no day is asked about."""

NO_RECALL: dict[str, Any] = {"look_for_note": lambda _: None, "keep_offer": lambda *_: ()}
MOST_SHARE = 1.05
"""The work with recall, of that without: 5 % at most."""


def run() -> list[str]:
    """Return the line."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "recall.db"
        migrate.migrate(path)
        with_recall, without = asyncio.run(_side_by_side(path))
    return [
        line("check-in where no note comes back, beside one without recall: CPU", with_recall / without, MOST_SHARE)
    ]


async def _side_by_side(path: Path) -> tuple[float, float]:
    """Return the median CPU seconds of the turns that both take, all check-ins of one person."""
    store, clock = await Store.open(path), StillClock(NOW)
    core = Dispatcher(store, clock, Defaults(600, "UTC"))
    await core.handle(_request("start", "group start name: Bench"))
    for number in range(2):  # the second looks, and says when to look again
        await core.handle(_request(f"hello{number}", f"checkin {number + 1}m"))
    spent: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(2 * TURNS):
        has_recall = turn % 2 == 0
        clock.advance(GAP)
        with nullcontext() if has_recall else patch.multiple(add_checkin, **NO_RECALL):
            spent[has_recall].append(await _turn(core, turn))
    await store.close()
    return median(spent[True]), median(spent[False])


async def _turn(core: Dispatcher, turn: int) -> float:
    began = time.process_time()
    for number in range(TURN):
        answer = await core.handle(_request(f"{turn}/{number}", f"checkin {number + 1}m learned: note {turn}"))
        assert not getattr(answer, "is_wrong", True)
    return time.process_time() - began


def _request(key: str, words: str) -> Request:
    user = User("console", "", "ada", "Ada", "UTC", may_start=True)
    return TextRequest(key, user, Channel("console", "", "console", "console"), words)
