"""`undo` as a conversation: back one by one, by number, and forth again."""

from tests.talk import Talk


async def test_the_newest_made_goes_first_then_the_one_before(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("ada", "/checkin 2h day: yesterday")
    heard = await talk("ada", "/undo")
    assert heard.startswith(
        "Taken back. Only the hours change: your weeks begin with 5–11 Jan.\nIt was 2 h · yesterday."
    )
    assert "Taken back. Nothing logged this week, 10 h to go.\nIt was 1 h · today." in await talk("ada", "/undo")
    heard = await talk("ada", "/undo")
    assert heard.is_wrong
    assert "There's no check-in to take back." in heard


async def test_put_back_counts_it_again(talk: Talk) -> None:
    await talk("ada", "/checkin 10h statistics")
    await talk("ada", "/undo")
    heard = await talk.press("ada", "Put back")
    assert "Put back. 10 h this week, the week is kept.\n10 h · Statistics · today" in heard
    assert heard.labels == ["Undo", "Edit"]
    assert heard.is_in_place
    assert "1 of 1 week kept" in await talk("ada", "/progress")
    assert await talk.rows("SELECT minutes FROM area_totals") == [(600,)]


async def test_put_back_twice_counts_once(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    back = (await talk("ada", "/undo")).button("Put back")
    await talk.command("ada", back.command, **back.options)
    heard = await talk.command("ada", back.command, **back.options)
    assert heard.is_wrong
    assert "counts already" in heard


async def test_put_back_needs_room_in_the_day(talk: Talk) -> None:
    await talk("ada", "/checkin 14h")
    await talk("ada", "/undo")
    await talk("ada", "/checkin 11h")
    assert "pass 24 hours" in await talk.press("ada", "Put back")


async def test_another_can_be_chosen(talk: Talk) -> None:
    await talk("ada", "/checkin 1h statistics")
    await talk("ada", "/checkin 2h")
    await talk("ada", "/checkin 3h")
    await talk("ada", "/undo")
    heard = await talk.press("ada", "Another…")
    assert heard.labels == ["2 h · today · #2", "1 h · today · Statistics · #1"]
    assert not heard.is_in_place, "the card that puts back the first one stays"
    assert "It was 1 h · Statistics · today." in await talk.press("ada", "1 h · today · Statistics · #1")


async def test_no_other_is_left(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("ada", "/undo")
    assert "There's no other check-in to take back." in await talk.press("ada", "Another…")


async def test_the_button_of_a_check_in_takes_back_that_one(talk: Talk) -> None:
    first = await talk("ada", "/checkin 1h")
    await talk("ada", "/checkin 2h")
    undo = first.button("Undo")
    heard = await talk.command("ada", undo.command, **undo.options)
    assert "1 h · today" in heard
    assert "is taken back already" in await talk.command("ada", undo.command, **undo.options)


async def test_nobody_takes_back_for_others(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("bo", "/checkin 2h")
    assert "You have no check-in #2." in await talk("ada", "/undo #2")
    assert "2 h" in await talk("bo", "/undo #1")
    assert (await talk.person("ada")).total_minutes == 60


async def test_a_wrong_number_is_refused(talk: Talk) -> None:
    assert "as the number of a check-in" in await talk("ada", "/undo first")
    assert "You have no check-in #7." in await talk("ada", "/undo 7")


async def test_imported_time_stays_as_it_came(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk.store.write(lambda tx: tx.run("UPDATE checkins SET source = 'import'"))
    assert "imported" in await talk("ada", "/undo #1")
    assert "no check-in to take back" in await talk("ada", "/undo")


async def test_a_redelivered_undo_takes_back_one(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("ada", "/checkin 2h")
    await talk("ada", "/undo", request_id="same")
    await talk("ada", "/undo", request_id="same")
    assert (await talk.person("ada")).total_minutes == 60


async def test_undone_late_the_hours_go_and_the_state_stays(talk: Talk) -> None:
    await talk("ada", "/checkin 10h")
    talk.advance(weeks=2)
    assert "Taken back. Only the hours change: 5–11 Jan has closed and stays what it was." in (
        await talk("ada", "/undo")
    )
    assert "5–11 Jan   0 min (10 h counted)  10 h  kept" in await talk("ada", "/history")
    assert await talk.rows("SELECT is_late FROM checkins") == [(1,)]


async def test_the_old_version_is_saved(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("ada", "/undo")
    await talk.press("ada", "Put back")
    assert await talk.rows("SELECT version, change, minutes FROM checkin_versions ORDER BY version") == [
        (1, "undo", 60),
        (2, "put back", 60),
    ]


async def test_the_first_week_stays_the_first_also_without_its_check_in(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("ada", "/undo")
    talk.advance(weeks=1)
    heard = await talk("ada", "/history")
    assert "5–11 Jan" in heard


async def test_an_area_that_was_renamed_is_shown_by_its_name_of_today(talk: Talk) -> None:
    talk.managers = {"ada"}
    await talk("ada", "/checkin 1h statistics learned: what a mean is")
    await talk("ada", "/group areas rename: Statistics to: Probability")
    assert "1 h · Probability" in await talk("ada", "/journal")
    assert "Changed: 2 h · Probability." in await talk("ada", "/edit time: 2h")
    assert "2 h · Probability" in await talk("ada", "/undo")
    assert "2 h · Probability" in await talk.press("ada", "Put back")
    assert await talk.rows("SELECT area FROM checkins") == [("Statistics",)]


async def test_of_a_closed_week_only_the_hours_change(talk: Talk) -> None:
    await talk("ada", "/checkin 10h")
    talk.at("2026-01-14T09:00")
    assert "Only the hours change: 5–11 Jan has closed and stays what it was." in await talk("ada", "/undo")
    assert "Only the hours change: 5–11 Jan has closed" in await talk.press("ada", "Put back")


async def test_of_the_last_week_it_says_what_keeps_it(talk: Talk) -> None:
    await talk("ada", "/checkin 10h")
    await talk("ada", "/checkin 1h")
    talk.at("2026-01-13T09:00")
    assert "Last week is kept." in await talk("ada", "/undo #2")
    assert "Last week: nothing yet; 10 h more by tonight keeps it." in await talk("ada", "/undo #1")


async def test_before_the_first_week_it_says_when_weeks_begin(talk: Talk) -> None:
    await talk("ada", "/checkin 1h day: 2026-01-03")
    assert "Only the hours change: your weeks begin with 5–11 Jan." in await talk("ada", "/undo")
