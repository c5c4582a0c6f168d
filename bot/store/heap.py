"""What an erase owes on a server: rows that are gone leave their bytes in a table's files until it is rewritten.

A row of `memory` stands for each table that an erase has touched, until the table was rewritten since. Its value names
the newest erase that it is owed for, so that one which ends while the table is being rewritten is not forgotten.
"""

from datetime import datetime
from typing import NamedTuple

from bot.store import key_values
from bot.store.outbox import WAITING
from bot.store.rows import instant, ms
from bot.store.tx import LISTED, Tx, listed

PREFIX = "tenhours/heap/"
"""The keys of debts begin so, and go on with the table's name."""

NIGHT = "tenhours/heap-night"
"""The key of the night in which a large table was rewritten last."""

TOUCHED = (
    *("people", "identities", "names", "former_names", "members", "organisers", "reminders", "schedules", "timers"),
    *("intentions", "pauses", "freezes", "milestones", "area_totals", "goals", "zones", "sessions", "sign_in_links"),
    *("feeds", "partner_settings", "partner_blocks", "partner_questions", "recalls", "partner_pairs"),
    *("partner_invitations", "partner_notes", "checkins", "checkin_versions", "focuses", "lines", "outbox", "requests"),
    *("drafts", "memory", "skipped", "uploads", "results_members", "day_totals", "weeks", "journal_words"),
    *("imports", "import_runs", "erasures"),
)
"""Tables in which an erase deletes or changes rows."""

ADD_DEBT = """INSERT INTO memory (key, value, kept_at) VALUES (:key, :value, :since)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value"""


class Debt(NamedTuple):
    """A table to be rewritten, since when that is owed, and for which erase at the latest."""

    table: str
    since: datetime
    newest: str


def add_debts(tx: Tx, erasures: list[int]) -> None:
    """Promise that all tables which these erasures have touched are rewritten."""
    row = tx.one(f"SELECT min(owed_since) FROM erasures WHERE id IN {LISTED}", ids=listed(erasures))
    if row is None or row[0] is None:
        return
    newest = str(max(erasures))
    tx.many(ADD_DEBT, [{"key": PREFIX + table, "value": newest, "since": row[0]} for table in TOUCHED])


def list_debts(tx: Tx) -> list[Debt]:
    """Return the tables to be rewritten, those that have waited longest first."""
    rows = tx.all(
        "SELECT key, kept_at, value FROM memory WHERE key >= :first AND key < :end ORDER BY kept_at, key",
        first=PREFIX,
        end=PREFIX + "\uffff",
    )
    return [Debt(key.removeprefix(PREFIX), instant(since), newest) for key, since, newest in rows]


def settle(tx: Tx, debt: Debt) -> None:
    """Forget a debt, unless another erase has come since it was seen."""
    tx.run("DELETE FROM memory WHERE key = :key AND value = :newest", key=PREFIX + debt.table, newest=debt.newest)


def find_night(tx: Tx) -> str | None:
    """Return the local date of the night in which a large table was rewritten last."""
    return key_values.find(tx, NIGHT)


def save_night(tx: Tx, night: str, now: datetime) -> None:
    """Save that this night has its large table."""
    key_values.save(tx, NIGHT, night, now)


def are_posts_due(tx: Tx, until: datetime) -> bool:
    """Return True if anything is to be planned or posted until an instant."""
    row = tx.one(
        f"""SELECT EXISTS (SELECT 1 FROM outbox WHERE {WAITING} AND next_at <= :until)
            OR EXISTS (SELECT 1 FROM schedules WHERE is_on AND due_at <= :until)""",
        until=ms(until),
    )
    return row is not None and bool(row[0])
