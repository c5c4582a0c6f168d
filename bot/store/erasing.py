"""Erasing a person: every row of theirs goes, and where others' rows name them, the name goes.

What stays is neutral: an answer to a request that may come again says only that it was erased, so that a redelivery
brings nobody back; a post of a group that was settled is empty, and one that is still owed names them no longer.
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
from bot.store import people, search
from bot.store.sqlite import Tx

EMPTY = encode(Card(""))
QUOTED_FROM = 100
"""So many characters of a line tell that a quotation, which may be cut, is of it."""

BUILT_OF = frozenset("type command options style tone align at zone url theme".split())
"""What of a stored card is no text that anybody reads; a person may be called “line”, as a block is."""

NOBODY = "…"
"""Stands where somebody's own words stood in a post that is still owed."""


def kept(tx: Tx, person_id: int) -> StoredOfPerson:
    """What an erase would take."""
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
    return StoredOfPerson(row[0], row[1], row[2], tuple(found[0] for found in orphaned))


def erase(tx: Tx, person: Person, erased: Answer) -> None:
    """Let nothing of a person stand in any table, nor, after the commit, in the file.

    `erased` is what their requests are answered from now on when they come again.
    """
    identities = people.identities(tx, person.id)
    shared = tx.all("SELECT learned FROM checkins WHERE person_id = :id AND is_shared", id=person.id)
    blank = _blanker(person.name, [user for _, _, user in identities], [row[0] for row in shared if row[0]])
    _forget_conversation(tx, person, identities, encode(erased))
    _forget_posts(tx, person.id, identities, blank)
    search.forget(tx, person.id)
    tx.run("DELETE FROM people WHERE id = :id", id=person.id)
    tx.scrub()


def _forget_conversation(tx: Tx, person: Person, identities: Iterable[tuple[str, str, str]], erased: str) -> None:
    """Answers, drafts and adapters' memory: their own, and whatever names them."""
    tx.run("UPDATE requests SET answer = :erased WHERE person_id = :id", erased=erased, id=person.id)
    tx.run("DELETE FROM drafts WHERE person_id = :id", id=person.id)
    name, naming = _quoted(person.name), _whole(person.name)
    for key, answer in tx.all("SELECT id, answer FROM requests WHERE instr(answer, :name) > 0", name=name):
        if naming.search(answer):
            tx.run("UPDATE requests SET answer = :erased WHERE id = :key", erased=erased, key=key)
    tx.run("DELETE FROM drafts WHERE person_id IS NULL AND instr(options, :name) > 0", name=name)
    for word in (name, *(_quoted(user) for _, _, user in identities)):
        tx.run("DELETE FROM memory WHERE instr(value, :word) > 0", word=f'"{word}"')


def _forget_posts(
    tx: Tx, person_id: int, identities: Iterable[tuple[str, str, str]], blank: Callable[[str], str]
) -> None:
    """Lines and reminders of theirs go; what their groups were told together stays, without them."""
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


def _blanker(name: str, users: list[str], lines: list[str]) -> Callable[[str], str]:
    """Takes a person out of a card as it is stored: their name, mentions of them, and lines that they shared."""
    naming, quoted = _whole(name), [line[:QUOTED_FROM] for line in lines]

    def blank(found: Any) -> Any:
        match found:
            case str():
                is_theirs = any(found.startswith(line) for line in quoted)
                return NOBODY if is_theirs else naming.sub(NAMELESS, found)
            case {"type": "mention", "user": user} if user in users:
                return NAMELESS
            case dict():
                return {key: value if key in BUILT_OF else blank(value) for key, value in found.items()}
            case list():
                return [blank(value) for value in found]
            case _:
                return found

    return lambda card: json.encode(blank(json.decode(card))).decode()


def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")


def _quoted(text: str) -> str:
    """As it stands inside a JSON string."""
    return json.encode(text).decode()[1:-1]
