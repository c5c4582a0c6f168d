"""Several processes on one PostgreSQL database, and members who do everything at once: nothing is lost or doubled."""

import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime

import msgspec
import pytest

from bot.clock import StillClock
from bot.location import ServerDatabase
from bot.store import progress
from bot.store.database import Store
from bot.store.eraser import Eraser
from bot.store.tx import Tx
from tests.crowd.program import Orders, Told
from tests.engines import POSTGRES
from tests.talk import HOME, Talk

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
SECONDS_AT_MOST = 600

WRONG = {
    "a total that is not the sum of its check-ins": """SELECT p.name FROM people p WHERE p.total_minutes <>
        (SELECT coalesce(sum(minutes), 0) FROM checkins WHERE person_id = p.id AND undone_at IS NULL)""",
    "a count that is not that of check-ins": """SELECT p.name FROM people p WHERE p.checkins <>
        (SELECT count(*) FROM checkins WHERE person_id = p.id)""",
    "a number that is missing": """SELECT p.name FROM people p WHERE p.checkins <>
        (SELECT coalesce(max(number), 0) FROM checkins WHERE person_id = p.id)""",
    "a day that is not the sum of its check-ins": """SELECT person_id, day FROM day_totals d WHERE minutes <>
        (SELECT coalesce(sum(minutes), 0) FROM checkins c
         WHERE c.person_id = d.person_id AND c.day = d.day AND undone_at IS NULL)""",
    "days that are not all": """SELECT p.name FROM people p WHERE p.total_minutes <>
        (SELECT coalesce(sum(minutes), 0) FROM day_totals WHERE person_id = p.id)""",
    "a week that is not the sum of its days": """SELECT person_id, monday FROM weeks w WHERE minutes <>
        (SELECT coalesce(sum(minutes), 0) FROM day_totals d WHERE d.person_id = w.person_id AND d.day >= w.monday
         AND d.day <= to_char(CAST(w.monday AS date) + 6, 'YYYY-MM-DD'))""",
    "a running sum that is none": """SELECT person_id, monday FROM weeks w WHERE counted_sum <>
        (SELECT sum(counted) FROM weeks b WHERE b.person_id = w.person_id AND b.monday <= w.monday)""",
    "a note that is not in the index": """SELECT id FROM checkins c WHERE learned IS NOT NULL AND undone_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM journal_words WHERE rowid = c.id)""",
    "a word of nobody": """SELECT rowid FROM journal_words j WHERE rowid > 0 AND NOT EXISTS
        (SELECT 1 FROM checkins WHERE id = j.rowid AND learned IS NOT NULL AND undone_at IS NULL)""",
    "a version that is there twice or missing": """SELECT checkin_id FROM checkin_versions
        GROUP BY checkin_id HAVING count(*) <> max(version)""",
    "two rules of a group": """SELECT group_id, kind, payload FROM schedules WHERE person_id IS NULL
        GROUP BY 1, 2, 3 HAVING count(*) > 1""",
}
"""Queries that find what is wrong."""


def run_all(location: ServerDatabase, *, processes: int, members: int, deeds: int, erased: int) -> list[Told]:
    """Run the processes side by side, and return what each tells."""
    began, started = time.time(), []
    for number in range(processes):
        mine = [f"m{index}" for index in range(members - erased, members) if index % processes == number]
        orders = Orders(location.url, number + 1, members, deeds, START, began, mine)
        command = [sys.executable, "-m", "tests.crowd.program"]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert process.stdin is not None
        process.stdin.write(msgspec.json.encode(orders).decode() + "\n")
        process.stdin.flush()
        started.append(process)
    try:
        for process in started:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        return [
            msgspec.json.decode(process.communicate("\n", timeout=SECONDS_AT_MOST)[0], type=Told) for process in started
        ]
    finally:
        for process in started:
            process.kill()
            process.wait()


async def look(store: Store, members: int, erased: int, told: list[Told]) -> None:
    assert [trouble for each in told for trouble in each.troubles] == []
    for what, query in WRONG.items():
        assert await store.read(lambda tx, query=query: tx.all(query)) == [], what  # type: ignore[misc]
    counts = dict(await store.read(lambda tx: [tuple(row) for row in tx.all("SELECT name, checkins FROM people")]))
    for number in range(members - erased):
        answered = sum(each.logged.get(f"m{number}", 0) for each in told)
        assert counts.get(f"M{number}", 0) == answered, f"m{number}"
    posted = Counter(key for each in told for key in each.posted)
    assert [key for key, times in posted.items() if times > 1] == []
    sent = await store.read(lambda tx: tx.all("SELECT key FROM outbox WHERE state = 'sent' AND edits IS NULL"))
    assert {key for (key,) in sent} == set(posted)
    now = datetime(2030, 1, 1, tzinfo=UTC)
    assert await store.read(lambda tx: judge(tx, now)) == []
    settled = await store.read(lambda tx: tx.all("SELECT key FROM outbox WHERE state IN ('pending', 'sending')"))
    assert [key for (key,) in settled if not key.startswith("card/")] == []


def judge(tx: Tx, now: datetime) -> list[int]:
    """Return the people whose saved progress is not what their weeks give when they are judged from the first."""
    ids = [person_id for (person_id,) in tx.all("SELECT id FROM people ORDER BY id")]
    return [
        person_id
        for person_id in ids
        if progress.judge_person(tx, person_id, now).tally != progress.judge_from_start(tx, person_id, now).tally
    ]


async def prepare(store: Store) -> None:
    talk = Talk(store, StillClock(START))
    await talk.start_group(HOME)
    await talk.start_group("other")


@pytest.mark.parametrize("engine", [POSTGRES])
@pytest.mark.parametrize(
    ("processes", "members", "deeds", "erased"),
    [(2, 6, 60, 1), pytest.param(8, 50, 720, 5, marks=pytest.mark.slow)],
)
@pytest.mark.timeout(SECONDS_AT_MOST)
async def test_what_many_do_at_once_is_whole(
    store: Store, engine: str, processes: int, members: int, deeds: int, erased: int
) -> None:
    await prepare(store)
    assert isinstance(store.location, ServerDatabase)
    told = run_all(store.location, processes=processes, members=members, deeds=deeds, erased=erased)
    await Eraser(store).work_off_resting()
    await look(store, members, erased, told)
    if processes == 8:
        assert sum(sum(each.logged.values()) for each in told) >= 3_000
