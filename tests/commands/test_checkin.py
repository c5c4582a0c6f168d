"""`checkin` as a conversation."""

from tests.talk import Talk


async def test_a_check_in_is_logged(talk: Talk) -> None:
    heard = await talk("ada", "/checkin 2h30")
    assert "2 h 30 logged" in heard
    assert not heard.is_public
