"""What every adapter promises, whatever its platform: one suite, run against each of them.

An adapter's tests subclass `AdapterContract`, and answer `make` with a `Probe`: the adapter on its far side, as two
members of the platform see it and use it.

    class TestDiscord(AdapterContract):
        async def make(self, core: FakeCore) -> Probe: ...
"""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
import pytest_asyncio

from bot.adapter import Adapter
from bot.chat.card import (
    Actions,
    Align,
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
    Style,
    Table,
    Tone,
)
from bot.chat.chart import BoardBars, BoardRow, Heatmap, WeekBars
from bot.chat.delivery import Address, Delivery, MessageRef, PostRefused
from bot.chat.form import Choice, Field, FieldKind, Form
from bot.chat.request import Ask, Audience, Reply, Request, Via
from bot.chat.text import Bold, Code, Link, Mention, Moment
from tests.adapters.fake_core import NOW, FakeCore

ADA, BOB = "ada", "bob"
"""The two members that every probe knows; `Probe.id_of` says what the platform calls them."""

HOSTILE = (
    "<!channel> <@U123> <#C1|x> @everyone @here <@&99> *bold* _it_ ~no~ `code` ```fence "
    "[link](https://evil.example) <https://evil.example|click> || "
    "\x1b[31mred\x1b[0m [bold red]rich[/] \u202egnp.exe &amp; & < > \\ # - 1. chain rule"
)


@dataclass(frozen=True)
class Shown:
    """A message as a member reads it: escapes undone, markup applied; `pings` are the ids of those it notifies."""

    text: str
    buttons: tuple[str, ...] = ()
    pings: frozenset[str] = frozenset()


class Probe(ABC):
    """An adapter on a small stand-in for its platform, seen and used from the far side.

    `say`, `press` and `fill` return when the adapter has answered. `broken` lists what the platform would have refused
    (a limit passed, a block that does not exist); it stays empty.
    """

    adapter: Adapter
    broken: Sequence[str] = ()

    @property
    @abstractmethod
    def channel(self) -> Address:
        """A channel that both members read."""

    @abstractmethod
    def direct(self, name: str) -> Address:
        """A direct message to a member."""

    @abstractmethod
    def id_of(self, name: str) -> str:
        """The platform's id of a member."""

    @abstractmethod
    async def say(self, name: str, command: str, options: Mapping[str, str]) -> None:
        """A member uses a command in the channel."""

    @abstractmethod
    async def press(self, name: str, label: str) -> None:
        """A member presses the button of that label on the newest message that has it, of those they see."""

    @abstractmethod
    async def fill(self, name: str, values: Mapping[str, str]) -> None:
        """A member sends the form that is open, these fields changed."""

    @abstractmethod
    async def public(self) -> list[Shown]:
        """The messages that stand in the channel for all, oldest first."""

    @abstractmethod
    async def private(self, name: str) -> list[Shown]:
        """What only this member sees now, oldest first: private answers, direct messages, the open form."""

    @property
    def gone(self) -> MessageRef | None:
        """A message that no longer stands; None where nothing that was posted ever goes away."""
        return None

    async def close(self) -> None:
        """Leave nothing running."""
        return


CHECK_IN = Button("Check in", "checkin", {"time": "2h", "day": "2026-01-04"}, Style.PRIMARY)
AREAS = (Choice("Mathematics", "maths"), Choice("Statistics", "stats"))
FORM = Form(
    "checkin",
    "Check in",
    (
        Field("time", "Time", hint="2h30, 90 min", is_required=True, longest=64),
        Field(
            "area", "Area", FieldKind.CHOICE, choices=(Choice("Mathematics", "maths"), Choice("Statistics", "stats"))
        ),
        Field("learned", "Learned", FieldKind.LONG, value="chain rule", longest=1000),
    ),
    carried={"day": "2026-01-04"},
    submit="Check in",
)
WRONG = "I read “10x” as no time."


def delivery(to: Address, card: Card, key: str = "results/7/2026-W01") -> Delivery:
    return Delivery(key, to, card, NOW, NOW + timedelta(hours=12))


def every_block(size: int = 1) -> Card:
    """A card with every block, span and chart; `size` makes it longer and wider than any platform takes."""
    long = "word " * (200 * (size - 1)) + "end"
    text = ("plain ", Bold("bold"), " ", Code("/checkin 2h"), " ", Link("manual", "https://example.org/"), " ", long)
    rows = tuple((str(rank), f"Member {rank}", "7 h 30") for rank in range(1, 3 + 60 * (size - 1)))
    board = tuple(BoardRow(rank, f"Member {rank}", 450, 600) for rank in range(1, 4))
    return Card(
        "Every block " + "title " * (100 * (size - 1)),
        (
            Line(text),
            Note(("small print ", Moment(datetime(2026, 1, 6, tzinfo=UTC), "Europe/Berlin"))),
            Quote("their own\nwords " + long),
            Facts(tuple(Fact(f"Label {at}", (f"value {at}",)) for at in range(1, 4 + 30 * (size - 1)))),
            Bar(450, 600, "7 h 30 of 10 h " + long[: 50 * size]),
            Table((Column("#", Align.RIGHT), Column("Name"), Column("Time", Align.RIGHT)), rows, marked=1),
            Picture(Heatmap("Weeks", date(2025, 12, 1), tuple(range(0, 35 * 6, 6))), "five weeks " + long),
            Picture(WeekBars("This week", (60, 0, 120, 0, 0, 30, 0), 600), "3 h 30 on three days"),
            Picture(BoardBars("Board", "this week", board), "all at 75 %"),
            Actions(
                (
                    CHECK_IN,
                    Button("Away", "pause", {}, Style.DANGER, opens_form=True),
                    *(
                        Button(f"Button {at} " + long[:100], "progress", {"at": str(at)})
                        for at in range(30 * (size - 1))
                    ),
                )
            ),
        ),
        Tone.PROUD,
    )


def letters(text: str) -> str:
    """What is left when every sign is dropped: platforms may show signs in their own way, but no word may vanish."""
    return "".join(letter for letter in text if letter.isalnum())


def asks_for(request: Request, command: str) -> bool:
    """Whether a request, native or typed, is for a command."""
    return request.command == command or request.words.split(" ", command.count(" ") + 1)[: command.count(" ") + 1] == (
        command.split()
    )


class AdapterContract(ABC):
    """The promises; `make` gives the adapter to hold to them."""

    @abstractmethod
    async def make(self, core: FakeCore) -> Probe:
        """The adapter on a fresh platform, ready to serve."""

    @pytest.fixture
    def core(self) -> FakeCore:
        return FakeCore()

    @pytest_asyncio.fixture
    async def probe(self, core: FakeCore) -> AsyncIterator[Probe]:
        probe = await self.make(core)
        yield probe
        await probe.close()
        assert not probe.broken

    # Posts

    async def test_a_post_stands_there_once(self, probe: Probe) -> None:
        ref = await probe.adapter.post(delivery(probe.channel, Card("Results", (Line(("Ada kept the week.",)),))))
        assert ref.id
        shown = await probe.public()
        assert len(shown) == 1
        assert "Results" in shown[0].text
        assert "Ada kept the week." in shown[0].text

    async def test_a_post_is_found_by_its_key(self, probe: Probe) -> None:
        ref = await probe.adapter.post(delivery(probe.channel, Card("Results"), "results/7/2026-W01"))
        await probe.adapter.post(delivery(probe.channel, Card("Last call"), "lastcall/7/2026-01-04"))
        since = NOW - timedelta(hours=1)
        assert await probe.adapter.find(probe.channel, "results/7/2026-W01", since) == ref
        assert await probe.adapter.find(probe.channel, "results/7/2026-W02", since) is None

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

    # Answers

    async def test_a_command_becomes_a_request(self, probe: Probe, core: FakeCore) -> None:
        await probe.say(ADA, "checkin", {"time": "2h"})
        assert len(core.requests) == 1
        assert asks_for(core.last, "checkin")
        assert core.last.options.get("time") == "2h" or "2h" in core.last.words
        assert core.last.user.platform == core.last.channel.platform == probe.adapter.name
        assert core.last.user.id == probe.id_of(ADA)
        assert core.last.channel.id == probe.channel.channel
        assert core.last.via in (Via.SLASH, Via.TEXT)

    async def test_a_command_of_two_words_becomes_a_request(self, probe: Probe, core: FakeCore) -> None:
        await probe.say(ADA, "timer start", {"area": "Statistics"})
        assert asks_for(core.last, "timer start")

    async def test_each_request_has_an_id_of_its_own(self, probe: Probe, core: FakeCore) -> None:
        await probe.say(ADA, "progress", {})
        await probe.say(ADA, "progress", {})
        assert len({request.id for request in core.requests}) == 2

    async def test_a_private_answer_stays_private(self, probe: Probe, core: FakeCore) -> None:
        core.answers = [Reply(Card("Yours", (Line(("secret",)),)))]
        await probe.say(ADA, "progress", {})
        assert "secret" in (await probe.private(ADA))[-1].text
        assert await probe.private(BOB) == []
        assert await probe.public() == []

    async def test_a_public_answer_is_there_for_all(self, probe: Probe, core: FakeCore) -> None:
        core.answers = [Reply(Card("Board", (Line(("Ada is first",)),)), Audience.PUBLIC)]
        await probe.say(ADA, "leaderboard", {})
        assert "Ada is first" in (await probe.public())[-1].text

    async def test_wrong_input_is_answered_in_private(self, probe: Probe, core: FakeCore) -> None:
        core.answers = [Reply(Card("", (Line((WRONG,)),), Tone.WRONG), is_wrong=True)]
        await probe.say(ADA, "checkin", {"time": "10x"})
        assert WRONG in (await probe.private(ADA))[-1].text
        assert await probe.public() == []

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

    # Buttons

    async def test_a_button_comes_back_as_its_command(self, probe: Probe, core: FakeCore) -> None:
        await probe.adapter.post(delivery(probe.channel, Card("Results", (Actions((CHECK_IN,)),))))
        await probe.press(BOB, "Check in")
        assert (core.last.command, core.last.options) == ("checkin", {"time": "2h", "day": "2026-01-04"})
        assert core.last.via is Via.BUTTON
        assert core.last.user.id == probe.id_of(BOB)
        assert core.last.channel.id == probe.channel.channel

    async def test_a_button_carries_any_characters(self, probe: Probe, core: FakeCore) -> None:
        button = Button("Again", "journal", {"search": "a&b=c %7E + ü", "page": "2"})
        core.answers = [Reply(Card("Journal", (Actions((button,)),)))]
        await probe.say(ADA, "progress", {})
        await probe.press(ADA, "Again")
        assert (core.last.command, core.last.options) == ("journal", {"search": "a&b=c %7E + ü", "page": "2"})

    async def test_an_answer_in_place_replaces_its_message(self, probe: Probe, core: FakeCore) -> None:
        page = Reply(Card("Page one", (Actions((Button("Next", "leaderboard", {"page": "2"}),)),)))
        core.answers = [page, Reply(Card("Page two"), in_place=True)]
        await probe.say(ADA, "leaderboard", {})
        await probe.press(ADA, "Next")
        shown = await probe.private(ADA)
        assert len(shown) == 1
        assert "Page two" in shown[0].text
        assert "Next" not in shown[0].buttons

    async def test_a_public_answer_in_place_replaces_a_public_message(self, probe: Probe, core: FakeCore) -> None:
        page = Reply(Card("Page one", (Actions((Button("Next", "leaderboard", {"page": "2"}),)),)), Audience.PUBLIC)
        core.answers = [page, Reply(Card("Page two"), Audience.PUBLIC, in_place=True)]
        await probe.say(ADA, "leaderboard", {})
        await probe.press(BOB, "Next")
        shown = await probe.public()
        assert len(shown) == 1
        assert "Page two" in shown[0].text

    async def test_a_private_answer_never_replaces_what_all_see(self, probe: Probe, core: FakeCore) -> None:
        await probe.adapter.post(delivery(probe.channel, Card("Last call", (Actions((CHECK_IN,)),))))
        core.answers = [Reply(Card("Checked in", (Line(("secret",)),)), in_place=True)]
        await probe.press(BOB, "Check in")
        assert ["Last call" in shown.text and "secret" not in shown.text for shown in await probe.public()] == [True]
        assert "secret" in (await probe.private(BOB))[-1].text
        assert await probe.private(ADA) == []

    # Forms

    async def test_a_form_comes_back_with_its_fields(self, probe: Probe, core: FakeCore) -> None:
        core.answers = [Ask(FORM), Reply(Card("Checked in"))]
        await probe.say(ADA, "checkin", {})
        assert "Time" in (await probe.private(ADA))[-1].text
        await probe.fill(ADA, {"time": "2h", "area": "stats"})
        assert core.last.command == "checkin"
        assert core.last.options == {"day": "2026-01-04", "time": "2h", "area": "stats", "learned": "chain rule"}
        assert core.last.via is Via.FORM
        assert core.last.user.id == probe.id_of(ADA)
        assert core.last.channel.id == probe.channel.channel
        assert "Checked in" in (await probe.private(ADA))[-1].text
        assert await probe.public() == []

    async def test_a_button_can_open_a_form(self, probe: Probe, core: FakeCore) -> None:
        button = Button("Check in", "checkin", opens_form=True)
        await probe.adapter.post(delivery(probe.channel, Card("Results", (Actions((button,)),))))
        core.answers = [Ask(FORM), Reply(Card("Checked in"))]
        await probe.press(BOB, "Check in")
        await probe.fill(BOB, {"time": "45m"})
        assert [request.via for request in core.requests] == [Via.BUTTON, Via.FORM]
        assert core.last.options["time"] == "45m"

    async def test_a_wrong_form_says_why_and_can_be_sent_again(self, probe: Probe, core: FakeCore) -> None:
        time, *others = FORM.fields
        again = Form(
            FORM.command,
            FORM.title,
            (Field("time", "Time", value="10x", is_required=True, wrong=WRONG), *others),
            FORM.carried,
        )
        assert time.name == "time"
        core.answers = [Ask(FORM), Ask(again), Reply(Card("Checked in"))]
        await probe.say(ADA, "checkin", {})
        await probe.fill(ADA, {"time": "10x"})
        assert any(WRONG in shown.text for shown in await probe.private(ADA))
        assert await probe.public() == []
        await probe.fill(ADA, {"time": "1h"})
        assert core.last.options == {"day": "2026-01-04", "time": "1h", "area": "", "learned": "chain rule"}
        assert core.last.via is Via.FORM
        assert "Checked in" in (await probe.private(ADA))[-1].text

    # Its own state

    async def test_it_says_how_it_is(self, probe: Probe) -> None:
        assert probe.adapter.health().is_ready
        assert all(finding.subject for finding in await probe.adapter.check())
