"""A database that an earlier program of schema 0003 wrote in some weeks: all that stands in it is read as before.

It was left on Wednesday 4 February 2026 at 00:00 UTC, when weeks had just closed: planned, and nothing sent any more.
"""

import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec import json

from bot.chat.button_id import draft_number, pack, unpack
from bot.chat.card import Button, Card
from bot.chat.codec import decode_answer, decode_card, encode
from bot.chat.delivery import ChannelAddress, UserAddress
from bot.chat.request import Ask, Channel, Reply, TextRequest, User, Via
from bot.commands.registry import SPECS
from bot.domain.progress import Checkpoint
from bot.domain.reminder import ReminderKind
from bot.domain.scheduled import GroupSchedule, PersonSchedule, SnoozedReminder, WeekClosing
from bot.domain.streak import Tally
from bot.domain.week import Week
from bot.store import claims, heartbeat, leases, migrate, outbox, progress, schedules
from bot.store.database import Store
from bot.store.key_values import StoredMemory
from bot.store.leases import Lease
from bot.store.outbox import PostState
from tests.delivery.town import Posted, Town

pytestmark = pytest.mark.stored_cards
DUMP = Path(__file__).parents[1] / "data" / "schema-0003.sql"
LEFT_AT = datetime(2026, 2, 4, tzinfo=UTC)
LAST_WEEK = Week(date(2026, 1, 26))
ARRIVED = "nudge/0/8/2026-02-03"
"""A nudge that a process was sending when it died; it stands there, although the database does not know."""

EDIT = "results/1/2026-W05/closed"
STATES = "SELECT key, state FROM outbox WHERE platform = 'console'"
Rows = list[tuple[object, ...]]


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """Return the file as it was left."""
    path = tmp_path / "tenhours.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript(DUMP.read_text(encoding="utf-8"))
        raw.execute("PRAGMA journal_mode = wal")
    return path


@pytest.fixture
async def town(left: Path) -> AsyncIterator[Town]:
    """Run the program of today on that file, with the messages that stand on its platform."""
    with closing(sqlite3.connect(left)) as raw:
        sent = raw.execute(
            """SELECT key, card FROM outbox
               WHERE platform = 'console' AND (state = 'sent' AND edits IS NULL OR key = ?)
               ORDER BY message IS NULL, CAST(json_extract(message, '$.id') AS INTEGER)""",
            [ARRIVED],
        ).fetchall()
    migrate.migrate(left)
    store = await Store.open(left)
    town = Town(store, LEFT_AT)
    place = ChannelAddress("console", "", "console")
    town.platform.posts += [Posted(key, place, decode_card(card), LEFT_AT) for key, card in sent]
    yield town
    await store.close()


def read(path: Path, sql: str) -> Rows:
    with closing(sqlite3.connect(path)) as raw:
        return raw.execute(sql).fetchall()


def words(stored: object) -> Counter[str]:
    """Return every text in a value of JSON, whatever its key."""
    match stored:
        case str() if stored:
            return Counter([stored])
        case dict():
            return sum(map(words, stored.values()), Counter())
        case list():
            return sum(map(words, stored), Counter())
        case _:
            return Counter()


def buttons_of(path: Path) -> list[Button]:
    """Return every button that anybody may still see: in an answer or in a post."""
    answers = [decode_answer(str(text)) for (text,) in read(path, "SELECT answer FROM requests")]
    cards: list[Card] = [answer.card for answer in answers if isinstance(answer, Reply)]
    cards += [decode_card(str(text)) for (text,) in read(path, "SELECT card FROM outbox")]
    return [button for card in cards for button in card.buttons()]


async def press(town: Town, who: str, command: str, **options: str) -> str:
    request = town.talk.request(who, "console", "", Via.BUTTON, command, options)
    answer = await town.app.core.handle(request)
    return str(answer)


async def states(town: Town) -> dict[str, object]:
    """Return what has become of the posts of the platform that is served."""
    return {str(key): state for key, state in await town.talk.rows(STATES)}


async def test_a_request_that_comes_again_gets_the_answer_that_it_got(town: Town, left: Path) -> None:
    stored = read(
        left,
        """SELECT r.id, r.answer, i.platform, i.team, i.user FROM requests r
           JOIN identities i ON i.person_id = r.person_id""",
    )
    kinds = {
        "form" if isinstance(answer, Ask) else (answer.audience.value, answer.in_place, answer.is_wrong)
        for answer in (decode_answer(str(text)) for _, text, *_ in stored)
    }
    assert kinds == {
        "form",
        ("private", False, False),
        ("private", True, False),
        ("private", False, True),
        ("public", False, False),
    }
    before = await town.talk.rows("SELECT count(*), sum(minutes) FROM checkins")
    for request_id, text, platform, team, user in stored:
        asker = User(str(platform), str(team), str(user), "of old")
        request = TextRequest(str(request_id), asker, Channel(asker.platform, asker.team, None), "checkin 1h")
        answer = await town.app.core.handle(request)
        assert words(json.decode(encode(answer))) == words(json.decode(str(text))), request_id
    assert await town.talk.rows("SELECT count(*), sum(minutes) FROM checkins") == before


async def test_every_button_names_a_command_or_a_draft_that_is_there(town: Town, left: Path) -> None:
    numbers = {row[0] for row in await town.talk.rows("SELECT id FROM drafts")}
    buttons = buttons_of(left)
    assert len(buttons) > 50
    for button in buttons:
        button_id = pack(button.command, button.options)
        assert button_id is not None
        assert unpack(button_id) == (button.command, button.options)
        if (number := draft_number(button.command)) is not None:
            assert number in numbers
        else:
            spec = SPECS[button.command]
            assert all(spec.option(name) for name in button.options), button


async def test_a_press_of_an_old_button_does_what_it_said(town: Town, left: Path) -> None:
    labels = {button.label: button for button in buttons_of(left)}

    async def of(who: str, label: str) -> str:
        return await press(town, who, labels[label].command, **labels[label].options)

    assert "Check in" in await of("gus", "Check in")
    assert "It came again already" in await of("bo", "Snooze 3 h")
    assert "The timer has run for" in await of("cy", "Stop")
    undo = labels["Undo"]
    assert undo.options["checkin"] == "7"
    assert "Taken back" in await of("ada", "Undo")
    assert "Put back" in await press(town, "ada", "undo", back="7")


async def test_a_draft_opens_for_its_owner_and_without_one_for_everybody(town: Town) -> None:
    for who, draft in (("bo", "~1"), ("dee", "~1"), ("ada", "~3")):
        assert "too old" in await press(town, who, draft)
    assert "too old" in await press(town, "ada", "~99")
    assert "Posted in" in await press(town, "ada", "~1")
    assert "Posted in" in await press(town, "bo", "~3")
    assert await town.talk.rows(
        """SELECT p.name, c.minutes, c.area, c.learned LIKE 'why the trace of a product %' FROM checkins c
           JOIN people p ON p.id = c.person_id ORDER BY c.id DESC LIMIT 2"""
    ) == [("Bo", 60, "Statistics", 1), ("Ada", 60, None, 1)]
    assert "the central limit theorem" in await press(town, "ada", "~2")
    assert "too old" not in await press(town, "dee", "~2")


async def test_the_outbox_goes_on_where_it_was_left(town: Town, left: Path) -> None:
    before = {str(key): state for key, state in read(left, STATES)}
    assert set(before.values()) == {"pending", "sending", "sent", "dropped"}
    stood = town.keys()
    await town.settle()
    assert set(town.keys()[len(stood) :]) == {
        key for key, state in before.items() if state in ("pending", "sending") and key not in (ARRIVED, EDIT)
    }
    after = await states(town)
    assert {key: state for key, state in before.items() if state in ("sent", "dropped")}.items() <= after.items()
    assert {after[key] for key, state in before.items() if state != "dropped"} == {"sent"}


async def test_an_edit_replaces_the_message_that_the_old_program_posted(town: Town) -> None:
    results = next(posted for posted in town.platform.posts if posted.key == EDIT.removesuffix("/closed"))
    assert "still counts until" in results.text
    await town.settle()
    assert results.edits == 1
    assert "The week has closed." in results.text
    assert "1 freeze spent" in results.text


async def test_posts_of_a_platform_that_is_not_served_wait_with_all_that_is_known_of_them(town: Town) -> None:
    now = LEFT_AT
    claimed = await town.store.write(
        lambda tx: claims.claim(tx, [key for key, _ in outbox.list_waiting(tx, "discord", now, 100)], now)
    )
    by_key = {claim.delivery.key: claim for claim in claimed}
    edit = by_key["results/2/2026-W04/closed"]
    assert edit.edits is not None
    assert (edit.edits.key, edit.edits.state, edit.edits.message) == ("results/2/2026-W04", PostState.DROPPED, None)
    assert edit.delivery.to == ChannelAddress("discord", "9001", "7001", "7001")
    direct = by_key["freshstart/0/5/2026-02-02"]
    assert direct.delivery.to == UserAddress("discord", "9001", "4001", "Eve")
    assert (direct.person_id, direct.attempts, direct.was_sending, direct.is_refused) == (5, 1, False, False)
    assert "5 h 30 from Monday" in [button.label for button in direct.delivery.card.buttons()]


async def test_reasons_for_what_was_left_out_are_shown_to_the_group(town: Town) -> None:
    settings = await town.talk("ada", "/group settings")
    assert "Missing Permissions" in settings
    assert "the bot was not running while it was of use" in settings


async def test_what_adapters_remembered_is_recalled(town: Town, left: Path) -> None:
    stored = read(left, "SELECT key, value FROM memory")
    assert {str(key).partition("/")[0] for key, _ in stored} == {
        "discord", "slack", "slack.installation.T1", "tenhours"
    }  # fmt: skip
    memory = StoredMemory(town.store, town.clock)
    for key, value in stored:
        assert await memory.recall(str(key)) == value
    beat = await town.store.read(heartbeat.find_last)
    assert beat == heartbeat.LastBeat(datetime(2026, 2, 3, 22, 1, tzinfo=UTC), is_stopped=False)


async def test_the_lease_of_the_old_process_is_seen_and_taken_over(town: Town) -> None:
    until = datetime(2026, 2, 3, 22, 1, 20, tzinfo=UTC)
    seen = await town.store.read(lambda tx: leases.find(tx, "discord"))
    assert seen == Lease("host/2/cd", until)
    mine = Lease("host/3/ef", LEFT_AT + timedelta(seconds=20))
    assert not await town.store.write(lambda tx: leases.take(tx, "discord", None, mine))
    assert await town.store.write(lambda tx: leases.take(tx, "discord", seen, mine))


async def test_schedules_of_all_types_are_read(town: Town) -> None:
    due = await town.store.read(lambda tx: schedules.list_due(tx, LEFT_AT + timedelta(days=30), 100))
    assert {type(schedule) for schedule in due} == {GroupSchedule, PersonSchedule, SnoozedReminder, WeekClosing}
    assert due[0] == SnoozedReminder(
        35, ReminderKind.NUDGE, 2, LAST_WEEK.plus(1), datetime(2026, 2, 4, 1, tzinfo=UTC), "UTC"
    )
    assert due[1] == WeekClosing(32, 2, LAST_WEEK, datetime(2026, 2, 4, 5, tzinfo=UTC))
    results = await town.store.read(lambda tx: schedules.find_of_group(tx, ReminderKind.RESULTS, 1))
    assert results is not None
    assert (results.moment, results.is_on, results.done_day) == ("mon 09:00", True, date(2026, 2, 2))
    nudge = await town.store.read(lambda tx: schedules.find_of_person(tx, ReminderKind.NUDGE, 1))
    assert nudge is not None
    assert (nudge.moment, nudge.group_id, nudge.due_at) == ("thu 18:00", 1, datetime(2026, 2, 5, 17, tzinfo=UTC))


async def test_what_was_snoozed_comes_and_what_was_dealt_with_does_not_come_again(town: Town) -> None:
    await town.settle()
    posted = await town.until("2026-02-04T01:00")
    assert [(post.key, post.user) for post in posted] == [("nudge/0/2/snoozed/nudge 2026-02-02", "bo")]
    later = await town.until("2026-02-09T08:59")
    assert [post.key for post in later if post.key.startswith("groupcall/1")] == ["groupcall/1/2026-02-08"]
    changed = "SELECT card LIKE '%26 January – 1 February%' FROM outbox WHERE key = 'results/2/2026-W05'"
    assert await town.talk.rows(changed) == [(1,)]


async def test_weeks_that_had_closed_are_judged_again_and_stay_what_they_were(town: Town, left: Path) -> None:
    checkpoints = await town.store.read(lambda tx: progress.load_checkpoints(tx, [1, 4]))
    assert checkpoints == {1: Checkpoint(), 4: Checkpoint()}
    await town.settle()
    checkpoints = await town.store.read(lambda tx: progress.load_checkpoints(tx, [1, 4]))
    assert checkpoints[1] == (LAST_WEEK, Tally(3, 3, 3, 0, 3, 0, 1, 0, 1, "kkk"))
    assert checkpoints[4] == (LAST_WEEK, Tally(3, 3, 3, 1, 3, 0, 0, 0, 0, "kkk", away_in_streak=1))


async def test_what_was_logged_in_time_counts_in_its_week(town: Town) -> None:
    logged = await town.talk.rows("SELECT day, counted_week, is_late, undone_at, source FROM checkins")
    assert {bool(counted) for _, counted, *_ in logged} == {True, False}
    for day, counted, is_late, undone_at, source in logged:
        monday = Week.of(date.fromisoformat(str(day))).monday.isoformat()
        assert counted == (None if is_late or undone_at or source == "import" else monday)


async def test_a_file_that_waited_to_be_imported_is_asked_for_again(town: Town, left: Path) -> None:
    buttons = [button for button in buttons_of(left) if "sheet" in button.options]
    assert {button.options["sheet"] for button in buttons} == {"1", "4"}
    assert "To bring in" in await town.talk.hand_over("cy", "mydata import", "new.csv", b"date,hours\n2025-12-03,1\n")
    for button in buttons:
        assert "have that file any more" in await press(town, "cy", button.command, **button.options)
    assert await town.talk.rows("SELECT id FROM drafts ORDER BY id") == [(1,), (2,), (3,)]
