"""*Later*: once for each occasion, and never beyond the week."""

from datetime import UTC, datetime

import pytest

from bot.domain.scheduled import SnoozedReminder
from bot.store import schedules
from bot.store.tx import Tx
from tests.talk import Talk

SNOOZES = "SELECT payload, due_at FROM schedules WHERE kind = 'snooze' ORDER BY payload"


@pytest.fixture
async def talk(talk: Talk) -> Talk:
    """Thursday 8 January, 18:00: the nudge has come."""
    await talk("ada", "/reminders direct", channel=None)
    talk.at("2026-01-08T18:00")
    await come(talk, "nudge")
    return talk


async def come(talk: Talk, kind: str) -> None:
    """Ada's reminder of a kind is dealt with, as the planner does it."""
    today = talk.clock.now().date().isoformat()
    ada = (await talk.person("ada")).id

    def unit(tx: Tx) -> None:
        tx.run(
            "UPDATE schedules SET done_day = :day WHERE kind = :kind AND person_id = :ada",
            day=today,
            kind=kind,
            ada=ada,
        )

    await talk.store.write(unit)


async def test_it_comes_again_in_three_hours_once(talk: Talk) -> None:
    heard = await talk.command("ada", "snooze", what="nudge", channel=None)
    assert "I'll remind you again today at 21:00, unless you've studied by then." in heard
    due = int(datetime(2026, 1, 8, 21, tzinfo=UTC).timestamp() * 1000)
    assert await talk.rows(SNOOZES) == [("nudge 2026-01-05", due)]
    talk.advance(minutes=5)
    assert "It came again already" in await talk.command("ada", "snooze", what="nudge", channel=None)
    assert await talk.rows(SNOOZES) == [("nudge 2026-01-05", due)]


async def test_once_is_remembered_after_it_has_come(talk: Talk) -> None:
    await talk.command("ada", "snooze", what="nudge", channel=None)
    talk.advance(hours=3)
    due = await talk.store.read(lambda tx: schedules.list_due(tx, talk.clock.now(), 10))
    [snoozed] = [schedule for schedule in due if isinstance(schedule, SnoozedReminder)]
    await talk.store.write(lambda tx: schedules.finish(tx, [snoozed.id]))
    assert "It came again" in await talk.command("ada", "snooze", what="nudge", channel=None)
    assert await talk.rows(SNOOZES) == [("nudge 2026-01-05", None)]


async def test_another_occasion_is_another_snooze(talk: Talk) -> None:
    await talk.command("ada", "snooze", what="nudge", channel=None)
    talk.at("2026-01-11T15:00")
    await come(talk, "lastcall")
    assert "remind you again" in await talk.command("ada", "snooze", what="lastcall", channel=None)
    await talk.store.write(lambda tx: tx.run("UPDATE schedules SET due_at = NULL WHERE kind = 'snooze'"))
    talk.at("2026-01-15T18:00")
    await come(talk, "nudge")
    assert "remind you again" in await talk.command("ada", "snooze", what="nudge", channel=None)
    assert [row[0] for row in await talk.rows(SNOOZES)] == ["lastcall 2026-01-05", "nudge 2026-01-12"]


async def test_not_beyond_the_end_of_the_week(talk: Talk) -> None:
    await come(talk, "lastcall")
    talk.at("2026-01-11T21:00")
    refused = await talk.command("ada", "snooze", what="lastcall", channel=None)
    assert refused.is_wrong
    assert "In three hours this week is over" in refused
    talk.at("2026-01-11T20:59")
    assert not (await talk.command("ada", "snooze", what="lastcall", channel=None)).is_wrong


@pytest.mark.parametrize(
    ("week", "expected"),
    [("2025-12-29", "a week that is over"), ("2026-01-12", "hasn't begun"), ("2026-01-05", "remind you again")],
)
async def test_a_button_is_for_its_own_week(talk: Talk, week: str, expected: str) -> None:
    assert expected in await talk.command("ada", "snooze", what="nudge", week=week, channel=None)


async def test_a_button_of_an_older_version_means_the_newest_reminder(talk: Talk) -> None:
    assert "remind you again" in await talk.command("ada", "snooze", what="nudge", channel=None)
    talk.at("2026-01-13T10:00")
    assert "a week that is over" in await talk.command("ada", "snooze", what="nudge", channel=None)


async def test_who_was_not_reminded_snoozes_nothing(talk: Talk) -> None:
    week = "2026-01-05"
    assert "hasn't come yet" in await talk.command("ada", "snooze", what="lastcall", week=week)
    await talk("ada", "/reminders lastcall: off")
    assert "This reminder is off" in await talk.command("ada", "snooze", what="lastcall", week=week)
    assert await talk.rows(SNOOZES) == []


async def test_who_has_no_reminders_has_nothing_to_snooze(talk: Talk) -> None:
    assert (await talk.command("bo", "snooze", what="nudge")).is_wrong
    await talk("ada", "/reminders off", channel=None)
    assert (await talk.command("ada", "snooze", what="nudge", channel=None)).is_wrong


async def test_what_a_forged_button_names_is_refused(talk: Talk) -> None:
    assert (await talk.command("ada", "snooze", what="results", channel=None)).is_wrong
    assert await talk.rows(SNOOZES) == []
