"""The part of the shared suite for every way in, also those to which nothing is ever posted.

class TestPages(AskingContract):
    async def make(self, core: FakeCore) -> AskingProbe: ...
"""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.chat.card import Actions, Button, Card, Line, Tone
from bot.chat.form import Field, Form
from bot.chat.request import Ask, Reply, Via
from tests.adapters.cards import FORM, WRONG
from tests.adapters.fake_core import Asked, FakeCore
from tests.adapters.probe import ADA, BOB, AskingProbe


def asks_for(request: Asked, command: str) -> bool:
    """Return True if a request, native or typed, is for a command."""
    return request.command == command or request.words.split(" ", command.count(" ") + 1)[: command.count(" ") + 1] == (
        command.split()
    )


class AskingContract(ABC):
    """Whatever people ask becomes a request of theirs, and nobody else sees its answer."""

    @abstractmethod
    async def make(self, core: FakeCore) -> AskingProbe:
        """Return the adapter where two people use it, ready to serve."""

    @pytest.fixture
    def core(self) -> FakeCore:
        return FakeCore()

    @pytest_asyncio.fixture
    async def probe(self, core: FakeCore) -> AsyncIterator[AskingProbe]:
        probe = await self.make(core)
        yield probe
        await probe.close()
        assert not probe.broken

    async def test_it_says_how_it_is(self, probe: AskingProbe) -> None:
        assert probe.adapter.health().is_ready
        assert all(finding.subject for finding in await probe.adapter.check())

    async def test_a_request_is_that_of_who_asks(self, probe: AskingProbe, core: FakeCore) -> None:
        await probe.say(ADA, "checkin", {"time": "2h"})
        assert len(core.requests) == 1
        assert asks_for(core.last, "checkin")
        assert core.last.options.get("time") == "2h" or "2h" in core.last.words
        assert core.last.user.id == probe.id_of(ADA)
        assert probe.is_place(core.last.channel)

    async def test_an_answer_is_seen_by_who_asked_alone(self, probe: AskingProbe, core: FakeCore) -> None:
        core.answers = [Reply(Card("Yours", (Line(("secret",)),)))]
        await probe.say(ADA, "progress", {})
        assert "secret" in (await probe.private(ADA))[-1].text
        assert all("secret" not in shown.text for shown in await probe.private(BOB))

    async def test_wrong_input_is_answered(self, probe: AskingProbe, core: FakeCore) -> None:
        core.answers = [Reply(Card("", (Line((WRONG,)),), Tone.WRONG), is_wrong=True)]
        await probe.say(ADA, "checkin", {"time": "10x"})
        assert WRONG in (await probe.private(ADA))[-1].text

    async def test_a_command_of_two_words_becomes_a_request(self, probe: AskingProbe, core: FakeCore) -> None:
        await probe.say(ADA, "timer start", {"area": "Statistics"})
        assert asks_for(core.last, "timer start")

    async def test_each_request_has_an_id_of_its_own(self, probe: AskingProbe, core: FakeCore) -> None:
        await probe.say(ADA, "progress", {})
        await probe.say(ADA, "progress", {})
        assert len({request.id for request in core.requests}) == 2

    async def test_a_button_carries_any_characters(self, probe: AskingProbe, core: FakeCore) -> None:
        button = Button("Again", "journal", {"search": "a&b=c %7E + ü", "page": "2"})
        core.answers = [Reply(Card("Journal", (Actions((button,)),)))]
        await probe.say(ADA, "progress", {})
        await probe.press(ADA, "Again")
        assert (core.last.command, core.last.options) == ("journal", {"search": "a&b=c %7E + ü", "page": "2"})

    async def test_a_form_comes_back_with_its_fields(self, probe: AskingProbe, core: FakeCore) -> None:
        core.answers = [Ask(FORM), Reply(Card("Checked in"))]
        await probe.say(ADA, "checkin", {})
        assert "Time" in (await probe.private(ADA))[-1].text
        await probe.fill(ADA, {"time": "2h", "area": "stats"})
        assert core.last.command == "checkin"
        assert core.last.options == {"day": "2026-01-04", "time": "2h", "area": "stats", "learned": "chain rule"}
        assert core.last.via is Via.FORM
        assert core.last.user.id == probe.id_of(ADA)
        assert probe.is_place(core.last.channel)
        assert "Checked in" in (await probe.private(ADA))[-1].text
        assert await probe.private(BOB) == []

    async def test_a_wrong_form_says_why_and_can_be_sent_again(self, probe: AskingProbe, core: FakeCore) -> None:
        time, *others = FORM.fields
        again = Form(
            FORM.command,
            FORM.title,
            (Field("time", "Time", value="10x", is_required=True, error=(WRONG,)), *others),
            FORM.carried,
        )
        assert time.name == "time"
        core.answers = [Ask(FORM), Ask(again), Reply(Card("Checked in"))]
        await probe.say(ADA, "checkin", {})
        await probe.fill(ADA, {"time": "10x"})
        assert any(WRONG in shown.text for shown in await probe.private(ADA))
        assert await probe.private(BOB) == []
        await probe.fill(ADA, {"time": "1h"})
        assert core.last.options == {"day": "2026-01-04", "time": "1h", "area": "", "learned": "chain rule"}
        assert core.last.via is Via.FORM
        assert "Checked in" in (await probe.private(ADA))[-1].text
