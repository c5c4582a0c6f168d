"""Invitations to study together, and the blocks that keep two apart, which outlive an erase of the one blocked."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from bot.domain.partner import INVITATION_LASTS, Ending, Invitation, InvitationState
from bot.store import partner_settings
from bot.store.rows import instant, maybe_instant, ms
from bot.store.tx import LISTED, Tx, listed

COLUMNS = "i.id, i.group_id, i.sender_id, i.invited_id, i.sent_at, i.state, i.settled_at"
BLOCKS = f"""SELECT b.person_id, i.person_id FROM partner_blocks b
    JOIN identities i ON i.platform = b.platform AND i.team = b.team AND i."user" = b."user"
    WHERE b.person_id IN {LISTED} AND i.person_id IN {LISTED}"""


class Blocked(NamedTuple):
    """Somebody whom a person has blocked: the id of their platform, and their name if they are known there still."""

    platform: str
    team: str
    user: str
    name: str | None


def add(tx: Tx, group_id: int, sender_id: int, invited_id: int, state: InvitationState, now: datetime) -> None:
    """Save an invitation; one that is open lets the invited person's cards look for it."""
    tx.run(
        """INSERT INTO partner_invitations (group_id, sender_id, invited_id, sent_at, state)
           VALUES (:group, :sender, :invited, :now, :state)""",
        group=group_id,
        sender=sender_id,
        invited=invited_id,
        now=ms(now),
        state=state,
    )
    if state is InvitationState.OPEN:
        partner_settings.set_active(tx, invited_id)


def list_sent(tx: Tx, sender_id: int) -> list[Invitation]:
    """Return all that a person has sent, oldest first."""
    rows = tx.all(f"SELECT {COLUMNS} FROM partner_invitations i WHERE i.sender_id = :id ORDER BY i.id", id=sender_id)
    return [_invitation(row) for row in rows]


def list_received(tx: Tx, invited_id: int) -> list[Invitation]:
    """Return all that a person was shown, oldest first."""
    rows = tx.all(
        f"""SELECT {COLUMNS} FROM partner_invitations i WHERE i.invited_id = :id AND i.state <> 'unseen'
            ORDER BY i.id""",
        id=invited_id,
    )
    return [_invitation(row) for row in rows]


def list_waiting(tx: Tx, invited_id: int, now: datetime) -> list[tuple[Invitation, str]]:
    """Return the invitations that a person may answer, oldest first, each with the sender's name in its group."""
    rows = tx.all(
        f"""SELECT {COLUMNS}, m.name FROM partner_invitations i
            JOIN members m ON m.group_id = i.group_id AND m.person_id = i.sender_id
            WHERE i.invited_id = :id AND i.state = 'open' AND i.sent_at > :since ORDER BY i.id""",
        id=invited_id,
        since=ms(now - INVITATION_LASTS),
    )
    return [(_invitation(values), name) for *values, name in rows]


def settle(tx: Tx, invitation_id: int, state: InvitationState, now: datetime) -> None:
    """Save what was answered."""
    tx.run(
        "UPDATE partner_invitations SET state = :state, settled_at = :now WHERE id = :id",
        id=invitation_id,
        state=state,
        now=ms(now),
    )


def withdraw(tx: Tx, person_id: int, *, group_id: int | None = None) -> None:
    """Let nobody see any more what a person was sent or has sent; with `group_id` in that group alone."""
    in_group = "" if group_id is None else "AND group_id = :group"
    tx.run(
        f"""UPDATE partner_invitations SET state = 'unseen'
            WHERE state = 'open' AND (invited_id = :id OR sender_id = :id) {in_group}""",
        id=person_id,
        **({} if group_id is None else {"group": group_id}),
    )


def withdraw_received(tx: Tx, person_id: int) -> None:
    """Let a person see no more of what they were sent."""
    tx.run("UPDATE partner_invitations SET state = 'unseen' WHERE state = 'open' AND invited_id = :id", id=person_id)


def block(tx: Tx, person_id: int, blocked_id: int, now: datetime) -> None:
    """Keep somebody away from a person, by every account of theirs; nothing that one sent is seen by the other."""
    tx.run(
        """INSERT INTO partner_blocks (person_id, platform, team, "user", set_at)
           SELECT CAST(:person AS INTEGER), platform, team, "user", CAST(:now AS BIGINT) FROM identities
           WHERE person_id = :blocked
           ON CONFLICT DO NOTHING""",
        person=person_id,
        blocked=blocked_id,
        now=ms(now),
    )
    tx.run(
        """UPDATE partner_invitations SET state = 'unseen' WHERE state = 'open'
           AND (sender_id = :one AND invited_id = :other OR sender_id = :other AND invited_id = :one)""",
        one=person_id,
        other=blocked_id,
    )


def unblock(tx: Tx, person_id: int, blocked: Blocked) -> None:
    """Lift a block."""
    tx.run(
        """DELETE FROM partner_blocks
           WHERE person_id = :id AND platform = :platform AND team = :team AND "user" = :user""",
        id=person_id,
        platform=blocked.platform,
        team=blocked.team,
        user=blocked.user,
    )


def list_blocked(tx: Tx, person_id: int) -> list[Blocked]:
    """Return those whom a person has blocked, the newest first."""
    rows = tx.all(
        """SELECT b.platform, b.team, b."user", p.name FROM partner_blocks b
           LEFT JOIN identities i ON i.platform = b.platform AND i.team = b.team AND i."user" = b."user"
           LEFT JOIN people p ON p.id = i.person_id
           WHERE b.person_id = :id ORDER BY b.set_at DESC, b.platform, b.team, b."user\"""",
        id=person_id,
    )
    return [Blocked(*row) for row in rows]


def find_apart(tx: Tx, person_ids: Iterable[int]) -> set[frozenset[int]]:
    """Return the pairs among some people that are kept apart: one has blocked the other, or left them as a partner."""
    ids = listed(person_ids)
    blocked = [frozenset((one, other)) for one, other in tx.all(BLOCKS, ids=ids)]
    left = [
        frozenset((one, other))
        for one, other in tx.all(
            f"""SELECT first_id, second_id FROM partner_pairs WHERE first_id IN {LISTED} AND second_id IN {LISTED}
                AND ending = :left""",
            ids=ids,
            left=Ending.LEFT,
        )
    ]
    return {*blocked, *left}


def has_blocked(tx: Tx, person_id: int, other_id: int) -> bool:
    """Return True if a person has blocked another."""
    return (person_id, other_id) in {tuple(row) for row in tx.all(BLOCKS, ids=listed([person_id, other_id]))}


def _invitation(values: Iterable[Any]) -> Invitation:
    number, group_id, sender_id, invited_id, sent_at, state, settled_at = values
    return Invitation(
        number, group_id, sender_id, invited_id, instant(sent_at), InvitationState(state), maybe_instant(settled_at)
    )
