"""Links that open a person's page: each works once, for ten minutes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from bot.chat.request import User
from bot.domain.browsing import LINK_LIFETIME
from bot.store import tokens
from bot.store.rows import instant, ms
from bot.store.tx import Tx

COLUMNS = 'person_id, platform, team, "user", expires_at'


class SignInLink(NamedTuple):
    """Whose page a link opens, by which of their accounts, and until when."""

    person_id: int
    platform: str
    team: str
    user: str
    expires_at: datetime


def add(tx: Tx, person_id: int, user: User, now: datetime) -> str:
    """Save a link of an account, and return its token."""
    token = tokens.make()
    tx.run(
        """INSERT INTO sign_in_links (token_hash, person_id, platform, team, "user", expires_at)
           VALUES (:hash, :person, :platform, :team, :user, :expires)""",
        hash=tokens.hash_of(token),
        person=person_id,
        platform=user.platform,
        team=user.team,
        user=user.id,
        expires=ms(now + LINK_LIFETIME),
    )
    return token


def find(tx: Tx, token: str, now: datetime) -> SignInLink | None:
    """Return the link of a token; None where it was used, is over, or never was."""
    sql = f"SELECT {COLUMNS} FROM sign_in_links WHERE token_hash = :hash AND expires_at > :now"
    return _link(tx.one(sql, hash=tokens.hash_of(token), now=ms(now)))


def take(tx: Tx, token: str, now: datetime) -> SignInLink | None:
    """Delete the link of a token and return it: of two who bring the same token, only the first gets it."""
    sql = f"DELETE FROM sign_in_links WHERE token_hash = :hash AND expires_at > :now RETURNING {COLUMNS}"
    return _link(tx.one(sql, hash=tokens.hash_of(token), now=ms(now)))


def delete_of_person(tx: Tx, person_id: int) -> None:
    """Delete all links of a person that are still good."""
    tx.run("DELETE FROM sign_in_links WHERE person_id = :id", id=person_id)


def prune(tx: Tx, now: datetime) -> None:
    """Delete links that are over."""
    tx.run("DELETE FROM sign_in_links WHERE expires_at <= :now", now=ms(now))


def clear(tx: Tx) -> None:
    """Delete all links."""
    tx.run("DELETE FROM sign_in_links")


def _link(row: Iterable[Any] | None) -> SignInLink | None:
    if row is None:
        return None
    person_id, platform, team, user, expires_at = row
    return SignInLink(person_id, platform, team, user, instant(expires_at))
