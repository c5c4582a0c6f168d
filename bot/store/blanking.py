"""Taking a person out of what is stored of others: their names, mentions of them, and lines that they shared."""

import re
from collections.abc import Iterable
from typing import Any

from msgspec import DecodeError, Struct, json

from bot.domain.names import NAMELESS

RECOGNISED_BY_CHARACTERS = 100
"""Characters of a line by which a quotation of it, which may be cut, is recognised."""

UNREAD_KEYS = frozenset("type command options style tone align at zone url theme".split())
"""Keys of a stored card whose values are no text that anybody reads; a person may be called “line”, as a block is."""

WORDS_OF_OURS = UNREAD_KEYS - {"options"} | {"audience", "kind", "name"}
"""Keys of a stored answer whose values are the program's own words; options hold what people typed."""

ELIDED = "…"
"""The text in the place of somebody's own words in a post that is not sent yet."""


class Traces(Struct):
    """By what a person is known in what others have: names, accounts (platform, team, user), groups, shared lines."""

    names: list[str] = []
    accounts: list[tuple[str, str, str]] = []
    groups: list[int] = []
    lines: list[str] = []


class Blanker:
    """What finds a person by their traces, and takes them out."""

    def __init__(self, traces: Traces) -> None:
        longest_first = sorted(traces.names, key=lambda name: (-len(name), name))  # one may be a part of another
        self._hints = [quoted(text) for text in (*traces.names, *traces.lines)] + [
            quoted(user) for _, _, user in traces.accounts
        ]
        self._naming = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
        self._users = {user for _, _, user in traces.accounts}
        self._beginnings = tuple(traces.lines)

    def names_them(self, stored: str) -> bool:
        """Return True if a text value of a stored answer or draft has one of the names as whole words."""
        return self._may_be_in(stored) and self._says(json.decode(stored))

    def blank(self, card: str) -> str:
        """Return a stored card without them."""
        return json.encode(self._blank(json.decode(card))).decode() if self._may_be_in(card) else card

    def _may_be_in(self, stored: str) -> bool:
        """Return False where no trace is anywhere in a text, which a look tells sooner than decoding it."""
        return any(hint in stored for hint in self._hints)

    def _says(self, node: Any) -> bool:
        match node:
            case str():
                return self._naming.search(node) is not None
            case dict():
                return any(self._says(value) for key, value in node.items() if key not in WORDS_OF_OURS)
            case list():
                return any(map(self._says, node))
            case _:
                return False

    def _blank(self, node: Any) -> Any:
        match node:
            case str():
                is_theirs = bool(self._beginnings) and node.startswith(self._beginnings)
                return ELIDED if is_theirs else self._naming.sub(NAMELESS, node)
            case {"type": "mention", "user": user} if user in self._users:
                return NAMELESS
            case dict():
                return {key: value if key in UNREAD_KEYS else self._blank(value) for key, value in node.items()}
            case list():
                return [self._blank(value) for value in node]
            case _:
                return node


def beginnings(lines: Iterable[str]) -> list[str]:
    """Return by what quotations of lines are recognised."""
    return sorted({line[:RECOGNISED_BY_CHARACTERS] for line in lines if line})


def quoted(text: str) -> str:
    """Return a text as it stands inside a JSON string."""
    return json.encode(text).decode()[1:-1]


def owner_of(value: str) -> str | None:
    """Return the account in a form that an adapter remembers; None if it is none."""
    try:
        stored = json.decode(value)
    except DecodeError:
        return None
    return stored.get("user") if isinstance(stored, dict) else None
