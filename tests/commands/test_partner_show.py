"""Two who study together: what each sees, sharing a note, the streak of two, and parting."""

from typing import Any

import pytest

from bot.store import export
from tests.partners import make_pair, pass_time
from tests.talk import Talk


@pytest.fixture
async def pair(talk: Talk) -> Talk:
    """Begin with Ada and Bo, who are partners; they have studied an hour each on Monday."""
    await talk.join("ada", "bo", "cy")
    for name in ("ada", "bo", "cy"):
        await talk(name, "/checkin 1h learned: chain rule")
    talk.advance(hours=1)
    await make_pair(talk)
    return talk


async def export_of(talk: Talk, name: str) -> dict[str, Any]:
    person, now = await talk.person(name), talk.clock.now()
    return await talk.store.read(lambda tx: export.export(tx, person, now))


async def keep(talk: Talk, *names: str) -> None:
    for name in names:
        await talk(name, "/checkin 10h")
        await talk(name, "/checkin 5m")


async def test_without_a_partner_it_says_how_one_is_found(talk: Talk) -> None:
    await talk.join("ada")
    heard = await talk("ada", "/partner show")
    assert "A study partner sees your hours, goal and streak, and you see theirs." in heard
    assert heard.labels == ["Find me a partner", "Invite someone"]


async def test_partners_see_hours_goal_and_streak(pair: Talk) -> None:
    heard = await pair("bo", "/partner show")
    assert "You and Ada" in heard
    assert "Ada: 1 h of 10 h this week" in heard
    await keep(pair, "ada", "bo")
    assert "Ada: 11 h 05 of 10 h this week · streak 1 week" in await pair("bo", "/partner show")
    assert "1 week together." in await pair("bo", "/partner show")


async def test_days_stand_for_hours_if_either_wishes_so(pair: Talk) -> None:
    await pair("ada", "/partner show")
    await pair.press("ada", "More")
    assert "You show Bo your days of study" in await pair.press("ada", "Show days, not hours")
    for name, other in (("ada", "Bo"), ("bo", "Ada")):
        heard = await pair(name, "/partner show")
        assert f"{other}: 1 day this week" in heard
        assert "1 h of 10 h" not in heard
    await pair.press("ada", "Show my hours")
    assert "Ada: 1 h of 10 h this week" in await pair("bo", "/partner show")


async def test_the_streak_of_two_is_the_last_line_of_a_check_in(pair: Talk) -> None:
    heard = await pair("ada", "/checkin 45m")
    assert "Bo has 1 h this week" in heard
    await keep(pair, "ada", "bo")
    assert "With Bo: 1 week together · Bo has 11 h 05" in await pair("ada", "/checkin 10m")
    assert "With Bo: 1 week together · Bo has 11 h 05" in await pair("ada", "/streak")
    pair.at("2026-01-11T12:00")
    assert "With Bo" not in await pair("ada", "/checkin 15m"), "up to Saturday"


async def test_its_end_names_nobody_and_the_best_stays(pair: Talk) -> None:
    for _ in range(2):
        await keep(pair, "ada", "bo")
        await pass_time(pair, days=7)
    await keep(pair, "ada")
    await pass_time(pair, days=9)
    await pair("ada", "/checkin 20m")
    await pair("bo", "/checkin 20m")
    await pass_time(pair, days=7)
    assert "With Bo: 2 weeks together" in await pair("ada", "/streak"), "Bo's freeze excuses the week"
    await keep(pair, "ada", "bo")
    await pass_time(pair, days=7)
    await keep(pair, "ada")
    await pass_time(pair, days=9)
    for name, other in (("ada", "Bo"), ("bo", "Ada")):
        heard = await pair(name, "/streak")
        assert f"With {other}: a new start this week. Your best together: 3 weeks." in heard
    assert "A new start this week. Your best together: 3 weeks." in await pair("ada", "/partner show")


async def test_notes_are_shared_one_by_one_and_shown_before(pair: Talk) -> None:
    await pair("ada", "/partner show")
    asked = await pair.press("ada", "Share my last note")
    assert "Share this note with Bo?" in asked
    assert "chain rule" in asked
    assert "chain rule" not in await pair("bo", "/partner show")
    assert "Shared with Bo." in await pair.press("ada", "Share it")
    assert "Ada shared a note:\n> chain rule" in await pair("bo", "/partner show")
    await pair("ada", "/edit #1 learned: product rule")
    assert "> product rule" in await pair("bo", "/partner show")
    await pair("ada", "/undo")
    assert "product rule" not in await pair("bo", "/partner show")


async def test_without_a_note_there_is_nothing_to_share(talk: Talk) -> None:
    await talk.join("ada", "bo")
    await make_pair(talk)
    await talk("ada", "/partner show")
    assert "You haven't written a note yet." in await talk.press("ada", "Share my last note")


async def test_somebody_elses_note_cannot_be_shared(pair: Talk) -> None:
    await pair("cy", "/checkin 30m learned: mine alone")
    heard = await pair.command("ada", "partner note", checkin="99")
    assert "You haven't written a note yet." in heard


async def test_leaving_asks_once_and_hurts_nobody(pair: Talk) -> None:
    asked = await pair("ada", "/partner leave")
    assert asked == (
        "Stop being study partners with Bo? Bo only reads that you no longer are. What you kept stays kept.\n"
        "[Leave Bo] [Stay partners]"
    )
    assert "Bo" in await pair("ada", "/partner show")
    assert "You and Bo are no longer study partners." in await pair.press("ada", "Leave Bo")
    heard = await pair("bo", "/progress")
    assert "You and Ada are no longer study partners. What you kept together stays kept." in heard
    assert "Find me a partner" in heard.labels
    assert "no longer" not in await pair("bo", "/progress")
    assert (await pair("ada", "/partner leave")).is_wrong


async def test_who_left_is_matched_with_the_same_only_if_both_ask(pair: Talk) -> None:
    await pair("ada", "/partner leave")
    await pair.press("ada", "Leave Bo")
    for name in ("ada", "bo"):
        await pair(name, "/partner match")
        await pair.press(name, "Find me a partner")
    await pass_time(pair, days=7)
    assert "No match this Monday; you're first in line next week." in await pair("bo", "/progress")
    await make_pair(pair, "bo", "ada")
    assert "Bo" in await pair("ada", "/partner show")


async def test_a_block_ends_the_pair_unseen(pair: Talk) -> None:
    await pair("ada", "/partner show")
    await pair.press("ada", "More")
    assert "Bo is blocked, and told nothing." in await pair.press("ada", "Bo")
    assert "You and Ada are no longer study partners." in await pair("bo", "/progress")
    assert "blocked" not in await pair("bo", "/partner show")


@pytest.mark.parametrize("line", ["/group leave", "/mydata erase"])
async def test_leaving_the_group_or_everything_ends_the_pair(pair: Talk, line: str) -> None:
    await pair("ada", line)
    if "erase" in line:
        await pair.press("ada", "Erase everything")
    heard = await pair("bo", "/progress")
    assert "What you kept together stays kept." in heard
    assert ("Ada" in heard) == (line == "/group leave")
    assert "A study partner sees" in await pair("bo", "/partner show")


async def test_who_is_removed_has_no_partner_there_any_more(talk: Talk) -> None:
    talk.managers.add("org")
    await talk.join("ada", "bo")
    await make_pair(talk)
    await talk("org", "/group members remove: ada")
    assert "A study partner sees" in await talk("bo", "/partner show")


async def test_the_end_of_the_group_ends_its_pairs(pair: Talk) -> None:
    pair.managers.add("ada")
    await pair("ada", "/group end")
    await pair.press("ada", "End the group")
    assert "are no longer study partners" in await pair("bo", "/progress", channel=None)


async def test_hiding_says_who_still_sees(pair: Talk) -> None:
    heard = await pair("ada", "/group hide")
    assert "Bo still sees your week as your study partner, until you leave: /partner leave." in heard


async def test_more_without_a_partner_leads_on(talk: Talk) -> None:
    await talk.join("ada")
    for command in ("partner more", "partner note", "partner question"):
        assert "A study partner sees" in await talk.command("ada", command)


async def test_the_export_tells_all_of_it(pair: Talk) -> None:
    await pair("ada", "/partner show")
    await pair.press("ada", "Share my last note")
    await pair.press("ada", "Share it")
    exported = await export_of(pair, "ada")
    assert exported["partners"]["pairs"] == [
        {"partner": "Bo", "group": "console", "from": "2026-01-05", "ended_at": None, "streak": 0, "best": 0}
    ]
    assert [sent["to"] for sent in exported["partners"]["invitations_sent"]] == ["Bo"]
    assert [note["checkin"] for note in exported["partners"]["shared_notes"]] == [1]
    assert [got["from"] for got in (await export_of(pair, "bo"))["partners"]["invitations_received"]] == ["Ada"]
