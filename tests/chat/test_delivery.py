"""Why a post did not happen: every reason is one of three, and carries what the sender needs."""

import pytest

from bot.chat.delivery import PostError, PostRefused, PostUnsure, RetryLater


def test_each_reason_says_why_and_what_may_be_done() -> None:
    later, refused, unsure = RetryLater("busy", 2.5), PostRefused("no channel", is_gone=True), PostUnsure("reset")
    assert later.after == 2.5
    assert refused.is_gone
    assert [str(reason) for reason in (later, refused, unsure)] == ["busy", "no channel", "reset"]


def test_unless_said_otherwise_the_sender_chooses_when_and_the_place_is_still_there() -> None:
    assert RetryLater("busy").after is None
    assert not PostRefused("not allowed").is_gone


@pytest.mark.parametrize("reason", [RetryLater("busy"), PostRefused("no channel"), PostUnsure("reset")])
def test_a_sender_can_catch_them_all(reason: PostError) -> None:
    with pytest.raises(PostError):
        raise reason
