"""The outbox: every promised post, under a unique key, committed before any platform is called.

pending ──claim──▶ sending ──▶ sent
   ▲                  │
   └── RetryLater ────┴──▶ dropped (with a reason)

Claiming and settling is in `claims`.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from bot.chat.card import Card
from bot.chat.codec import decode_address, decode_card, encode, encode_address
from bot.chat.delivery import Address, ChannelAddress, Delivery
from bot.domain.group import Group
from bot.store.rows import Params, instant, ms
from bot.store.tx import Tx

STORED_FOR = timedelta(days=30)
UNSERVED_AFTER = timedelta(days=1)
EXPIRED = "expired before it could be posted"
PERHAPS_TWICE = "posted, perhaps twice"
"""The beginning of the reason of a post that was sent again though it may have arrived before."""

ENQUEUE = """INSERT INTO outbox
        (key, group_id, person_id, platform, address, card, edits, state, due_at, expires_at, next_at)
    VALUES (:key, :group, :person, :platform, :address, :card, :edits, 'pending', :due, :expires, :due)
    ON CONFLICT (key) DO NOTHING"""
WAITING = "platform > '' AND next_at > 0"
"""Posts that are neither sent nor dropped, on any platform; by this condition none of the settled ones is read."""


class PostState(StrEnum):
    """The stations of a post."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    DROPPED = "dropped"


class NewPost(Struct, frozen=True):
    """A post to be promised, and for whom: a group's, a person's. `edits` is the key of the one that it replaces."""

    delivery: Delivery
    group_id: int | None = None
    person_id: int | None = None
    edits: str | None = None


def enqueue(
    tx: Tx,
    delivery: Delivery,
    *,
    group_id: int | None = None,
    person_id: int | None = None,
    edits: str | None = None,
) -> bool:
    """Promise a post. Return False if its key is known already."""
    return enqueue_all(tx, [NewPost(delivery, group_id, person_id, edits)]) > 0


def enqueue_all(tx: Tx, posts: Iterable[NewPost]) -> int:
    """Promise posts, those of them whose keys are not known already; return how many these were."""
    encoded: dict[int, str] = {}
    # a list of posts, so that none is freed and its card's `id`, by which `encoded` knows it, given to another
    count = tx.many(ENQUEUE, [_params(post, encoded) for post in list(posts)])
    if count:
        tx.notify()
    return count


def list_waiting(tx: Tx, platform: str, now: datetime, limit: int) -> list[tuple[str, Address]]:
    """Return key and place of what is to be sent to a platform now: of each place the first, each group in its turn.

    A group's personal messages and its channel have turns of their own, so that ten thousand of the former neither
    hold up the latter nor another group. In a turn what expires first goes first; at one place all goes as it was due.
    """
    rows = tx.all(
        """SELECT key, address FROM (
               SELECT *, row_number()
                         OVER (PARTITION BY group_id, is_personal ORDER BY expires_at, next_at, due_at, id) AS round
               FROM (SELECT key, address, group_id, person_id IS NOT NULL AS is_personal, next_at, due_at, expires_at,
                            rowid AS id,
                            row_number() OVER (PARTITION BY address ORDER BY next_at, due_at, rowid) AS place
                     FROM outbox WHERE platform = :platform AND next_at <= :now) AS due
               WHERE place = 1) AS firsts
           ORDER BY round, expires_at, next_at, due_at, id LIMIT :limit""",
        platform=platform,
        now=ms(now),
        limit=limit,
    )
    return [(key, decode_address(address)) for key, address in rows]


def make_due_now(tx: Tx, platform: str, now: datetime) -> None:
    """Let all that waits be due now: the process that was sending it is dead, or the clock was set back."""
    tx.run(
        "UPDATE outbox SET next_at = :now WHERE platform = :platform AND next_at > :now", platform=platform, now=ms(now)
    )


def find_next_at(tx: Tx, platform: str) -> datetime | None:
    """Return when something is to be sent to a platform next; None while nothing waits."""
    row = tx.one("SELECT min(next_at) FROM outbox WHERE platform = :platform AND next_at > 0", platform=platform)
    return None if row is None or row[0] is None else instant(row[0])


def drop_for_group(tx: Tx, group_id: int, reason: str, now: datetime) -> None:
    """Drop all posts that wait for a group whose channel is gone."""
    tx.run(
        f"""UPDATE outbox SET state = 'dropped', next_at = NULL, reason = :reason, settled_at = :now
           WHERE {WAITING} AND group_id = :id AND state = 'pending'""",
        id=group_id,
        reason=reason,
        now=ms(now),
    )


def readdress(tx: Tx, before: Group, after: Group) -> None:
    """Let what waits for a group's channel go to the one that it has moved to; an edit stays where its post is."""
    rows = tx.all(
        f"""SELECT key, address FROM outbox
            WHERE {WAITING} AND group_id = :id AND state = 'pending' AND edits IS NULL""",
        id=after.id,
    )
    for key, text in rows:
        address = decode_address(text)
        if isinstance(address, ChannelAddress) and address.channel == before.channel:
            send_to_channel(tx, key, address, after.channel)


def find_channel(tx: Tx, key: str) -> str | None:
    """Return the id of the channel that a post was promised to; None where it is known no longer, or went elsewhere."""
    row = tx.one("SELECT address FROM outbox WHERE key = :key", key=key)
    address = None if row is None else decode_address(row[0])
    return address.channel if isinstance(address, ChannelAddress) else None


def drop_due(tx: Tx, reason: str, now: datetime) -> int:
    """Drop all posts that were due, and return how many; edits of what stands already are still done."""
    return tx.run(
        f"""UPDATE outbox SET state = 'dropped', next_at = NULL, reason = :reason, settled_at = :now
           WHERE {WAITING} AND due_at <= :now AND edits IS NULL""",
        reason=reason,
        now=ms(now),
    )


def prune(tx: Tx, now: datetime) -> int:
    """Delete posts that were settled more than thirty days ago, and return how many.

    What nobody could send, since its platform is served no longer, is settled when it has expired.
    """
    tx.run(
        f"""UPDATE outbox SET state = 'dropped', next_at = NULL, reason = :reason, settled_at = :now
           WHERE {WAITING} AND next_at < :before AND state = 'pending' AND expires_at < :now""",
        reason=EXPIRED,
        now=ms(now),
        before=ms(now - UNSERVED_AFTER),
    )
    return tx.run("DELETE FROM outbox WHERE settled_at < :before", before=ms(now - STORED_FOR))


def find_card(tx: Tx, key: str) -> Card | None:
    """Return the card promised or posted under a key; None if there is none."""
    row = tx.one("SELECT card FROM outbox WHERE key = :key", key=key)
    return None if row is None else decode_card(row[0])


def list_newest_dropped(tx: Tx, limit: int = 10) -> list[tuple[str, str, datetime]]:
    """Return key, reason and instant of the newest dropped posts."""
    rows = tx.all(
        """SELECT key, reason, settled_at FROM outbox WHERE state = 'dropped'
           ORDER BY settled_at DESC, key LIMIT :limit""",
        limit=limit,
    )
    return [(key, reason, instant(at)) for key, reason, at in rows]


def list_newest_dropped_of_group(tx: Tx, group_id: int, limit: int = 5) -> list[tuple[str, str, datetime]]:
    """Return key, reason and due instant of the newest posts to a group's channel that were dropped."""
    rows = tx.all(
        """SELECT key, reason, due_at FROM outbox
           WHERE group_id = :id AND state = 'dropped' AND person_id IS NULL
           ORDER BY settled_at DESC, key LIMIT :limit""",
        id=group_id,
        limit=limit,
    )
    return [(key, reason, instant(at)) for key, reason, at in rows]


def skip(tx: Tx, key: str, group_id: int | None, reason: str, due_at: datetime, now: datetime) -> None:
    """Save why an occurrence was not posted, for `check` and the group's settings card."""
    tx.run(
        """INSERT INTO skipped (key, group_id, reason, due_at, skipped_at) VALUES (:key, :group, :reason, :due, :now)
           ON CONFLICT (key) DO NOTHING""",
        key=key,
        group=group_id,
        reason=reason,
        due=ms(due_at),
        now=ms(now),
    )


def list_newest_skipped(tx: Tx, group_id: int | None = None, limit: int = 5) -> list[tuple[str, str, datetime]]:
    """Return key, reason and instant of those skipped last, of one group or of all."""
    rows = tx.all(
        """SELECT key, reason, due_at FROM skipped WHERE CAST(:group AS BIGINT) IS NULL OR group_id = :group
           ORDER BY skipped_at DESC, key LIMIT :limit""",
        group=group_id,
        limit=limit,
    )
    return [(key, reason, instant(at)) for key, reason, at in rows]


def send_to_channel(tx: Tx, key: str, address: Address, channel: str) -> None:
    """Let a post that waits for a channel go to that one."""
    if isinstance(address, ChannelAddress) and address.channel != channel:
        there = encode_address(replace(address, channel=channel))
        tx.run("UPDATE outbox SET address = :address WHERE key = :key", address=there, key=key)


def _params(post: NewPost, encoded: dict[int, str]) -> Params:
    """Return the parameters of `ENQUEUE`; `encoded` has the cards that were encoded before: many share the same one."""
    delivery = post.delivery
    card = encoded.get(id(delivery.card))
    if card is None:
        card = encoded[id(delivery.card)] = encode(delivery.card)
    return {
        "key": delivery.key,
        "group": post.group_id,
        "person": post.person_id,
        "platform": delivery.to.platform,
        "address": encode_address(delivery.to),
        "card": card,
        "edits": post.edits,
        "due": ms(delivery.due_at),
        "expires": ms(delivery.expires_at),
    }
