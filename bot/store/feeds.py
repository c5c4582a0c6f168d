"""The calendar of a person, by a secret address that can be renewed; only the hash of the secret is stored."""

from datetime import datetime

from bot.store import tokens
from bot.store.rows import instant, ms
from bot.store.tx import Tx


def renew(tx: Tx, person_id: int, now: datetime) -> str:
    """Return a new secret for the person's calendar; the one before opens it no longer."""
    token = tokens.make()
    tx.run(
        """INSERT INTO feeds (person_id, token_hash, made_at) VALUES (:id, :hash, :now) ON CONFLICT (person_id)
           DO UPDATE SET token_hash = excluded.token_hash, made_at = excluded.made_at""",
        id=person_id,
        hash=tokens.hash_of(token),
        now=ms(now),
    )
    return token


def find_made_at(tx: Tx, person_id: int) -> datetime | None:
    """Return when the person's calendar got its address; None where it has none."""
    row = tx.one("SELECT made_at FROM feeds WHERE person_id = :id", id=person_id)
    return None if row is None else instant(row[0])


def find_person(tx: Tx, token: str) -> int | None:
    """Return the id of the person whose calendar a secret opens; None for any other."""
    row = tx.one("SELECT person_id FROM feeds WHERE token_hash = :hash", hash=tokens.hash_of(token))
    return None if row is None else int(row[0])


def delete(tx: Tx, person_id: int) -> None:
    """Let no secret open the person's calendar any more."""
    tx.run("DELETE FROM feeds WHERE person_id = :id", id=person_id)


def clear(tx: Tx) -> None:
    """Let no secret open any calendar."""
    tx.run("DELETE FROM feeds")
