"""The part of the shared suite about what members ask, press and fill in."""

from bot.chat.card import (
    Actions,
    Button,
    Card,
    Line,
    Menu,
    Tone,
)
from bot.chat.form import Field, Form
from bot.chat.request import Ask, Audience, Reply, Via
from tests.adapters.cards import CHECK_IN, FORM, WRONG, delivery
from tests.adapters.fake_core import Asked, FakeCore
from tests.adapters.probe import ADA, BOB, Probe
from tests.adapters.promises import Promises


def asks_for(request: Asked, command: str) -> bool:
    """Return True if a request, native or typed, is for a command."""
    return request.command == command or request.words.split(" ", command.count(" ") + 1)[: command.count(" ") + 1] == (
        command.split()
    )


class AnswerContract(Promises):
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
            (Field("time", "Time", value="10x", is_required=True, error=(WRONG,)), *others),
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
