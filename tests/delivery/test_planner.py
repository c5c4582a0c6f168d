"""What is posted when: group posts, chosen reminders, and what happens when the bot was away."""

import pytest

from bot.chat.delivery import PostRefused
from tests.delivery.town import Town

SUNDAY_3PM = "2026-01-11T15:00"


async def study(town: Town, who: str, words: str) -> None:
    await town.say(who, f"/checkin {words}")


async def test_a_week_of_a_group_brings_its_last_call_and_results_at_their_times(town: Town) -> None:
    await study(town, "ada", "10h")
    await study(town, "bo", "3h")
    posted = await town.until("2026-01-12T09:00")
    assert [(post.key.split("/")[0], f"{post.at:%a %H:%M}") for post in posted] == [
        ("groupcall", "Sun 15:00"),
        ("results", "Mon 09:00"),
    ]
    call, results = posted
    assert call.text.splitlines() == [
        "The week ends on Sunday night, your own time. Together 13 of 10 hours; 1 has kept it.",
        "[Check in] [Remind me] [Join]",
    ]
    assert "Together 13 of 10 hours; 1 of 1 kept the week" in results.text
    assert "Ada" in results.text
    assert "Bo" not in results.text


async def test_results_are_edited_once_when_the_week_has_closed_for_all(town: Town) -> None:
    await study(town, "ada", "10h")
    await study(town, "bo", "9h")
    await town.until("2026-01-12T09:00")
    results = town.platform.posts[-1]
    assert "Log it by the end of Tuesday, your own time." in results.text
    await study(town, "bo", "1h day: 2026-01-11")
    await town.until("2026-01-13T23:59")
    assert results.edits == 0
    await town.until("2026-01-14T00:00")
    assert results.edits == 1
    assert "2 of 2 kept" in results.text
    assert "Tuesday" not in results.text
    await town.until("2026-01-18T14:00")
    assert results.edits == 1


async def test_who_is_in_this_week_is_counted_in_the_results(town: Town) -> None:
    await study(town, "ada", "10h")
    await town.until("2026-01-12T09:00")
    results = town.platform.posts[-1]
    assert "in this week." not in results.text
    await town.talk.command("ada", "in", plan="Saturday in the library")
    await town.until("2026-01-14T00:00")
    assert "1 is in this week." in results.text
    assert "library" not in results.text


async def test_a_freeze_is_shown_when_the_week_has_closed(town: Town) -> None:
    await study(town, "ada", "10h")
    await town.until("2026-01-12T10:00")
    await study(town, "ada", "2h")
    await town.until("2026-01-21T00:00")
    results = next(post for post in town.platform.posts if post.key.endswith("2026-W03"))
    assert results.edits == 1
    assert "Together 2 hours · 1 saved." in results.text
    answer = await town.say("ada", "/checkin 1h")
    assert "Last week was short by 8 h. Your freeze saved it: streak still 1." in answer
    assert "freeze saved" not in await town.say("ada", "/checkin 90m")


async def test_results_say_the_streak_of_their_week_and_not_what_came_after_it(town: Town) -> None:
    for week in range(3):
        await study(town, "ada", "10h")
        await town.until(f"2026-01-{12 + 7 * week}T09:00")
    results = town.platform.posts[-1]
    assert "Ada (3 weeks)" in results.text
    await study(town, "ada", "10h")
    await study(town, "bo", "1h day: 2026-01-25")
    await town.until("2026-01-28T00:00")
    assert results.edits == 1
    assert "Ada (3 weeks)" in results.text


async def test_a_freeze_spent_in_a_quiet_week_is_shown_when_it_has_closed(town: Town) -> None:
    await study(town, "ada", "10h")
    await town.until("2026-01-21T00:00")
    quiet = next(post for post in town.platform.posts if post.key.endswith("2026-W03"))
    assert quiet.text == "Results · 12–18 January: a quiet week · 1 saved."
    assert quiet.edits == 1


async def test_a_quiet_week_is_one_line_and_a_resting_group_gets_none(town: Town) -> None:
    await study(town, "ada", "1h")
    await town.until("2026-01-19T09:00")
    quiet = town.platform.posts[-1]
    assert quiet.text == "Results · 12–18 January: a quiet week."
    await town.until("2026-02-02T08:00")
    before = len(town.platform.posts)
    await town.until("2026-03-02T10:00")
    [told] = town.platform.posts[before:]
    assert (told.user, told.key) == ("ada", "notice/resting/1/2026-02-02/1")
    assert told.text.startswith("Nobody has logged in console for four weeks; I've gone quiet. A check-in wakes me")
    await study(town, "ada", "1h")
    await town.until("2026-05-02T10:00")
    assert len(town.keys("notice/resting")) == 2


async def test_reminders_go_to_those_alone_who_chose_them(town: Town) -> None:
    for who in ("ada", "bo"):
        await study(town, who, "1h")
    await town.say("ada", "/reminders how: direct")
    await town.until("2026-01-12T10:00")
    posted = await town.until("2026-01-15T18:00")
    assert [(post.user, post.key.split("/")[0]) for post in posted if post.user] == [("ada", "nudge")]


async def test_a_last_call_names_what_is_missing_and_quotes_the_plan(town: Town) -> None:
    await town.say("ada", "/reminders how: direct")
    await study(town, "ada", "9h48")
    posted = [post for post in await town.until(SUNDAY_3PM) if post.user]
    assert len(posted) == 1
    assert posted[0].text == "12 min more keeps this week.\n[Log 30 min] [Other…] [Later] [More]"
    assert posted[0].at.isoformat() == "2026-01-11T15:00:00+00:00"


async def test_nobody_is_called_who_is_too_far_away_or_has_kept_the_week_or_is_paused(town: Town) -> None:
    for who, minutes in {"ada": "10h", "bo": "5h", "cy": "9h"}.items():
        await study(town, who, minutes)
        await town.say(who, "/reminders how: direct")
    await town.say("cy", "/pause until: 2026-01-20")
    assert [post for post in await town.until(SUNDAY_3PM) if post.user] == []


async def test_a_fresh_start_comes_once_after_two_missed_weeks(town: Town) -> None:
    await town.say("ada", "/reminders how: direct")
    for monday in ("2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26", "2026-02-02"):
        await town.until(f"{monday}T10:00")
        await study(town, "ada", "2h")
    await town.until("2026-02-10T00:00")
    fresh = [post for post in town.platform.posts if post.key.startswith("freshstart")]
    assert [post.at.isoformat() for post in fresh] == ["2026-01-26T09:00:00+00:00"]
    assert fresh[0].text.splitlines() == [
        "The last two weeks didn't work out. This one is new.",
        "The 6 h you've studied stay yours. How much is right for this week?",
        "[3 h] [5 h] [Keep 10 h] [More]",
    ]


async def test_one_post_in_the_channel_names_together_those_who_chose_it(town: Town) -> None:
    for who in ("ada", "bo", "cy"):
        await study(town, who, "9h")
    for who in ("ada", "bo"):
        await town.say(who, "/reminders how: channel")
    posted = [post for post in await town.until(SUNDAY_3PM) if post.key.startswith("lastcall")]
    assert len(posted) == 1
    assert posted[0].channel == "console"
    assert "@Ada, @Bo" in posted[0].text
    assert "Cy" not in posted[0].text


@pytest.mark.parametrize(("until", "calls"), [("wed", 1), ("thu", 0)])
async def test_a_week_that_is_paused_by_four_days_is_called_for_no_more(town: Town, until: str, calls: int) -> None:
    await study(town, "ada", "8h")
    await town.say("ada", "/reminders direct")
    days = {"wed": "2026-01-07", "thu": "2026-01-08"}
    await town.say("ada", f"/pause until: {days[until]}")
    await town.until("2026-01-12T08:00")
    assert len(town.keys("lastcall")) == calls


async def test_more_than_one_message_can_notify_are_named_in_several(town: Town) -> None:
    names = [f"person{n}" for n in range(170)]
    await town.talk.join(*names)
    for name in names:
        await town.talk(name, "/checkin 7h")
        await town.talk(name, "/reminders channel")
    await town.settle()
    named = [post for post in await town.until(SUNDAY_3PM) if post.key.startswith("lastcall")]
    assert [post.text.count("@Person") for post in named] == [45, 45, 45, 35]
    assert {name for post in named for name in names if f"@{name.capitalize()}" in post.text} == set(names)


async def test_a_short_stop_makes_posts_late_and_a_long_one_skips_them_visibly(town: Town) -> None:
    await study(town, "ada", "10h")
    town.clock.move_to(town.clock.now().replace(day=11, hour=16))
    await town.settle()
    assert "comes late" in town.platform.posts[-1].text
    await town.until("2026-01-12T12:00")
    await study(town, "ada", "1h")
    town.clock.move_to(town.clock.now().replace(day=21, hour=1))
    before = len(town.platform.posts)
    await town.settle()
    assert town.keys()[before:] == []
    skipped = await town.talk.rows("SELECT key, reason FROM skipped ORDER BY key")
    assert [str(key).split("/")[0] for key, _ in skipped] == ["groupcall", "results"]


async def test_a_hundred_missed_occurrences_become_at_most_one_post(town: Town) -> None:
    await study(town, "ada", "10h")
    await town.until("2026-01-06T00:00")
    town.clock.move_to(town.clock.now().replace(year=2028, month=1, day=3, hour=9))
    await town.say("ada", "/checkin 1h")
    town.platform.posts.clear()
    await town.settle()
    assert len(town.keys("results")) <= 1


async def test_planning_twice_or_after_the_clock_jumped_back_repeats_nothing(town: Town) -> None:
    await study(town, "ada", "10h")
    await town.until("2026-01-12T09:30")
    before = town.keys()
    town.clock.move_to(town.clock.now().replace(hour=8, minute=30))
    await town.settle()
    await town.until("2026-01-12T12:00")
    assert town.keys() == before


async def test_a_member_who_changes_zone_twice_on_sunday_gets_one_last_call(town: Town) -> None:
    await town.say("ada", "/reminders how: direct")
    await study(town, "ada", "9h")
    await town.until(SUNDAY_3PM)
    await town.say("ada", "/timezone America/New_York")
    await town.until("2026-01-11T20:30")
    await town.say("ada", "/timezone Pacific/Honolulu")
    await town.until("2026-01-12T08:00")
    assert len(town.keys("lastcall")) == 1


async def test_a_call_on_another_day_says_when_the_week_really_ends(town: Town) -> None:
    await study(town, "ada", "9h")
    for who, how in (("ada", "direct"), ("bo", "channel")):
        await study(town, who, "20m")
        await town.say(who, f"/reminders how: {how} lastcall: sat 10:00")
    await study(town, "bo", "9h")
    await town.say("ada", "/group schedule lastcall fri 10:00")
    [group, *personal] = await town.until("2026-01-10T10:00")
    assert group.text.startswith("The week ends on Sunday night, your own time.")
    assert {post.text.splitlines()[0] for post in personal} == {
        "40 min more keeps this week.",
        "@Bo: the week ends tomorrow night and you're close.",
    }


async def test_what_asks_for_a_week_is_of_no_use_when_the_week_is_over(town: Town) -> None:
    await study(town, "ada", "9h")
    await town.say("ada", "/reminders how: direct nudge: sun 20:00 lastcall: sun 21:00")
    await town.say("ada", "/group schedule lastcall sun 22:00")
    await town.until("2026-01-11T19:00")
    town.clock.move_to(town.clock.now().replace(day=12, hour=0))
    before = len(town.platform.posts)
    await town.settle()
    assert town.keys()[before:] == []
    assert await town.talk.rows("SELECT key FROM skipped ORDER BY key") == [
        ("groupcall/1/2026-01-11",),
        ("lastcall/0/1/2026-01-11",),
    ]


async def test_who_chose_the_channel_of_a_group_that_sleeps_is_reminded_directly(town: Town) -> None:
    await study(town, "ada", "9h")
    await town.say("ada", "/reminders how: channel")
    await town.store.write(lambda tx: tx.run("UPDATE groups SET asleep = 'gone'"))
    [post] = [post for post in await town.until(SUNDAY_3PM) if post.key.startswith("lastcall")]
    assert post.user == "ada"


async def test_who_is_named_together_is_not_parted_by_a_batch(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.delivery.planner.SCHEDULES_PER_BATCH", 2)
    for who in ("ada", "bo", "cy", "di", "ed"):
        await study(town, who, "9h")
        await town.say(who, "/reminders how: channel")
    [post] = [post for post in await town.until(SUNDAY_3PM) if post.key.startswith("lastcall")]
    assert all(f"@{name}" in post.text for name in ("Ada", "Bo", "Cy", "Di", "Ed"))


async def test_results_that_were_deleted_are_not_posted_again(town: Town) -> None:
    async def gone(*_: object) -> None:
        raise PostRefused("Unknown Message")

    await study(town, "ada", "10h")
    await town.until("2026-01-12T09:00")
    monday = len(town.platform.posts)
    town.platform.edit = gone  # type: ignore[method-assign, assignment]
    await study(town, "ada", "1h day: 2026-01-11")
    await town.until("2026-01-17T12:00")
    assert [key for key in town.keys()[monday:] if not key.startswith("line")] == []
    assert await town.talk.rows("SELECT state, reason FROM outbox WHERE edits IS NOT NULL") == [
        ("dropped", "Unknown Message")
    ]


async def test_who_is_short_of_little_gets_a_last_call_also_with_nothing_logged(town: Town) -> None:
    await study(town, "ada", "10h")
    await town.say("ada", "/goal 3")
    await town.say("ada", "/reminders how: direct")
    posted = await town.until("2026-01-18T16:00")
    calls = [post for post in posted if post.key.startswith("lastcall/")]
    assert [f"{post.at:%a %H:%M}" for post in calls] == ["Sun 15:00"]
    assert "3 h" in calls[0].text
