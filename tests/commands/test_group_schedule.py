"""The group's posts: moved, switched off and on again; never twice in one week by that."""

from datetime import UTC, datetime

import pytest

from bot.domain.reminder import ReminderKind
from bot.store import schedules
from tests.talk import Talk


@pytest.fixture
async def talk(talk: Talk) -> Talk:
    """Ada organises group “Owls” in channel `owls`."""
    talk.starters = {"ada"}
    await talk("ada", "/group start name: Owls zone: Berlin", channel="owls")
    return talk


async def test_all_are_shown_with_their_next_time(talk: Talk) -> None:
    heard = await talk("ada", "/group schedule", channel="owls")
    assert "Results: Mon 09:00, next Mon 12 Jan 09:00" in heard
    assert "Last call: Sun 15:00, next Sun 11 Jan 15:00" in heard
    assert "Daily digest: off" in heard
    assert "Times are Berlin time." in heard
    assert heard.labels == ["Move…", "Results off", "Last call off", "Daily digest on"]


async def test_one_is_moved(talk: Talk) -> None:
    heard = await talk("ada", "/group schedule results sun 18:00", channel="owls")
    assert "Results: Sun 18:00.\nResults: Sun 18:00, next Sun 18 Jan 18:00" in heard
    only_time = await talk("ada", "/group schedule lastcall 20:00", channel="owls")
    assert "Last call: Sun 20:00, next Sun 11 Jan 20:00" in only_time


async def test_one_is_switched_off_and_on_and_keeps_its_moment(talk: Talk) -> None:
    await talk("ada", "/group schedule lastcall sat 12:00", channel="owls")
    await talk("ada", "/group schedule", channel="owls")
    off = await talk.press("ada", "Last call off", channel="owls")
    assert off.is_in_place
    assert "Last call: off" in off
    assert await talk.rows("SELECT due_at FROM schedules WHERE kind = 'groupcall'") == [(None,)]
    assert "Last call: Sat 12:00, next Sat 10 Jan 12:00" in await talk.press("ada", "Last call on", channel="owls")


async def test_the_form_moves_one(talk: Talk) -> None:
    await talk("ada", "/group schedule", channel="owls")
    question = await talk.press("ada", "Move…", channel="owls")
    assert [field.value for field in question.form.fields] == ["results", "mon 09:00"]
    wrong = await talk.fill("ada", channel="owls", when="someday")
    assert [field.name for field in wrong.form.fields if field.error] == ["when"]
    assert "Last call: Fri 17:00" in await talk.fill("ada", channel="owls", post="lastcall", when="fri 17:00")


async def test_the_digest_and_the_lines_are_one_setting(talk: Talk) -> None:
    heard = await talk("ada", "/group schedule digest 21:30", channel="owls")
    assert "Daily digest: daily at 21:30, next Mon 5 Jan 21:30" in heard
    assert "The channel sees: one digest a day" in await talk("ada", "/group settings", channel="owls")
    await talk("ada", "/group schedule digest off", channel="owls")
    assert "The channel sees: nothing of check-ins" in await talk("ada", "/group settings", channel="owls")
    assert "daily at 21:30" in await talk("ada", "/group schedule digest on", channel="owls")
    await talk("ada", "/group settings lines: each", channel="owls")
    await talk("ada", "/group schedule digest off", channel="owls")
    assert "The channel sees: a line for each check-in" in await talk("ada", "/group settings", channel="owls")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("last call fri 9:00", "Last call: Fri 09:00"),
        ("results: off", "Results: off"),
        ("daily digest on", "Daily digest: daily at"),
    ],
)
async def test_a_post_has_several_names(talk: Talk, line: str, expected: str) -> None:
    assert expected in await talk("ada", f"/group schedule {line}", channel="owls")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("sun 15:00", "Which post? There are results, lastcall, digest."),
        ("when: sun 15:00", "Which post? There are results, lastcall, digest."),
        ("results", "When should results come?"),
        ("post: party when: sun 15:00", "I can't read “party” here: choose results, lastcall or digest."),
        ("results someday", "someday"),
        ("results 25:00", "25:00"),
        ("digest fri 9:00", "this comes every day"),
        (f"results when: {'x' * 65}", "at most 64 characters"),
    ],
)
async def test_wrong_input_moves_nothing(talk: Talk, line: str, expected: str) -> None:
    before = await talk.rows("SELECT kind, moment, due_at FROM schedules ORDER BY kind")
    refused = await talk("ada", f"/group schedule {line}", channel="owls")
    assert refused.is_wrong
    assert expected in refused
    assert await talk.rows("SELECT kind, moment, due_at FROM schedules ORDER BY kind") == before


async def test_moving_a_post_that_was_done_this_week_waits_for_the_next(talk: Talk) -> None:
    [(group,)] = await talk.rows("SELECT id FROM groups WHERE channel = 'owls'")
    monday = datetime(2026, 1, 12, 8, tzinfo=UTC)

    def done(tx: object) -> None:
        rule = schedules.find_of_group(tx, ReminderKind.RESULTS, group)  # type: ignore[arg-type]
        assert rule is not None
        schedules.move_on(tx, [(rule.id, monday, monday.date())])  # type: ignore[arg-type]

    await talk.store.write(done)
    talk.at("2026-01-12T10:00")
    heard = await talk("ada", "/group schedule results fri 9:00", channel="owls")
    assert "Results: Fri 09:00, next Fri 23 Jan 09:00" in heard
