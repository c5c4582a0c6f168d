"""`checkin` as a conversation: what counts, what is asked back, what is refused, and what the channel sees."""

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.chat.plain import plain_text
from tests.talk import Talk


async def log_long_day(talk: Talk, time: str) -> None:
    """Log a day of more than fourteen hours, which is asked about."""
    await talk("ada", f"/checkin {time}")
    await talk.press("ada", "Yes, count " + time.replace("h", " h"))


async def minutes_of(talk: Talk, who: str) -> int:
    return (await talk.person(who)).total_minutes


async def test_the_card(talk: Talk, snapshot: SnapshotAssertion) -> None:
    heard = await talk("ada", "/checkin 2h30 statistics learned: chain rule")
    assert str(heard) == snapshot
    assert not heard.is_public


async def test_the_line_in_the_channel(talk: Talk) -> None:
    await talk("ada", "/checkin 2h30 statistics learned: chain rule")
    talk.advance(hours=1)
    await talk("ada", "/checkin 5h day: yesterday")
    first, second = await talk.posts()
    assert first == "Ada studied 2 h 30 of Statistics: chain rule. 2 h 30 this week."
    assert second == "Ada studied 5 h yesterday. 5 h last week."


async def test_checking_in_joins_the_group_and_says_so_once(talk: Talk) -> None:
    heard = await talk("ada", "/checkin 1h")
    assert "You've joined console. Members see your hours, your streak and what you write you learned." in heard
    assert heard.labels == ["Undo", "Edit", "Set me up"]
    talk.advance(hours=1)
    assert "joined" not in await talk("ada", "/checkin 2h")


async def test_the_first_group_gives_its_goal(talk: Talk) -> None:
    await talk.start_group("small", goal=300)
    assert "1 h of 5 h" in await talk("ada", "/checkin 1h", channel="small")


async def test_learned_is_shown_only_where_it_was_written(talk: Talk) -> None:
    await talk.start_group("other")
    await talk.join("ada")
    await talk.join("ada", channel="other")
    await talk("ada", "/checkin 1h learned: secret of this room")
    talk.advance(hours=1)
    await talk("ada", "/checkin 2h learned: secret of nobody", channel=None)
    assert await talk.posts("other") == ["Ada studied 1 h. 1 h this week.", "Ada studied 2 h. 3 h this week."]
    assert "secret of this room" in (await talk.posts())[0]
    assert "secret" not in (await talk.posts())[1]


async def test_an_area_of_another_group_is_not_shown(talk: Talk) -> None:
    await talk.start_group("other", members=["ada"])
    await talk.store.write(lambda tx: tx.run("UPDATE areas SET name = 'Botany' WHERE group_id = 1 AND name = 'DevOps'"))
    await talk("ada", "/checkin 1h botany")
    talk.advance(hours=1)
    await talk("ada", "/checkin 2h statistics")
    assert await talk.posts("other") == [
        "Ada studied 1 h. 1 h this week.",
        "Ada studied 2 h of Statistics. 3 h this week.",
    ]


async def test_someone_who_left_is_not_pulled_in_again(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk.store.write(lambda tx: tx.run("UPDATE members SET left_at = 1"))
    assert "joined" not in await talk("ada", "/checkin 2h")
    assert len(await talk.posts()) == 1


async def test_hidden_members_have_no_line(talk: Talk) -> None:
    await talk.join("ada")
    await talk.store.write(lambda tx: tx.run("UPDATE members SET is_hidden = TRUE"))
    await talk("ada", "/checkin 10h")
    assert await talk.posts() == []


@pytest.mark.parametrize("lines", ["digest", "off"])
async def test_groups_may_do_without_lines(talk: Talk, lines: str) -> None:
    await talk.store.write(lambda tx: tx.run("UPDATE groups SET lines = :lines", lines=lines))
    await talk("ada", "/checkin 1h")
    assert await talk.posts() == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("0", "no time at all"),
        ("-1h", "less than nothing"),
        ("25h", "a day has 24"),
        ("nan", "can't read"),
        ("10x", "can't read"),
        ("1h day: tomorrow", "Tomorrow is still to come"),
        ("1h day: 2026-01-06", "still to come"),
        ("1h day: 2025-12-21", "more than 14 days back"),
        ("1h learned: " + "x" * 1001, "1,001 characters; 1,000 fit"),
    ],
)
async def test_wrong_input_writes_nothing(talk: Talk, words: str, sentence: str) -> None:
    heard = await talk("ada", f"/checkin {words}")
    assert heard.is_wrong
    assert sentence in heard
    assert await talk.rows("SELECT 1 FROM checkins UNION ALL SELECT 1 FROM outbox") == []


async def test_fourteen_days_back_is_the_limit(talk: Talk) -> None:
    heard = await talk("ada", "/checkin 1h day: 2025-12-22")
    assert "1 h for Mon 22 Dec 2025: it counts as hours, and your weeks begin with this one." in heard
    again = await talk("ada", "/checkin 2h day: 2025-12-23")
    assert "That was before your first week (5–11 Jan), so it counts as hours only." in again


async def test_a_day_holds_24_hours(talk: Talk) -> None:
    await log_long_day(talk, "23h")
    heard = await talk("ada", "/checkin 1h01")
    assert heard.is_wrong
    assert "Today already has 23 h; with 1 h 01 more it would pass 24 hours." in heard
    assert "For example: /checkin 1 h" in heard
    assert not (await talk("ada", "/checkin 1h")).is_wrong
    assert (await talk("ada", "/checkin 1m")).is_wrong
    assert await minutes_of(talk, "ada") == 1440


async def test_without_a_time_the_form_asks(talk: Talk) -> None:
    heard = await talk("ada", "/checkin")
    assert heard.is_form
    wrong = await talk.fill("ada", time="soon")
    assert wrong.is_wrong
    assert "can't read “soon”" in next(plain_text(field.error) for field in wrong.form.fields if field.name == "time")
    assert "45 min · DevOps" in await talk.fill("ada", time="45m", area="DevOps")
    assert await talk.rows("SELECT source FROM checkins") == [("form",)]


async def test_an_empty_form_says_what_is_missing(talk: Talk) -> None:
    await talk("ada", "/checkin")
    assert "An answer is needed here." in await talk.fill("ada", time=" ")


async def test_a_full_day_is_said_under_the_field(talk: Talk) -> None:
    await log_long_day(talk, "24h")
    await talk("ada", "/checkin")
    heard = await talk.fill("ada", time="1h")
    assert "pass 24 hours" in next(plain_text(field.error) for field in heard.form.fields if field.name == "time")


async def test_a_redelivered_request_counts_once_and_answers_the_same(talk: Talk) -> None:
    first = await talk("ada", "/checkin 1h", request_id="interaction-1")
    talk.advance(hours=3)
    assert await talk("ada", "/checkin 1h", request_id="interaction-1") == first
    assert await minutes_of(talk, "ada") == 60
    assert len(await talk.posts()) == 1


async def test_a_late_entry_changes_hours_and_not_the_state(talk: Talk) -> None:
    await talk("ada", "/checkin 4h")
    talk.at("2026-01-14T00:00")
    heard = await talk("ada", "/checkin 6h day: 2026-01-06")
    assert "6 h for Tue 6 Jan\nLast week: 10 h. It has closed, so only its hours change: it stays" in heard
    assert "your practice week" in heard
    assert await talk.rows("SELECT is_late FROM checkins ORDER BY id") == [(0,), (1,)]


async def test_until_tuesday_night_a_week_can_be_kept(talk: Talk) -> None:
    await talk("ada", "/checkin 4h")
    talk.at("2026-01-13T23:59")
    heard = await talk("ada", "/checkin 6h day: 2026-01-06")
    assert "Last week kept ✓ Streak: 1 week\n" in heard
    assert "\n6 h · Tue 6 Jan. 10 h last week.\n" in heard
    assert "closed" not in heard


async def test_a_freeze_is_announced_once(talk: Talk) -> None:
    await talk("ada", "/checkin 10h")
    talk.advance(weeks=2, days=2)
    told = (
        "Last week was short by 10 h. Your freeze saved it: streak still 1. None left; three more kept weeks earn one."
    )
    assert told in await talk("ada", "/checkin 1h")
    talk.advance(hours=1)
    assert "freeze" not in await talk("ada", "/checkin 2h")


async def test_two_freezes_are_announced_together(talk: Talk) -> None:
    for _ in range(4):
        await talk("ada", "/checkin 10h")
        talk.advance(weeks=1)
    talk.advance(weeks=2, days=2)
    assert "Freezes saved two short weeks: streak still 4. None left;" in await talk("ada", "/checkin 1h")


async def test_milestones_are_announced_once(talk: Talk) -> None:
    for _ in range(3):
        await talk("ada", "/checkin 10h")
        talk.advance(weeks=1)
    heard = await talk("ada", "/checkin 10h")
    assert "🎉 4 weeks in a row!" in heard
    assert (await talk.posts())[-1].endswith("✓ 10 h · 🎉 4 weeks in a row")
    await talk("ada", "/undo")
    talk.advance(hours=1)
    assert "🎉" not in await talk("ada", "/checkin 10h")


async def test_a_streak_that_an_open_week_may_still_break_reaches_no_milestone(talk: Talk) -> None:
    for _ in range(3):
        await talk("ada", "/checkin 10h")
        talk.advance(weeks=1)
    talk.advance(weeks=1)
    heard = await talk("ada", "/checkin 10h")
    assert "Week kept ✓ Streak: 4 weeks\n" in heard, "should last week stay short, a freeze saves it"
    assert "🎉" not in heard, "last week may still lengthen it"
    talk.advance(days=3)
    freeze = await talk("ada", "/checkin 1h")
    assert "Your freeze saved it: streak now 4." in freeze
    assert "🎉" not in freeze, "one extra a card: the others wait for the next"
    assert "🎉 4 weeks in a row!" in await talk("ada", "/checkin 2h")


async def test_of_several_milestones_the_greatest_is_announced(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk.store.write(lambda tx: tx.run("UPDATE people SET total_minutes = 30000"))
    heard = await talk("ada", "/checkin 2h")
    assert "🎉 500 hours studied!" in heard
    assert heard.count("🎉") == 1


async def test_the_first_kept_week_after_a_missed_one_is_a_comeback(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    talk.advance(weeks=3)
    greeting = "Your first kept week after a missed one. Good to have you back!"
    assert greeting not in await talk("ada", "/checkin 9h")
    assert greeting in await talk("ada", "/checkin 1h")
    talk.advance(hours=1)
    assert greeting not in await talk("ada", "/checkin 2h")


async def test_the_last_day_says_until_when(talk: Talk) -> None:
    await talk("ada", "/checkin 5h")
    talk.at("2026-01-11T10:00")
    assert "1 h\n6 h of 10 h ▰▰▰▰▰▰▱▱▱▱\n4 h to go by midnight. Already studied? Log it by the end of Tuesday." in (
        await talk("ada", "/checkin 1h")
    )


async def test_what_the_last_day_cannot_bear_is_not_called_to_go(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    talk.at("2026-01-11T10:00")
    heard = await talk("ada", "/checkin 2h")
    assert "2 h\n3 h this week.\n" in heard
    assert "to go" not in heard


async def test_whose_clock_days_follow_is_said_until_it_is_known(talk: Talk) -> None:
    talk.zones["ada"] = None
    assert (await talk("ada", "/checkin 1h")).button("Set me up").command == "set up"
    heard = await talk("ada", "/checkin 2h")
    assert "Your days follow UTC." in heard
    assert heard.button("Set time zone").command == "timezone"
    await talk("ada", "/timezone berlin")
    assert "Set time zone" not in (await talk("ada", "/checkin 3h")).labels


async def test_the_day_is_the_one_of_the_persons_zone(talk: Talk) -> None:
    talk.zones["ada"] = "Pacific/Auckland"
    talk.at("2026-01-05T23:00")
    await talk("ada", "/checkin 1h")
    assert await talk.rows("SELECT day FROM checkins") == [("2026-01-06",)]


async def test_the_check_in_button_opens_the_form(talk: Talk) -> None:
    await talk("ada", "/progress")
    assert (await talk.press("ada", "Check in")).is_form


async def test_options_may_come_filled_in(talk: Talk) -> None:
    heard = await talk.command("ada", "checkin", time="1:30", area="ML", day="yesterday")
    assert "1 h 30 for yesterday · Machine Learning" in heard


async def test_a_form_that_was_sent_twice_counts_once(talk: Talk) -> None:
    await talk("ada", "/checkin")
    await talk.fill("ada", time="1h", request_id="form-1")
    await talk.fill("ada", time="1h", request_id="form-1")
    assert await minutes_of(talk, "ada") == 60


@pytest.mark.parametrize(("day", "words"), [(8, "practice week"), (9, "A warm-up"), (11, "A warm-up")])
async def test_a_first_week_that_begins_on_a_friday_is_a_warm_up(talk: Talk, day: int, words: str) -> None:
    talk.at(f"2026-01-{day:02}T10:00")
    assert words in await talk("ada", "/checkin 1h")


async def test_the_streak_is_told_with_the_condition_of_last_week(talk: Talk) -> None:
    for time in ("10h", "1m", "10h", "8h"):
        await talk("ada", f"/checkin {time}")
        talk.advance(weeks=1)
    await talk("ada", "/checkin 1h")
    heard = await talk("ada", "/checkin 9h")
    assert "Week kept ✓\n" in heard
    assert "Streak 2; log 2 h for last week by the end of Tuesday and it's 4." in heard
    await talk.press("ada", "Log for last week")
    assert "Last week kept ✓ Streak: 4 weeks" in await talk.fill("ada", time="2h")


async def test_where_a_freeze_would_save_last_week_it_is_said(talk: Talk) -> None:
    for time in ("10h", "8h"):
        await talk("ada", f"/checkin {time}")
        talk.advance(weeks=1)
    heard = await talk("ada", "/checkin 10h")
    assert "Week kept ✓ Streak: 2 weeks\n" in heard
    assert "Last week: 8 h; 2 h more by the end of Tuesday keeps it; otherwise your freeze saves it." in heard


async def test_where_a_check_in_is_seen(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk.start_group("other", members=["ada"])
    assert "Posted in console and other." in await talk("ada", "/checkin 2h", channel=None)
    await talk.store.write(lambda tx: tx.run("UPDATE groups SET lines = 'off' WHERE name = 'other'"))
    assert "Posted in console. Counted in other." in await talk("ada", "/checkin 3h")
    await talk.store.write(lambda tx: tx.run("UPDATE members SET is_hidden = TRUE"))
    assert "Only you see this: you're hidden in console and other." in await talk("ada", "/checkin 4h")


async def test_a_week_away_has_nothing_to_go(talk: Talk) -> None:
    await talk("ada", "/pause until: 2026-01-11 from: 2026-01-05")
    await talk("ada", "/checkin 1h")
    heard = await talk("ada", "/checkin 2h")
    assert "3 h this week.\nThis week is away, so nothing can break." in heard
    assert "to go" not in heard


async def test_members_of_a_group_that_sleeps_see_it_wherever_they_check_in(talk: Talk) -> None:
    await talk.start_group("owls")
    await talk.join("ada", channel="owls")
    await talk.store.write(lambda tx: tx.run("UPDATE groups SET asleep = '#owls was deleted' WHERE channel = 'owls'"))
    assert "Counted in owls, where I can't post now." in await talk("ada", "/checkin 1h", channel="owls")
    assert "Counted in owls, where I can't post now." in await talk("ada", "/checkin 2h", channel=None)


async def test_who_has_rested_is_welcomed_back_with_all_that_they_have(talk: Talk) -> None:
    await talk("ada", "/checkin 2h30")
    talk.advance(weeks=4)
    heard = await talk("ada", "/checkin 1h")
    assert "Welcome back. Your 2 hours are all here; this week is new." in heard
    talk.advance(days=1)
    assert "Welcome back" not in await talk("ada", "/checkin 45m")
    talk.advance(weeks=4)
    await talk.start_group("owls")
    await talk.join("ada", channel="owls")
    assert "Welcome back" not in await talk("ada", "/checkin 1h")


async def test_who_had_studied_little_is_welcomed_back_too(talk: Talk) -> None:
    await talk("ada", "/checkin 30m")
    talk.advance(weeks=5)
    assert "Welcome back. Your 30 min is here; this week is new." in await talk("ada", "/checkin 1h")
