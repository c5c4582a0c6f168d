"""`streak` as a conversation: it explains itself."""

from syrupy.assertion import SnapshotAssertion

from tests.talk import Talk


async def keep(talk: Talk, weeks: int) -> None:
    for _ in range(weeks):
        await talk("ada", "/checkin 10h")
        talk.advance(weeks=1)


async def test_the_card(talk: Talk, snapshot: SnapshotAssertion) -> None:
    await keep(talk, 2)
    await talk("ada", "/pause until: 2026-01-25")
    talk.advance(weeks=2)
    await keep(talk, 2)
    heard = await talk("ada", "/streak")
    assert str(heard) == snapshot
    assert not heard.is_public


async def test_before_the_first_check_in(talk: Talk) -> None:
    assert "Your streak begins with the first week that you keep." in await talk("ada", "/streak")


async def test_before_the_first_kept_week(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    assert "The first week that you keep begins your streak." in await talk("ada", "/streak")


async def test_what_set_it_to_zero(talk: Talk) -> None:
    await keep(talk, 1)
    talk.at("2026-02-04T09:00")
    heard = await talk("ada", "/streak")
    assert (
        "The streak ended at 1 week: 19–25 Jan was missed, with nothing counted. The week you kept stays kept" in heard
    )
    assert "Weeks: 1 of 3 weeks kept · 1 saved" in heard
    assert "Longest: 1 week" in heard
    assert "saved by a freeze" in heard
    assert "none left; 4 more kept weeks earn one" in heard


async def test_how_the_next_freeze_is_earned(talk: Talk) -> None:
    await keep(talk, 3)
    assert "Freezes: 1; 1 more kept week earns another" in await talk("ada", "/streak")
    await keep(talk, 1)
    assert "2, the most you can hold" in await talk("ada", "/streak")
    talk.advance(weeks=2)
    assert "Freezes: 1; 4 more kept weeks earn another" in await talk("ada", "/streak")


async def test_a_comeback_is_marked(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    talk.advance(weeks=3)
    await talk("ada", "/checkin 10h")
    assert "kept ↩" in await talk("ada", "/streak")


async def test_older_weeks_are_behind_a_button(talk: Talk) -> None:
    await keep(talk, 13)
    heard = await talk("ada", "/streak")
    assert "5–11 Jan" not in heard.split("Freezes")[1]
    assert heard.labels == ["Older", "Post it here"]
    older = await talk.press("ada", "Older")
    assert older.is_in_place
    assert "5–11 Jan" in older.split("Freezes")[1]
    assert older.labels == ["Newer", "Post it here"]


async def test_shown_to_everyone(talk: Talk) -> None:
    await keep(talk, 14)
    await talk("ada", "/streak")
    heard = await talk.press("ada", "Post it here")
    assert heard.is_public
    assert heard.card.title == "Ada's streak"
    assert heard.labels == []
    assert "Streak: 14 weeks\n" in heard
    assert "log" not in heard


async def test_away_weeks_stand_beside_a_streak_that_is_shown(talk: Talk) -> None:
    await keep(talk, 1)
    await talk("ada", "/pause until: 2026-01-18")
    talk.advance(weeks=1)
    await keep(talk, 1)
    await talk("ada", "/streak")
    assert "Streak: 2 weeks · 1 away\n" in await talk.press("ada", "Post it here")
    assert "2 weeks in a row since 5–11 Jan, with 1 away between." in await talk("ada", "/streak")


async def test_an_open_week_between_is_told_as_a_condition(talk: Talk) -> None:
    await keep(talk, 2)
    await talk("ada", "/checkin 1h")
    talk.advance(weeks=1)
    await talk("ada", "/checkin 8h")
    talk.advance(weeks=1)
    await talk("ada", "/checkin 10h")
    heard = await talk("ada", "/streak")
    assert "Streak 2; log 2 h for last week by the end of Tuesday and it's 4." in heard
    assert [" ".join(line.split()) for line in heard.splitlines()[6:8]] == [
        "2–8 Feb 10 h of 10 h kept –",
        "26 Jan – 1 Feb 8 h of 10 h open 2",
    ]
    assert "Streak: 2 weeks\n" in await talk.press("ada", "Post it here")
    await talk("ada", "/checkin 2h day: sunday")
    assert "4 weeks in a row since 5–11 Jan" in await talk("ada", "/streak")


async def test_a_week_that_a_freeze_covers_takes_no_streak_away(talk: Talk) -> None:
    await keep(talk, 2)
    await talk("ada", "/checkin 8h")
    talk.advance(weeks=1)
    await talk("ada", "/checkin 10h")
    heard = await talk("ada", "/streak")
    assert "3 weeks in a row since 5–11 Jan." in heard
    assert "Last week: 8 h; 2 h more by the end of Tuesday keeps it; otherwise your freeze saves it." in heard


async def test_moved_west_out_of_the_first_week(talk: Talk) -> None:
    await talk("ada", "/timezone Pacific/Auckland")
    talk.at("2026-01-11T19:00")
    await talk("ada", "/checkin 1h")
    await talk("ada", "/timezone Honolulu")
    assert "Your weeks begin with 12–18 Jan." in await talk("ada", "/streak")


async def test_hidden_members_cannot_show_it(talk: Talk) -> None:
    await keep(talk, 1)
    await talk.store.write(lambda tx: tx.run("UPDATE members SET is_hidden = TRUE"))
    assert (await talk("ada", "/streak")).labels == []
    assert not (await talk.command("ada", "streak", everyone="yes")).is_public


async def test_nonsense_from_a_button_is_the_first_page(talk: Talk) -> None:
    await keep(talk, 1)
    assert await talk.command("ada", "streak", page="²") == await talk("ada", "/streak")


async def test_a_freeze_that_did_not_hold_is_not_said_to_have_carried_the_streak(talk: Talk) -> None:
    await talk("ada", "/checkin 10h")
    talk.at("2026-01-28T09:00")
    heard = await talk("ada", "/checkin 1h")
    ended = "Your freeze saved it, but last week was missed, so the streak has ended. None left; four more kept weeks"
    assert f"The week of 12–18 Jan was short by 10 h. {ended}" in heard
