"""A large database: 40,000 members over five years, times a factor, written by SQL alone.

A quarter of the members are one group, all others study in groups of twenty. Each logs three times a week and writes
down what they learned every third time, in words that everybody uses. Beside that stands what a running program keeps:
a month of posts, two days of requests and of occurrences that were skipped.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from bot.domain.week import Week
from bot.store import migrate
from bot.store.running_sums import SHARE

MEMBERS, WEEKS, CHECKINS_A_WEEK = 40_000, 260, 3
GROUP_SIZE = 20
NOW = datetime(2026, 1, 7, 12, tzinfo=UTC)
CURRENT = Week.of(NOW.date())
FIRST = CURRENT.plus(1 - WEEKS)
DAY_MS = 86_400_000
POSTS_A_MEMBER, REQUESTS_A_MEMBER = 6, 2
LARGE_GROUP = 1
PEOPLE_PER_STEP = 500
RELEASED = "0003"


@dataclass(frozen=True, slots=True)
class Large:
    """A large database, and how many people live in it."""

    path: Path
    people: int


def build(path: Path, factor: float) -> Large:
    """Write a new database with `factor` times the members. Takes about four minutes for all of them."""
    migrate.create(path)
    return _fill(path, factor, STATEMENTS)


def build_before(path: Path, factor: float) -> Large:
    """Write the same as the newest released version would have written it."""
    migrate.migrate(path, RELEASED)
    return _fill(path, factor, tuple(_as_before(statement) for statement in STATEMENTS if statement not in SINCE))


def _fill(path: Path, factor: float, statements: tuple[str, ...]) -> Large:
    people = max(GROUP_SIZE * 4, round(MEMBERS * factor) // GROUP_SIZE * GROUP_SIZE)
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for pragma in ("journal_mode = off", "synchronous = off", "cache_size = -262144", "foreign_keys = off"):
            raw.execute(f"PRAGMA {pragma}")
        raw.execute("CREATE TEMP TABLE one (person INTEGER PRIMARY KEY)")
        raw.execute("CREATE TEMP TABLE week (number INTEGER PRIMARY KEY, monday TEXT, monday_ms INTEGER)")
        raw.executemany("INSERT INTO week VALUES (?, ?, ?)", map(_week, range(WEEKS)))
        raw.execute("BEGIN")
        _write_groups(raw, people)
        for low in range(1, people + 1, PEOPLE_PER_STEP):
            _write_people(raw, people, range(low, min(low + PEOPLE_PER_STEP, people + 1)), statements)
        raw.execute("COMMIT")
        raw.execute("ANALYZE")
        raw.execute("PRAGMA journal_mode = wal")
    return Large(path, people)


def _week(index: int) -> tuple[int, str, int]:
    week = FIRST.plus(index)
    return week.number, week.monday.isoformat(), _ms(week.monday)


def _ms(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * 1000


def _write_groups(raw: sqlite3.Connection, people: int) -> None:
    raw.executemany(
        """INSERT INTO groups (id, platform, team, channel, name, zone, goal, created_at)
           VALUES (?, 'console', '', ?, ?, 'UTC', 600, ?)""",
        [(group, f"room{group}", f"Group {group}", _ms(FIRST.monday)) for group in range(1, 2 + people // GROUP_SIZE)],
    )


def _as_before(statement: str) -> str:
    for now, before in WRITTEN_BEFORE.items():
        statement = statement.replace(now, before)
    return statement


def _write_people(raw: sqlite3.Connection, people: int, numbers: range, statements: tuple[str, ...]) -> None:
    """Write some people with everything of theirs."""
    values = {
        "now": int(NOW.timestamp() * 1000),
        "begun": _ms(FIRST.monday),
        "first": FIRST.monday.isoformat(),
        "first_number": FIRST.number,
        "closes": _ms(CURRENT.monday) + 9 * DAY_MS,
        "checkins": WEEKS * CHECKINS_A_WEEK,
        "in_large": people // 4,
        "size": GROUP_SIZE,
        "day": DAY_MS,
        "posts": POSTS_A_MEMBER,
        "requests": REQUESTS_A_MEMBER,
        "weekly": CHECKINS_A_WEEK,
    }
    raw.execute("DELETE FROM one")
    raw.executemany("INSERT INTO one VALUES (?)", ((number,) for number in numbers))
    for statement in statements:
        raw.execute(statement, values)


SERIES = "WITH RECURSIVE series(nth) AS (SELECT 0 UNION ALL SELECT nth + 1 FROM series WHERE nth + 1 < :{many})"
GROUP_OF = "CASE WHEN person <= :in_large THEN 1 ELSE 2 + (person - 1) / :size END"
MINUTES = "(30 + (person * 7 + number * 13 + nth * 31) % 270)"
SUM_UP = f"""UPDATE weeks SET counted_sum = renewed.counted, share_sum = renewed.share
    FROM (SELECT person_id, monday, sum(counted) OVER of_person AS counted, sum({SHARE}) OVER of_person AS share
          FROM weeks JOIN one ON person = person_id
          WINDOW of_person AS (PARTITION BY person_id ORDER BY monday)) AS renewed
    WHERE weeks.person_id = renewed.person_id AND weeks.monday = renewed.monday"""
NAMES = "INSERT INTO names SELECT person, 'console', '', 'Member ' || person FROM one"
SINCE = frozenset((NAMES, SUM_UP))
"""Statements for what the newest released version does not know."""

WRITTEN_BEFORE = {
    ", name, sort_key)": ")",
    ", 'Member ' || person, printf('member %06d', person)": "",
    ", counted_week)": ")",
    f", {GROUP_OF}, monday FROM one": f", {GROUP_OF} FROM one",
    "journal_words (rowid, words)": "journal (rowid, who, words)",
    "SELECT id, replace(' ' || learned, ' ', ' p' || person_id || 'x')": "SELECT id, 'p' || person_id, learned",
}
"""Parts of statements, and what stood in their place in that version."""

STATEMENTS = (
    """INSERT INTO people (id, name, zone, zone_source, first_week, last_checkin_at, checkins, total_minutes,
           created_at, streak, recent, kept, closes_at)
       SELECT person, 'Member ' || person, 'UTC', 'own', :first, :now, :checkins, :checkins * 165, :begun,
           person % 60, 'kkmkkkmkkkkk', 200, :closes FROM one""",
    "INSERT INTO identities SELECT 'console', '', 'member' || person, person FROM one",
    NAMES,
    "INSERT INTO goals (person_id, from_week, minutes, set_at) SELECT person, NULL, 600, :begun FROM one",
    "INSERT INTO zones (person_id, zone, set_at) SELECT person, 'UTC', :begun FROM one",
    f"""INSERT INTO members (group_id, person_id, joined_at, first_week, name, sort_key)
        SELECT {GROUP_OF}, person, :begun, :first_number, 'Member ' || person, printf('member %06d', person)
        FROM one""",
    f"""{SERIES.format(many="weekly")} INSERT INTO checkins
            (person_id, number, day, minutes, area, learned, source, created_at, group_id, counted_week)
        SELECT person, (number - :first_number) * 3 + nth + 1, date(monday, '+' || (nth * 2) || ' days'), {MINUTES},
            'Mathematics', CASE WHEN nth = 0 THEN 'the model of week ' || number || ' and its loss ' || person END,
            'typed', monday_ms + nth * 2 * :day, {GROUP_OF}, monday FROM one, week, series""",
    f"""{SERIES.format(many="weekly")} INSERT INTO day_totals (person_id, day, minutes)
        SELECT person, date(monday, '+' || (nth * 2) || ' days'), {MINUTES} FROM one, week, series
        ORDER BY 1, 2""",
    f"""{SERIES.format(many="weekly")} INSERT INTO weeks (person_id, monday, minutes, number, counted, goal)
        SELECT person, monday, sum({MINUTES}), number, sum({MINUTES}), 600 FROM one, week, series
        GROUP BY person, number ORDER BY person, number""",
    SUM_UP,
    "INSERT INTO area_totals SELECT person, 'Mathematics', :checkins * 165 FROM one",
    """INSERT INTO journal_words (rowid, words)
       SELECT id, replace(' ' || learned, ' ', ' p' || person_id || 'x') FROM checkins JOIN one ON person = person_id
       WHERE learned IS NOT NULL""",
    f"""{SERIES.format(many="posts")} INSERT INTO outbox (key, group_id, person_id, platform, address, card, state,
            due_at, expires_at, attempts, message, settled_at)
        SELECT 'line/' || {GROUP_OF} || '/' || person || '/' || nth, {GROUP_OF}, person, 'console',
            '{{"channel":"room"}}', '{{"title":"Member ' || person || ' studied 2 h"}}', 'sent', :now - nth * 5 * :day,
            :now - nth * 5 * :day + 3600000, 1, '1', :now - nth * 5 * :day FROM one, series""",
    f"""{SERIES.format(many="requests")} INSERT INTO requests (id, answer, made_at, person_id)
        SELECT 'request/' || person || '/' || nth, '{{"card":{{"title":"2 h","blocks":[{{"name":"Member ' || person ||
            '"}}]}}}}', :now - nth * :day, person FROM one, series""",
    f"""INSERT INTO skipped SELECT 'nudge/' || {GROUP_OF} || '/' || person || '/x', {GROUP_OF}, 'not needed', :now,
            :now FROM one""",
)
"""What is written for the people of the table `one`, in this order."""
