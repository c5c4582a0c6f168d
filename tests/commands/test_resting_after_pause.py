"""A pause is no rest: who was away for long is still on the boards of the group, until four weeks after it."""

from tests.talk import Talk


async def test_four_weeks_of_rest_begin_after_a_pause(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    await talk("bo", "/checkin 1h")
    await talk("bo", "/pause for 4 weeks")
    for names in (("Bo", "Cy"), ("Cy",)):
        talk.advance(weeks=5)
        await talk("cy", "/checkin 1h")
        board = await talk("cy", "/leaderboard all time")
        shown = [name for name in ("Ada", "Bo", "Cy") if name in board or (name == "Cy" and "you" in board)]
        assert tuple(shown) == names, board
