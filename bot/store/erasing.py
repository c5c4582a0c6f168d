"""Erasing a person: every row of theirs goes, and where others' rows name them, the name goes.

What stays is neutral: an answer to a request that may come again says only that it was erased, so that a redelivery
brings nobody back; a post of a group that was settled is empty, and one that is not sent yet names them no longer.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from msgspec import DecodeError, json

from bot.chat.card import Card
from bot.chat.codec import encode
from bot.chat.request import Answer, User
from bot.domain.names import NAMELESS
from bot.domain.person import Person
from bot.domain.stored_of_person import StoredOfPerson
from bot.store import drafts, names, people, search, sessions
from bot.store.tx import Tx

EMPTY = encode(Card(""))
RECOGNISED_BY_CHARACTERS = 100
"""Characters of a line by which a quotation of it, which may be cut, is recognised."""

UNREAD_KEYS = frozenset("type command options style tone align at zone url theme".split())
"""Keys of a stored card whose values are no text that anybody reads; a person may be called “line”, as a block is."""

WORDS_OF_OURS = UNREAD_KEYS - {"options"} | {"audience", "kind", "name"}
"""Keys of a stored answer whose values are the program's own words; options hold what people typed."""

OWN_GROUPS = """SELECT group_id FROM members WHERE person_id = :id
    UNION SELECT group_id FROM organisers WHERE person_id = :id"""
NEARBY = f"""SELECT person_id FROM members WHERE person_id <> :id AND group_id IN ({OWN_GROUPS})
    UNION SELECT person_id FROM organisers WHERE person_id <> :id AND group_id IN ({OWN_GROUPS})
    UNION SELECT id FROM people WHERE id <> :id AND id NOT IN (SELECT person_id FROM members)"""
"""Those who share a group, or did, and those who are in none, such as who manages a server: others saw no name."""

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
    sessions.forget_outcomes(tx)
    tx.run("DELETE FROM people WHERE id = :id", id=person.id)
    tx.scrub()


def _list_names(tx: Tx, person: Person) -> list[str]:
    """Return all names that a person has and had anywhere, the longest first: one may be a part of another."""
    return sorted({person.name, *names.list_all(tx, person.id)}, key=lambda name: (-len(name), name))


def _erase_conversation(
    tx: Tx, person_id: int, known_as: list[str], identities: Iterable[tuple[str, str, str]], erased: str
) -> None:
    """Erase answers, drafts and forms: the person's own, and of those who share a group with them what names them."""
    tx.run("UPDATE requests SET answer = :erased, person_id = NULL WHERE person_id = :id", erased=erased, id=person_id)
    tx.run("DELETE FROM drafts WHERE person_id = :id", id=person_id)
    naming = _whole_names(known_as)
    for name in map(_quoted, known_as):
        answers = tx.all(
            f"SELECT id, answer FROM requests WHERE person_id IN ({NEARBY}) AND instr(answer, :name) > 0",
            id=person_id,
            name=name,
        )
        for key, answer in answers:
            if _says(json.decode(answer), naming):
                tx.run("UPDATE requests SET answer = :erased WHERE id = :key", erased=erased, key=key)
    for number, options in tx.all(
        f"SELECT id, options FROM drafts WHERE person_id IS NULL AND group_id IN ({OWN_GROUPS})", id=person_id
    ):
        if _says(json.decode(options), naming):
            tx.run("DELETE FROM drafts WHERE id = :number", number=number)
    for platform, team, user in identities:
        _erase_forms(tx, platform, user)
        account = drafts.account_of(User(platform, team, user, ""))
        tx.run("DELETE FROM drafts WHERE person_id IS NULL AND instr(options, :account) > 0", account=_quoted(account))


def _erase_forms(tx: Tx, platform: str, user: str) -> None:
    """Erase what an adapter remembers of one account, by whose it is: `user` stands in it."""
    for key, value in tx.all("SELECT key, value FROM memory WHERE instr(value, :user) > 0", user=f'"{_quoted(user)}"'):
        if key.startswith((f"{platform}/", f"{platform}.")) and _owner(value) == user:
            tx.run("DELETE FROM memory WHERE key = :key", key=key)


def _owner(value: str) -> str | None:
    try:
        stored = json.decode(value)
    except DecodeError:
        return None
    return stored.get("user") if isinstance(stored, dict) else None


def _says(node: Any, naming: re.Pattern[str]) -> bool:
    """Return True if a text value of a stored answer has one of the names as whole words."""
    match node:
        case str():
            return naming.search(node) is not None
        case dict():
            return any(_says(value, naming) for key, value in node.items() if key not in WORDS_OF_OURS)
        case list():
            return any(_says(value, naming) for value in node)
        case _:
            return False


def _erase_posts(
    tx: Tx, person_id: int, identities: Iterable[tuple[str, str, str]], blank: Callable[[str], str]
) -> None:
    """Delete the person's lines and reminders; what their groups were told together stays, without them."""
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
    others = f"group_id IN ({OWN_GROUPS}) AND person_id IS NULL AND key NOT LIKE 'line/%'"
    tx.run(f"UPDATE outbox SET card = :empty WHERE {others} AND settled_at IS NOT NULL", empty=EMPTY, id=person_id)
    waiting = f"{others} AND settled_at IS NULL OR person_id IN ({NEARBY})"
    for key, card in tx.all(f"SELECT key, card FROM outbox WHERE {waiting}", id=person_id):
        if (blanked := blank(card)) != card:
            tx.run("UPDATE outbox SET card = :card WHERE key = :key", card=blanked, key=key)
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
