"""The journal's search keeps whose a word is within the word, so that it reads its own person's words alone.

A small journal is moved at once. A large one would keep the program from starting: its entries stay where they were,
and are moved in slices while the program serves.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import BigInteger, Column
from sqlalchemy.dialects import postgresql

from bot.domain.journal import searchable

revision = "0012"
down_revision = "0011"

MOVED_AT_ONCE = 20_000
"""Entries that are moved by the migration itself, in about a second."""

HOW_MANY = f"SELECT count(*) FROM (SELECT 1 FROM journal_docsize LIMIT {MOVED_AT_ONCE + 1})"  # noqa: S608 - a constant of ours
ENTRIES = """SELECT id, person_id, learned FROM checkins WHERE learned IS NOT NULL AND undone_at IS NULL
    UNION ALL SELECT -id, person_id, title || ' ' || explanation FROM focuses WHERE explanation IS NOT NULL"""


def upgrade() -> None:
    """Create the new table, and move a small journal."""
    if op.get_bind().dialect.name == "postgresql":
        _create_for_postgres()
        return
    connection = op.get_bind().connection
    op.execute("CREATE VIRTUAL TABLE journal_words USING fts5(words, tokenize = 'ascii')")
    if connection.execute(HOW_MANY).fetchone()[0] > MOVED_AT_ONCE:
        return
    connection.executemany(
        "INSERT INTO journal_words (rowid, words) VALUES (?, ?)",
        [
            (row, " ".join(f"{who}x{word}" for word in words.split()))
            for row, who, words in connection.execute("SELECT rowid, who, words FROM journal")
        ],
    )
    op.execute("DROP TABLE journal")


def downgrade() -> None:
    """Put every entry back into the table of before, made from the entries themselves."""
    if op.get_bind().dialect.name == "postgresql":
        op.drop_table("journal_words")  # before this there was no search on PostgreSQL
        return
    connection = op.get_bind().connection
    op.execute("DROP TABLE IF EXISTS journal")
    op.execute("CREATE VIRTUAL TABLE journal USING fts5(who, words, tokenize = 'ascii', prefix = '2 3')")
    connection.executemany(
        "INSERT INTO journal (rowid, who, words) VALUES (?, ?, ?)",
        ((row, f"p{person}", searchable(text)) for row, person, text in connection.execute(ENTRIES).fetchall()),
    )
    op.execute("DROP TABLE journal_words")


def _create_for_postgres() -> None:
    op.create_table(
        "journal_words",
        Column("rowid", BigInteger, primary_key=True, autoincrement=False),
        Column("words", postgresql.TSVECTOR, nullable=False),
    )
    op.execute("CREATE INDEX journal_words_by_word ON journal_words USING gin (words)")
    connection = op.get_bind()
    entries = [
        {"row": row, "words": " ".join(f"'p{who}x{word}':{place}" for place, word in enumerate(words.split(), 1))}
        for row, who, text in connection.execute(sa.text(ENTRIES))
        for words in [searchable(text)]
    ]
    if entries:
        insert = "INSERT INTO journal_words (rowid, words) VALUES (:row, CAST(:words AS tsvector))"
        connection.execute(sa.text(insert), entries)
