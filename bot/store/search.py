"""The journal's full-text search: SQLite's FTS5, and the only place that knows it.

The table `journal` holds, for each entry, whose it is (`p7`) and its words by the rule of `domain/journal.py`; so its
tokenizer has nothing left to decide. A check-in is stored under its id, a focus under its own made negative.
"""

from collections.abc import Iterable

from bot.domain.journal import phrases_of, searchable
from bot.store.sqlite import Tx

OF_CHECKIN, OF_FOCUS = 1, -1
"""Factors that make a row of the table of an id."""

MATCHING = "journal MATCH :query AND rank MATCH 'bm25(0.0, 1.0)'"
BEST_FIRST = "ORDER BY rank, journal.rowid DESC LIMIT :size OFFSET :top"
"""By `MATCHING`, the words alone count for the rank, and not whose they are."""

NARROWED = """journal LEFT JOIN checkins c ON c.id = journal.rowid LEFT JOIN focuses f ON f.id = -journal.rowid"""

Narrow = tuple[str, dict[str, object]]
"""A condition on the check-in `c` or the focus `f` of an entry, and its values."""


def save(tx: Tx, row: int, person_id: int, text: str | None) -> None:
    """Let an entry be found by this text, and by no other; by nothing where there is none."""
    tx.run("DELETE FROM journal WHERE rowid = :row", row=row)
    if text:
        add(tx, row, person_id, text)


def add(tx: Tx, row: int, person_id: int, text: str) -> None:
    """Let a new entry be found."""
    tx.run(
        "INSERT INTO journal (rowid, who, words) VALUES (:row, :who, :words)",
        row=row,
        who=f"p{person_id}",
        words=searchable(text),
    )


def add_all(tx: Tx, person_id: int, entries: Iterable[tuple[int, str]]) -> None:
    """Let many new entries of a person be found, each a row and its text; the same text is worked on once."""
    known: dict[str, str] = {}
    rows = []
    for row, text in entries:
        if text not in known:
            known[text] = searchable(text)
        rows.append({"row": row, "who": f"p{person_id}", "words": known[text]})
    tx.many("INSERT INTO journal (rowid, who, words) VALUES (:row, :who, :words)", rows)


def delete_many(tx: Tx, rows: Iterable[int]) -> None:
    """Let these entries be found no more."""
    tx.many("DELETE FROM journal WHERE rowid = :row", ({"row": row} for row in rows))


def delete_person(tx: Tx, person_id: int) -> None:
    """Delete what is a person's, also from the index, in which a deleted word stays until it is merged."""
    tx.run(
        "DELETE FROM journal WHERE rowid IN (SELECT rowid FROM journal WHERE journal MATCH :who)",
        who=f"who : p{person_id}",
    )
    tx.run("INSERT INTO journal (journal) VALUES ('optimize')")


def find_best(tx: Tx, person_id: int, typed: str, top: int, size: int, narrow: Narrow | None = None) -> list[int]:
    """Return the rows of a person's entries that have all the words, the last perhaps only begun: the best match first.

    `size` of them after the first `top`; of what matches alike the newest. `typed` must have a word.
    """
    wanted = {"query": build_query(person_id, typed), "top": top, "size": size}
    if narrow is None:
        rows = tx.all(f"SELECT rowid FROM journal WHERE {MATCHING} {BEST_FIRST}", **wanted)
    else:
        condition, values = narrow
        sql = f"SELECT journal.rowid FROM {NARROWED} WHERE {MATCHING} AND {condition} {BEST_FIRST}"
        rows = tx.all(sql, **{**values, **wanted})
    return [row[0] for row in rows]


def entry_of(row: int) -> tuple[int, int]:
    """Return `OF_CHECKIN` or `OF_FOCUS`, and the id of the check-in or focus that a row is of."""
    return (OF_CHECKIN, row) if row > 0 else (OF_FOCUS, -row)


def build_query(person_id: int, typed: str) -> str:
    """Return the query for FTS5, in which nothing that was typed is syntax."""
    phrases = " ".join(f'"{phrase}"' for phrase in phrases_of(typed))
    return f"who : p{person_id} AND words : ({phrases} *)"
