"""The journal's full-text search, over the index of words that the engine has (`word_index`).

The table `journal_words` holds each entry's words by the rule of `domain/journal.py`. Each word begins
with whose it is (`p7xchain`): a search reads the words of its own person alone, however many others use the same ones.
A check-in is stored under its id, a focus under its own made negative.

A large journal of an earlier version is moved here in slices while the program serves (`move_slice`). What is still in
the table `journal` then, where the person stands beside the words, is searched as before.
"""

from collections.abc import Iterable, Iterator

from bot.domain.journal import phrases_of, searchable
from bot.store.tx import Row, Tx
from bot.store.word_index import WordIndex

OF_CHECKIN, OF_FOCUS = 1, -1
"""Factors that make a row of the table of an id."""

EARLIER_RANK = "rank MATCH 'bm25(0.0, 1.0)'"
"""In the earlier table the words alone count for the rank, and not whose they are."""

ADD = "INSERT INTO journal_words (rowid, words) VALUES (:row, :words)"
BEST_FIRST = "ORDER BY place, entry DESC LIMIT :size OFFSET :top"
SLICE_ROWS = 400
MERGED_PAGES = 32
"""Pages of the index that are merged in a slice, in some 5 ms."""

CHANGES_OF_NO_MERGE = 1
"""Rows that SQLite counts as changed where there is nothing to merge."""


Narrow = tuple[str, dict[str, object]]
"""A condition on the check-in `c` or the focus `f` of an entry, and its values."""


def save(tx: Tx, row: int, person_id: int, text: str | None) -> None:
    """Let an entry be found by this text, and by no other; by nothing where there is none."""
    delete_many(tx, [row])
    if text:
        add(tx, row, person_id, text)


def add(tx: Tx, row: int, person_id: int, text: str) -> None:
    """Let a new entry be found."""
    tx.run(ADD, row=row, words=_words_of(tx, person_id, text))


def add_all(tx: Tx, person_id: int, entries: Iterable[tuple[int, str]]) -> None:
    """Let many new entries of a person be found, each a row and its text; the same text is worked on once."""
    known: dict[str, str] = {}
    rows = []
    for row, text in entries:
        if text not in known:
            known[text] = _words_of(tx, person_id, text)
        rows.append({"row": row, "words": known[text]})
    tx.many(ADD, rows)


def delete_many(tx: Tx, rows: Iterable[int]) -> None:
    """Let these entries be found no more."""
    stale: list[dict[str, object]] = [{"row": row} for row in rows]
    for table in _tables(tx):
        tx.many(f"DELETE FROM {table} WHERE rowid = :row", stale)


def merge_slice(tx: Tx, *, is_first: bool) -> bool:
    """Take deleted words out of the index, in which they stay until its parts are merged: `MERGED_PAGES` in a slice.

    The first slice lets everything be merged into one part. Return whether there is more to merge.
    """
    if not tx.word_index.merging:
        return False
    has_more = False
    pages = -MERGED_PAGES if is_first else MERGED_PAGES
    for table in _tables(tx):
        before = _count_changes(tx)
        tx.run(tx.word_index.merging.format(table=table), pages=pages)
        has_more = has_more or _count_changes(tx) - before > CHANGES_OF_NO_MERGE
    return is_first or has_more


def _count_changes(tx: Tx) -> int:
    row = tx.one("SELECT total_changes()")
    assert row is not None
    return int(row[0])


def list_encoded(tx: Tx, word_index: WordIndex) -> Iterator[Row]:
    """Yield all entries that can be found, as rows of `journal_words` on any engine: made anew from their texts."""
    notes = tx.each(
        """SELECT w.rowid, c.person_id, c.learned FROM journal_words w JOIN checkins c ON c.id = w.rowid
           WHERE c.learned IS NOT NULL ORDER BY w.rowid"""
    )
    for row, person_id, text in notes:
        yield row, word_index.encode(_join(f"p{person_id}", searchable(text)))
    focuses = tx.each(
        """SELECT w.rowid, f.person_id, f.title, f.explanation FROM journal_words w JOIN focuses f ON f.id = -w.rowid
           ORDER BY w.rowid"""
    )
    for row, person_id, title, explanation in focuses:
        text = text_of_focus(title, explanation)
        yield row, word_index.encode(_join(f"p{person_id}", searchable(text)))


def text_of_focus(title: str, explanation: str | None) -> str:
    """Return the text by which a focus is found."""
    return f"{title}\n{explanation}"


def find_best(tx: Tx, person_id: int, typed: str, top: int, size: int, narrow: Narrow | None = None) -> list[int]:
    """Return the rows of a person's entries that have all the words, the last perhaps only begun: the best match first.

    `size` of them after the first `top`; of what matches alike the newest. `typed` must have a word.
    """
    condition, values = narrow or ("TRUE", {})
    queries = {"query": build_query(tx, person_id, typed)}
    matching, rank = tx.word_index.match("query")
    selects = [_select("journal_words", rank, f"{matching} AND {condition}", is_joined=narrow is not None)]
    if is_being_moved(tx):
        queries["earlier"] = _build_earlier_query(person_id, typed)
        matching = f"journal MATCH :earlier AND {EARLIER_RANK}"
        selects.append(_select("journal", "rank", f"{matching} AND {condition}", is_joined=narrow is not None))
    rows = tx.all(f"{' UNION ALL '.join(selects)} {BEST_FIRST}", **values, **queries, top=top, size=size)
    return [row[0] for row in rows]


def is_being_moved(tx: Tx) -> bool:
    """Return whether a journal of an earlier version still waits in its old table."""
    return tx.has_table("journal")


def move_slice(tx: Tx) -> bool:
    """Move `SLICE_ROWS` entries of an earlier version's journal, and drop its table after the last.

    Return whether there is more to move.
    """
    if not is_being_moved(tx):
        return False
    entries = tx.all("SELECT rowid, who, words FROM journal ORDER BY rowid LIMIT :size", size=SLICE_ROWS)
    if not entries:
        tx.run("DROP TABLE journal")
        return False
    tx.many(ADD, [{"row": row, "words": _join(who, words)} for row, who, words in entries])
    tx.many("DELETE FROM journal WHERE rowid = :row", [{"row": row} for row, _, _ in entries])
    return True


def entry_of(row: int) -> tuple[int, int]:
    """Return `OF_CHECKIN` or `OF_FOCUS`, and the id of the check-in or focus that a row is of."""
    return (OF_CHECKIN, row) if row > 0 else (OF_FOCUS, -row)


def build_query(tx: Tx, person_id: int, typed: str) -> str:
    """Return the query for a person's entries, in which nothing that was typed is syntax."""
    return tx.word_index.build_query([_join(f"p{person_id}", phrase) for phrase in phrases_of(typed)])


def _build_earlier_query(person_id: int, typed: str) -> str:
    phrases = " ".join(f'"{phrase}"' for phrase in phrases_of(typed))
    return f"who : p{person_id} AND words : ({phrases} *)"


def _select(table: str, rank: str, condition: str, *, is_joined: bool) -> str:
    """Return the statement for the entries of a table that match; joined with `c` and `f` if asked for."""
    joined = f"LEFT JOIN checkins c ON c.id = {table}.rowid LEFT JOIN focuses f ON f.id = -{table}.rowid"
    return f"""SELECT {table}.rowid AS entry, {rank} AS place FROM {table} {joined if is_joined else ""}
        WHERE {condition}"""


def _tables(tx: Tx) -> list[str]:
    return ["journal_words", "journal"] if is_being_moved(tx) else ["journal_words"]


def _words_of(tx: Tx, person_id: int, text: str) -> str:
    return tx.word_index.encode(_join(f"p{person_id}", searchable(text)))


def _join(who: str, words: str) -> str:
    """Return words that are told apart from anybody else's."""
    return " ".join(f"{who}x{word}" for word in words.split())
