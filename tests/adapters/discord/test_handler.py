"""Answers on a bad day: late, lost, done twice, or to an interaction that has expired. What counted, counts."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator

import msgspec
import pytest
from msgspec.structs import replace

from bot.adapter import Core
from bot.chat.card import Actions, Button, Card, Picture
from bot.chat.chart import Chart, WeekBars
from bot.chat.form import Field
from bot.chat.request import Answer, Ask, Audience, Reply, User, Via
from tests.adapters.cards import FORM, delivery
from tests.adapters.discord.probe import FAST, DiscordProbe, eventually, make_probe, shown
from tests.adapters.discord.slow import CALLBACK, LOGGED, PUBLIC, SlowCore, settled, text, use
from tests.adapters.probe import ADA, BOB
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.use import DEFERRED_EDIT, DEFERRED_MESSAGE, MODAL, Use
from tests.servers.discord.world import COMPONENTS_V2, EPHEMERAL

WRONG = msgspec.structs.replace(FORM, fields=(Field("time", "Time", value="10x", error=("I can't read that",)),))
HASTY = replace(FAST, defer_after=0.05, form_within=0.1)


@pytest.fixture
def core() -> SlowCore:
    return SlowCore()


@pytest.fixture
async def probe(server: DiscordServer, core: Core) -> AsyncIterator[DiscordProbe]:
    probe = await make_probe(server, core, timing=HASTY)
    yield probe
    await probe.close()
    assert not server.broken


async def late(probe: DiscordProbe, core: SlowCore, *answers: Answer, command: str = "checkin") -> Use:
    """Use a command, let its answer be deferred, and then be given."""
    core.gate.clear()
    core.answers = list(answers)
    slow = await use(probe, command)
    await eventually(lambda: slow.answer)
    core.gate.set()
    return slow


# Late


async def test_a_slow_answer_is_deferred_in_private(probe: DiscordProbe, core: SlowCore) -> None:
    core.gate.clear()
    core.answers = [LOGGED]
    slow = await use(probe)
    await eventually(lambda: slow.answer)
    assert slow.kind == DEFERRED_MESSAGE
    core.gate.set()
    await settled(slow)
    assert "2 h logged" in text(slow)
    assert slow.message is not None
    assert slow.message.data["flags"] == EPHEMERAL | COMPONENTS_V2
    assert len(probe.server.world.messages) == 1


async def test_a_slow_public_answer_is_public(probe: DiscordProbe, core: SlowCore) -> None:
    slow = await late(probe, core, PUBLIC)
    await eventually(lambda: slow.followed)
    assert [post.text for post in await probe.public()] == ["Board"]


async def test_a_slow_press_is_answered_in_place_or_beside(probe: DiscordProbe, core: SlowCore) -> None:
    await probe.adapter.post(delivery(probe.channel, Card("Results", (Actions((Button("Next", "leaderboard"),)),))))
    [message] = probe.server.world.of(probe.place)
    for answer, place in ((Reply(Card("Page two"), Audience.PUBLIC, in_place=True), "message"), (LOGGED, "beside")):
        core.gate.clear()
        core.answers = [answer]
        slow = await probe.server.press(probe.people[BOB], message, "Next", waits=False)
        await eventually(lambda slow=slow: slow.answer)
        assert slow.kind == DEFERRED_EDIT
        core.gate.set()
        await settled(slow)
        if place == "message":
            assert "Page two" in shown(message.data).text
            message.data["components"] = [{"type": 1, "components": [{"label": "Next", "custom_id": "leaderboard"}]}]
        else:
            [beside] = slow.followed
            assert beside.data["flags"] & EPHEMERAL
            assert "2 h logged" in shown(beside.data).text


async def test_a_form_that_comes_too_late_is_offered_by_a_button(probe: DiscordProbe, core: SlowCore) -> None:
    slow = await late(probe, core, Ask(FORM), LOGGED, command="progress")
    await settled(slow)
    assert slow.message is not None
    opened = await probe.server.press(probe.people[ADA], slow.message, "Open the form")
    assert opened.kind == MODAL
    done = await probe.server.fill(opened, {"time": "2h"})
    assert core.last.via is Via.FORM
    assert core.last.options["day"] == "2026-01-04"
    assert "2 h logged" in text(done)


async def test_what_may_open_a_form_is_deferred_later(probe: DiscordProbe, core: SlowCore) -> None:
    core.gate.clear()
    core.answers = [Ask(FORM)]
    opened = await probe.server.command(probe.people[ADA], probe.place, "checkin", {}, waits=False)
    await asyncio.sleep(HASTY.defer_after + 0.02)
    core.gate.set()
    await settled(opened)
    assert opened.kind == MODAL


async def test_pictures_may_take_their_time(server: DiscordServer, core: SlowCore) -> None:
    gate = asyncio.Event()

    async def draw(_chart: Chart) -> bytes:
        await gate.wait()
        return b"\x89PNG"

    probe = await make_probe(server, core, timing=HASTY, pictures=draw)
    core.answers = [Reply(Card("Week", (Picture(WeekBars("Week", (60,) * 7, 600), "an hour a day"),)))]
    slow = await use(probe, "progress")
    await eventually(lambda: slow.answer)
    assert slow.kind == DEFERRED_MESSAGE
    gate.set()
    await settled(slow)
    assert slow.message is not None
    assert slow.message.files == {"picture-1.png": b"\x89PNG"}
    assert slow.message.data["flags"] == EPHEMERAL | COMPONENTS_V2
    await probe.close()


async def test_keeping_a_form_with_wrong_values_may_take_its_time(
    probe: DiscordProbe, core: SlowCore, monkeypatch: pytest.MonkeyPatch
) -> None:
    core.answers = [Ask(FORM)]
    opened = await probe.server.command(probe.people[ADA], probe.place, "checkin", {})
    gate = asyncio.Event()
    draft = core.draft

    async def slow(user: User, command: str, options: dict[str, str]) -> str:
        await gate.wait()
        return await draft(user, command, options)

    monkeypatch.setattr(core, "draft", slow)
    core.answers = [Ask(WRONG)]
    filling = asyncio.create_task(probe.server.fill(opened, {"time": "10x"}))
    await eventually(lambda: any(one.kind == DEFERRED_MESSAGE for one in probe.server.uses.values() if one.answer))
    gate.set()
    filled = await settled(await filling)
    assert "I can't read that" in text(filled)


# From earlier versions


async def test_a_button_of_a_form_that_an_earlier_version_stored_says_how_to_begin_anew(
    probe: DiscordProbe, core: SlowCore
) -> None:
    core.answers = [LOGGED]
    message = (await settled(await use(probe))).message
    assert message is not None
    message.data["components"] = [{"type": 1, "components": [{"label": "Try again", "custom_id": "again:7.123456"}]}]
    pressed = await probe.server.press(probe.people[ADA], message, "Try again")
    assert pressed.message is not None
    assert pressed.message.data["flags"] & EPHEMERAL
    assert text(pressed) == "That form is too old to open. Type the command again, for example `/checkin`."
    assert len(core.requests) == 1


async def test_forms_that_an_earlier_version_stored_are_deleted(server: DiscordServer, core: SlowCore) -> None:
    core.memory.saved = {"discord/form/0": "a secret", "discord/form/255": "another", "discord/servers": "1"}
    probe = await make_probe(server, core)
    await eventually(lambda: sorted(core.memory.saved) == ["discord/commands", "discord/servers"], within=60.0)
    await probe.close()


# Lost


@pytest.mark.parametrize("how", [500, "reset"])
@pytest.mark.parametrize("times", [1, 3])
async def test_a_deferral_whose_answer_was_lost_is_filled_in(
    probe: DiscordProbe, server: DiscordServer, core: SlowCore, how: int | str, times: int
) -> None:
    server.faults.add(CALLBACK, how, done=True, times=times)
    slow = await late(probe, core, LOGGED)
    await eventually(lambda: slow.message and slow.message.data["components"])
    assert "2 h logged" in text(slow)
    assert len(server.world.messages) == 1


@pytest.mark.parametrize("how", [500, "reset"])
async def test_what_is_for_everybody_is_shown_after_a_deferral_whose_answer_was_lost(
    probe: DiscordProbe, server: DiscordServer, core: SlowCore, how: int | str
) -> None:
    server.faults.add(CALLBACK, how, done=True, times=3 if how == 500 else 2)
    slow = await late(probe, core, PUBLIC)
    await eventually(lambda: slow.followed)
    assert [post.text for post in await probe.public()] == ["Board"]
    assert "Shown to everyone." in text(slow)


async def test_a_form_is_offered_where_a_deferral_got_through_unseen(
    probe: DiscordProbe, server: DiscordServer, core: SlowCore
) -> None:
    server.faults.add(CALLBACK, "reset", done=True, times=2)
    slow = await late(probe, core, Ask(FORM), command="progress")
    await eventually(lambda: slow.message and slow.message.data["components"])
    assert slow.message is not None
    assert (await probe.server.press(probe.people[ADA], slow.message, "Open the form")).kind == MODAL


@pytest.mark.parametrize("how", [500, "reset"])
@pytest.mark.parametrize("done", [True, False])
async def test_what_others_see_is_never_there_twice_and_who_asked_is_told(
    probe: DiscordProbe, server: DiscordServer, core: SlowCore, how: int | str, done: bool
) -> None:
    fault = server.faults.add("POST /webhooks/", how, done=done)
    slow = await late(probe, core, PUBLIC)
    await eventually(lambda: fault.met and slow.message and "confirm" in text(slow))
    assert "didn't confirm that everyone sees this" in text(slow)
    assert [post.text for post in await probe.public()] == ["Board"] * done
    after = await settled(await use(probe, "progress"))
    assert after.followed == []


async def test_a_public_answer_that_arrived_unseen_after_a_deferral_that_did_not_is_not_shown_twice(
    probe: DiscordProbe, server: DiscordServer, core: SlowCore
) -> None:
    deferral = server.faults.add(CALLBACK, 500, times=3)
    core.gate.clear()
    core.answers = [PUBLIC]
    slow = await use(probe)
    await eventually(lambda: deferral.met == 3)
    server.faults.add(CALLBACK, "reset", done=True)
    core.gate.set()
    await eventually(lambda: any(call.startswith("PATCH") for call in server.calls))
    await settled(slow)
    await eventually(lambda: "didn't confirm" in text(slow))
    [board] = await probe.public()
    assert "Board" in board.text


async def test_filling_in_a_deferral_is_tried_again_where_the_connection_breaks(
    probe: DiscordProbe, server: DiscordServer, core: SlowCore
) -> None:
    server.faults.add("PATCH /webhooks/", "reset")
    slow = await late(probe, core, LOGGED)
    await eventually(lambda: slow.message and slow.message.data["components"])
    assert "2 h logged" in text(slow)


@pytest.mark.parametrize("done", [True, False])
async def test_a_connection_that_breaks_is_tried_once_more(
    probe: DiscordProbe, server: DiscordServer, core: SlowCore, done: bool
) -> None:
    server.faults.add(CALLBACK, "reset", done=done)
    core.answers = [LOGGED]
    answered = await settled(await use(probe))
    await eventually(lambda: sum(call.startswith(CALLBACK) for call in server.calls) == 2)
    assert "2 h logged" in text(answered)
    assert len(server.world.messages) == 1


async def test_an_answer_that_is_lost_is_offered_with_the_next(
    probe: DiscordProbe, server: DiscordServer, core: SlowCore, caplog: pytest.LogCaptureFixture
) -> None:
    server.faults.add(CALLBACK, 403, times=1)
    core.answers = [LOGGED]
    with caplog.at_level(logging.WARNING):
        await use(probe)
        await eventually(lambda: "an answer did not get through" in caplog.text)
    core.answers = [Reply(Card("Progress"))]
    next_use = await settled(await use(probe, "progress"))
    await eventually(lambda: next_use.followed)
    [offered] = next_use.followed
    assert offered.data["flags"] & EPHEMERAL
    assert "2 h logged" in shown(offered.data).text
    assert "It counted" in shown(offered.data).text
    another = await settled(await use(probe, "progress"))
    assert another.followed == []


async def test_a_short_rate_limit_is_waited_for_and_a_long_one_is_not(
    probe: DiscordProbe, server: DiscordServer, core: SlowCore
) -> None:
    server.faults.add(CALLBACK, 429, retry_after=0.01)
    core.answers = [Reply(Card("Progress")), LOGGED]
    await settled(await use(probe, "progress"))
    long = server.faults.add(CALLBACK, 429, retry_after=120.0)
    await use(probe)
    await eventually(lambda: long.met)
    after = await settled(await use(probe, "progress"))
    await eventually(lambda: after.followed)
    assert "2 h logged" in shown(after.followed[0].data).text


async def test_a_lost_answer_is_nobody_elses(probe: DiscordProbe, server: DiscordServer, core: SlowCore) -> None:
    server.faults.add(CALLBACK, 403, times=1)
    core.answers = [LOGGED]
    await use(probe)
    await eventually(lambda: server.faults.waiting[0].met)
    bobs = await server.command(probe.people[BOB], probe.place, "progress", {})
    assert bobs.followed == []


async def test_an_expired_interaction_counts_and_is_told_later(
    probe: DiscordProbe, server: DiscordServer, core: SlowCore
) -> None:
    core.answers = [LOGGED]
    await server.command(
        probe.people[ADA], probe.place, "checkin", {"time": "2h"}, made_at=time.time() - 1200, is_expired=True
    )
    assert core.last.options == {"time": "2h"}
    answered = await settled(await use(probe, "progress"))
    await eventually(lambda: answered.followed)


async def test_a_redelivered_interaction_is_answered_once(
    probe: DiscordProbe, server: DiscordServer, core: SlowCore
) -> None:
    core.otherwise = LOGGED
    first = await settled(await use(probe))
    await server.send_again(first)
    await eventually(lambda: len(core.requests) == 2)
    assert core.requests[0].id == core.requests[1].id == str(first.id)
    after = await settled(await use(probe, "progress"))
    assert len(server.world.messages) == 2
    assert after.followed == []


async def test_a_fault_of_ours_is_answered(
    probe: DiscordProbe, core: SlowCore, caplog: pytest.LogCaptureFixture
) -> None:
    core.fails = True
    answered = await settled(await use(probe))
    assert "Something broke" in text(answered)
    assert "a fault of ours" in caplog.text


async def test_what_was_begun_is_answered_before_the_end(probe: DiscordProbe, core: SlowCore) -> None:
    core.gate.clear()
    core.answers = [LOGGED]
    slow = await use(probe)
    await eventually(lambda: slow.answer)
    stopping = asyncio.create_task(probe.running.stop())
    await asyncio.sleep(0)
    core.gate.set()
    await stopping
    assert "2 h logged" in text(slow)
