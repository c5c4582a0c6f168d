"""Requests: where something was said, and what a typed line has before it is read."""

from bot.chat.request import Channel, TextRequest, User, Via


def test_a_channel_without_an_id_is_a_conversation_of_two() -> None:
    assert Channel("discord", "", None).is_direct
    assert not Channel("discord", "1", "2").is_direct


def test_a_typed_line_has_no_options_yet_and_opens_no_form() -> None:
    request = TextRequest("1", User("discord", "", "7", "Ada"), Channel("discord", "", None), "checkin 2h")
    assert request.via is Via.TEXT
    assert request.options == {}
    assert not request.opens_form
