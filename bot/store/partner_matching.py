"""Who waits for a partner in a group on a Monday, and what decides whom they fit."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from bot.domain.partner_match import Acquaintance, Candidate
from bot.domain.pause import Pause
from bot.domain.week import Week
from bot.store import partner_invitations, people, progress
from bot.store.rows import ms
from bot.store.tx import LISTED, Tx, listed

WEEK_MS = 7 * 24 * 60 * 60 * 1000


class Studied(NamedTuple):
    """The areas of somebody, that with most hours first, and the title of their focus ("": none); folded."""

    areas: tuple[str, ...] = ()
    focus: str = ""


def list_waiting(tx: Tx, group_id: int) -> dict[int, bool]:
    """Return the ids of those who wait in a group and are not hidden, with whether they were left over before."""
    rows = tx.all(
        """SELECT t.person_id, t.left_over FROM partner_settings t
           JOIN members m ON m.person_id = t.person_id AND m.group_id = t.waits_in
           WHERE t.waits_in = :id AND m.left_at IS NULL AND NOT m.is_hidden ORDER BY t.person_id""",
        id=group_id,
    )
    return {person_id: bool(left_over) for person_id, left_over in rows}


def load_candidates(tx: Tx, waiting: dict[int, bool], current: Week, now: datetime) -> list[Candidate]:
    """Return what decides whom each of them fits."""
    studied = load_studied(tx, waiting)
    candidates = []
    for record in progress.load(tx, waiting):
        person = record.person
        offset = now.astimezone(person.zone).utcoffset()
        assert offset is not None
        theirs = studied.get(person.id, Studied())
        candidates.append(
            Candidate(
                person.id,
                record.goal(current),
                int(offset.total_seconds()) // 60,
                theirs.focus,
                theirs.areas[0] if theirs.areas else "",
                waiting[person.id],
            )
        )
    return candidates


def load_studied(tx: Tx, person_ids: Iterable[int]) -> dict[int, Studied]:
    """Return what each of some people studies; nothing of who has neither an area nor a focus."""
    ids = listed(person_ids)
    areas: dict[int, list[str]] = {}
    for person_id, area in tx.all(
        f"""SELECT person_id, area FROM area_totals WHERE person_id IN {LISTED} AND minutes > 0
            ORDER BY person_id, minutes DESC, area""",
        ids=ids,
    ):
        areas.setdefault(person_id, []).append(area.casefold())
    focuses = {
        person_id: title.casefold()
        for person_id, title in tx.all(
            f"SELECT person_id, title FROM focuses WHERE person_id IN {LISTED} AND ended_at IS NULL", ids=ids
        )
    }
    return {
        person_id: Studied(tuple(areas.get(person_id, ())), focuses.get(person_id, ""))
        for person_id in {*areas, *focuses}
    }


def load_acquaintance(tx: Tx, person_ids: Iterable[int], now: datetime) -> Acquaintance:
    """Return who among some people is kept apart, and for how many weeks those who were partners have not been."""
    ids = list(person_ids)
    rows = tx.all(
        f"""SELECT first_id, second_id, ended_at FROM partner_pairs
            WHERE first_id IN {LISTED} AND second_id IN {LISTED} AND ended_at IS NOT NULL""",
        ids=listed(ids),
    )
    weeks_since = {frozenset((one, other)): (ms(now) - ended_at) // WEEK_MS for one, other, ended_at in rows}
    return Acquaintance(partner_invitations.find_apart(tx, ids), weeks_since)


def load_pauses(tx: Tx, person_ids: Iterable[int]) -> dict[int, list[Pause]]:
    """Return by person all pauses, as they were announced."""
    rows = tx.all(
        f"""SELECT person_id, from_day, until_day, announced_until FROM pauses WHERE person_id IN {LISTED}
            ORDER BY person_id, from_day, id""",
        ids=listed(person_ids),
    )
    pauses: dict[int, list[Pause]] = {}
    for person_id, *days in rows:
        pauses.setdefault(person_id, []).append(people.pause_of(*days))
    return pauses


def find_last_seen(tx: Tx, person_ids: Iterable[int]) -> dict[int, int]:
    """Return by person the instant (in ms) of the last check-in or answer to a question; none of who has neither."""
    rows = tx.all(
        f"""SELECT person_id, max(seen) FROM (
              SELECT id AS person_id, last_checkin_at AS seen FROM people WHERE id IN {LISTED}
              UNION ALL SELECT person_id, marked_at FROM partner_questions WHERE person_id IN {LISTED}) AS signs
            WHERE seen IS NOT NULL GROUP BY person_id""",
        ids=listed(person_ids),
    )
    return dict(map(tuple, rows))
