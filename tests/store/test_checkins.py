"""Check-ins as they are kept: what is found of the last two minutes, and goals of weeks that are counted already."""

from tests.talk import Talk


async def test_the_same_is_found_among_many_of_the_last_two_minutes(talk: Talk) -> None:
    for minutes in (10, 11, 12, 13, 14, 15, 16):
        assert "Count both?" not in await talk("ada", f"/checkin {minutes}m")
    assert "Count both?" in await talk("ada", "/checkin 10m")


async def test_the_same_is_not_found_after_two_minutes_nor_where_it_was_undone(talk: Talk) -> None:
    await talk("ada", "/checkin 10m")
    await talk("ada", "/undo")
    assert "Count both?" not in await talk("ada", "/checkin 10m")
    talk.advance(minutes=2)
    assert "Count both?" in await talk("ada", "/checkin 10m")
    talk.advance(seconds=1)
    assert "Count both?" not in await talk("ada", "/checkin 10m")
