"""Files that members hand over, as an option or in a form, and files that go out with an answer."""

import asyncio

import pytest
from msgspec.structs import replace

from bot.chat.card import Actions, Button, Card, Line, Picture
from bot.chat.chart import Chart, WeekBars
from bot.chat.command import OptionKind, Spec
from bot.chat.form import Field, FieldKind, Form
from bot.chat.request import UPLOAD_BYTES, Ask, Attachment, Audience, Reply, Upload, Via
from tests.adapters.discord.probe import FAST, DiscordProbe, eventually, make_probe, shown
from tests.adapters.fake_core import SPECS, FakeCore, option
from tests.adapters.probe import ADA, BOB
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.use import DEFERRED_MESSAGE, FORM_FILE, MESSAGE, Use
from tests.servers.discord.world import EPHEMERAL

IMPORT = Spec("mydata import", "bring in a file", (option("file", OptionKind.FILE), option("area", OptionKind.AREA)))
CSV = ("toggl.csv", b"Start date,Duration\n2026-01-05,01:00:00\n")
ZIP = Attachment("ada.zip", "application/zip", b"PK\x03\x04 all of it")
EXPORT = Reply(Card("Your data", (Line(("Everything that is kept of you.",)),)), attachment=ZIP)


@pytest.fixture
def core() -> FakeCore:
    core = FakeCore()
    core.commands = (*SPECS, IMPORT)
    return core


async def hand_over(probe: DiscordProbe, file: tuple[str, bytes] = CSV) -> Use:
    return await probe.server.command(
        probe.people[ADA], probe.place, "mydata import", {"area": "Statistics"}, files={"file": file}
    )


def text(use: Use) -> str:
    assert use.message is not None
    return shown(use.message.data).text


async def test_a_file_that_is_handed_over_as_an_option(probe: DiscordProbe, core: FakeCore) -> None:
    assert text(await hand_over(probe)) == "Done"
    assert core.last.options == {"file": "toggl.csv", "area": "Statistics"}
    assert core.last.files == {"file": Upload(*CSV)}


async def test_a_file_that_is_handed_over_in_a_form(probe: DiscordProbe, core: FakeCore) -> None:
    fields = (Field("file", "File", FieldKind.FILE, is_required=True), Field("area", "Area"))
    core.answers = [Ask(Form("mydata import", "Import", fields))]
    opened = await probe.server.command(probe.people[ADA], probe.place, "mydata import", {})
    assert opened.data["components"][0]["component"]["type"] == FORM_FILE
    await probe.server.fill(opened, {"area": "Statistics"}, files={"file": CSV})
    assert (core.last.command, core.last.via) == ("mydata import", Via.FORM)
    assert core.last.options == {"file": "toggl.csv", "area": "Statistics"}
    assert core.last.files == {"file": Upload(*CSV)}


async def test_a_form_may_be_sent_without_its_file(probe: DiscordProbe, core: FakeCore) -> None:
    core.answers = [Ask(Form("mydata import", "Import", (Field("file", "File", FieldKind.FILE),)))]
    opened = await probe.server.command(probe.people[ADA], probe.place, "mydata import", {})
    await probe.server.fill(opened, {})
    assert (core.last.options, core.last.files) == ({"file": ""}, {})


@pytest.mark.parametrize("says_size", [None, 10])
async def test_a_file_that_is_too_large_is_refused_in_a_sentence(
    probe: DiscordProbe, core: FakeCore, says_size: int | None
) -> None:
    probe.server.cdn.says_size = says_size
    refused = await hand_over(probe, ("years.csv", b"x" * (UPLOAD_BYTES + 1)))
    assert text(refused) == "That file has more than 4 MB. Export a shorter time and bring it in by parts."
    assert refused.message is not None
    assert refused.message.data["flags"] & EPHEMERAL
    assert core.requests == []


@pytest.mark.parametrize("how", [404, 500, "reset"])
async def test_a_file_that_cannot_be_fetched_is_asked_for_again(
    probe: DiscordProbe, server: DiscordServer, core: FakeCore, how: int | str
) -> None:
    server.faults.add("GET /attachments/", how, times=9)
    assert "didn't hand me that file" in text(await hand_over(probe))
    assert core.requests == []


async def test_a_file_goes_out_to_the_one_who_asked_alone(probe: DiscordProbe, core: FakeCore) -> None:
    core.answers = [replaced(EXPORT, Audience.PUBLIC)]
    use = await probe.server.command(probe.people[ADA], probe.place, "progress", {})
    assert use.kind == MESSAGE
    assert use.message is not None
    assert use.message.data["flags"] & EPHEMERAL
    assert use.message.files == {"ada.zip": ZIP.content}
    assert "Everything that is kept" in text(use)


async def test_a_file_goes_out_after_a_deferral_and_in_place(server: DiscordServer, core: FakeCore) -> None:
    gate = asyncio.Event()

    async def draw(_chart: Chart) -> bytes:
        await gate.wait()
        return b"\x89PNG"

    probe = await make_probe(server, core, timing=replace(FAST, defer_after=0.02), pictures=draw)
    pictured = Reply(Card("Week", (Picture(WeekBars("Week", (60,) * 7, 600), "an hour a day"),)), attachment=ZIP)
    core.answers = [pictured]
    slow = await server.command(probe.people[BOB], probe.place, "leaderboard", {"period": "week"}, waits=False)
    await eventually(lambda: slow.answer)
    assert slow.kind == DEFERRED_MESSAGE
    gate.set()
    await eventually(slow.settled.is_set)
    assert slow.message is not None
    assert slow.message.files == {"picture-1.png": b"\x89PNG", "ada.zip": ZIP.content}
    await probe.close()


async def test_a_file_that_discord_would_not_take_is_not_sent(probe: DiscordProbe, core: FakeCore) -> None:
    large = Attachment("ada.zip", "application/zip", b"x" * (10 * 1024 * 1024 + 1))
    core.answers = [Reply(Card("Your data", (Actions((Button("Undo", "undo"),)),)), attachment=large)]
    use = await probe.server.command(probe.people[ADA], probe.place, "progress", {})
    assert "10.0 MB, more than the 10 MB" in text(use)
    assert use.message is not None
    assert use.message.files == {}


async def test_a_file_whose_answer_was_lost_is_not_offered_again(
    probe: DiscordProbe, server: DiscordServer, core: FakeCore
) -> None:
    server.faults.add("POST /interactions/", 403)
    core.answers = [EXPORT]
    await server.command(probe.people[ADA], probe.place, "progress", {}, waits=False)
    await eventually(lambda: server.faults.waiting[0].met)
    after = await server.command(probe.people[ADA], probe.place, "progress", {})
    assert text(after) == "Done"
    assert after.followed == []


def replaced(reply: Reply, audience: Audience) -> Reply:
    return Reply(reply.card, audience, attachment=reply.attachment)


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest",
        "http://cdn.discordapp.com/x.csv",
        "https://cdn.discordapp.com.evil.example/x.csv",
        "https://cdn.discordapp.com:8443/x.csv",
        "https://me@evil.example/cdn.discordapp.com",
        "https://cdn.discordapp.com:99999/x",
        "http://[/x",
        "file:///etc/passwd",
        "",
    ],
)
async def test_a_file_is_fetched_from_discord_alone(
    probe: DiscordProbe, core: FakeCore, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    take = probe.server.cdn.take
    monkeypatch.setattr(probe.server.cdn, "take", lambda name, content: {**take(name, content), "url": url})
    assert "didn't hand me that file" in text(await hand_over(probe))
    assert core.requests == []


async def test_nobody_follows_where_discord_redirects_to(
    probe: DiscordProbe, server: DiscordServer, core: FakeCore
) -> None:
    server.faults.add("GET /attachments/", 302, times=9)
    assert "didn't hand me that file" in text(await hand_over(probe))
    assert core.requests == []
