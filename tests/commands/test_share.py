"""Sharing a line: marked, taken back, and quoted in a group's results once a week."""

from datetime import date, datetime

import pytest

from bot import delivery
from bot.chat.card import Card
from bot.chat.delivery import Delivery
from bot.chat.plain import plain
from bot.chat.request import Channel
from bot.delivery import group_posts
from bot.domain.group import Group
from bot.domain.week import Week
from bot.store import groups, outbox, sharing
from bot.store.sqlite import Tx
from tests.talk import Talk

SHARE = "Share this with the group"
WEEK = Week(date(2026, 1, 5))


def group_of(tx: Tx, channel: str) -> Group:
    group = groups.find(tx, Channel("console", "", channel))
    assert group is not None
    return group


async def quoted(talk: Talk, channel: str = "console") -> tuple[str, str] | None:
    """Return the writer and the line that the results of the first week would quote now."""
    now = talk.clock.now()

    def unit(tx: Tx) -> tuple[str, str] | None:
        group = group_of(tx, channel)
        quote = sharing.find_lines(tx, [group.id], WEEK, now).get(group.id)
        return None if quote is None else (quote.name, quote.words)

    return await talk.store.read(unit)


async def results(talk: Talk) -> str:
    now = talk.clock.now()
    return plain(await talk.store.read(lambda tx: card_of(tx, group_of(tx, "console"), now)))


def card_of(tx: Tx, group: Group, now: datetime) -> Card:
    return delivery.results.draw(tx, [group], WEEK, now, [group.id])[group.id].card


async def enqueue_results(talk: Talk) -> str:
    """Enqueue the results of the first week and return their key."""
    now = talk.clock.now()

    def unit(tx: Tx) -> str:
        group = group_of(tx, "console")
        card, key = card_of(tx, group, now), delivery.results.key(group.id, WEEK)
        outbox.enqueue(tx, Delivery(key, group_posts.address(group), card, now, now), group_id=group.id)
        return key

    return await talk.store.write(unit)


async def share(talk: Talk, who: str, learned: str) -> None:
    talk.advance(minutes=3)
    await talk(who, f"/checkin 1h learned: {learned}")
    assert "may quote this, with your name" in await talk.press(who, SHARE)


async def test_a_line_is_shared_unshared_and_shared_from_the_journal(talk: Talk) -> None:
    await share(talk, "ada", "the chain rule")
    assert await quoted(talk) == ("Ada", "the chain rule")
    heard = await talk.press("ada", "Keep it to myself")
    assert heard.is_in_place
    assert await quoted(talk) is None
    assert "marked for sharing" not in await talk("ada", "/journal")
    await talk.press("ada", "Share #1")
    assert "marked for sharing" in await talk("ada", "/journal")
    assert await quoted(talk) == ("Ada", "the chain rule")
    await talk.press("ada", "Keep #1 to myself")
    assert await quoted(talk) is None


async def test_the_results_quote_it_and_an_edit_or_undo_counts(talk: Talk) -> None:
    await share(talk, "ada", "the chane rule")
    await talk("ada", "/edit learned: the chain rule")
    talk.at("2026-01-12T09:00")
    assert "> the chain rule\nAda" in await results(talk)
    await talk("ada", "/undo #1")
    await talk("ada", "/checkin 10m day: 2026-01-10")
    assert "Learned by" not in await results(talk)


@pytest.mark.parametrize("channel", ["room", None])
async def test_what_was_written_anew_elsewhere_is_not_quoted(talk: Talk, channel: str | None) -> None:
    await share(talk, "ada", "the chain rule")
    await talk("ada", "/edit #1 learned: for my eyes alone", channel=channel)
    talk.at("2026-01-12T09:00")
    assert "Learned by" not in await results(talk)


async def test_one_line_of_one_writer_and_the_newest_of_theirs(talk: Talk) -> None:
    for who in ("ada", "bo", "cy"):
        await share(talk, who, f"first of {who}")
        await share(talk, who, f"second of {who}")
    quote = await quoted(talk)
    assert quote is not None
    writer, line = quote
    assert line == f"second of {writer.lower()}"


async def test_who_is_hidden_or_has_left_is_not_quoted(talk: Talk) -> None:
    await share(talk, "ada", "a secret")
    await talk("ada", "/group hide")
    assert await quoted(talk) is None
    assert SHARE not in (await talk("ada", "/checkin 20m learned: another")).labels
    await talk("ada", "/group show")
    assert await quoted(talk) is not None
    await talk("ada", "/group leave")
    assert await quoted(talk) is None


async def test_only_the_group_in_whose_channel_it_was_written_may_quote_it(talk: Talk) -> None:
    await talk.start_group("other", members=["ada"])
    await share(talk, "ada", "for console alone")
    assert await quoted(talk, "other") is None
    heard = await talk("ada", "/checkin 20m learned: in private", channel=None)
    assert SHARE not in heard.labels
    wrong = await talk.command("ada", "share", checkin="2")
    assert wrong.is_wrong
    assert "channel of a group" in wrong


async def test_what_cannot_be_shared_is_refused_with_the_reason(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    assert SHARE not in (await talk("ada", "/checkin 2h")).labels
    assert "nothing learned" in await talk.command("ada", "share", checkin="1")
    assert "no check-in #9" in await talk.command("ada", "share", checkin="9")
    assert (await talk.command("ada", "share")).is_wrong
    await talk("ada", "/checkin 30m learned: long ago")
    talk.advance(days=14)
    assert "earlier week" in await talk.command("ada", "share", checkin="3")
    assert "Share #3" not in (await talk("ada", "/journal")).labels


async def test_another_member_shares_nothing_of_mine(talk: Talk) -> None:
    await talk("ada", "/checkin 1h learned: mine")
    await talk("bo", "/checkin 1h")
    assert (await talk.command("bo", "share", checkin="1")).is_wrong
    assert await quoted(talk) is None
