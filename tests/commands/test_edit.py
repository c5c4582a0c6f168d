"""`edit` as a conversation: the same limits, the old version kept, totals that follow."""

import pytest

from tests.talk import Talk


async def test_one_thing_is_changed(talk: Talk) -> None:
    await talk("ada", "/checkin 25m statistics")
    heard = await talk("ada", "/edit time: 2h")
    assert "Changed: 2 h · Statistics. It was 25 min · Statistics.\n2 h this week, 8 h to go." in heard
    assert heard.labels == ["Undo", "Edit"]
    assert await talk.rows("SELECT minutes FROM area_totals") == [(120,)]


async def test_all_of_it_is_changed_by_number(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("ada", "/checkin 2h")
    heard = await talk("ada", "/edit #1 3h devops learned: pipes day: yesterday")
    assert "Changed: 3 h · DevOps · yesterday. It was 1 h · today.\n> pipes\nOnly the hours change" in heard
    assert await talk.rows("SELECT day, minutes FROM day_totals WHERE minutes > 0 ORDER BY day") == [
        ("2026-01-04", 180),
        ("2026-01-05", 120),
    ]


async def test_without_options_the_form_of_the_last_one(talk: Talk) -> None:
    await talk("ada", "/checkin 1h30 statistics learned: chain rule")
    heard = await talk("ada", "/edit")
    assert {field.name: field.value for field in heard.form.fields} == {
        "time": "1 h 30",
        "area": "Statistics",
        "learned": "chain rule",
        "day": "2026-01-05",
    }
    assert "Changed: 2 h · Statistics." in await talk.fill("ada", time="2h")


async def test_the_form_can_empty_a_field(talk: Talk) -> None:
    await talk("ada", "/checkin 1h statistics learned: nonsense")
    await talk("ada", "/edit")
    assert "The note is gone." in await talk.fill("ada", learned="", area=" ")
    assert await talk.rows("SELECT area, learned, minutes FROM checkins") == [(None, None, 60)]


async def test_a_field_with_nothing_to_see_is_empty(talk: Talk) -> None:
    await talk("ada", "/checkin 1h learned: nonsense")
    await talk("ada", "/edit")
    assert "The note is gone." in await talk.fill("ada", learned="\u200b")


async def test_the_form_keeps_an_area_that_is_unknown_here(talk: Talk) -> None:
    await talk("ada", "/checkin 1h statistics")
    await talk.store.write(lambda tx: tx.run("UPDATE areas SET name = 'Botany' WHERE name = 'Statistics'"))
    heard = await talk("ada", "/edit")
    assert "" in [field.value for field in heard.form.fields if field.name == "area"]
    assert "Changed: 2 h · Statistics." in await talk.fill("ada", time="2h")
    await talk("ada", "/edit")
    assert "Changed: 2 h · Botany." in await talk.fill("ada", area="Botany")


async def test_the_form_sent_unchanged_says_so(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("ada", "/edit")
    assert "Check-in #1 says that already." in await talk.fill("ada")


async def test_the_button_opens_the_form_of_that_one(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("bo", "/checkin 2h")
    await talk("ada", "/checkin 3h")
    await talk("ada", "/undo")
    heard = await talk.press("ada", "Edit")
    assert heard.is_wrong
    assert "Check-in #2 is taken back already.\n[Put back]" in heard


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("/edit time: 0", "no time at all"),
        ("/edit time: 25h", "a day has 24"),
        ("/edit day: 2026-01-06", "still to come"),
        ("/edit day: 2025-12-01", "more than 14 days back"),
        ("/edit day: 2025-12-01 time: 20", "more than 14 days back"),
        ("/edit #9 time: 1h", "You have no check-in #9."),
        ("/edit time: 1h", "says that already"),
    ],
)
async def test_wrong_input_changes_nothing(talk: Talk, words: str, sentence: str) -> None:
    await talk("ada", "/checkin 1h")
    heard = await talk("ada", words)
    assert heard.is_wrong
    assert sentence in heard
    assert await talk.rows("SELECT 1 FROM checkin_versions") == []


async def test_an_unclear_unit_is_asked_for_by_buttons(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("ada", "/checkin 2h")
    assert (await talk("ada", "/edit #1 time: 20 day: yesterday")).labels == ["20 h", "20 min"]
    talk.advance(days=1)
    await talk("ada", "/checkin 3h")
    assert (await talk.press("ada", "20 min")).is_in_place
    assert await talk.rows("SELECT day, minutes FROM checkins ORDER BY number") == [
        ("2026-01-04", 20),
        ("2026-01-05", 120),
        ("2026-01-06", 180),
    ]


async def test_a_question_about_a_form_keeps_the_fields_that_were_emptied(talk: Talk) -> None:
    await talk("ada", "/checkin 1h statistics learned: nonsense")
    await talk("ada", "/edit")
    heard = await talk.fill("ada", time="20", learned="")
    assert "20 hours or 20 minutes?" in heard
    assert await talk.rows("SELECT 1 FROM checkin_versions") == []
    await talk.press("ada", "20 min")
    assert await talk.rows("SELECT minutes, area, learned FROM checkins") == [(20, "Statistics", None)]


async def test_an_area_that_is_unknown_is_asked_about(talk: Talk) -> None:
    await talk("ada", "/checkin 1h statistics")
    assert "no area “cooking”" in await talk("ada", "/edit 2h cooking")
    assert "Changed: 2 h · Statistics." in await talk.press("ada", "Without an area")


async def test_a_day_holds_24_hours_without_the_old_version(talk: Talk) -> None:
    await talk("ada", "/checkin 20h")
    await talk.press("ada", "Yes, count 20 h")
    assert "Changed: 24 h." in await talk("ada", "/edit time: 24h"), "a long day is asked about once"
    await talk("ada", "/checkin 1h day: yesterday")
    assert "pass 24 hours" in await talk("ada", "/edit day: today")


async def test_nothing_to_edit(talk: Talk) -> None:
    assert "There's no check-in to change yet." in await talk("ada", "/edit")


async def test_nobody_edits_for_others(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("bo", "/checkin 2h")
    assert "no check-in to change" in await talk("cy", "/edit time: 5h")
    await talk("bo", "/edit #1 time: 3h")
    assert (await talk.person("ada")).total_minutes == 60


async def test_changed_after_its_week_has_closed_it_is_late(talk: Talk) -> None:
    await talk("ada", "/checkin 10h")
    talk.at("2026-01-15T09:00")
    heard = await talk("ada", "/edit time: 2h")
    assert "Only the hours change: 5–11 Jan has closed and stays what it was." in heard
    assert "5–11 Jan   2 h (10 h counted)  10 h  kept" in await talk("ada", "/history")


async def test_a_milestone_may_come_by_an_edit(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk.store.write(lambda tx: tx.run("UPDATE people SET total_minutes = 5990"))
    assert "🎉 100 hours studied!" in await talk("ada", "/edit time: 2h")


async def test_what_counted_in_a_closed_week_never_counts_in_another(talk: Talk) -> None:
    await talk("ada", "/checkin 10h day: 2026-01-05")
    talk.at("2026-01-15T09:00")
    await talk("ada", "/edit #1 day: 2026-01-15")
    assert "Nothing of 10 h yet. The hours of this week counted before: 10 h for" in await talk("ada", "/progress")
    assert await talk.rows("SELECT monday, minutes, counted FROM weeks ORDER BY monday") == [
        ("2026-01-05", 0, 600),
        ("2026-01-12", 600, 0),
    ]
    await talk("ada", "/undo")
    await talk.press("ada", "Put back")
    await talk("ada", "/edit #1 time: 12h")
    assert await talk.rows("SELECT monday, minutes, counted FROM weeks ORDER BY monday") == [
        ("2026-01-05", 0, 600),
        ("2026-01-12", 720, 0),
    ]


async def test_what_came_too_late_to_count_counts_where_it_is_moved(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    talk.at("2026-01-15T09:00")
    await talk("ada", "/checkin 10h day: 2026-01-05")
    assert "Nothing logged yet this week." in await talk("ada", "/progress")
    await talk("ada", "/edit #2 day: 2026-01-15")
    assert "10 h of 10 h" in await talk("ada", "/progress")


async def test_between_open_weeks_it_counts_where_it_is_moved(talk: Talk) -> None:
    await talk("ada", "/checkin 10h day: 2026-01-05")
    talk.at("2026-01-13T09:00")
    await talk("ada", "/edit #1 day: 2026-01-12")
    await talk("ada", "/edit #1 day: 2026-01-05")
    await talk("ada", "/edit #1 day: 2026-01-12")
    assert await talk.rows("SELECT monday, minutes, counted FROM weeks ORDER BY monday") == [
        ("2026-01-05", 0, 0),
        ("2026-01-12", 600, 600),
    ]


async def test_of_an_old_one_only_area_and_note_can_change(talk: Talk) -> None:
    await talk("ada", "/checkin 1h statistics")
    talk.at("2026-01-20T09:00")
    for words in ("time: 2h", "day: 2026-01-19"):
        heard = await talk("ada", f"/edit #1 {words}")
        assert heard.is_wrong
        assert "Mon 5 Jan is more than 14 days back: its area and note can change" in heard
    assert "Changed: 1 h · DevOps" in await talk("ada", "/edit #1 area: devops learned: pipes")


async def test_moved_out_of_a_closed_week_only_hours_change(talk: Talk) -> None:
    await talk("ada", "/checkin 9h")
    talk.at("2026-01-15T09:00")
    await talk("ada", "/checkin 7h")
    assert "It has counted for 5–11 Jan, so only hours change." in await talk("ada", "/edit #1 day: 2026-01-14")
    assert "7 h of 10 h, and 9 h that counted for 5–11 Jan" in await talk("ada", "/progress")
