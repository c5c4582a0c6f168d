"""The part of the shared suite about posts, and about cards as such."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.card import (
    Actions,
    Bar,
    Button,
    Card,
    Column,
    Fact,
    Facts,
    Line,
    Note,
    Picture,
    Quote,
    Table,
)
from bot.chat.chart import WeekBars
from bot.chat.delivery import PostRefused
from bot.chat.request import Reply
from bot.chat.text import Bold, Code, Link, Mention, Text, Timestamp
from tests.adapters.cards import CHECK_IN, HOSTILE, delivery, every_block, letters
from tests.adapters.fake_core import NOW, FakeCore
from tests.adapters.probe import ADA, BOB, Probe
from tests.adapters.promises import Promises

LINES: tuple[Text, ...] = (
    (Bold("Ada"), " studied 2 h 30: chain rule. 7 h 30 this week."),
    (" spaces  around \n\n and between  ",),
    ("❤️ emoji ☺ 👩\u200d💻 🎉",),
    ("It closes ", Timestamp(datetime(2026, 1, 6, tzinfo=UTC), "Europe/Berlin"), "."),
    (Mention("42", "Bob"), " and <@!42> and <t:1767657600:f>"),
    (HOSTILE,),
    (Link("the manual", "https://example.org/?a=1"), " ", Code("/checkin")),
    ("word " * 1000,),
)


class PostContract(Promises):
    """Posts stand once, are found and edited; cards are shown whole, within limits and harmlessly."""

    # Posts

    async def test_a_post_stands_there_once(self, probe: Probe) -> None:
        ref = await probe.adapter.post(delivery(probe.channel, Card("Results", (Line(("Ada kept the week.",)),))))
        assert ref.id
        shown = await probe.public()
        assert len(shown) == 1
        assert "Results" in shown[0].text
        assert "Ada kept the week." in shown[0].text

    async def test_a_post_is_found_by_its_key(self, probe: Probe) -> None:
        results = Card("Results", (Actions((CHECK_IN,)),))
        ref = await probe.adapter.post(delivery(probe.channel, results, "results/7/2026-W01"))
        await probe.adapter.post(delivery(probe.channel, Card("Last call"), "lastcall/7/2026-01-04"))
        since = NOW - timedelta(hours=1)
        assert await probe.adapter.find(delivery(probe.channel, results, "results/7/2026-W01"), since) == [ref]
        assert await probe.adapter.find(delivery(probe.channel, results, "results/7/2026-W02"), since) == []

    @pytest.mark.parametrize("words", LINES)
    async def test_a_line_without_a_button_is_found_whatever_it_says(self, probe: Probe, words: Text) -> None:
        line = Card("", (Line(words),))
        await probe.adapter.post(delivery(probe.channel, Card("", (Line(("Somebody else",)),)), "line/6"))
        ref = await probe.adapter.post(delivery(probe.channel, line, "line/7"))
        found = await probe.adapter.find(delivery(probe.channel, line, "line/7"), NOW - timedelta(hours=1))
        assert found == [ref]

    async def test_equal_posts_are_told_apart_by_their_keys_or_all_named(self, probe: Probe) -> None:
        line = Card("", (Line(("Ada studied 2 h.",)),))
        posts = [delivery(probe.channel, line, f"line/{number}") for number in range(3)]
        refs = [await probe.adapter.post(post) for post in posts]
        for post, ref in zip(posts, refs, strict=True):
            found = await probe.adapter.find(post, NOW - timedelta(hours=1))
            assert ref in found
            assert found in ([ref], refs)

    async def test_an_edit_replaces_the_post(self, probe: Probe) -> None:
        ref = await probe.adapter.post(delivery(probe.channel, Card("Results", (Line(("still open",)),))))
        await probe.adapter.edit(probe.channel, ref, Card("Results", (Line(("closed now",)),)))
        shown = await probe.public()
        assert len(shown) == 1
        assert "closed now" in shown[0].text
        assert "still open" not in shown[0].text

    async def test_an_edit_of_what_is_gone_is_refused(self, probe: Probe) -> None:
        if probe.gone is None:
            pytest.skip("nothing that was posted here ever goes away")
        with pytest.raises(PostRefused):
            await probe.adapter.edit(probe.channel, probe.gone, Card("Results"))

    async def test_a_direct_message_reaches_one_person(self, probe: Probe) -> None:
        await probe.adapter.post(delivery(probe.direct(ADA), Card("Nudge", (Line(("nothing yet",)),))))
        assert "nothing yet" in (await probe.private(ADA))[-1].text
        assert await probe.private(BOB) == []
        assert await probe.public() == []

    async def test_only_mentions_ping(self, probe: Probe) -> None:
        bob = probe.id_of(BOB)
        await probe.adapter.post(delivery(probe.channel, Card("", (Line((f"{bob} <@{bob}> @everyone bob",)),)), "a"))
        await probe.adapter.post(
            delivery(
                probe.channel,
                Card(
                    "",
                    (
                        Line(
                            (Mention(bob, "Bob"), " is in"),
                        ),
                    ),
                ),
                "b",
            )
        )
        plain, mentioning = await probe.public()
        assert plain.pings == frozenset()
        assert mentioning.pings == {bob}
        assert "is in" in mentioning.text

    # Cards

    @pytest.mark.parametrize("size", [1, 2, 4])
    async def test_every_block_is_shown_within_the_limits(self, probe: Probe, core: FakeCore, size: int) -> None:
        await probe.adapter.post(delivery(probe.channel, every_block(size)))
        core.answers = [Reply(every_block(size))]
        await probe.say(ADA, "progress", {})
        for shown in ((await probe.public())[-1], (await probe.private(ADA))[-1]):
            assert "Every block" in shown.text
            assert "bold" in shown.text
            assert "Check in" in shown.buttons
        assert not probe.broken

    async def test_a_card_says_all_its_words(self, probe: Probe) -> None:
        await probe.adapter.post(delivery(probe.channel, every_block()))
        words = (await probe.public())[-1].text
        for part in ("plain", "bold", "/checkin 2h", "manual", "small print", "their own", "Label 3", "value 3"):
            assert part in words
        for part in ("7 h 30 of 10 h", "Member 2"):
            assert part in words

    @pytest.mark.parametrize("card", [Card(""), Card("Only a title"), Card("", (Line(("",)),)), Card("", (Quote(""),))])
    async def test_a_card_with_next_to_nothing_is_no_error(self, probe: Probe, card: Card) -> None:
        await probe.adapter.post(delivery(probe.channel, card))
        assert len(await probe.public()) == 1

    async def test_hostile_text_stays_text(self, probe: Probe) -> None:
        card = Card(
            HOSTILE,
            (
                Line((HOSTILE, Bold(HOSTILE), Code(HOSTILE), Link(HOSTILE, "https://example.org/"))),
                Note((HOSTILE,)),
                Quote(HOSTILE),
                Facts((Fact(HOSTILE[:40], (HOSTILE,)),)),
                Bar(1, 2, HOSTILE),
                Table((Column(HOSTILE[:20]),), ((HOSTILE[:60],),)),
                Picture(WeekBars(HOSTILE, (1,) * 7, 600), HOSTILE),
                Actions((Button(HOSTILE[:20], "progress"),)),
            ),
        )
        await probe.adapter.post(delivery(probe.channel, card))
        [shown] = await probe.public()
        assert shown.pings == frozenset()
        assert "\x1b" not in shown.text
        assert letters("gnp.exe &").casefold() in letters(shown.text).casefold()
        assert "chain rule" in shown.text
