"""The word that counts for a zone: the group's until the platform tells one, the platform's until the person does."""

from tests.talk import Talk


async def zone(talk: Talk, who: str) -> tuple[str, str]:
    person = await talk.person(who)
    return person.zone_name, person.zone_source.value


async def test_the_platforms_zone_is_taken_and_followed(talk: Talk) -> None:
    await talk("ada", "/reminders")
    assert await zone(talk, "ada") == ("UTC", "platform")
    talk.zones["ada"] = "Europe/Lisbon"
    await talk("ada", "/reminders")
    assert await zone(talk, "ada") == ("Europe/Lisbon", "platform")


async def test_a_zone_that_the_person_has_said_is_never_replaced(talk: Talk) -> None:
    await talk("ada", "/timezone UTC")
    assert await zone(talk, "ada") == ("UTC", "own")
    talk.zones["ada"] = "Europe/Lisbon"
    await talk("ada", "/group join")
    assert await zone(talk, "ada") == ("UTC", "own")


async def test_who_says_nothing_lives_by_the_groups_clock(talk: Talk) -> None:
    await talk.start_group("tokyo", zone="Asia/Tokyo")
    talk.zones = {"cy": None, "dee": "Not/A zone"}
    for who in ("cy", "dee"):
        await talk(who, "/reminders", channel="tokyo")
        assert await zone(talk, who) == ("Asia/Tokyo", "group")
    talk.zones["cy"] = "Europe/Lisbon"
    await talk("cy", "/reminders", channel="tokyo")
    assert await zone(talk, "cy") == ("Europe/Lisbon", "platform")


async def test_a_new_zone_closes_weeks_from_the_next_one_on(talk: Talk) -> None:
    await talk("ada", "/timezone Lisbon")
    await talk("ada", "/checkin 1h")
    await talk("ada", "/timezone Tokyo")
    await talk("ada", "/timezone Berlin")
    assert await talk.rows("SELECT zone, closing_from FROM zones ORDER BY id") == [
        ("Europe/Lisbon", None),
        ("Asia/Tokyo", "2026-01-12"),
        ("Europe/Berlin", "2026-01-12"),
    ]


async def test_a_new_name_is_taken_over(talk: Talk) -> None:
    await talk("ada", "/reminders")
    talk.names["ada"] = "Ada Lovelace"
    await talk("ada", "/reminders")
    assert (await talk.person("ada")).name == "Ada Lovelace"
