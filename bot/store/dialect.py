"""The store's SQL in PostgreSQL's words. Each statement is put into them once.

Named parameters become numbered ones, and SQLite's functions those of the same meaning. What is not listed here must
be written so that both engines take it.
"""

import re
from functools import lru_cache

STATEMENTS = 2_048
"""Statements that are remembered: there are some 300."""

WORDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\bNOT IN \(SELECT value FROM json_each\(:(\w+)\)\)", r"<> ALL (:\1)"),
        (r"\bIN \(SELECT value FROM json_each\(:(\w+)\)\)", r"= ANY (:\1)"),
        (r"\bIS NOT (?=:)", "IS DISTINCT FROM "),
        (r"\bIS (?=:)", "IS NOT DISTINCT FROM "),
        (r"\binstr\(", "strpos("),
        (r"\bjson_extract\((\w+), '\$\.(\w+)'\)", r"(CAST(\1 AS json) ->> '\2')"),
        (r"\bgroup_concat\(([\w.]+)\)", r"string_agg(\1, ',')"),
        (r"\bdate\('([\d-]+)', \((.+?)\) \|\| ' days'\)", r"to_char(DATE '\1' + CAST(\2 AS integer), 'YYYY-MM-DD')"),
    )
)
"""What SQLite says, and what PostgreSQL says instead."""

TOKEN = re.compile(r"""'[^']*' | "[^"]*" | :: | :(?P<name>[a-z_]\w*)""", re.VERBOSE)
"""What a colon may stand in: text, a quoted name, a cast, or before a parameter."""


@lru_cache(maxsize=STATEMENTS)
def translate(sql: str) -> tuple[str, tuple[str, ...]]:
    """Return a statement in PostgreSQL's words, and the names of its parameters in the order of their numbers."""
    for pattern, replacement in WORDS:
        sql = pattern.sub(replacement, sql)
    numbers: dict[str, int] = {}

    def number(token: re.Match[str]) -> str:
        name = token["name"]
        return token[0] if name is None else f"${numbers.setdefault(name, len(numbers) + 1)}"

    return TOKEN.sub(number, sql), tuple(numbers)
