"""Histories of goals, zones and pauses, as they are kept."""

from datetime import timedelta

import pytest

from bot.domain.duration import Minutes
from bot.domain.goal import GoalChange
from bot.domain.week import Week
from bot.store import people
from bot.store.tx import LISTED, listed
from tests.talk import MONDAY_MORNING, Talk

LATER = MONDAY_MORNING + timedelta(days=30)


async def test_a_goal_that_stays_keeps_the_time_at_which_it_was_set(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    ada = await talk.person("ada")
    first = GoalChange(Minutes(600), None)
    second = GoalChange(Minutes(300), Week.of(LATER.date()))
    await talk.store.write(lambda tx: people.set_goals(tx, ada.id, [first], MONDAY_MORNING))
    await talk.store.write(lambda tx: people.set_goals(tx, ada.id, [first, second], LATER))
    rows = await talk.rows("SELECT minutes, set_at FROM goals ORDER BY id")
    assert rows == [(600, int(MONDAY_MORNING.timestamp() * 1000)), (300, int(LATER.timestamp() * 1000))]
    assert await talk.store.read(lambda tx: people.list_goals(tx, ada.id)) == [first, second]


async def test_a_goal_from_ever_changes_the_weeks_that_are_kept(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    ada = await talk.person("ada")
    await talk.store.write(lambda tx: people.set_goals(tx, ada.id, [GoalChange(Minutes(60), None)], LATER))
    assert await talk.rows("SELECT goal FROM weeks") == [(60,)]


async def test_a_goal_reaches_a_week_that_was_counted_on_the_other_side_of_the_date_line(talk: Talk) -> None:
    """Sunday evening in Honolulu is Monday in Kiritimati: a week can be counted, and then be the next one again."""
    await talk("ada", "/checkin 1h")
    talk.at("2026-01-18T12:00")
    await talk("ada", "/timezone Pacific/Kiritimati")
    await talk("ada", "/checkin 2h")
    await talk("ada", "/timezone Pacific/Honolulu")
    await talk("ada", "/goal 5")
    assert await talk.rows("SELECT monday, goal FROM weeks ORDER BY monday") == [
        ("2026-01-05", 600),
        ("2026-01-19", 300),
    ]


async def test_somebody_known_on_all_of_a_platform_is_known_in_each_of_its_places(talk: Talk) -> None:
    """Discord knows people everywhere by one id, Slack in each workspace by another."""
    await talk("ada", "/checkin 1h")
    ada = await talk.person("ada")
    sql = 'INSERT INTO identities (platform, team, "user", person_id) VALUES (:platform, :team, :user, :id)'
    for platform, team, user in (("discord", "", "d1"), ("slack", "T1", "u1"), ("slack", "T2", "u2")):
        known = {"platform": platform, "team": team, "user": user, "id": ada.id}
        await talk.store.write(lambda tx, known=known: tx.run(sql, **known))  # type: ignore[misc]
    places = (("discord", "guild"), ("slack", "T1"), ("slack", "T2"), ("slack", "T3"))
    ids = [await talk.store.read(lambda tx, at=at: people.find_identity(tx, ada.id, *at)) for at in places]  # type: ignore[misc]
    assert ids == ["d1", "u1", "u2", None]


@pytest.mark.sqlite
async def test_whose_id_is_asked_for_is_found_without_a_look_at_everybody_on_the_platform(talk: Talk) -> None:
    sql = f"EXPLAIN QUERY PLAN {people.IDENTITIES} WHERE person_id IN {LISTED}"
    plan = await talk.store.read(lambda tx: [row[3] for row in tx.all(sql, ids=listed([1, 2]))])
    assert "SEARCH identities USING INDEX identities_by_person (person_id=?)" in plan
