"""A group's areas: changed by organisers, with nothing lost."""

import pytest

from bot.chat.plain import plain_text
from tests.talk import Talk

SIX = "Mathematics, Statistics, Machine Learning, Software Engineering, DevOps, Cloud Systems"


@pytest.fixture
async def talk(talk: Talk) -> Talk:
    """Ada organises group “Owls” in channel `owls`."""
    talk.starters = {"ada"}
    await talk("ada", "/group start name: Owls", channel="owls")
    return talk


async def test_they_are_shown(talk: Talk) -> None:
    assert await talk("ada", "/group areas", channel="owls") == (f"Areas of Owls\n{SIX}\n6 of at most 25.\n[Change…]")


async def test_one_is_added_and_can_be_logged_at_once(talk: Talk) -> None:
    heard = await talk("ada", "/group areas add: Compilers & Parsers", channel="owls")
    assert "New: Compilers & Parsers." in heard
    assert "Compilers & Parsers" in await talk("ada", "/checkin 1h area: compilers", channel="owls")


async def test_the_verbs_need_no_colon(talk: Talk) -> None:
    assert "New: Physics and more." in await talk("ada", "/group areas add Physics and more", channel="owls")
    assert "Statistics is Chance now" in await talk("ada", "/group areas Rename stat to: Chance", channel="owls")
    assert "Retired: DevOps." in await talk("ada", "/group areas remove devops", channel="owls")
    assert "add" in await talk("ada", "/group areas add", channel="owls")


async def test_what_was_logged_stays_when_an_area_is_retired(talk: Talk) -> None:
    await talk("ada", "/checkin 1h devops", channel="owls")
    heard = await talk("ada", "/group areas remove: devops", channel="owls")
    assert "Retired: DevOps. What was logged there stays as it is." in heard
    assert await talk.rows("SELECT area, minutes FROM area_totals") == [("DevOps", 60)]
    assert await talk.rows("SELECT area FROM checkins") == [("DevOps",)]
    assert "no area “devops” here" in await talk("ada", "/checkin 1h area: devops", channel="owls")


async def test_a_retired_one_comes_back_as_it_was_spelled(talk: Talk) -> None:
    await talk("ada", "/group areas remove: devops", channel="owls")
    assert "New: DevOps." in await talk("ada", "/group areas add: devOPS", channel="owls")
    assert len(await talk.rows("SELECT 1 FROM areas WHERE lower(name) = 'devops'  AND group_id = 2")) == 1


async def test_one_is_renamed_in_its_place(talk: Talk) -> None:
    heard = await talk("ada", "/group areas rename: stat to: Probability", channel="owls")
    assert "Mathematics, Probability, Machine Learning" in heard
    assert "Statistics is Probability now; what was logged there stands under the new name." in heard
    assert "New:" not in heard
    assert "Retired:" not in heard


async def test_several_changes_at_once_by_form(talk: Talk) -> None:
    await talk("ada", "/group areas", channel="owls")
    question = await talk.press("ada", "Change…", channel="owls")
    assert [field.name for field in question.form.fields] == ["add", "remove", "rename", "to"]
    heard = await talk.fill(
        "ada", channel="owls", add="Compilers", remove="Mathematics", rename="Cloud Systems", to="Clouds"
    )
    assert "Statistics, Machine Learning, Software Engineering, DevOps, Clouds, Compilers" in heard


@pytest.mark.parametrize(
    ("fields", "wrong", "expected"),
    [
        ({"add": "x" * 81}, "add", "80 fit"),
        ({"add": "statistics"}, "add", "There is an area “statistics” already"),
        ({"add": "\u200b"}, "add", "Your area is empty"),
        ({"remove": "Knitting"}, "remove", "There is no area “Knitting” here"),
        ({"rename": "Statistics"}, "to", "Renaming takes two names"),
        ({"to": "Probability"}, "rename", "Renaming takes two names"),
        ({"rename": "Statistics", "to": "devops"}, "to", "There is an area “devops” already"),
    ],
)
async def test_a_wrong_field_says_so_and_changes_nothing(
    talk: Talk, fields: dict[str, str], wrong: str, expected: str
) -> None:
    await talk("ada", "/group areas", channel="owls")
    await talk.press("ada", "Change…", channel="owls")
    again = await talk.fill("ada", channel="owls", **fields)
    errors = {field.name: plain_text(field.error) for field in again.form.fields if field.error}
    assert list(errors) == [wrong]
    assert expected in errors[wrong]
    assert SIX in await talk("ada", "/group areas", channel="owls")


async def test_a_wrong_area_is_answered_in_a_sentence_that_can_be_read(talk: Talk) -> None:
    for number in range(19):
        await talk("ada", f"/group areas add: {'x' * 78}{number:02}", channel="owls")
    refused = await talk("ada", "/checkin 1h area: knitting", channel="owls")
    assert refused == (
        "There is no area “knitting” here; there are Mathematics, Statistics, Machine Learning, Software Engineering, "
        f"DevOps, Cloud Systems, {'x' * 78}00 and 18 more.\n[Without an area] [It's a note]"
    )


async def test_there_are_at_most_25_and_at_least_one(talk: Talk) -> None:
    for number in range(19):
        assert not (await talk("ada", f"/group areas add: Area {number}", channel="owls")).is_wrong
    refused = await talk("ada", "/group areas add: One more", channel="owls")
    assert "There are 25 areas already" in refused
    [*all_but_one, last] = await talk.rows("SELECT name FROM areas WHERE group_id = 2 ORDER BY position")
    for (name,) in all_but_one:
        await talk("ada", f"/group areas remove: {name}", channel="owls")
    refused = await talk("ada", f"/group areas remove: {last[0]}", channel="owls")
    assert "is the only area" in refused
