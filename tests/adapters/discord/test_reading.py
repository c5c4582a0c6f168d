"""What Discord sends is read in every shape that it comes in, and shown where it belongs."""

import pytest

from bot.chat.card import Actions, Button, Card, Line
from bot.chat.form import Choice, Field, FieldKind, Form
from bot.chat.request import Ask, Audience, Reply
from bot.chat.text import Mention
from tests.adapters.cards import delivery
from tests.adapters.discord.probe import DiscordProbe, eventually, shown
from tests.adapters.discord.slow import CALLBACK, LOGGED, SlowCore, settled, use
from tests.adapters.fake_core import FakeCore
from tests.adapters.probe import ADA, BOB
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.use import EDIT, MESSAGE
from tests.servers.discord.world import COMPONENTS_V2, EPHEMERAL


@pytest.fixture
def core() -> SlowCore:
    return SlowCore()


async def test_completions_are_cut_to_what_discord_takes(probe: DiscordProbe, server: DiscordServer) -> None:
    choices = await server.type_option(probe.people[ADA], probe.place, "checkin", "area", "m")
    assert [(len(choice["name"]), choice["value"]) for choice in choices] == [(100, "y"), (11, "Mathematics")]


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
    assert first.message is not None
    shown_to_all = await probe.server.press(probe.people[ADA], first.message, "Undo")
    assert shown_to_all.kind == MESSAGE
    assert [post.text for post in await probe.public()] == ["Shown"]


async def test_a_private_answer_is_made_of_parts_and_stays_so_in_place(probe: DiscordProbe, core: SlowCore) -> None:
    core.answers = [Reply(LOGGED.card), Reply(Card("Taken back"), in_place=True)]
    first = await settled(await use(probe))
    assert first.message is not None
    assert first.message.data["flags"] == EPHEMERAL | COMPONENTS_V2
    await probe.server.press(probe.people[ADA], first.message, "Undo")
    assert first.message.data["flags"] == EPHEMERAL | COMPONENTS_V2
    assert shown(first.message.data).text == "Taken back"


async def test_a_private_answer_of_an_earlier_version_stays_text_in_place(probe: DiscordProbe, core: SlowCore) -> None:
    ada = probe.people[ADA]
    embed = {"color": 1, "title": "Logged"}
    rows = [{"type": 1, "components": [{"type": 2, "style": 2, "custom_id": "undo", "label": "Undo"}]}]
    old = probe.server.world.say(probe.place, {"embeds": [embed], "components": rows, "flags": EPHEMERAL}, to=ada)
    core.answers = [Reply(Card("Taken back"), in_place=True)]
    assert (await probe.server.press(ada, old, "Undo")).kind == EDIT
    assert (old.data["content"], old.data["embeds"], old.data["flags"]) == ("**Taken back**", [], EPHEMERAL)


@pytest.mark.parametrize("audience", Audience)
async def test_no_answer_and_no_edit_notifies_anybody(probe: DiscordProbe, core: SlowCore, audience: Audience) -> None:
    bob = probe.id_of(BOB)
    card = Card("", (Line((Mention(bob, "Bob"), " is in")), Actions((Button("Again", "progress"),))))
    core.answers = [Reply(card, audience), Reply(card, audience, in_place=True)]
    first = await settled(await use(probe))
    assert first.message is not None
    assert shown(first.message.data).pings == frozenset()
    await probe.server.press(probe.people[ADA], first.message, "Again")
    ref = await probe.adapter.post(delivery(probe.channel, Card("Quiet")))
    await probe.adapter.edit(probe.channel, ref, card)
    for message in probe.server.world.messages.values():
        assert shown(message.data).pings == frozenset()


async def test_in_a_direct_message_everything_is_in_place(probe: DiscordProbe, core: SlowCore) -> None:
    await probe.adapter.post(delivery(probe.direct(ADA), Card("Nudge", (Actions((Button("Snooze", "snooze"),)),))))
    [message] = probe.server.world.only_for(probe.people[ADA])
    core.answers = [Reply(Card("Snoozed"), in_place=True)]
    pressed = await probe.server.press(probe.people[ADA], message, "Snooze")
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
    offered = await settled(await use(probe, "progress"))
    assert offered.kind == MESSAGE
    assert offered.message is not None
    assert offered.message.data["flags"] & EPHEMERAL


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
    channel = core.last.channel
    assert (channel.team, channel.id, channel.name) == (str(probe.home.id), str(probe.place.id), "general")


async def test_the_name_of_the_account_and_what_the_server_calls_them(probe: DiscordProbe, core: SlowCore) -> None:
    for nick, nickname in ((None, ""), ("Countess", "Countess")):
        probe.people[ADA].nick = nick
        await settled(await use(probe))
        assert (core.last.user.name, core.last.user.nickname) == ("Ada", nickname)


@pytest.mark.parametrize("is_number", [True, False])
async def test_ids_are_read_as_strings_and_as_numbers(probe: DiscordProbe, core: SlowCore, is_number: bool) -> None:
    ada, server = probe.people[ADA], probe.server

    def written(value: object) -> object:
        if isinstance(value, dict):
            return {name: written(member) for name, member in value.items()}
        return int(value) if is_number and isinstance(value, str) and value.isdecimal() else value

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


async def test_a_message_is_logged_from_its_menu_as_what_was_learned(
    probe: DiscordProbe, server: DiscordServer, core: FakeCore
) -> None:
    bob = probe.people[BOB]
    content = f"  <@{bob.id}> and <@!77>: chain rule <:nabla:123> " + "x" * 2000
    message = server.world.say(probe.place, {"content": content[:2000], "allowed_mentions": {"parse": ["users"]}})
    await server.log_this(probe.people[ADA], message)
    note = core.last.options["learned"]
    assert core.last.command == "checkin"
    assert note.startswith("@Bob and @someone: chain rule :nabla: xxx")
    assert len(note) == 1000
    picture = server.world.say(probe.place, {"content": ""})
    await server.log_this(probe.people[ADA], picture)
    assert (core.last.command, core.last.options) == ("checkin", {})
