"""Requests: where something was said."""

from bot.chat.request import Channel


def test_a_channel_without_an_id_is_a_conversation_of_two() -> None:
    assert Channel("discord", "", None).is_direct
    assert not Channel("discord", "1", "2").is_direct
