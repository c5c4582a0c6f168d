"""The crash matrix: the real program dies at each step, is started twice more, and then everything is there once."""

from collections import Counter
from pathlib import Path

import pytest

from tests.crash.far import NAME, Far
from tests.crash.town import Town, begun

POINTS = (
    *("closing", "closed", "planning", "planned"),
    *("claiming", "claimed", "posting", "posted", "marking", "marked"),
    *("working", "worked", "answering"),
)
WHO = ["ada", "bo"]


@pytest.fixture
async def far(tmp_path: Path):  # type: ignore[no-untyped-def]
    made = Far(str(tmp_path / "far.socket"))
    await made.start()
    yield made
    await made.stop()


@pytest.mark.parametrize("point", POINTS)
async def test_killed_at_any_step_everything_is_there_once(point: str, database: Path, far: Far) -> None:
    await begun(database, NAME, "", "room", WHO)
    town = Town(database, NAME, far.path)
    await far.ask("r1", "ada", "checkin 45m")
    first = await town.start(point)
    assert await first.ended() == -9, town.output
    seen = dict(far.answers)
    for words in ("checkin 20m", "checkin 25m"):
        run = await town.start()
        await far.ask(words, "bo", words)
        await run.until(lambda: not far.unanswered and town.is_quiet())
        assert await run.stop() == 0, town.output
    assert set(seen) <= {"r1"}
    assert set(far.answers) == {"r1", "checkin 20m", "checkin 25m"}
    assert Counter(town.rows("SELECT minutes FROM checkins WHERE minutes < 60")) == Counter([(45,), (20,), (25,)])
    keys = town.keys()
    assert set(keys.values()) == {"sent"}, keys
    assert len([key for key in keys if key.startswith(("results/", "groupcall/"))]) == 2
    assert Counter(key for key, _, _ in far.posts) == Counter(key for key in keys if not key.endswith("/closed"))
    assert town.rows("SELECT * FROM leases") == []
