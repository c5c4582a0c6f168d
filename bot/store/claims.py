"""Claims of posts: who has one under a lease sends it, and settles it by what became of it.

A row that is `sending` when its lease runs out belonged to a process that died: it is looked for before it is sent.
Who settles a post names the claim by which they have it. So a process that was stopped for long and goes on finds that
its claims are another's, and changes nothing.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from msgspec import Struct, json

from bot.chat.card import Card
from bot.chat.codec import decode_address, decode_card, encode
from bot.chat.delivery import Address, Delivery, MessageRef
from bot.store import outbox
from bot.store.outbox import PostState
from bot.store.rows import instant, ms
from bot.store.tx import LISTED, Tx, listed


class Claim(NamedTuple):
    """One taking of a post: its key, how often it was taken by then, and since when in milliseconds.

    The key of an edit is used again, and its attempts are counted anew then.
    """

    key: str
    attempts: int
    claimed_at: int


Arrived = tuple[Claim, MessageRef, datetime]
"""The claim of a post, the message that it became, and when."""

LEASE = timedelta(seconds=60)
CLAIM = f"""SELECT o.key, o.address, o.card, o.edits, o.state, o.due_at, o.expires_at, o.attempts,
        o.group_id, o.person_id, coalesce(r.is_refused, FALSE), o.claimed_at, o.looks, e.state, e.message
    FROM outbox o LEFT JOIN reminders r ON r.person_id = o.person_id LEFT JOIN outbox e ON e.key = o.edits
    WHERE o.key IN {LISTED} AND o.next_at <= :now"""
TAKE = """UPDATE outbox SET attempts = attempts + 1, next_at = :lease,
        claimed_at = CASE WHEN state = 'sending' THEN coalesce(claimed_at, due_at) ELSE :now END,
        looks = CASE WHEN state = 'sending' THEN looks ELSE 0 END,
        state = 'sending'
    WHERE key = :key"""
OURS = "key = :key AND state = 'sending' AND attempts = :attempts AND claimed_at = :claimed_at"
"""The condition by which a post is settled: it is still under the claim that the settling process has."""

_messages = json.Decoder(MessageRef)


class Original(Struct, frozen=True):
    """The post that another one replaces; its state is None where it is known no longer."""

    key: str
    state: PostState | None
    message: MessageRef | None


class ClaimedPost(Struct, frozen=True):
    """A claimed row.

    `was_sending` says that an earlier claim died or nobody heard what became of it, so that the post may already stand
    there, since `claimed_at` at the earliest; it was looked for in vain `looks` times. `is_refused` says that a direct
    message to this person was refused, and they have not been told since.
    """

    delivery: Delivery
    edits: Original | None
    attempts: int
    was_sending: bool
    group_id: int | None
    person_id: int | None
    is_refused: bool
    claimed_at: datetime
    looks: int = 0

    @property
    def claim(self) -> Claim:
        """The claim by which it is settled."""
        return Claim(self.delivery.key, self.attempts, ms(self.claimed_at))


class _ClaimRow(NamedTuple):
    """A row of `CLAIM`; the last two columns are those of the post that it edits."""

    key: str
    address: str
    card: str
    edits: str | None
    state: str
    due_at: int
    expires_at: int
    attempts: int
    group_id: int | None
    person_id: int | None
    is_refused: int
    claimed_at: int | None
    looks: int
    original_state: str | None
    original_message: str | None


def claim(
    tx: Tx, keys: Iterable[str], now: datetime, known: Mapping[str, Address] = MappingProxyType({})
) -> list[ClaimedPost]:
    """Take posts under a lease, those of them that are still to be sent now, and return them in the order of `keys`.

    One that goes elsewhere by now than to its `known` address is left: whoever sends it has not looked at that place.
    """
    wanted = list(keys)
    found = map(_ClaimRow._make, tx.take(CLAIM, "o", ids=listed(wanted), now=ms(now)))
    by_key = {row.key: row for row in found if row.key not in known or decode_address(row.address) == known[row.key]}
    rows = [by_key[key] for key in wanted if key in by_key]
    tx.many(TAKE, [{"key": row.key, "lease": ms(now + LEASE), "now": ms(now)} for row in rows])
    return [_claimed(row, now) for row in rows]


def settle_sent(tx: Tx, arrived: Iterable[Arrived]) -> int:
    """Save the messages that posts have become. Return how many of them were still under the claim that is named."""
    return tx.many(
        f"UPDATE outbox SET state = 'sent', next_at = NULL, message = :message, settled_at = :now WHERE {OURS}",
        [
            {**claim._asdict(), "message": json.encode(message).decode(), "now": ms(now)}
            for claim, message, now in arrived
        ],
    )


def find_unclaimed(tx: Tx, key: str, messages: Iterable[MessageRef], since: datetime) -> MessageRef | None:
    """Return the first of some messages, all newer than `since`, that no other post than that of `key` has become.

    An edit of that post has the same message, and is no other.
    """
    encoded = {json.encode(message).decode(): message for message in messages}
    rows = tx.all(
        f"""SELECT message FROM outbox WHERE settled_at >= :since AND message IN {LISTED}
           AND key <> :key AND coalesce(edits, '') <> :key""",
        ids=listed(encoded),
        key=key,
        since=ms(since),
    )
    taken = {row[0] for row in rows}
    return next((message for text, message in encoded.items() if text not in taken), None)


def settle_dropped(tx: Tx, claim: Claim, reason: str, now: datetime) -> bool:
    """Give a post up; `reason` is for whoever runs the bot. Return False if another process has it by now."""
    sql = f"UPDATE outbox SET state = 'dropped', next_at = NULL, reason = :reason, settled_at = :now WHERE {OURS}"
    return tx.run(sql, **claim._asdict(), reason=reason, now=ms(now)) > 0


def put_back(
    tx: Tx, claim: Claim, next_at: datetime, reason: str, *, unsure: bool, has_looked_in_vain: bool = False
) -> bool:
    """Try again at `next_at`; an unsure one stays `sending`, so that it is looked for first.

    Any other goes to the channel in which its group meets by then. Return False if another process has it by now.
    """
    is_ours = tx.run(
        f"UPDATE outbox SET state = :state, next_at = :next, reason = :reason, looks = looks + :looks WHERE {OURS}",
        **claim._asdict(),
        state=PostState.SENDING if unsure else PostState.PENDING,
        next=ms(next_at),
        reason=reason,
        looks=int(has_looked_in_vain),
    )
    if not is_ours:
        return False
    row = tx.one(
        """SELECT o.address, g.channel FROM outbox o JOIN groups g ON g.id = o.group_id
           WHERE o.key = :key AND o.state = 'pending' AND o.edits IS NULL""",
        key=claim.key,
    )
    if row is not None:
        outbox.send_to_channel(tx, claim.key, decode_address(row[0]), row[1])
    return True


def replace_card(tx: Tx, claim: Claim, card: Card, reason: str | None = None) -> bool:
    """Save what a post is going to say instead, so that it is recognised by it; a `reason` says why.

    Return False if another process has it by now.
    """
    changes = {"card": encode(card)} if reason is None else {"card": encode(card), "reason": reason}
    assignments = ", ".join(f"{column} = :{column}" for column in changes)
    return tx.run(f"UPDATE outbox SET {assignments} WHERE {OURS}", **claim._asdict(), **changes) > 0


def _claimed(row: _ClaimRow, now: datetime) -> ClaimedPost:
    was_sending = row.state == PostState.SENDING
    earlier = row.due_at if row.claimed_at is None else row.claimed_at
    return ClaimedPost(
        Delivery(
            row.key, decode_address(row.address), decode_card(row.card), instant(row.due_at), instant(row.expires_at)
        ),
        None if row.edits is None else _original(row.edits, row.original_state, row.original_message),
        row.attempts + 1,
        was_sending,
        row.group_id,
        row.person_id,
        bool(row.is_refused),
        instant(earlier if was_sending else ms(now)),
        row.looks if was_sending else 0,
    )


def _original(key: str, state: str | None, message: str | None) -> Original:
    return Original(key, PostState(state) if state else None, _messages.decode(message) if message else None)
