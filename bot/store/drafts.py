"""Drafts: commands with options that are too long for a button's id, which names them by number instead."""

from datetime import datetime, timedelta

from msgspec import json

from bot.store.rows import ms
from bot.store.sqlite import Tx

STORED_FOR = timedelta(days=30)
_options = json.Decoder(dict[str, str])


def add(tx: Tx, command: str, options: dict[str, str], now: datetime, owner: int | None) -> int:
    """Save a command with its options and return their number. Without an owner anybody may use them."""
    row = tx.one(
        """INSERT INTO drafts (command, options, made_at, person_id) VALUES (:command, :options, :now, :owner)
           RETURNING id""",
        command=command,
        options=json.encode(options).decode(),
        now=ms(now),
        owner=owner,
    )
    assert row is not None
    return int(row[0])


def find(tx: Tx, number: int, person_id: int | None) -> tuple[str, dict[str, str]] | None:
    """Return command and options of a draft; None if it is gone or somebody else's."""
    row = tx.one(
        "SELECT command, options FROM drafts WHERE id = :id AND (person_id IS NULL OR person_id = :person)",
        id=number,
        person=person_id,
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
