"""All that is stored of a person about partners, as plain values for the export."""

from datetime import datetime
from typing import Any

from bot.domain.partner import InvitationState, Pair
from bot.domain.partner_streak import PairTally
from bot.store import partner_invitations, partner_questions, partner_settings, partners
from bot.store.rows import instant
from bot.store.tx import Tx


def export(tx: Tx, person_id: int) -> dict[str, Any]:
    """Return a person's choices, pairs, invitations, blocks, questions and notes that they have shared.

    What others answered to an invitation is theirs: of those sent only a yes is told.
    """
    settings = partner_settings.find(tx, person_id)
    return {
        "invites": settings.takes_invitations,
        "shows": "days" if settings.shows_days else "hours",
        "in_results": settings.in_results,
        "waits_in": _find_group_name(tx, settings.waits_in),
        "pairs": _list_pairs(tx, person_id),
        "invitations_sent": _list_sent(tx, person_id),
        "invitations_received": _list_received(tx, person_id),
        "blocked": [
            {"platform": blocked.platform, "team": blocked.team, "id": blocked.user}
            for blocked in partner_invitations.list_blocked(tx, person_id)
        ],
        "questions": [
            {
                "week": asked.week.monday.isoformat(),
                "question": asked.question or None,
                "mark": asked.mark,
                "advice": asked.advice,
            }
            for asked in partner_questions.list_of_person(tx, person_id)
        ],
        "shared_notes": [
            {"checkin": number, "shared_at": instant(shared_at).isoformat()}
            for number, shared_at in tx.all(
                """SELECT c.number, max(n.shared_at) FROM partner_notes n JOIN checkins c ON c.id = n.checkin_id
                   WHERE c.person_id = :id GROUP BY c.number ORDER BY c.number""",
                id=person_id,
            )
        ],
    }


def _list_pairs(tx: Tx, person_id: int) -> list[dict[str, Any]]:
    running = partners.list_pairs(tx, person_id)
    streaks = partners.load_streaks(tx, running, {})
    rows = [_pair(tx, pair, person_id, None, streaks[pair.ids].now) for pair in running]
    ended = partners.list_ended(tx, person_id)
    return rows + [_pair(tx, pair, person_id, ended_at, pair.tally._replace(streak=0)) for pair, ended_at in ended]


def _pair(tx: Tx, pair: Pair, person_id: int, ended_at: datetime | None, tally: PairTally) -> dict[str, Any]:
    return {
        "partner": _find_name(tx, pair.group_id, pair.other(person_id)),
        "group": _find_group_name(tx, pair.group_id),
        "from": pair.started_week.monday.isoformat(),
        "ended_at": ended_at.isoformat() if ended_at else None,
        "streak": tally.streak,
        "best": tally.best,
    }


def _list_sent(tx: Tx, person_id: int) -> list[dict[str, Any]]:
    return [
        {
            "to": _find_name(tx, sent.group_id, sent.invited_id),
            "sent_at": sent.sent_at.isoformat(),
            "accepted": sent.state is InvitationState.ACCEPTED,
        }
        for sent in partner_invitations.list_sent(tx, person_id)
    ]


def _list_received(tx: Tx, person_id: int) -> list[dict[str, Any]]:
    return [
        {
            "from": _find_name(tx, received.group_id, received.sender_id),
            "sent_at": received.sent_at.isoformat(),
            "answer": received.state,
        }
        for received in partner_invitations.list_received(tx, person_id)
    ]


def _find_name(tx: Tx, group_id: int, person_id: int) -> str | None:
    row = tx.one(
        "SELECT name FROM members WHERE group_id = :group AND person_id = :person", group=group_id, person=person_id
    )
    return None if row is None else str(row[0])


def _find_group_name(tx: Tx, group_id: int | None) -> str | None:
    row = None if group_id is None else tx.one("SELECT name FROM groups WHERE id = :id", id=group_id)
    return None if row is None else str(row[0])
