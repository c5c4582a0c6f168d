"""Changing posts that were promised or stand already: a line, the weekly card, open results.

What is not sent yet is changed in the outbox. What stands gets an edit, of which at most two rows are ever needed: one
that is under way, and one that waits behind it and is changed in its turn rather than added to.
"""

from datetime import datetime
from enum import Enum
from typing import NamedTuple

from bot.chat.card import Card
from bot.chat.codec import encode
from bot.store.outbox import PostState
from bot.store.rows import ms
from bot.store.tx import LISTED, Tx, listed

EDIT = """INSERT INTO outbox
        ("key", group_id, person_id, platform, address, card, edits, state, due_at, expires_at, next_at)
    SELECT :edit, group_id, person_id, platform, address, :card, "key", 'pending', :now, :expires, :now
    FROM outbox WHERE "key" = :key
    ON CONFLICT ("key") DO UPDATE SET address = excluded.address, card = excluded.card, state = 'pending',
        due_at = excluded.due_at, expires_at = excluded.expires_at, next_at = excluded.next_at, attempts = 0,
        message = NULL, reason = NULL, settled_at = NULL"""


class Revised(Enum):
    """The outcome of a revision: the post will show it, it was dropped and stands nowhere, or is known no longer."""

    DONE = 1
    NOWHERE = 2
    UNKNOWN = 3


class _Row(NamedTuple):
    """A post, or an edit of it, as the outbox has it."""

    key: str
    state: str
    card: str
    settled_at: int | None


def revise(tx: Tx, key: str, card: Card, now: datetime, useful_until: datetime, *, ending: str = "") -> Revised:
    """Let the post of that key show `card`; one whose message is known no longer stays as it is.

    The key of an edit that is not to be replaced by another ends in `ending`.
    """
    edit_keys = (f"{key}/{ending}", *edit_keys_of(key)) if ending else edit_keys_of(key)
    rows = {row.key: row for row in _rows(tx, (key, *edit_keys))}
    original = rows.get(key)
    if original is None:
        return Revised.UNKNOWN
    if original.state == PostState.DROPPED:
        return Revised.NOWHERE
    edits = [rows[edit] for edit in edit_keys if edit in rows]
    encoded = encode(card)
    waiting = next((row for row in (original, *edits) if row.state == PostState.PENDING), None)
    if waiting is not None:
        tx.run('UPDATE outbox SET card = :card WHERE "key" = :key', card=encoded, key=waiting.key)
    elif _shown_row(original, edits).card != encoded:
        _overtake(tx, edits, now)
        busy = {row.key for row in edits if row.state == PostState.SENDING}
        edit = next(edit for edit in edit_keys if edit not in busy)
        tx.run(EDIT, edit=edit, key=key, card=encoded, now=ms(now), expires=ms(useful_until))
        tx.notify()
    return Revised.DONE


def edit_keys_of(key: str) -> tuple[str, str]:
    """Return the keys of the edits that a post can have at one time."""
    return f"{key}/edit", f"{key}/edit/2"


def _rows(tx: Tx, keys: tuple[str, ...]) -> list[_Row]:
    rows = tx.all(
        f'SELECT "key", state, card, settled_at FROM outbox WHERE "key" IN {LISTED}',
        ids=listed(keys),
    )
    return [_Row._make(row) for row in rows]


def _shown_row(original: _Row, edits: list[_Row]) -> _Row:
    """Return the row whose card is shown, or is about to be."""
    under_way = [row for row in edits if row.state == PostState.SENDING]
    done = [row for row in edits if row.state == PostState.SENT]
    return (under_way or sorted(done, key=lambda row: row.settled_at or 0, reverse=True) or [original])[0]


def _overtake(tx: Tx, edits: list[_Row], now: datetime) -> None:
    """Let an edit that is under way be tried no more once it fails: it would bring back what stood before."""
    for row in edits:
        if row.state == PostState.SENDING:
            tx.run('UPDATE outbox SET expires_at = :now WHERE "key" = :key', now=ms(now), key=row.key)
