"""Lines of the journal that their writers have marked for sharing."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from bot.domain.results import Quoted, SharedNote
from bot.domain.sharing import choose_writer
from bot.domain.week import Week
from bot.store import results_members
from bot.store.results_members import OF_RESULTS, resting_at
from bot.store.tx import LISTED, Tx, listed


def mark(tx: Tx, checkin_id: int, *, shared: bool) -> None:
    """Save whether the group's results may quote what was learned."""
    tx.run("UPDATE checkins SET is_shared = :shared WHERE id = :id", shared=shared, id=checkin_id)


def list_offered(tx: Tx, group_id: int, since: date, limit: int) -> list[SharedNote]:
    """Return the newest notes that shown members of a group offered to its results, for days from `since` on."""
    rows = tx.all(
        """SELECT m.name, c.area, c.day, c.learned FROM checkins c
            JOIN members m ON m.person_id = c.person_id AND m.group_id = c.group_id
            WHERE c.group_id = :group AND c.is_shared AND c.day >= :since AND c.learned IS NOT NULL
              AND NOT c.is_note_off AND c.undone_at IS NULL AND m.left_at IS NULL AND NOT m.is_hidden
            ORDER BY c.day DESC, c.id DESC LIMIT :limit""",
        group=group_id,
        since=since.isoformat(),
        limit=limit,
    )
    return [SharedNote(name, area, date.fromisoformat(day), learned) for name, area, day, learned in rows]


def find_lines(tx: Tx, group_ids: Iterable[int], week: Week, now: datetime) -> dict[int, Quoted]:
    """Return by group the line that a week's results quote: written in its channel, and marked."""
    ids = list(group_ids)
    rows = tx.all(
        f"""SELECT c.group_id, p.id, m.name, c.learned FROM checkins c JOIN people p ON p.id = c.person_id
            JOIN members m ON m.person_id = p.id AND m.group_id = c.group_id
            WHERE c.group_id IN {LISTED} AND c.is_shared AND c.day >= :last AND c.day <= :sunday
              AND c.learned IS NOT NULL AND NOT c.is_note_off AND c.undone_at IS NULL AND {OF_RESULTS}
            ORDER BY c.number""",
        last=week.monday.isoformat(),
        sunday=week.sunday.isoformat(),
        **resting_at(now),
        ids=listed(ids),
    )
    newest: dict[int, dict[int, Quoted]] = defaultdict(dict)
    for group_id, person_id, name, line in rows:
        newest[group_id][person_id] = Quoted(person_id, name, line)
    last_quoted = results_members.find_last_quoted(tx, ids, week) if newest else {}
    chosen = {
        group_id: choose_writer(group_id, week, written, last_quoted.get(group_id, {}))
        for group_id, written in newest.items()
    }
    return {group_id: newest[group_id][writer] for group_id, writer in chosen.items() if writer is not None}
