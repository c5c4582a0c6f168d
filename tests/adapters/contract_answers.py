"""The part of the shared suite about what members ask, press and fill in."""

from bot.chat.card import (
    Actions,
    Button,
    Card,
    Line,
    Menu,
    Tone,
)
from bot.chat.request import Ask, Audience, Reply, Via
from tests.adapters.cards import CHECK_IN, FORM, WRONG, delivery
from tests.adapters.contract_asking import AskingContract, asks_for
from tests.adapters.fake_core import FakeCore
from tests.adapters.probe import ADA, BOB, Probe
from tests.adapters.promises import Promises


class AnswerContract(Promises, AskingContract):
    """Whatever members do becomes a request, and its answer reaches whom it is for."""

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

    # Buttons

    async def test_a_button_comes_back_as_its_command(self, probe: Probe, core: FakeCore) -> None:
        await probe.adapter.post(delivery(probe.channel, Card("Results", (Actions((CHECK_IN,)),))))
        await probe.press(BOB, "Check in")
        assert (core.last.command, core.last.options) == ("checkin", {"time": "2h", "day": "2026-01-04"})
        assert core.last.via is Via.BUTTON
        assert core.last.user.id == probe.id_of(BOB)
        assert core.last.channel.id == probe.channel.channel

    async def test_what_is_picked_from_a_menu_comes_back_as_its_command(self, probe: Probe, core: FakeCore) -> None:
        weeks = tuple(Button(label, "leaderboard", {"period": label}) for label in ("This week", "Last week"))
        core.answers = [Reply(Card("Board", (Menu("Period", weeks, chosen=0),))), Reply(Card("Older"), in_place=True)]
        await probe.say(ADA, "leaderboard", {})
        await probe.press(ADA, "Last week")
        assert (core.last.command, core.last.options) == ("leaderboard", {"period": "Last week"})
        assert core.last.via is Via.BUTTON
        assert ["Older" in shown.text for shown in await probe.private(ADA)] == [True]

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

    async def test_a_button_can_open_a_form(self, probe: Probe, core: FakeCore) -> None:
        button = Button("Check in", "checkin", opens_form=True)
        await probe.adapter.post(delivery(probe.channel, Card("Results", (Actions((button,)),))))
        core.answers = [Ask(FORM), Reply(Card("Checked in"))]
        await probe.press(BOB, "Check in")
        await probe.fill(BOB, {"time": "45m"})
        assert [request.via for request in core.requests] == [Via.BUTTON, Via.FORM]
        assert core.last.options["time"] == "45m"
