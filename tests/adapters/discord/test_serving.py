"""Answers on a bad day: late, lost, done twice, or to an interaction that has expired. What counted, counts."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.adapter import Ahead, Core
from bot.chat.card import Actions, Button, Card, Line, Picture
from bot.chat.chart import Chart, WeekBars
from bot.chat.form import Choice, Field, FieldKind, Form
from bot.chat.request import Answer, Ask, Audience, Reply, Request, Via
from tests.adapters.cards import FORM, delivery
from tests.adapters.discord.probe import FAST, DiscordProbe, eventually, local_discord, make_probe, shown
from tests.adapters.fake_core import FakeCore
from tests.adapters.probe import ADA, BOB
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.use import EDIT, LATER_EDIT, LATER_MESSAGE, MESSAGE, MODAL, Use
from tests.servers.discord.world import EPHEMERAL

HASTY = replace(FAST, defer_after=0.05, form_within=0.1)
CALLBACK = "POST /interactions/"
LOGGED = Reply(Card("Checked in", (Line(("2 h logged",)), Actions((Button("Undo", "undo", {"checkin": "7"}),)))))
PUBLIC = Reply(Card("Board"), Audience.PUBLIC)


class SlowCore(FakeCore):
    """A core whose answers wait until they are let go."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()
        self.gate.set()
        self.fails = False

    async def handle(self, request: Request, ahead: Ahead | None = None) -> Answer:
        await self.gate.wait()
        if self.fails:
            raise ValueError("a fault of ours")
        return await super().handle(request, ahead)

    async def suggest(self, request: Request, option: str, typed: str) -> list[Choice]:
        await self.gate.wait()
        return [Choice("x" * 300, "y"), Choice("too long", "z" * 200), *await super().suggest(request, option, typed)]


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with local_discord() as server:
        yield server


@pytest.fixture
def core() -> SlowCore:
    return SlowCore()


@pytest.fixture
async def probe(server: DiscordServer, core: Core) -> AsyncIterator[DiscordProbe]:
    probe = await make_probe(server, core, timing=HASTY)
    yield probe
    await probe.close()
    assert not server.broken


async def use(probe: DiscordProbe, command: str = "checkin", **options: str) -> Use:
    return await probe.server.command(probe.people[ADA], probe.place, command, options or {"time": "2h"}, waits=False)


def text(of: Use) -> str:
    assert of.said is not None
    return shown(of.said.data).text


async def settled(of: Use) -> Use:
    async with asyncio.timeout(5):
        await of.settled.wait()
    return of


# Late


async def test_a_slow_answer_is_deferred_in_private(probe: DiscordProbe, core: SlowCore) -> None:
    core.gate.clear()
    core.answers = [LOGGED]
    slow = await use(probe)
    await eventually(lambda: slow.answer)
    assert slow.kind == LATER_MESSAGE
    core.gate.set()
    await settled(slow)
    assert "2 h logged" in text(slow)
    assert slow.said is not None
    assert slow.said.data["flags"] == EPHEMERAL
    assert len(probe.server.world.messages) == 1


async def test_a_slow_public_answer_is_public(probe: DiscordProbe, core: SlowCore) -> None:
    core.gate.clear()
    core.answers = [PUBLIC]
    slow = await use(probe)
    await eventually(lambda: slow.answer)
    core.gate.set()
    await eventually(lambda: slow.followed)
    assert [each.text for each in await probe.public()] == ["Board"]


async def test_a_slow_press_is_answered_in_place_or_beside(probe: DiscordProbe, core: SlowCore) -> None:
    await probe.adapter.post(delivery(probe.channel, Card("Results", (Actions((Button("Next", "leaderboard"),)),))))
    [said] = probe.server.world.of(probe.place)
    for answer, place in ((Reply(Card("Page two"), Audience.PUBLIC, in_place=True), "said"), (LOGGED, "beside")):
        core.gate.clear()
        core.answers = [answer]
        slow = await probe.server.press(probe.people[BOB], said, "Next", waits=False)
        await eventually(lambda slow=slow: slow.answer)
        assert slow.kind == LATER_EDIT
        core.gate.set()
        await settled(slow)
        if place == "said":
            assert "Page two" in shown(said.data).text
            said.data["components"] = [{"type": 1, "components": [{"label": "Next", "custom_id": "leaderboard"}]}]
        else:
            [beside] = slow.followed
            assert beside.data["flags"] & EPHEMERAL
            assert "2 h logged" in shown(beside.data).text


async def test_a_form_that_comes_too_late_is_offered_by_a_button(probe: DiscordProbe, core: SlowCore) -> None:
    core.gate.clear()
    core.answers = [Ask(FORM), LOGGED]
    slow = await use(probe, "progress")
    await eventually(lambda: slow.answer)
    core.gate.set()
    await settled(slow)
    assert slow.said is not None
    opened = await probe.server.press(probe.people[ADA], slow.said, "Open the form")
    assert opened.kind == MODAL
    done = await probe.server.fill(opened, {"time": "2h"})
    assert core.last.via is Via.FORM
    assert core.last.options["day"] == "2026-01-04"
    assert "2 h logged" in text(done)


async def test_what_may_open_a_form_is_deferred_later(probe: DiscordProbe, core: SlowCore) -> None:
    core.gate.clear()
    core.answers = [Ask(FORM)]
    asked = await probe.server.command(probe.people[ADA], probe.place, "checkin", {}, waits=False)
    await asyncio.sleep(HASTY.defer_after + 0.02)
    core.gate.set()
    await settled(asked)
    assert asked.kind == MODAL


async def test_pictures_may_take_their_time(server: DiscordServer, core: SlowCore) -> None:
    gate = asyncio.Event()

    async def draw(_chart: Chart) -> bytes:
        await gate.wait()
        return b"\x89PNG"

    probe = await make_probe(server, core, timing=HASTY, pictures=draw)
    core.answers = [Reply(Card("Week", (Picture(WeekBars("Week", (60,) * 7, 600), "an hour a day"),)))]
    slow = await use(probe, "progress")
    await eventually(lambda: slow.answer)
    assert slow.kind == LATER_MESSAGE
    gate.set()
    await settled(slow)
    assert slow.said is not None
    assert slow.said.files == {"picture-1.png": b"\x89PNG"}
    assert slow.said.data["flags"] == EPHEMERAL
    await probe.close()


# Lost


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
    assert "it counted" in shown(offered.data).text
    another = await settled(await use(probe, "progress"))
    assert another.followed == []


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


# Ahead


@pytest.mark.parametrize("is_committed", [True, False])
async def test_only_what_was_committed_is_shown(
    probe: DiscordProbe, core: SlowCore, monkeypatch: pytest.MonkeyPatch, is_committed: bool
) -> None:
    not_saved = Reply(Card("Not saved"), is_wrong=True)

    async def handle(_request: Request, ahead: Ahead | None = None) -> Answer:
        assert ahead is not None
        ahead(LOGGED)
        return LOGGED if is_committed else not_saved

    monkeypatch.setattr(core, "handle", handle)
    assert ("2 h logged" in text(await settled(await use(probe)))) is is_committed


# In other ways


async def test_completions_are_cut_to_what_discord_takes(probe: DiscordProbe, server: DiscordServer) -> None:
    found = await server.type_option(probe.people[ADA], probe.place, "checkin", "area", "m")
    assert [(len(each["name"]), each["value"]) for each in found] == [(100, "y"), (11, "Mathematics")]


async def test_a_completion_that_fails_is_an_empty_one(
    probe: DiscordProbe, server: DiscordServer, core: SlowCore, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> list[Choice]:
        raise ValueError("a fault of ours")

    monkeypatch.setattr(core, "suggest", fail)
    assert await server.type_option(probe.people[ADA], probe.place, "checkin", "area", "m") == []
    server.faults.add(CALLBACK, 404, code=10062)
    await server.use(probe.people[ADA], probe.place, 4, {"name": "checkin", "options": []}, waits=False)
    await eventually(lambda: server.faults.waiting[0].met)


async def test_a_private_answer_never_becomes_public_in_place(probe: DiscordProbe, core: SlowCore) -> None:
    core.answers = [Reply(LOGGED.card), Reply(Card("Shown"), Audience.PUBLIC, in_place=True)]
    first = await settled(await use(probe))
    assert first.said is not None
    shown_to_all = await probe.server.press(probe.people[ADA], first.said, "Undo")
    assert shown_to_all.kind == MESSAGE
    assert [each.text for each in await probe.public()] == ["Shown"]


async def test_in_a_direct_message_everything_is_in_place(probe: DiscordProbe, core: SlowCore) -> None:
    await probe.adapter.post(delivery(probe.direct(ADA), Card("Nudge", (Actions((Button("Snooze", "snooze"),)),))))
    [said] = probe.server.world.only_for(probe.people[ADA])
    core.answers = [Reply(Card("Snoozed"), in_place=True)]
    pressed = await probe.server.press(probe.people[ADA], said, "Snooze")
    assert pressed.kind == EDIT
    assert core.last.channel.is_direct
    assert core.last.channel.team == ""


async def test_forms_with_odd_fields(probe: DiscordProbe, server: DiscordServer, core: SlowCore) -> None:
    fields = (
        Field("zone", "Z" * 60, hint="h" * 200, value="v" * 90, longest=64),
        Field("pick", "Pick", FieldKind.CHOICE, choices=tuple(Choice(f"c{at}", f"v{at}") for at in range(40))),
        Field("kept", "Kept", FieldKind.CHOICE, choices=(Choice("One", "1"),), value="none of these"),
        Field("good", "Good", FieldKind.CHOICE, choices=(Choice("", "1"), Choice("Two", "2")), value="2"),
        Field("long", "Long", FieldKind.LONG, longest=9000),
        Field("sixth", "Sixth"),
    )
    core.answers = [Ask(Form("edit", "T" * 99, fields)), LOGGED]
    opened = await settled(await use(probe, "progress"))
    assert [label["component"]["type"] for label in opened.data["components"]] == [4, 4, 4, 3, 4]
    await server.fill(opened, {"pick": "v3"})
    assert core.last.options == {"zone": "v" * 64, "pick": "v3", "kept": "none of these", "good": "2", "long": ""}


async def test_a_form_without_fields_waits_behind_a_button(probe: DiscordProbe, core: SlowCore) -> None:
    core.answers = [Ask(Form("erase", "Really?", ()))]
    asked = await settled(await use(probe, "progress"))
    assert asked.kind == MESSAGE
    assert asked.said is not None
    assert asked.said.data["flags"] & EPHEMERAL


async def test_old_modals_in_rows_are_read_too(probe: DiscordProbe, server: DiscordServer, core: SlowCore) -> None:
    rows = [{"type": 1, "components": [{"type": 4, "custom_id": "time", "value": "2h"}]}, {"type": 10, "content": "hi"}]
    data = {"custom_id": "checkin?day=today", "components": rows}
    await server.use(probe.people[ADA], probe.place, 5, data)
    assert (core.last.command, core.last.options) == ("checkin", {"day": "today", "time": "2h"})


async def test_facts_about_the_speaker(probe: DiscordProbe, core: SlowCore) -> None:
    for permissions, expected in (
        ("0", (False, False)),
        (str(1 << 5), (True, False)),
        (str(1 << 4), (False, True)),
        ("8", (True, True)),
    ):
        probe.people[ADA].permissions = permissions
        await settled(await use(probe))
        user = core.last.user
        assert (user.may_organise, user.may_start) == expected
        assert (user.platform, user.team, user.name, user.zone) == ("discord", "", "Ada", None)
        assert core.last.locale == "en-GB"
    channel = core.last.channel
    assert (channel.team, channel.id, channel.name) == (str(probe.home.id), str(probe.place.id), "general")


@pytest.mark.parametrize("is_number", [True, False])
async def test_ids_are_read_as_strings_and_as_numbers(probe: DiscordProbe, core: SlowCore, is_number: bool) -> None:
    ada, server = probe.people[ADA], probe.server

    def written(found: object) -> object:
        if isinstance(found, dict):
            return {name: written(each) for name, each in found.items()}
        return int(found) if is_number and isinstance(found, str) and found.isdecimal() else found

    first = await settled(await use(probe))
    first.sent = {**first.sent, "channel": written(first.sent["channel"]), "member": written(first.sent["member"])}
    first.sent |= {name: written(first.sent[name]) for name in ("id", "application_id", "guild_id", "app_permissions")}
    await server.send_again(first)
    await eventually(lambda: len(core.requests) == 2)
    assert core.requests[0] == core.requests[1]
    assert core.last.user.id == str(ada.id)


async def test_what_is_no_interaction_is_passed_over(
    probe: DiscordProbe, core: SlowCore, caplog: pytest.LogCaptureFixture
) -> None:
    gateway = probe.server.gateway
    for event in ({}, {"id": "1", "token": "t", "application_id": "2", "type": 99}):
        await gateway.dispatch("INTERACTION_CREATE", event)
    odd = {"id": "1", "token": "t", "application_id": "2", "type": 2, "user": {"id": "3", "username": "x"}}
    await gateway.dispatch("INTERACTION_CREATE", {**odd, "data": {"options": "none"}})
    await settled(await use(probe))
    assert len(core.requests) == 1
    assert "could not be read" in caplog.text
    assert "was not served" in caplog.text
