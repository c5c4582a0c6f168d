"""The journal's index of words, which each engine has in its own way: FTS5 in SQLite, `tsvector` in PostgreSQL.

Both hold words as `domain/journal.py` cuts them, and decide nothing about them. A query is a list of phrases that must
all be there, and the last word of the last one may be only begun.
"""

from collections.abc import Sequence
from typing import Protocol

LONGEST_WORD_BYTES = 255
"""Bytes of a word after which it is cut: PostgreSQL indexes no word of more than some 2,000."""


class WordIndex(Protocol):
    """How an engine writes an entry's words, and asks for them."""

    def encode(self, words: str) -> str:
        """Return words as they are stored in the column `words`."""
        ...

    def build_query(self, phrases: Sequence[str]) -> str:
        """Return the query for phrases, each of words with spaces between, in which nothing is syntax."""
        ...

    def match(self, query: str) -> tuple[str, str]:
        """Return the condition for entries of `journal_words` that match a parameter, and their rank: best, lowest."""
        ...

    @property
    def merging(self) -> str:
        """The statement that merges some pages of the index of a `{table}`, which takes deleted words out of them.

        It is "" where the engine does that by itself.
        """
        ...


class Fts5:
    """SQLite's full-text index. Its tokenizer has nothing left to decide."""

    merging = "INSERT INTO {table} ({table}, rank) VALUES ('merge', :pages)"

    def encode(self, words: str) -> str:
        """Return words as they are."""
        return words

    def build_query(self, phrases: Sequence[str]) -> str:
        """Return quoted phrases, of which the last may go on."""
        quoted = " ".join(f'"{phrase}"' for phrase in phrases)
        return f"{quoted} *"

    def match(self, query: str) -> tuple[str, str]:
        """Return FTS5's own condition and rank."""
        return f"journal_words MATCH :{query}", "rank"


class TextSearch:
    """PostgreSQL's `tsvector`, written word by word, so that no dictionary of the server has a say."""

    merging = ""

    def encode(self, words: str) -> str:
        """Return words with their positions, by which phrases are found."""
        return " ".join(f"{_quoted(word)}:{place}" for place, word in enumerate(words.split(), 1))

    def build_query(self, phrases: Sequence[str]) -> str:
        """Return phrases as words that follow each other, of which the very last may go on."""
        followed = " & ".join("(" + " <-> ".join(map(_quoted, phrase.split())) + ")" for phrase in phrases)
        return followed.removesuffix(")") + ":*)"

    def match(self, query: str) -> tuple[str, str]:
        """Return the condition by the index, and a rank in which short entries come before long ones."""
        return f"words @@ CAST(:{query} AS tsquery)", f"-ts_rank(words, CAST(:{query} AS tsquery), 1)"


def _quoted(word: str) -> str:
    """Return a word as a quoted lexeme, cut to what the index takes."""
    cut = word.encode()[:LONGEST_WORD_BYTES].decode(errors="ignore")
    escaped = cut.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
