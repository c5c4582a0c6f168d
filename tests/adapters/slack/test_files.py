"""Files: handed over in a form, sent to one person's direct messages."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from adapters.slack.forms import Origin, render_form
from adapters.slack.incoming import read_form
from bot.chat.card import Card, Line
from bot.chat.form import Field, FieldKind, Form
from bot.chat.request import UPLOAD_BYTES, Ask, Attachment, Reply, Upload
from bot.store.database import Store
from tests.adapters.fake_core import FakeCore
from tests.adapters.slack.conftest import ADA, BOB, TEAM, Site
from tests.servers.slack import faults
from tests.servers.slack.blocks import faults_of_view
from tests.servers.slack.people import Member
from tests.servers.slack.reading import read

FORM = Form(
    "mydata import",
    "Import",
    (
        Field("area", "Area"),
        Field("file", "An export", FieldKind.FILE, hint="toggl.csv", is_required=True),
    ),
)
CSV = b"Start date,Duration\n2026-01-02,01:30:00\n"
EXPORT = Attachment("ten-hours.zip", "application/zip", b"PK zip")
GIVEN = Reply(Card("Your data", (Line(("All of it.",)),)), attachment=EXPORT)


async def ask_for_file(site: Site, core: FakeCore) -> Member:
    """Let Ada look at a form that wants a file."""
    core.answers = [Ask(FORM)]
    ada = site.member()
    await ada.slash("/tenhours mydata import")
    return ada


# In


def test_a_form_has_a_field_for_a_file() -> None:
    view = render_form(FORM, Origin("mydata import"))
    assert faults_of_view(view) == []
    assert view["blocks"][1]["element"] == {"type": "file_input", "max_files": 1, "action_id": "value"}
    assert "hint" not in view["blocks"][1]


async def test_what_is_in_a_file_comes_with_the_form(site: Site, core: FakeCore) -> None:
    ada = await ask_for_file(site, core)
    await ada.fill(file=ada.file("toggl.csv", CSV), area="Statistics")
    assert core.last.options == {"file": "toggl.csv", "area": "Statistics"}
    assert core.last.files == {"file": Upload("toggl.csv", CSV)}


async def test_another_file_of_the_same_name_is_another_request(site: Site, core: FakeCore) -> None:
    ada = await ask_for_file(site, core)
    form = ada.view
    assert form is not None
    core.otherwise = Reply(Card("", (Line(("That is no table.",)),)), is_wrong=True)
    await ada.fill(file=ada.file("toggl.csv", b"nonsense"))
    await ada.again()
    await ada.fill(file=ada.file("toggl.csv", CSV))
    first, same, other = [request.id for request in core.requests[1:]]
    assert first == same != other


async def test_a_file_that_is_too_large_is_refused_in_a_sentence(site: Site, core: FakeCore) -> None:
    ada = await ask_for_file(site, core)
    await ada.fill(file=ada.file("huge.csv", b"x" * (UPLOAD_BYTES + 1), size=1))
    assert ada.errors == {"file": "That file has more than 4 MB. Export a shorter time and bring it in by parts."}
    assert len(core.requests) == 1
    await ada.fill(file=ada.file("small.csv", CSV))
    assert core.last.files["file"].content == CSV


async def test_a_token_goes_to_slack_alone(site: Site, core: FakeCore) -> None:
    ada = await ask_for_file(site, core)
    for url in (
        "http://127.0.0.1:9/files/F1",
        "https://slack.com.evil.example/x",
        "https://evilslack.com/x",
        "http://files.slack.com/x",
        "https://files.slack.com:99999/x",
        "http://[/x",
        "",
    ):
        await ada.fill(file=ada.file("x.csv", CSV, url_private=url, url_private_download=url))
        assert ada.errors == {"file": "Slack didn't hand me that file. Send it again."}
    assert len(core.requests) == 1


async def test_a_file_that_slack_does_not_hand_out(site: Site, core: FakeCore) -> None:
    ada = await ask_for_file(site, core)
    file = ada.file("x.csv", CSV)
    del site.slack.world.files[file["id"]]
    await ada.fill(file=file)
    assert "Send it again" in ada.errors["file"]
    site.slack.world.workspaces[TEAM].scopes = "commands,chat:write"
    await ada.fill(file=ada.file("x.csv", CSV))
    assert "Send it again" in ada.errors["file"]


async def test_a_form_without_its_file_is_a_form_still(site: Site, core: FakeCore) -> None:
    ada = await ask_for_file(site, core)
    await ada.fill(area="Statistics")
    assert core.last.options == {"file": "", "area": "Statistics"}
    assert core.last.files == {}


async def test_a_typed_name_of_a_file_opens_the_form(real: Site) -> None:
    ada = real.member()
    await ada.slash("/tenhours mydata import toggl.csv area: Statistics")
    assert ada.view is not None
    blocks = {block["block_id"]: block["element"] for block in ada.view["blocks"]}
    assert blocks["file"]["type"] == "file_input"
    assert blocks["area"]["initial_option"]["value"] == "Statistics"


async def test_a_time_trackers_file_is_imported(real: Site, store: Store) -> None:
    ada = real.member()
    await ada.slash("/tenhours mydata import")
    await ada.fill(file=ada.file("toggl.csv", b"not a table at all"))
    assert "file" in ada.errors
    await ada.fill(file=ada.file("toggl.csv", CSV))
    await real.settle()
    assert "1 h 30" in ada.texts()[-1]
    await ada.press("Import it")
    await real.settle()
    [row] = await store.read(lambda tx: tx.all("SELECT sum(minutes) FROM checkins"))
    assert row[0] == 90


# Out


async def test_a_file_goes_to_the_direct_messages_of_who_asked(site: Site, core: FakeCore) -> None:
    core.otherwise = GIVEN
    ada = site.member()
    assert await ada.slash("/tenhours mydata export") == {}
    await site.settle()
    sent, answer = site.slack.world.messages
    assert (sent.channel, sent.files) == (f"D{ADA}", {"ten-hours.zip": b"PK zip"})
    assert answer.to == ADA
    assert "in your direct messages" in read(answer.blocks).text
    assert site.slack.world.seen_by(BOB) == []


async def test_all_that_is_kept_of_a_person_comes_as_a_zip_to_them_alone(real: Site) -> None:
    ada = real.member()
    await ada.slash("/checkin 2h learned: chain rule")
    await ada.slash("/tenhours mydata export")
    await real.settle()
    [content] = [content for message in real.slack.world.seen_by(ADA) for content in message.files.values()]
    with ZipFile(BytesIO(content)) as archive:
        assert b"chain rule" in archive.read("journal.md")
    assert not any(message.files for message in real.slack.world.seen_by(BOB))


async def test_a_redelivered_request_sends_it_once(site: Site, core: FakeCore) -> None:
    core.otherwise = GIVEN
    ada = site.member()
    await ada.slash("/tenhours mydata export")
    await site.settle()
    await ada.again()
    await site.settle()
    assert len(site.slack.api.called("files.completeUploadExternal")) == 1


@pytest.mark.parametrize(
    ("code", "words"), [("missing_scope", "permission files:write"), ("internal_error", "Ask for it again")]
)
async def test_a_file_that_slack_does_not_take_is_said(site: Site, core: FakeCore, code: str, words: str) -> None:
    core.otherwise = GIVEN
    ada = site.member()
    site.slack.api.faults["files.completeUploadExternal"].append(faults.error(code))
    await ada.slash("/tenhours mydata export")
    await site.settle()
    assert words in ada.texts()[-1]
    await ada.slash("/tenhours mydata export")
    await site.settle()
    assert any(message.files for message in site.slack.world.seen_by(ADA))


@pytest.mark.parametrize("code", ["missing_scope", "invalid_arguments"])
async def test_where_the_app_may_not_take_files_it_is_said(site: Site, core: FakeCore, code: str) -> None:
    site.slack.api.faults["views.open"].append(faults.error(code))
    ada = await ask_for_file(site, core)
    await site.settle()
    assert ada.view is None
    assert "permission files:read" in ada.texts()[-1]
    assert read(site.slack.world.messages[-1].blocks).buttons == []


def test_a_form_that_is_asked_for_again_wants_its_file_again() -> None:
    file = {"type": "file_input", "files": [{"id": "F1", "name": "toggl.csv", "size": 1, "url_private": "x"}]}
    area = {"type": "plain_text_input", "value": "Statistics"}
    sent = {
        **render_form(FORM, Origin("mydata import")),
        "state": {"values": {"file": {"value": file}, "area": {"value": area}}},
    }
    submission = read_form({"user": {"id": ADA}, "view": sent}, TEAM, "e")
    assert submission.fields == {"file": "toggl.csv", "area": "Statistics"}
    assert submission.refillable_fields == {"area": "Statistics"}


async def test_a_form_for_a_file_that_came_too_late_is_a_button(site: Site, core: FakeCore) -> None:
    site.slack.api.expired_triggers = True
    ada = await ask_for_file(site, core)
    await site.settle()
    assert "Open the form" in ada.texts()[-1]
