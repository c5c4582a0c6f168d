"""Drafts: commands with options that are too long for a button's id, which names them by number instead."""

from datetime import datetime, timedelta

from msgspec import json

from bot.chat.request import User
from bot.store.rows import ms
from bot.store.tx import Tx

STORED_FOR = timedelta(days=30)
ACCOUNT = "@account"
"""The name under which the account stands among the options of a draft of someone who is not known yet."""
_options = json.Decoder(dict[str, str])


def account_of(user: User) -> str:
    """Return what tells one account from all others."""
    return json.encode([user.platform, user.team, user.id]).decode()


def add(
    tx: Tx,
    command: str,
    options: dict[str, str],
    now: datetime,
    owner: int | None = None,
    group_id: int | None = None,
) -> int:
    """Save a command with its options and return their number. Without an owner they are for all of the group."""
    row = tx.one(
        """INSERT INTO drafts (command, options, made_at, person_id, group_id)
           VALUES (:command, :options, :now, :owner, :group) RETURNING id""",
        command=command,
        options=json.encode(options).decode(),
        now=ms(now),
        owner=owner,
        group=group_id,
    )
    assert row is not None
    return int(row[0])


def find(tx: Tx, number: int, person_id: int | None, here: int | None = None) -> tuple[str, dict[str, str]] | None:
    """Return command and options of a draft; None if it is gone, somebody else's or of another group.

    `here` is the group in whose channel it is asked for, None where there is none. What an earlier version saved for
    everybody is bound to no group.
    """
    row = tx.one(
        """SELECT command, options FROM drafts d WHERE id = :id AND (person_id = :person OR person_id IS NULL AND (
               group_id IS NULL OR group_id = :here OR EXISTS (SELECT 1 FROM members m
               WHERE m.group_id = d.group_id AND m.person_id = :person AND m.left_at IS NULL)))""",
        id=number,
        person=person_id,
        here=here,
    )
    if row is None:
        return None
    command, options = row
    return command, _options.decode(options)


def delete(tx: Tx, number: int) -> None:
    """Delete a draft."""
    tx.run("DELETE FROM drafts WHERE id = :id", id=number)


def prune(tx: Tx, now: datetime) -> None:
    """Delete drafts that nobody came back to."""
    tx.run("DELETE FROM drafts WHERE made_at < :before", before=ms(now - STORED_FOR))
