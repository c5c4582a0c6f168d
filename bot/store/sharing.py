"""Lines of the journal that their writers have marked for sharing."""

from datetime import datetime

from bot.domain.group import RESTING_AFTER
from bot.domain.sharing import chosen_writer
from bot.domain.week import Week
from bot.store.boards import SHOWN
from bot.store.rows import ms
from bot.store.sqlite import Tx


def mark(tx: Tx, checkin_id: int, *, shared: bool) -> None:
    """Let the group's results quote what was learned, or no longer."""
    tx.run("UPDATE checkins SET is_shared = :shared WHERE id = :id", shared=shared, id=checkin_id)


def line(tx: Tx, group_id: int, week: Week, now: datetime) -> tuple[str, str] | None:
    """The writer and the line that the results of a week quote: it was written in the group's channel, and marked."""
    rows = tx.all(
        f"""SELECT p.id, p.name, c.learned FROM checkins c JOIN people p ON p.id = c.person_id
            JOIN members m ON m.person_id = p.id
            WHERE c.group_id = :group AND c.is_shared AND c.day >= :first AND c.day <= :last
              AND c.learned IS NOT NULL AND c.undone_at IS NULL AND {SHOWN} ORDER BY c.number""",
        group=group_id,
        first=week.monday.isoformat(),
        last=week.sunday.isoformat(),
        resting=ms(now - RESTING_AFTER),
    )
    newest = {row[0]: (row[1], row[2]) for row in rows}
    writer = chosen_writer(group_id, week, newest)
    return None if writer is None else newest[writer]
