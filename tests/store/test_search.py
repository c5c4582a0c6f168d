"""The journal's search: what a naive look at the words finds, and an index that never drifts from the check-ins."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.journal import SEARCH_LIMIT, phrases_of, searchable
from bot.store import migrate, postgres, postgres_connection, search, sqlite
from bot.store.sqlite import SqliteTx
from bot.store.tx import Tx
from tests.engines import ENGINES, SQLITE
from tests.talk import Talk

WORDS = st.sampled_from(
    [
        "a",
        "ab",
        "abc",
        "Chain",
        "chain-rule",
        "É",
        "e",
        "統計",
        "統",
        "計算",
        "ไทย",
        "ไ",
        "한국어",
        "x*",
        '"NEAR"',
        "हि",
        "🎉",
        "-",
    ]
)
TEXTS = st.lists(WORDS, max_size=6).map(" ".join) | st.text(max_size=20)
INDEX = "SELECT rowid, words FROM journal_words ORDER BY rowid"
EXPECTED = "SELECT id, person_id, learned FROM checkins WHERE learned IS NOT NULL AND undone_at IS NULL ORDER BY id"


@pytest.fixture(params=ENGINES)
def tx(request: pytest.FixtureRequest) -> Iterator[Tx]:
    """A transaction that is never committed."""
    if request.param == SQLITE:
        with closing(sqlite.connect(request.getfixturevalue("database"), read_only=False)) as connection:
            yield SqliteTx(connection)
        return
    with (
        closing(postgres_connection.connect(request.getfixturevalue("emptied_server_database"))) as server,
        server.transaction(),
    ):
        yield postgres.PostgresTx(server, is_writing=True)
        raise psycopg.Rollback


def naive(typed: str, text: str) -> bool:
    """Every phrase stands in the text, whole, but for the last one's end."""
    *whole, last = phrases_of(typed)
    padded = f" {searchable(text)} "
    return all(f" {phrase} " in padded for phrase in whole) and f" {last}" in padded


def owned(person: object, text: object, engine: str) -> str:
    """The words of a text as the index has them, each with whose it is; they are all different."""
    words = [f"p{person}x{word}" for word in searchable(str(text)).split()]
    if engine == SQLITE:
        return " ".join(words)
    return " ".join(sorted(f"'{word}':{place}" for place, word in enumerate(words, 1)))


@given(entries=st.lists(st.tuples(st.integers(1, 2), TEXTS), min_size=1, max_size=8), typed=TEXTS)
def test_the_index_finds_what_a_naive_look_finds(tx: Tx, entries: list[tuple[int, str]], typed: str) -> None:
    if not phrases_of(typed):
        return
    tx.run("DELETE FROM journal_words")
    for row, (person, text) in enumerate(entries, 1):
        search.save(tx, row, person, text)
    rows = search.find_best(tx, 1, typed, 0, 100)
    assert sorted(rows) == [row for row, (who, text) in enumerate(entries, 1) if who == 1 and naive(typed, text)]


@pytest.mark.parametrize(
    "typed", ["x " * 100, "統" * SEARCH_LIMIT, "a" * SEARCH_LIMIT, "who:p2 OR words", "NOT x", "^x"]
)
def test_whatever_is_typed_is_never_syntax(tx: Tx, typed: str) -> None:
    search.save(tx, 1, 1, typed)
    search.save(tx, 2, 2, typed)
    assert search.find_best(tx, 1, typed, 0, 5) == [1]


def test_the_best_match_comes_first_then_the_newest(tx: Tx) -> None:
    for row, text in ((1, "the svd, at last"), (2, "svd svd"), (3, "the svd, at last"), (-1, "the rank")):
        search.save(tx, row, 1, text)
    assert search.find_best(tx, 1, "svd", 0, 2) == [2, 3]
    assert search.find_best(tx, 1, "svd", 2, 2) == [1]
    assert search.find_best(tx, 1, "the ra", 0, 2) == [-1]


def test_a_check_in_and_a_focus_of_one_id_are_two_entries(tx: Tx) -> None:
    search.save(tx, search.OF_CHECKIN * 5, 1, "one")
    search.save(tx, search.OF_FOCUS * 5, 1, "one, explained")
    assert set(search.find_best(tx, 1, "one", 0, 5)) == {5, -5}
    search.save(tx, search.OF_FOCUS * 5, 1, None)
    assert search.find_best(tx, 1, "one", 0, 5) == [5]


@given(
    deeds=st.lists(st.sampled_from(["add", "add", "bare", "edit", "empty", "undo", "back"]), min_size=2, max_size=12)
)
async def test_the_index_never_drifts_from_the_check_ins(talk: Talk, engine: str, deeds: list[str]) -> None:
    for number, deed in enumerate(deeds, 1):
        talk.advance(minutes=3)
        match deed:
            case "add":
                await talk("ada", f"/checkin 1m learned: note {number}")
            case "bare":
                await talk("ada", "/checkin 1m")
            case "edit":
                await talk("ada", f"/edit learned: changed {number}")
            case "empty":
                if (await talk("ada", "/edit")).is_form:
                    await talk.fill("ada", learned="")
            case "undo":
                await talk("ada", "/undo")
            case _:
                await talk.command("ada", "undo", back=str(max(1, number - 1)))
    expected = [(row, owned(person, learned, engine)) for row, person, learned in await talk.rows(EXPECTED)]
    assert await talk.rows(INDEX) == expected


def test_what_was_learned_before_the_search_existed_is_found(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    migrate.migrate(path, "0001")
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("INSERT INTO people (id, name, zone, created_at) VALUES (1, 'Ada', 'UTC', 0)")
        raw.executemany(
            """INSERT INTO checkins (id, person_id, number, day, minutes, learned, source, created_at, undone_at)
               VALUES (?, 1, ?, '2026-01-05', 60, ?, 'typed', 0, ?)""",
            [(1, 1, "中心極限定理", None), (2, 2, None, None), (3, 3, "undone", 1)],
        )
    migrate.migrate(path)
    with closing(sqlite.connect(path, read_only=True)) as connection:
        assert search.find_best(SqliteTx(connection), 1, "極限", 0, 5) == [1]
        assert connection.execute("SELECT count(*) FROM journal_words").fetchone()[0] == 1
