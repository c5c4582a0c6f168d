"""Erasing a person: every row of theirs goes, and where others' rows name them, the name goes.

What stays is neutral: an answer to a request that may come again says only that it was erased, so that a redelivery
brings nobody back; a post of a group that was settled is empty, and one that is not sent yet names them no longer.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from msgspec import json

from bot.chat.card import Card
from bot.chat.codec import encode
from bot.chat.request import Answer
from bot.domain.names import NAMELESS
from bot.domain.person import Person
from bot.domain.stored_of_person import StoredOfPerson
from bot.store import names, people, search
from bot.store.sqlite import Tx

EMPTY = encode(Card(""))
RECOGNISED_BY_CHARACTERS = 100
"""Characters of a line by which a quotation of it, which may be cut, is recognised."""

UNREAD_KEYS = frozenset("type command options style tone align at zone url theme".split())
"""Keys of a stored card whose values are no text that anybody reads; a person may be called “line”, as a block is."""

ELIDED = "…"
"""The text in the place of somebody's own words in a post that is not sent yet."""


def summarize(tx: Tx, person_id: int) -> StoredOfPerson:
    """Return what an erase would take."""
    row = tx.one(
        """SELECT (SELECT count(*) FROM checkins WHERE person_id = :id), (SELECT count(*) FROM focuses
           WHERE person_id = :id), (SELECT count(*) FROM members WHERE person_id = :id AND left_at IS NULL)""",
        id=person_id,
    )
    assert row is not None
    orphaned = tx.all(
        """SELECT g.name FROM organisers o JOIN groups g ON g.id = o.group_id WHERE o.person_id = :id AND NOT EXISTS
           (SELECT 1 FROM organisers x WHERE x.group_id = o.group_id AND x.person_id <> :id) ORDER BY g.name""",
        id=person_id,
    )
    checkins, focuses, groups = row
    return StoredOfPerson(checkins, focuses, groups, tuple(name for (name,) in orphaned))


def erase(tx: Tx, person: Person, erased: Answer) -> None:
    """Delete all that is a person's from every table and, after the commit, from the file.

    `erased` is what their requests are answered from now on when they come again.
    """
    identities = people.list_identities(tx, person.id)
    shared = tx.all("SELECT learned FROM checkins WHERE person_id = :id AND is_shared", id=person.id)
    known_as = _list_names(tx, person)
    blank = _blanker(known_as, [user for _, _, user in identities], [row[0] for row in shared if row[0]])
    _erase_conversation(tx, person.id, known_as, identities, encode(erased))
    _erase_posts(tx, person.id, identities, blank)
    search.delete_person(tx, person.id)
    tx.run("DELETE FROM people WHERE id = :id", id=person.id)
    tx.scrub()


def _list_names(tx: Tx, person: Person) -> list[str]:
    """Return all names by which a person is known anywhere, the longest first: one may be a part of another."""
    by_place = names.find_names(tx, [person.id])[person.id]
    return sorted({person.name, *by_place.values()}, key=lambda name: (-len(name), name))


def _erase_conversation(
    tx: Tx, person_id: int, known_as: list[str], identities: Iterable[tuple[str, str, str]], erased: str
) -> None:
    """Erase answers, drafts and adapters' memory: the person's own, and whatever names them."""
    tx.run("UPDATE requests SET answer = :erased, person_id = NULL WHERE person_id = :id", erased=erased, id=person_id)
    tx.run("DELETE FROM drafts WHERE person_id = :id", id=person_id)
    naming = _whole_names(known_as)
    for name in map(_quoted, known_as):
        for key, answer in tx.all("SELECT id, answer FROM requests WHERE instr(answer, :name) > 0", name=name):
            if naming.search(answer):
                tx.run("UPDATE requests SET answer = :erased WHERE id = :key", erased=erased, key=key)
        tx.run("DELETE FROM drafts WHERE person_id IS NULL AND instr(options, :name) > 0", name=name)
    for word in map(_quoted, (*known_as, *(user for _, _, user in identities))):
        tx.run("DELETE FROM memory WHERE instr(value, :word) > 0", word=f'"{word}"')


def _erase_posts(
    tx: Tx, person_id: int, identities: Iterable[tuple[str, str, str]], blank: Callable[[str], str]
) -> None:
    """Delete the person's lines and reminders; what their groups were told together stays, without them."""
    own = "SELECT group_id FROM members WHERE person_id = :id"
    tx.run(
        """DELETE FROM outbox WHERE key IN (SELECT o.key
           FROM members m JOIN checkins c ON c.person_id = m.person_id
           JOIN outbox o ON o.key > 'line/' || m.group_id || '/' || c.id || '/'
                        AND o.key < 'line/' || m.group_id || '/' || c.id || '0'
           WHERE m.person_id = :id)""",
        id=person_id,
    )
    tx.run(
        """DELETE FROM outbox WHERE key IN (SELECT 'focus/' || m.group_id || '/' || f.id
           FROM members m JOIN focuses f ON f.person_id = m.person_id WHERE m.person_id = :id)""",
        id=person_id,
    )
    for platform, _, user in identities:
        tx.run(
            "DELETE FROM outbox WHERE platform = :platform AND instr(address, :user) > 0",
            platform=platform,
            user=f'"user":"{_quoted(user)}"',
        )
    others = f"group_id IN ({own}) AND person_id IS NULL AND key NOT LIKE 'line/%'"
    tx.run(f"UPDATE outbox SET card = :empty WHERE {others} AND settled_at IS NOT NULL", empty=EMPTY, id=person_id)
    for key, card in tx.all(f"SELECT key, card FROM outbox WHERE {others} AND settled_at IS NULL", id=person_id):
        tx.run("UPDATE outbox SET card = :card WHERE key = :key", card=blank(card), key=key)
    tx.run("DELETE FROM skipped WHERE key LIKE '%/%/' || :id || '/%'", id=person_id)


def _blanker(known_as: list[str], users: list[str], lines: list[str]) -> Callable[[str], str]:
    """Return what takes a person out of a stored card: their names, mentions of them, and lines that they shared."""
    naming, beginnings = _whole_names(known_as), [line[:RECOGNISED_BY_CHARACTERS] for line in lines]

    def blank(node: Any) -> Any:
        match node:
            case str():
                is_theirs = any(node.startswith(beginning) for beginning in beginnings)
                return ELIDED if is_theirs else naming.sub(NAMELESS, node)
            case {"type": "mention", "user": user} if user in users:
                return NAMELESS
            case dict():
                return {key: value if key in UNREAD_KEYS else blank(value) for key, value in node.items()}
            case list():
                return [blank(value) for value in node]
            case _:
                return node

    return lambda card: json.encode(blank(json.decode(card))).decode()


def _whole_names(known_as: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known_as))})(?!\w)")


def _quoted(text: str) -> str:
    """Return a text as it stands inside a JSON string."""
    return json.encode(text).decode()[1:-1]
