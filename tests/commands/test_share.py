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
from bot.domain.reminder import RULES, ReminderKind
from bot.domain.week import Week
from bot.store import groups, outbox, schedules, sharing
from bot.store.tx import Tx
from tests.talk import MONDAY_MORNING, Talk

SHARE = "Offer for the results"
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
    assert "quote one note a week with its writer's name" in await talk.press(who, SHARE)


async def test_a_line_is_shared_unshared_and_shared_from_the_journal(talk: Talk) -> None:
    await share(talk, "ada", "the chain rule")
    assert await quoted(talk) == ("Ada", "the chain rule")
    heard = await talk.press("ada", "Take back")
    assert heard.is_in_place
    assert await quoted(talk) is None
    assert "offered for the results" not in await talk("ada", "/journal")
    await talk.press("ada", SHARE)
    assert "offered for the results" in await talk("ada", "/journal")
    assert await quoted(talk) == ("Ada", "the chain rule")
    await talk.press("ada", "Take back from the results")
    assert await quoted(talk) is None


async def test_one_of_several_notes_is_picked_from_a_list(talk: Talk) -> None:
    for learned in ("the chain rule is bookkeeping", "eigenvectors"):
        talk.advance(minutes=3)
        await talk("ada", f"/checkin 1h30 learned: {learned}")
    heard = await talk("ada", "/journal")
    assert "Offer for the results: [today · 1 h 30 · eigenvectors] [today · 1 h 30 · the chain rule i…]" in heard
    await talk.press("ada", "today · 1 h 30 · the chain rule i…")
    assert await quoted(talk) == ("Ada", "the chain rule is bookkeeping")


async def test_where_one_is_offered_already_one_list_does_both(talk: Talk) -> None:
    for learned in ("the chain rule is bookkeeping", "eigenvectors"):
        talk.advance(minutes=3)
        await talk("ada", f"/checkin 1h30 learned: {learned}")
    await talk.press("ada", SHARE)
    heard = await talk("ada", "/journal")
    labels = "[Take back: today · 1 h 30 · eigen…] [Offer: today · 1 h 30 · the chain…]"
    assert f"Offer to results, or take back: {labels}" in heard
    await talk.press("ada", "Take back: today · 1 h 30 · eigen…")
    await talk("ada", "/journal")
    await talk.press("ada", "today · 1 h 30 · the chain rule i…")
    assert await quoted(talk) == ("Ada", "the chain rule is bookkeeping")


def switch_results_off(tx: Tx) -> None:
    group, kind = group_of(tx, "console"), ReminderKind.RESULTS
    schedules.arm_group(tx, group, kind, RULES[kind].moment, MONDAY_MORNING, is_on=False)


async def test_where_there_are_no_results_nothing_is_offered(talk: Talk) -> None:
    await talk.store.write(switch_results_off)
    assert SHARE not in (await talk("ada", "/checkin 1h learned: the chain rule")).labels


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
    assert "written in the group's channel" in wrong


async def test_what_cannot_be_shared_is_refused_with_the_reason(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    assert SHARE not in (await talk("ada", "/checkin 2h")).labels
    assert "has no note to offer" in await talk.command("ada", "share", checkin="1")
    assert "no check-in #9" in await talk.command("ada", "share", checkin="9")
    assert (await talk.command("ada", "share")).is_wrong
    await talk("ada", "/checkin 30m learned: long ago")
    talk.advance(days=14)
    assert "too old" in await talk.command("ada", "share", checkin="3")
    assert SHARE not in (await talk("ada", "/journal")).labels


async def test_another_member_shares_nothing_of_mine(talk: Talk) -> None:
    await talk("ada", "/checkin 1h learned: mine")
    await talk("bo", "/checkin 1h")
    assert (await talk.command("bo", "share", checkin="1")).is_wrong
    assert await quoted(talk) is None
