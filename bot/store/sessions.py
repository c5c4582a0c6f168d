"""Browsers in which somebody is signed in to their page, each known by the hash of a random token."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from bot.domain.browsing import ends_at
from bot.store import tokens
from bot.store.rows import instant, ms
from bot.store.sign_in_links import SignInLink
from bot.store.tx import Tx

COLUMNS = 'id, person_id, platform, team, "user", device, made_at, seen_at, expires_at, is_long, outcome'


class Session(NamedTuple):
    """A row of `COLUMNS`: who is signed in, by which account, where, since when and until when.

    One that `is_long` outlives the browser. `outcome` is the stored answer to what was sent last, to be shown once.
    """

    id: int
    person_id: int
    platform: str
    team: str
    user: str
    device: str
    made_at: datetime
    seen_at: datetime
    expires_at: datetime
    is_long: bool
    outcome: str | None


def add(tx: Tx, link: SignInLink, device: str, now: datetime, *, is_long: bool) -> str:
    """Save a new session of whoever brought a link, and return its token."""
    token = tokens.make()
    tx.run(
        """INSERT INTO sessions (token_hash, person_id, platform, team, "user", device, made_at, seen_at, expires_at,
                                 is_long)
           VALUES (:hash, :person, :platform, :team, :user, :device, :now, :now, :expires, :long)""",
        hash=tokens.hash_of(token),
        person=link.person_id,
        platform=link.platform,
        team=link.team,
        user=link.user,
        device=device,
        now=ms(now),
        expires=ms(ends_at(now, is_long=is_long)),
        long=int(is_long),
    )
    return token


def find(tx: Tx, token: str, now: datetime) -> Session | None:
    """Return the session of a token; None where it has ended, or never was."""
    sql = f"SELECT {COLUMNS} FROM sessions WHERE token_hash = :hash AND expires_at > :now"
    row = tx.one(sql, hash=tokens.hash_of(token), now=ms(now))
    return None if row is None else _session(row)


def list_of_person(tx: Tx, person_id: int, now: datetime) -> list[Session]:
    """Return the sessions of a person, the one that was used last first."""
    sql = f"SELECT {COLUMNS} FROM sessions WHERE person_id = :id AND expires_at > :now ORDER BY seen_at DESC, id DESC"
    return [_session(row) for row in tx.all(sql, id=person_id, now=ms(now))]


def note_use(tx: Tx, session_id: int, now: datetime, *, is_long: bool) -> None:
    """Save that a session is used now; one that is long goes on for as long again."""
    tx.run(
        """UPDATE sessions SET seen_at = :now, expires_at = CASE WHEN is_long = 1 THEN :expires ELSE expires_at END
           WHERE id = :id""",
        id=session_id,
        now=ms(now),
        expires=ms(ends_at(now, is_long=is_long)),
    )


def set_outcome(tx: Tx, session_id: int, outcome: str | None) -> None:
    """Save the answer that a session is shown next, or that there is none any more."""
    tx.run("UPDATE sessions SET outcome = :outcome WHERE id = :id", id=session_id, outcome=outcome)


def forget_outcomes(tx: Tx) -> None:
    """Drop the answers that nobody has looked at yet: one may name somebody who is erased."""
    tx.run("UPDATE sessions SET outcome = NULL WHERE outcome IS NOT NULL")


def delete(tx: Tx, token: str) -> None:
    """End the session of a token."""
    tx.run("DELETE FROM sessions WHERE token_hash = :hash", hash=tokens.hash_of(token))


def delete_of_person(tx: Tx, person_id: int) -> None:
    """End all sessions of a person."""
    tx.run("DELETE FROM sessions WHERE person_id = :id", id=person_id)


def delete_one(tx: Tx, person_id: int, session_id: int) -> None:
    """End one session, if it is this person's."""
    tx.run("DELETE FROM sessions WHERE id = :id AND person_id = :person", id=session_id, person=person_id)


def prune(tx: Tx, now: datetime) -> None:
    """Delete sessions that are over."""
    tx.run("DELETE FROM sessions WHERE expires_at <= :now", now=ms(now))


def clear(tx: Tx) -> None:
    """End all sessions."""
    tx.run("DELETE FROM sessions")


def _session(values: Iterable[Any]) -> Session:
    session_id, person_id, platform, team, user, device, made_at, seen_at, expires_at, is_long, outcome = values
    times = instant(made_at), instant(seen_at), instant(expires_at)
    return Session(session_id, person_id, platform, team, user, device, *times, bool(is_long), outcome)
