"""What somebody may see and do on pages: what they may in chat, asked anew each time."""

from urllib.parse import urlencode

import pytest

from bot.chat.plain import plain
from bot.chat.request import Channel, CommandRequest, Reply
from bot.store import closing
from bot.store.tx import Tx
from tests.adapters.web.stage import PageForm, Stage, forms_of
from tests.adapters.web.test_safety import READ
from tests.engines import list_tables

FOREIGN = ["/group/2", "/group/2/settings", "/see?command=leaderboard&group=2", "/form?command=group+leave&group=2"]
UNKNOWN = [path.replace("2", "999") for path in FOREIGN]
NO_IDS = ["/group/0", "/group/01x", "/group/" + "9" * 30, "/see?command=leaderboard&group=x"]


@pytest.fixture
async def two_groups(stage: Stage) -> Stage:
    """Ada and Bo are in the group `console`, Cleo in one that is called Quiet room."""
    await stage.talk.start_group("quiet", name="Quiet room", members=["cleo"])
    await stage.talk("cleo", "/checkin 3h learned: secret of Cleo", channel="quiet")
    return stage


@pytest.mark.parametrize("path", [*FOREIGN, *UNKNOWN, *NO_IDS])
async def test_anothers_group_is_as_unknown_as_one_that_there_is_not(two_groups: Stage, path: str) -> None:
    async with two_groups.signed_in("ada") as browser:
        seen = await browser.get(path)
        nothing = await browser.get("/group/999")
        assert seen.status == 404
        without_tokens = [text.partition('name="csrf"')[0] for text in (seen.text, nothing.text)]
        assert without_tokens[0] == without_tokens[1]
        assert "Quiet room" not in seen.text


async def test_nothing_is_done_in_anothers_group(two_groups: Stage) -> None:
    async with two_groups.signed_in("ada") as browser:
        await browser.get("/me")
        token = browser.form(action="/out").fields["csrf"]
        before = await two_groups.talk.rows("SELECT * FROM members")
        for group in ("2", "999", "x"):
            for command in ("group leave", "group hide", "leaderboard", "group settings", "share"):
                fields = {"csrf": token, "command": command, "o.group": group, "o.name": "Mine now"}
                assert (await browser.post("/do", fields)).status == 404
        assert await two_groups.talk.rows("SELECT * FROM members") == before


async def test_whoever_leaves_a_group_sees_its_page_no_longer(stage: Stage) -> None:
    async with stage.signed_in("ada") as browser:
        assert "Bo" in (await browser.get("/group/1")).text
        await stage.talk("ada", "/group leave")
        assert (await browser.get("/group/1")).status == 404
        assert "/group/1" not in (await browser.get("/me")).text


async def test_hidden_members_are_hidden_on_the_groups_page_and_on_boards(stage: Stage) -> None:
    async with stage.signed_in("ada") as browser:
        await stage.talk("bo", "/group hide")
        for path in ("/group/1", "/see?command=leaderboard&group=1"):
            assert ">Bo<" not in (await browser.get(path)).text
        await browser.get("/me")
        token = browser.form(action="/out").fields["csrf"]
        fields = {"csrf": token, "command": "progress", "o.member": "Bo", "o.group": "1"}
        await browser.get((await browser.post("/do", fields)).leads_to)
        assert "1 h" not in browser.shown.partition('id="main"')[2].partition("</section>")[0]


async def test_organisers_find_the_settings_of_their_group_until_they_are_none(stage: Stage) -> None:
    async with stage.signed_in("ada") as browser:
        assert (await browser.get("/group/1/settings")).status == 404
        await stage.talk.store.write(
            lambda tx: tx.run(
                "INSERT INTO organisers (group_id, person_id) SELECT 1, id FROM people WHERE name = 'Ada'"
            )
        )
        assert (await browser.get("/group/1/settings")).status == 200
        assert "Bo" in browser.shown
        await stage.talk.store.write(lambda tx: tx.run("DELETE FROM organisers"))
        assert (await browser.get("/group/1/settings")).status == 404
        await browser.get("/me")
        token = browser.form(action="/out").fields["csrf"]
        fields = {"csrf": token, "command": "group settings", "o.group": "1", "o.name": "Mine now"}
        await browser.post("/do", fields)
        assert await stage.talk.rows("SELECT name FROM groups WHERE id = 1") == [("console",)]


async def test_an_organiser_who_is_no_member_runs_their_group(two_groups: Stage) -> None:
    await two_groups.talk.store.write(
        lambda tx: tx.run("INSERT INTO organisers (group_id, person_id) SELECT 2, id FROM people WHERE name = 'Ada'")
    )
    async with two_groups.signed_in("ada") as browser:
        assert (await browser.get("/group/2/settings")).status == 200


async def test_whoever_manages_a_server_by_its_roles_alone_does_that_in_chat(stage: Stage) -> None:
    stage.talk.managers.add("ada")
    async with stage.signed_in("ada") as browser:
        assert (await browser.get("/group/1/settings")).status == 404


@pytest.fixture
async def with_news(stage: Stage) -> Stage:
    """Ada has a week that a freeze saved, and is to be told of it."""
    talk = stage.talk
    await talk("ada", "/checkin 10h")
    talk.advance(weeks=1)
    await talk("ada", "/checkin 1h")
    talk.advance(weeks=1, days=3)
    await talk.store.write(lambda tx: closing.close_due(tx, talk.clock.now()))
    return stage


def read_everything(tx: Tx) -> dict[str, list[str]]:
    """Return all rows of all tables."""
    return {table: sorted(map(repr, map(tuple, tx.all(f"SELECT * FROM {table}")))) for table in list_tables(tx)}


async def test_looking_at_pages_changes_nothing(with_news: Stage) -> None:
    talk = with_news.talk
    commands = [urlencode({"command": spec.name}) for spec in talk.core.commands]
    paths = [
        *READ,
        *(f"{page}?{command}" for page in ("/see", "/form") for command in commands),
        *("/journal?search=chain", "/form?command=mydata+erase&sure=1", "/see?command=mydata+erase&sure=1"),
        *("/form?command=checkin&time=1h", "/form?command=undo&another=yes", "/form?command=checkin&anything=1"),
    ]
    async with with_news.signed_in("ada") as browser:
        before = await talk.store.read(read_everything)
        for path in paths:
            for method in ("GET", "HEAD"):
                answered = await browser.ask(method, path)
                assert answered.status < 500, path
                assert "Something broke on my side" not in answered.text, path
            assert await talk.store.read(read_everything) == before, path


async def test_a_page_leaves_what_is_told_once_to_an_answer(with_news: Stage) -> None:
    news = "Your freeze saved it"
    async with with_news.signed_in("ada") as browser:
        for _ in range(2):
            assert news not in (await browser.get("/see?command=progress")).text
    assert news in await with_news.talk("ada", "/progress")
    assert news not in await with_news.talk("ada", "/progress")


async def test_a_check_in_from_a_page_counts_in_every_group_and_its_note_stays_with_its_writer(stage: Stage) -> None:
    await stage.talk.start_group("quiet", name="Quiet room", members=["ada"])
    async with stage.signed_in("ada") as browser:
        await browser.get("/form?command=checkin")
        await browser.send(browser.form(command="checkin"), time="45m", learned="only for me")
        assert "45 min" in browser.shown
        for channel in ("console", "quiet"):
            [*_, line] = await stage.talk.posts(channel)
            assert "only for me" not in line
        assert "only for me" in (await browser.get("/journal")).text


async def test_what_was_wrong_comes_back_with_all_that_was_typed(stage: Stage) -> None:
    async with stage.signed_in("ada") as browser:
        await browser.get("/me")
        await browser.send(browser.form(command="checkin"), time="10x", learned="a long thought & more")
        form = browser.form(command="checkin")
        assert (form.fields["o.time"], form.fields["o.learned"]) == ("10x", "a long thought & more")
        assert "10x" in browser.shown
        assert 'aria-invalid="true"' in browser.shown
        await browser.send(form, time="1h")
        assert await stage.talk.rows("SELECT minutes, learned FROM checkins WHERE minutes = 60 AND person_id = 1") == [
            (60, "a long thought & more")
        ]
        await browser.get("/me")
        assert 'aria-invalid="true"' not in browser.shown


async def test_an_outcome_is_shown_once_and_not_to_what_only_fetches(stage: Stage) -> None:
    async with stage.signed_in("ada") as browser:
        await browser.get("/form?command=checkin")
        form = browser.form(command="checkin")
        await browser.post(form.action, {**form.fields, "o.time": "50m"})
        fetched = await browser.get("/me", Sec_Purpose="prefetch")
        await browser.ask("HEAD", "/me")
        seen, later = await browser.get("/me"), await browser.get("/me")
        counts = [len(_undo_buttons(page.text)) for page in (fetched, seen, later)]
        assert counts[0] == counts[1] > counts[2]


def _undo_buttons(text: str) -> list[PageForm]:
    return [form for form in forms_of(text) if form.label.strip() == "Undo"]


async def test_an_answer_that_names_somebody_is_gone_when_they_are_erased(stage: Stage) -> None:
    async with stage.signed_in("ada") as browser:
        await browser.get("/me")
        token = browser.form(action="/out").fields["csrf"]
        await browser.post("/do", {"csrf": token, "command": "progress", "o.member": "Bo", "o.group": "1"})
        assert "Bo" in str(await stage.talk.rows("SELECT outcome FROM sessions"))
        await stage.talk("bo", "/mydata erase")
        await stage.talk.press("bo", "Erase everything")
        assert await stage.talk.rows("SELECT outcome FROM sessions") == [(None,)]


async def test_the_export_is_a_file_and_names_sessions(stage: Stage) -> None:
    async with stage.signed_in("ada") as browser:
        await browser.get("/data")
        form = browser.form(action="/export")
        answered = await browser.post(form.action, form.fields)
        assert answered.status == 200
        assert answered.headers["Content-Type"] == "application/zip"
        assert answered.headers["Content-Disposition"].startswith('attachment; filename="ten-hours-')
        assert answered.headers["Cache-Control"] == "no-store"
        assert answered.content[:2] == b"PK"
        assert (await browser.get("/see?command=mydata+export")).content[:2] == b"PK"


async def test_what_a_button_fills_in_counts_more_than_what_was_typed(stage: Stage) -> None:
    async with stage.signed_in("ada") as browser:
        await browser.get("/form?command=checkin")
        form = browser.form(command="checkin")
        await browser.post(form.action, {**form.fields, "o.time": "10x", "q.time": "30 min"})
        assert await stage.talk.rows("SELECT minutes FROM checkins WHERE minutes = 30") == [(30,)]


async def test_a_page_makes_nobody_known(stage: Stage) -> None:
    talk = stage.talk
    for command in ("checkin", "page me", "mydata export"):
        stranger = talk.user("nobody")
        request = CommandRequest(f"look/{command}", stranger, Channel("console", "", None), command, {"time": "1h"})
        [answer] = await talk.core.look([request])
        assert isinstance(answer, Reply)
        assert "Nothing about you is saved here." in plain(answer.card)
    assert await talk.rows("SELECT name FROM people ORDER BY name") == [("Ada",), ("Bo",)]
