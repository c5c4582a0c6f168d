"""What people type is read as a careful friend would read it, or asked about: case by case."""

from datetime import UTC, datetime

import pytest

from bot.clock import StillClock
from bot.store.database import Store
from tests.talk import Talk
from tests.typed.cases import WHO, Case, is_right, read_cases, say, state_of


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.name)
async def test_a_line_is_understood(store: Store, case: Case) -> None:
    talk = Talk(store, StillClock(datetime.fromisoformat(case.clock).replace(tzinfo=UTC)), managers={WHO})
    await talk.start_group()
    await talk.join(WHO)
    await talk.store.write(lambda tx: tx.run("INSERT INTO organisers SELECT groups.id, people.id FROM groups, people"))
    for line in case.before:
        await say(talk, line)
    before = await state_of(talk)
    heard = await say(talk, case.line)
    assert heard is not None
    after = await state_of(talk)
    assert any(is_right(expected, heard, before, after) for expected in case.expected), f"{heard}\n{after['checkins']}"
