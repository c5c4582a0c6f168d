"""Reminders: off until chosen; moments survive every change of where they come."""

from datetime import UTC, datetime

import pytest

from tests.talk import Talk

ARMED = "SELECT kind, due_at IS NOT NULL, moment FROM schedules WHERE person_id IS NOT NULL ORDER BY kind"


def ms(day: int, hour: int) -> int:
    return int(datetime(2026, 1, day, hour, tzinfo=UTC).timestamp() * 1000)


async def test_they_are_off_until_chosen(talk: Talk) -> None:
    heard = await talk("ada", "/reminders", channel=None)
    assert heard == (
        "Reminders are off. These are the ones you could have:\n"
        "Nudge: Thursday 18:00, with nothing logged yet\nLast call: Sunday 15:00, with 4 h or less to go\n"
        "Fresh start: Monday 9:00, after two short weeks\n"
        "Recall of old notes is on.\n"
        "[Change times…] [Privately] [In the channel] [Switch recall off]"
    )
    assert await talk.rows(ARMED) == []


async def test_direct_ones_come_at_the_usual_times_in_ones_own_zone(talk: Talk) -> None:
    talk.zones["ada"] = "Asia/Tokyo"
    await talk.join("ada")
    heard = await talk("ada", "/reminders direct", channel=None)
    assert "I remind you privately, on Console." in heard
    assert "Next, if you need it: Thu 8 Jan 18:00." in heard
    assert await talk.rows("SELECT kind, due_at FROM schedules WHERE person_id IS NOT NULL ORDER BY kind") == [
        ("freshstart", ms(12, 0)),
        ("lastcall", ms(11, 6)),
        ("nudge", ms(8, 9)),
    ]
    assert await talk.rows('SELECT how, platform, team, "user" FROM reminders') == [("direct", "console", "", "ada")]


async def test_moments_stay_while_the_route_changes(talk: Talk) -> None:
    await talk.join("ada")
    await talk("ada", "/reminders direct wed 19:00 lastcall: off")
    assert await talk.rows(ARMED) == [
        ("freshstart", 1, "mon 09:00"),
        ("lastcall", 0, "sun 15:00"),
        ("nudge", 1, "wed 19:00"),
    ]
    assert "Reminders are off." in await talk("ada", "/reminders off")
    assert [row[1] for row in await talk.rows(ARMED)] == [0, 0, 0]
    heard = await talk("ada", "/reminders channel")
    assert "I remind you by name in the channel of console." in heard
    assert "Nudge: Wednesday 19:00, with nothing logged yet" in heard
    assert "Next, if you need it: Wed 7 Jan 19:00." in heard
    assert "Last call: off" in heard
    assert len(await talk.rows(ARMED)) == 3
    assert "Last call: Sunday 15:00" in await talk("ada", "/reminders lastcall: on")


async def test_moments_may_be_chosen_before_the_way(talk: Talk) -> None:
    await talk.join("ada")
    heard = await talk("ada", "/reminders nudge: fri 7:00", channel=None)
    assert "Reminders are off." in heard
    assert "Nudge: Friday 7:00, with nothing logged yet\n" in heard
    assert "Next, if you need it: Fri 9 Jan 07:00." in await talk.press("ada", "Privately", channel=None)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("on", "I remind you privately"),
        ("how: DM", "I remind you privately"),
        ("no", "Reminders are off"),
        ("stop", "Reminders are off"),
    ],
)
async def test_the_way_has_several_names(talk: Talk, words: str, expected: str) -> None:
    await talk("ada", "/reminders channel" if expected == "Reminders are off" else "/reminders off", channel=None)
    assert expected in await talk("ada", f"/reminders {words}", channel=None)


async def test_the_channel_needs_a_group_of_ones_own(talk: Talk) -> None:
    refused = await talk("ada", "/reminders channel")
    assert refused.is_wrong
    assert "You are not in console yet" in refused
    assert (await talk("ada", "/reminders channel", channel=None)).is_wrong
    await talk.join("ada")
    assert "the channel of console" in await talk("ada", "/reminders channel", channel=None)


async def test_who_is_hidden_reads_that_no_channel_names_them(talk: Talk) -> None:
    await talk.join("ada")
    await talk("ada", "/group hide")
    heard = await talk("ada", "/reminders channel")
    assert "You're hidden in console, so I remind you privately, on Console." in heard
    await talk("ada", "/group show")
    assert "I remind you by name in the channel of console." in await talk("ada", "/reminders")


async def test_with_several_groups_it_asks_whose_channel(talk: Talk) -> None:
    await talk.start_group("owls")
    await talk.join("ada")
    await talk.join("ada", channel="owls")
    assert "Which group" in await talk("ada", "/reminders channel", channel=None)
    assert "the channel of owls" in await talk.press("ada", "owls", channel=None)
    assert await talk.rows("SELECT DISTINCT group_id FROM schedules WHERE person_id IS NOT NULL") == [(2,)]


async def test_the_group_of_others_is_no_place(talk: Talk) -> None:
    await talk.start_group("owls")
    refused = await talk.command("ada", "reminders", channel=None, how="channel", group="2")
    assert refused.is_wrong
    assert await talk.rows("SELECT 1 FROM reminders") == []


async def test_buttons_on_ones_own_card_replace_it_and_those_on_posts_do_not(talk: Talk) -> None:
    await talk("ada", "/reminders", channel=None)
    assert (await talk.press("ada", "Privately", channel=None)).is_in_place
    stopped = await talk.command("ada", "reminders", how="off")
    assert not stopped.is_in_place
    assert "Reminders are off." in stopped


async def test_the_form_changes_times(talk: Talk) -> None:
    await talk("ada", "/reminders direct lastcall: off", channel=None)
    question = await talk.press("ada", "Change times…", channel=None)
    assert [field.value for field in question.form.fields] == ["direct", "thu 18:00", "off", "on"]
    wrong = await talk.fill("ada", channel=None, nudge="someday", how="loudly")
    assert {field.name for field in wrong.form.fields if field.error} == {"nudge", "how"}
    heard = await talk.fill("ada", channel=None, how="direct", nudge="tue 8:00", lastcall="sat 10:00")
    assert "Nudge: Tuesday 8:00" in heard
    assert "Last call: Saturday 10:00" in heard


async def test_the_form_begins_with_what_is_usual(talk: Talk) -> None:
    await talk("ada", "/reminders", channel=None)
    question = await talk.press("ada", "Change times…", channel=None)
    assert [field.value for field in question.form.fields] == ["off", "thu 18:00", "sun 15:00", "on"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("how: loudly", "I can't read “loudly” here: choose direct, channel or off"),
        ("nudge: someday", "someday"),
        ("nudge: thu 25:00", "25:00"),
        ("lastcall: every day", "comes once a week"),
    ],
)
async def test_wrong_input_arms_nothing(talk: Talk, line: str, expected: str) -> None:
    refused = await talk("ada", f"/reminders {line}", channel=None)
    assert refused.is_wrong
    assert expected in refused
    assert await talk.rows(ARMED) == []


async def test_a_new_zone_moves_them(talk: Talk) -> None:
    await talk("ada", "/reminders direct", channel=None)
    await talk("ada", "/timezone Tokyo", channel=None)
    assert await talk.rows("SELECT due_at FROM schedules WHERE kind = 'nudge'") == [(ms(8, 9),)]


async def test_a_zone_that_nobody_has_said_is_noted(talk: Talk) -> None:
    talk.zones["cy"] = None
    assert "Your days follow UTC until you set yours" in await talk("cy", "/reminders", channel=None)


async def test_who_is_in_no_group_yet_hears_what_would_make_them_come(talk: Talk) -> None:
    heard = await talk("ada", "/reminders direct", channel=None)
    assert "They begin once you join a group or check in." in heard
    assert "Next" not in heard
    await talk.join("ada")
    assert "Next, if you need it: Thu 8 Jan 18:00." in await talk("ada", "/reminders", channel=None)


async def test_who_rests_hears_what_wakes_them(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    talk.advance(days=35)
    heard = await talk("ada", "/reminders how: direct nudge: tue 18:00")
    assert "You haven't logged for four weeks, so they rest. A check-in wakes them." in heard
    assert "Next" not in heard
    await talk("ada", "/checkin 30m")
    assert "Next, if you need it: Sun 15 Feb 15:00." in await talk("ada", "/reminders")


async def test_who_is_away_is_promised_nothing_for_that_time(talk: Talk) -> None:
    await talk.join("ada")
    await talk("ada", "/pause until: 2026-01-18")
    assert "Next, if you need it: Thu 22 Jan 18:00." in await talk("ada", "/reminders direct")


async def test_with_both_switched_off_nothing_comes_next(talk: Talk) -> None:
    await talk.join("ada")
    heard = await talk("ada", "/reminders direct nudge: off lastcall: off")
    assert "Nudge: off\nLast call: off\nFresh start: Monday 9:00" in heard
    assert "Next" not in heard


async def test_a_last_call_comes_on_friday_to_sunday(talk: Talk) -> None:
    asked = await talk("ada", "/reminders lastcall: wed 19:00", channel=None)
    assert "It can come on Friday, Saturday or Sunday, and I read Wednesday." in asked
    assert asked.labels == ["Fri 19:00", "Sat 19:00", "Sun 19:00"]
    assert "Last call: Friday 19:00" in await talk.press("ada", "Fri 19:00", channel=None)
