"""The weekly card of a group, one message that is edited in place: when it is drawn, and what stands on it."""

from datetime import date, datetime, timedelta

from bot.domain.group import Group
from bot.domain.reminder import ReminderKind
from bot.domain.week import Week
from bot.domain.weekly_card import DRAWN_EVERY, WeekRow
from bot.store.results_members import SEEN, resting_at
from bot.store.revisions import edit_keys_of
from bot.store.rows import monday, ms
from bot.store.tx import LISTED, Tx, listed

ARM = f"""INSERT INTO schedules (kind, group_id, payload, due_at)
    SELECT :kind, :group, :week,
        (SELECT max(instant) FROM (SELECT CAST(:now AS BIGINT) AS instant UNION ALL
                                   SELECT due_at + :rest FROM outbox WHERE "key" IN {LISTED}) AS instants)
    WHERE NOT EXISTS (SELECT 1 FROM schedules WHERE kind = :kind AND group_id = :group AND payload = :week)"""

ROWS = f"""SELECT p.id, m.name, w.minutes, w.goal, w.counted >= w.goal,
        (SELECT c.learned FROM checkins c WHERE c.person_id = p.id AND c.day >= :monday AND c.day <= :sunday
             AND c.learned IS NOT NULL AND NOT c.is_note_off AND c.undone_at IS NULL AND c.group_id = m.group_id
         ORDER BY c.number DESC LIMIT 1),
        count(*) OVER ()
    FROM members m JOIN people p ON p.id = m.person_id JOIN weeks w ON w.person_id = p.id AND w.monday = :monday
    WHERE m.group_id = :group AND {SEEN} AND w.minutes > 0
    ORDER BY p.last_checkin_at DESC, p.id LIMIT :most"""


def make_key(group_id: int, week: Week) -> str:
    """Return the key of a week's card: `card/7/2026-W34`."""
    return f"{ReminderKind.WEEKLY_CARD}/{group_id}/{week.monday:%G-W%V}"


def make_key_again(first_key: str) -> str:
    """Return the key under which a card is posted anew that somebody has deleted."""
    return f"{first_key}/again"


def find_week(key: str) -> Week | None:
    """Return the week of a card by the key under which it was posted first; None for any other key."""
    kind, *rest = key.split("/")
    if kind != ReminderKind.WEEKLY_CARD or len(rest) != 2:
        return None
    year, number = rest[1].split("-W")
    return Week(date.fromisocalendar(int(year), int(number), 1))


def is_posted(tx: Tx, group_id: int, week: Week) -> bool:
    """Return True if there is a card of that week, be it still to be sent."""
    return tx.one('SELECT 1 FROM outbox WHERE "key" = :key', key=make_key(group_id, week)) is not None


def find_newest_key(tx: Tx, group_id: int, week: Week) -> str | None:
    """Return the key of the card that stands there: the first one, or the one that was posted anew; None before it."""
    first = make_key(group_id, week)
    again = make_key_again(first)
    rows = tx.all(f'SELECT "key" FROM outbox WHERE "key" IN {LISTED}', ids=listed([first, again]))
    return max((row[0] for row in rows), default=None)


def arm(tx: Tx, group_id: int, week: Week, now: datetime) -> None:
    """Let a week's card be drawn: now, or as soon as it was not drawn for a while."""
    first = make_key(group_id, week)
    posts = [first, make_key_again(first)]
    tx.run(
        ARM,
        kind=ReminderKind.WEEKLY_CARD,
        group=group_id,
        week=monday(week),
        now=ms(now),
        rest=DRAWN_EVERY // timedelta(milliseconds=1),
        ids=listed([*posts, *(edit for post in posts for edit in edit_keys_of(post))]),
    )


def list_rows(tx: Tx, group: Group, week: Week, now: datetime, most: int) -> tuple[list[WeekRow], int]:
    """Return the rows of those who have studied in a week, at most so many, and how many there are in all.

    Who checked in last comes first.
    """
    found = tx.all(
        ROWS,
        group=group.id,
        monday=monday(week),
        sunday=week.sunday.isoformat(),
        **resting_at(now),
        most=most,
    )
    shown = [
        WeekRow(person_id, name, minutes, goal, bool(is_kept), note)
        for person_id, name, minutes, goal, is_kept, note, _ in found
    ]
    return shown, found[0][-1] if found else 0
