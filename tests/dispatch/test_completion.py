"""Completions while an option is being typed."""

import pytest

from bot.chat.request import Via
from tests.talk import Talk


async def suggested(talk: Talk, who: str, command: str, option: str, typed: str) -> list[tuple[str, str]]:
    request = talk.request(who, "console", "", Via.SLASH, command=command)
    return [(choice.label, choice.value) for choice in await talk.core.suggest(request, option, typed)]


async def test_areas_of_the_group(talk: Talk) -> None:
    await talk.join("ada")
    choices = await suggested(talk, "ada", "checkin", "area", "ma")
    assert [value for _, value in choices] == ["Mathematics", "Machine Learning"]


async def test_zones(talk: Talk) -> None:
    await talk.join("ada")
    assert ("Europe/Lisbon", "Europe/Lisbon") in await suggested(talk, "ada", "timezone", "zone", "lisb")


async def test_ones_own_check_ins_newest_first(talk: Talk) -> None:
    await talk("ada", "/checkin 1h statistics learned: the chain rule")
    await talk("bo", "/checkin 3h")
    await talk("ada", "/checkin 2h day: yesterday")
    assert await suggested(talk, "ada", "edit", "checkin", "") == [
        ("#2 · 2 h · yesterday", "2"),
        ("#1 · 1 h · today · Statistics · the chain rule", "1"),
    ]
    assert [value for _, value in await suggested(talk, "ada", "undo", "checkin", "chain")] == ["1"]


async def test_days_gone_by_or_to_come(talk: Talk) -> None:
    await talk.join("ada")
    past = [value for _, value in await suggested(talk, "ada", "checkin", "day", "")]
    assert past == ["today", "yesterday", "2 days ago", "3 days ago"]
    coming = [value for _, value in await suggested(talk, "ada", "pause", "until", "")]
    assert coming == ["today", "tomorrow", "in 3 days", "in 1 week", "in 2 weeks"]


@pytest.mark.parametrize(("command", "option"), [("checkin", "time"), ("checkin", "nothing"), ("nothing", "area")])
async def test_nothing_to_suggest(talk: Talk, command: str, option: str) -> None:
    await talk.join("ada")
    assert await suggested(talk, "ada", command, option, "") == []


async def test_somebody_unknown_is_suggested_nothing_and_not_added(talk: Talk) -> None:
    assert await suggested(talk, "zoe", "checkin", "area", "") == []
    assert await talk.rows("SELECT 1 FROM people") == []
