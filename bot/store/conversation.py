"""What a conversation leaves behind: answers to known requests, drafts of long options, and adapters' memory."""

from datetime import datetime, timedelta

from msgspec import json

from bot.chat.codec import decode_answer, encode
from bot.chat.request import Answer
from bot.store.rows import ms
from bot.store.sqlite import Tx

REQUESTS_KEPT = timedelta(days=2)
DRAFTS_KEPT = timedelta(days=30)
_options = json.Decoder(dict[str, str])


def answered(tx: Tx, request_id: str) -> Answer | None:
    """What a request was answered when it first came."""
    row = tx.one("SELECT answer FROM requests WHERE id = :id", id=request_id)
    return None if row is None else decode_answer(row[0])


def keep_answer(tx: Tx, request_id: str, answer: Answer, now: datetime, asker: int | None) -> None:
    """Remember the answer in the transaction of the work itself, and whom it was given to."""
    tx.run(
        "INSERT INTO requests (id, answer, made_at, person_id) VALUES (:id, :answer, :now, :asker)",
        id=request_id,
        answer=encode(answer),
        now=ms(now),
        asker=asker,
    )


def add_draft(tx: Tx, command: str, options: dict[str, str], now: datetime, owner: int | None) -> int:
    """Keep options that are too long for a button; the number names them. Without an owner they are everybody's."""
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


def draft(tx: Tx, number: int, person_id: int | None) -> tuple[str, dict[str, str]] | None:
    """Command and options of a draft, if it is still kept and no one else's."""
    row = tx.one(
        "SELECT command, options FROM drafts WHERE id = :id AND (person_id IS NULL OR person_id = :person)",
        id=number,
        person=person_id,
    )
    return None if row is None else (row[0], _options.decode(row[1]))


def drop_draft(tx: Tx, number: int) -> None:
    """Keep a draft no longer."""
    tx.run("DELETE FROM drafts WHERE id = :id", id=number)


def recall(tx: Tx, key: str) -> str | None:
    """What an adapter remembered under a key."""
    row = tx.one("SELECT value FROM memory WHERE key = :key", key=key)
    return None if row is None else str(row[0])


def remember(tx: Tx, key: str, value: str, now: datetime) -> None:
    """Keep a value under a key, in the place of the old one."""
    tx.run(
        """INSERT INTO memory (key, value, kept_at) VALUES (:key, :value, :now)
           ON CONFLICT (key) DO UPDATE SET value = excluded.value, kept_at = excluded.kept_at""",
        key=key,
        value=value,
        now=ms(now),
    )


def forget(tx: Tx, key: str) -> None:
    """Drop a key."""
    tx.run("DELETE FROM memory WHERE key = :key", key=key)


def prune(tx: Tx, now: datetime) -> None:
    """Forget answers that no platform redelivers any more, and drafts that nobody came back to."""
    tx.run("DELETE FROM requests WHERE made_at < :before", before=ms(now - REQUESTS_KEPT))
    tx.run("DELETE FROM drafts WHERE made_at < :before", before=ms(now - DRAFTS_KEPT))
