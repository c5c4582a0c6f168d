"""Results of many groups that are due together are those of each alone."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from bot.chat.card import Card
from bot.delivery import results
from bot.domain.group import Group
from bot.domain.week import Week
from bot.store import groups, leaderboards
from bot.store import results as stored_results
from bot.store.tx import Tx
from tests.delivery.town import Town

ZONES = {"console": "UTC", "tokyo": "Asia/Tokyo", "apia": "Pacific/Apia", "quiet": "UTC"}


async def lived(town: Town) -> None:
    """Two weeks of groups in several zones: streaks, a line that is shared, somebody who is in the next week."""
    talk = town.talk
    for channel, zone in ZONES.items():
        members = [f"{channel}-di", f"{channel}-ed"]
        if channel != "console":
            await talk.start_group(channel, zone=zone, members=members)
    for hours in ("1h", "10h"):
        for channel in ("console", "tokyo", "apia"):
            await talk(f"{channel}-di", f"/checkin {hours}", channel=channel)
            await talk(f"{channel}-ed", f"/checkin 10h learned: {channel}", channel=channel)
        await talk.press("tokyo-ed", "Offer for the results", channel="tokyo")
        talk.advance(weeks=1)
        await talk.command("apia-di", "in", channel="apia", plan="early")


def drawn(tx: Tx, of_groups: list[Group], week: Week, now: datetime, still_open: Collection[int]) -> dict[int, Card]:
    return {group_id: each.card for group_id, each in results.draw(tx, of_groups, week, now, still_open).items()}


async def test_many_groups_are_told_what_each_of_them_would_be_told(town: Town) -> None:
    await lived(town)
    now = town.clock.now()
    week = Week.of(now.date()).plus(-1)

    def both(tx: Tx) -> tuple[dict[int, Card], dict[int, Card], list[str]]:
        everyone = list(groups.get_many(tx, range(1, 5)).values())
        closings = stored_results.closes_at(tx, everyone[:2], week)
        alone: dict[int, Card] = {}
        for group in everyone:
            alone |= drawn(tx, [group], week, now, [group.id] if group.id in closings else [])
        return drawn(tx, everyone, week, now, closings), alone, [group.zone_name for group in everyone]

    together, alone, zones = await town.store.read(both)
    assert together == alone
    assert zones == list(ZONES.values())
    assert len(set(map(str, together.values()))) == len(ZONES)


async def test_a_group_in_which_all_rest_is_told_nothing(town: Town) -> None:
    await lived(town)
    later = town.clock.now() + timedelta(weeks=6)

    def cards(tx: Tx) -> dict[int, Card]:
        return drawn(tx, list(groups.get_many(tx, range(1, 5)).values()), Week.of(later.date()), later, [])

    assert await town.store.read(cards) == {}


async def test_history_that_was_imported_is_no_milestone_of_the_week(town: Town) -> None:
    await town.say("ada", "/checkin 1h")
    town.talk.at("2026-01-09T10:00")
    rows = "".join(f"{date(2026, 1, 8) - timedelta(days=n)},3h\n" for n in range(40))
    await town.talk.hand_over("ada", "mydata import", "old.csv", f"date,duration\n{rows}".encode())
    assert "120 h" in await town.talk.press("ada", "Import it")
    await town.until("2026-01-12T09:00")
    assert "🎉" not in town.platform.posts[-1].text


async def keep_three_weeks(town: Town) -> None:
    """Ada keeps the weeks of the 5th, 12th and 19th of January."""
    for monday in ("2026-01-05", "2026-01-12", "2026-01-19"):
        await town.until(f"{monday}T10:00")
        await town.say("ada", "/checkin 10h")


async def test_a_streak_that_becomes_certain_by_closing_is_told_in_results_and_greeted_once(town: Town) -> None:
    await keep_three_weeks(town)
    await town.until("2026-01-26T10:00")
    await town.say("ada", "/checkin 1h")
    await town.until("2026-02-02T10:00")
    assert "4 weeks in a row" not in await town.say("ada", "/checkin 10h")
    await town.until("2026-02-05T10:00")
    assert await town.talk.rows("SELECT kind, value FROM milestones") == [("streak", 4)]
    assert "4 weeks in a row" not in await town.say("ada", "/checkin 30m"), "the freeze is told first"
    assert "🎉 4 weeks in a row!" in await town.say("ada", "/checkin 25m")
    assert "4 weeks in a row" in town.platform.posts[-1].text
    assert "4 weeks in a row" not in await town.say("ada", "/checkin 20m")
    results = [post.text for post in await town.until("2026-02-16T10:00") if post.key.startswith("results")]
    assert ["🎉 4 weeks in a row: Ada" in text for text in results] == [True, False]


async def test_a_streak_that_is_lost_again_was_reached_all_the_same(town: Town) -> None:
    await keep_three_weeks(town)
    await town.until("2026-02-02T10:00")
    await town.say("ada", "/checkin 10h")
    town.talk.at("2026-02-04T08:00")
    await town.talk("ada", "/goal 9h")
    results = [post.text for post in await town.until("2026-02-09T10:00") if post.key.startswith("results")]
    assert "🎉 4 weeks in a row: Ada" in results[-1]
    await town.until("2026-03-12T10:00")
    assert "4 weeks in a row" not in await town.say("ada", "/checkin 1h"), "the freezes are told first"
    assert "🎉 4 weeks in a row!" in await town.say("ada", "/checkin 2h")
    assert "4 weeks in a row" not in await town.say("ada", "/checkin 3h")


async def test_results_that_come_after_the_week_has_closed_say_so_at_once(town: Town) -> None:
    await town.say("ada", "/checkin 3h")
    await town.say("ada", "/group schedule results: thu 10:00")
    posted = [post for post in await town.until("2026-01-15T10:00") if post.key.startswith("results")]
    await town.wait(hours=2)
    [result] = posted
    assert "Tuesday" not in result.text
    assert result.edits == 0


async def test_who_has_moved_west_keeps_the_streak_that_their_weeks_give(town: Town) -> None:
    await town.say("ada", "/timezone Pacific/Auckland")
    for instant in ("2026-01-05T20:00", "2026-01-12T20:00", "2026-01-18T20:00"):
        await town.until(instant)
        await town.say("ada", "/checkin 10h")
    await town.say("ada", "/timezone Pacific/Honolulu")
    posted = await town.until("2026-01-19T09:00")
    assert "Ada (2 weeks)" in posted[-1].text
    results_of = await town.store.read(
        lambda tx: leaderboards.find_results(tx, [groups.get(tx, 1)], Week(date(2026, 1, 5)), town.clock.now())
    )
    assert [keeper.streak for keeper in results_of[1][1]] == [1]
    await town.until("2026-01-19T10:00")
    assert "Streak 3 weeks" in await town.say("ada", "/progress")
    assert await town.talk.rows("SELECT streak FROM people WHERE name = 'Ada'") == [(3,)]
    await town.until("2026-01-21T12:00")
    assert "Ada (2 weeks)" in posted[-1].text


def results_of(town: Town) -> list[str]:
    return [post.text for post in town.platform.posts if post.key.startswith("results/")]


async def keep(town: Town, *who: str) -> None:
    for name in who:
        await town.say(name, "/checkin 10h")


async def test_results_name_who_kept_the_week_and_promise_no_deadline_of_one_zone(town: Town) -> None:
    await town.say("bo", "/timezone New York")
    await keep(town, "ada")
    await town.say("bo", "/checkin 5h")
    await town.until("2026-01-12T09:00")
    [results] = results_of(town)
    assert results.splitlines() == [
        "Results · 5–11 January",
        "Together 15 of 10 hours; 1 of 1 kept the week.",
        "A bar of 15 hours of 10 hours: 1 kept the week, 1 more studied.",
        "Kept it: Ada",
        "Forgot something? Log it by the end of Tuesday, your own time.",
        "[I'm in this week] [Check in] [Join]",
    ]
    card = town.platform.posts[-1].card
    assert [button.style.value for button in card.buttons()] == ["primary", "plain", "plain"]
    await town.until("2026-01-14T04:59")
    assert "Tuesday" in results_of(town)[0]
    await town.until("2026-01-14T05:00")
    assert "Tuesday" not in results_of(town)[0]


async def test_who_counts_is_decided_with_the_first_results_until_their_last_edit(town: Town) -> None:
    """Cy has not logged for four weeks by Wednesday; di, who rested on Monday, logs on Tuesday."""
    await town.say("di", "/checkin 1h")
    await town.until("2026-01-06T12:00")
    await town.say("cy", "/checkin 1h")
    for monday in ("2026-01-12", "2026-01-19", "2026-01-26"):
        await town.until(f"{monday}T10:00")
        await keep(town, "ada")
    await town.until("2026-02-02T09:00")
    first = results_of(town)[-1]
    assert "1 of 2 kept the week" in first
    await town.until("2026-02-03T18:00")
    await town.say("di", "/checkin 1h")
    await town.until("2026-02-04T00:00")
    assert "1 of 2 kept the week" in results_of(town)[-1]


async def test_five_are_named_and_the_others_have_their_turn(town: Town) -> None:
    names = [f"m{number}" for number in range(8)]
    await keep(town, *names)
    await town.until("2026-01-12T10:00")
    assert "Kept it: M0, M1, M2, M3, M4 and 3 more" in results_of(town)[-1]
    await keep(town, *names)
    await town.until("2026-01-19T10:00")
    named = next(line for line in results_of(town)[-1].splitlines() if line.startswith("Kept it"))
    assert named.startswith("Kept it: M5 (2 weeks), M6 (2 weeks), M7 (2 weeks), M0 (2 weeks)")


async def test_a_comeback_is_told_after_two_missed_weeks_and_not_after_one(town: Town) -> None:
    await town.say("ada", "/checkin 1h")
    await town.until("2026-01-19T10:00")
    await keep(town, "ada")
    await town.until("2026-01-26T09:00")
    assert "Back again" not in results_of(town)[-1]
    for monday in ("2026-01-26", "2026-02-02", "2026-02-09", "2026-02-16"):
        await town.until(f"{monday}T10:00")
        await town.say("ada", "/checkin 1h")
    await town.until("2026-02-23T10:00")
    await keep(town, "ada")
    await town.until("2026-03-02T09:00")
    assert "Back again: Ada" in results_of(town)[-1]
    for monday in ("2026-03-09", "2026-03-16"):
        await town.until(f"{monday}T10:00")
        await town.say("ada", "/checkin 1h")
    await town.until("2026-03-23T10:00")
    await keep(town, "ada")
    await town.until("2026-03-30T09:00")
    assert "Back again" not in results_of(town)[-1]
