"""A migration that breaks a reference is refused, whatever it does to break it; what it leaves alone isn't read."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.store import references

pytestmark = pytest.mark.sqlite

SCHEMA = """
CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE checkins (id INTEGER PRIMARY KEY, person_id INTEGER REFERENCES people(id), minutes INTEGER);
CREATE TABLE alone (id INTEGER PRIMARY KEY);
INSERT INTO people VALUES (1, 'Ada'), (2, 'Bob');
INSERT INTO checkins VALUES (1, 1, 60);
"""


@pytest.fixture
def raw() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(SCHEMA)
        yield connection


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO checkins VALUES (2, 9, 60)",
        "UPDATE checkins SET person_id = 9",
        "UPDATE people SET id = 9 WHERE id = 1",
        "DELETE FROM people WHERE id = 1",
        "DROP TABLE people",
    ],
)
def test_what_breaks_a_reference_is_found(raw: sqlite3.Connection, statement: str) -> None:
    with references.watched(raw) as writes:
        raw.execute(statement)
    assert references.find_broken(raw, writes) == "checkins"


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO checkins VALUES (2, 2, 60)",
        "INSERT INTO people VALUES (3, 'Cy')",
        "UPDATE checkins SET minutes = 30",
        "UPDATE people SET name = 'x'",
        "DELETE FROM checkins",
        "DELETE FROM people WHERE id = 2",
        "ALTER TABLE checkins ADD COLUMN note TEXT",
        "DROP TABLE alone",
    ],
)
def test_what_breaks_none_is_fine(raw: sqlite3.Connection, statement: str) -> None:
    with references.watched(raw) as writes:
        raw.execute(statement)
    assert references.find_broken(raw, writes) is None


def test_only_where_something_was_written_references_are_read(raw: sqlite3.Connection) -> None:
    raw.execute("INSERT INTO checkins VALUES (2, 9, 60)")
    with references.watched(raw) as writes:
        raw.execute("UPDATE people SET name = 'x'")
        raw.execute("CREATE TABLE more (id INTEGER PRIMARY KEY)")
    assert references.find_broken(raw, writes) is None
