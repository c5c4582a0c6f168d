"""`history` as a conversation: past weeks, newest first."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.chat.card import Picture
from bot.chat.chart import Heatmap
from bot.store.database import Store
from bot.store.tx import Tx
from tests.bench.recording import recording
from tests.talk import Talk

T = TypeVar("T")

IMPORTED = "INSERT INTO day_totals (person_id, day, minutes, imported) SELECT id,"


async def test_the_card(talk: Talk, snapshot: SnapshotAssertion) -> None:
    await talk("ada", "/checkin 10h")
    talk.advance(weeks=1)
    await talk("ada", "/pause until: 2026-01-16")
    talk.advance(weeks=1)
    await talk("ada", "/checkin 3h")
    talk.advance(weeks=2)
    await talk("ada", "/checkin 2h")
    heard = await talk("ada", "/history")
    assert str(heard) == snapshot
    assert not heard.is_public
    picture = next(block for block in heard.card.blocks if isinstance(block, Picture))
    assert isinstance(picture.chart, Heatmap)
    assert picture.chart.starts.isoformat() == "2026-01-05"
    assert len(picture.chart.minutes) == 35
    assert sum(picture.chart.minutes) == 900
    assert (picture.chart.title, picture.chart.subtitle) == ("5 weeks", "15 h on 3 days")
    assert [week.sign for week in picture.chart.weeks] == ["kept", "away", "saved", "open", "open"]
    assert picture.chart.weeks[-1].to_go == 480
    assert picture.chart.today == date(2026, 2, 2)


async def test_nothing_yet(talk: Talk) -> None:
    assert "Your weeks will stand here" in await talk("ada", "/history")


async def test_twelve_weeks_unless_asked_otherwise(talk: Talk) -> None:
    await talk("ada", "/checkin 10h")
    talk.advance(weeks=20)
    assert (await talk("ada", "/history")).count("10 h") == 12
    assert (await talk("ada", "/history 3 weeks")).count("10 h") == 3
    assert "11–17 May" in await talk("ada", "/history weeks: 3")
    assert "4–10 May" not in await talk("ada", "/history 2")


async def test_longer_ones_have_pages(talk: Talk) -> None:
    await talk("ada", "/checkin 10h")
    talk.advance(weeks=60)
    heard = await talk("ada", "/history 104")
    assert heard.labels == ["Older", "Check in"]
    second = await talk.press("ada", "Older")
    assert second.is_in_place
    assert second.labels == ["Newer", "Older", "Check in"]
    third = await talk.press("ada", "Older")
    assert third.labels == ["Newer", "Check in"]
    assert "5–11 Jan 2026  " in third
    assert (await talk.command("ada", "history", weeks="104", page="99")) == third


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("0", "I read “0” as 0 weeks; I can show 1 to 104."),
        ("105", "I read “105” as 105 weeks; I can show 1 to 104."),
        ("some", "I can't read “some” as a number of weeks."),
        ("-1", "I can't read “-1” as a number of weeks."),
        ("9999999999", "can't read"),
    ],
)
async def test_wrong_input(talk: Talk, typed: str, sentence: str) -> None:
    heard = await talk("ada", f"/history {typed}")
    assert heard.is_wrong
    assert sentence in heard


async def test_time_before_the_first_week_is_only_hours(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("ada", "/checkin 3h day: 2025-12-30")
    await talk.store.write(lambda tx: tx.run(f"{IMPORTED} '2025-12-15', 0, 120 FROM people"))
    heard = await talk("ada", "/history")
    assert [" ".join(line.split()) for line in heard.splitlines()[3:7]] == [
        "5–11 Jan 1 h 10 h open 0",
        "29 Dec – 4 Jan 3 h – hours only –",
        "22–28 Dec 2025 – – hours only –",
        "15–21 Dec 2025 2 h imported – hours only –",
    ]


async def test_what_was_only_imported_and_long_ago_is_found(talk: Talk) -> None:
    await talk("ada", "/goal")
    await talk.store.write(lambda tx: tx.run(f"{IMPORTED} '2025-06-02', 0, 120 FROM people"))
    heard = await talk("ada", "/history")
    assert "Nothing in the last 12 weeks; what you have is older." in heard
    answer = await talk.press("ada", "Show 32 weeks")
    assert [" ".join(line.split()) for line in answer.splitlines()[3:4]] == ["5–11 Jan – – hours only –"]
    assert "1 day with study, 2 hours in all" in answer
    talk.advance(weeks=100)
    assert "/journal and /horizon have it." in await talk("ada", "/history 104")


async def test_nobody_sees_the_history_of_others(talk: Talk) -> None:
    await talk("ada", "/checkin 7h")
    assert "7 h" not in await talk("bo", "/history")


async def test_moved_west_out_of_the_first_week_the_weeks_are_still_to_begin(talk: Talk) -> None:
    await talk("ada", "/timezone Pacific/Auckland")
    talk.at("2026-01-11T19:00")
    await talk("ada", "/checkin 1h")
    await talk("ada", "/timezone Honolulu")
    heard = await talk("ada", "/history")
    assert heard == "Your weeks begin with 12–18 Jan. What you log before that is hours only.\n[Check in]"
    await talk("ada", "/checkin 2h")
    assert "Your weeks begin with 12–18 Jan." in await talk("ada", "/history")
    assert "Your weeks begin with 12–18 Jan." in await talk("ada", "/progress")
    talk.advance(days=2)
    assert "no full week yet" in await talk("ada", "/history")


@pytest.mark.sqlite
async def test_five_years_are_read_at_once(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """One snapshot, and as many statements as for a month: each reads all that it is about."""
    units: list[list[str]] = []
    read = Store.read

    async def counted(store: Store, unit: Callable[[Tx], T]) -> T:
        units.append([])
        with recording(lambda statement: units[-1].append(statement[0])):
            return await read(store, unit)

    await talk("ada", "/checkin 10h")
    talk.advance(weeks=4)
    await talk("ada", "/checkin 10h")
    with monkeypatch.context() as patched:
        patched.setattr(Store, "read", counted)
        await talk("ada", "/history 104")
        [month] = units
        talk.advance(weeks=256)
        await talk("ada", "/checkin 10h")
        units.clear()
        await talk("ada", "/history 104")
        [years] = units
    assert "FROM day_totals" in " ".join(years)
    assert len(years) == len(month) <= 9
