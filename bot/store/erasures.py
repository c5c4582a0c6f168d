"""What an erase owes: the slices in which the rest of a person goes, each a transaction of its own.

One row of the table `erasures` stands for each erase until nothing of it is left. A process that is killed leaves whole
slices behind, and the next one goes on. The steps, in this order: answers and posts of others that name the person, by
the members of each group and then by those in no group; forms; the person's own rows; words in the search's index; and
at last what deleted rows have left in the file, which is the engine's own (`Store.wipe`).
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from msgspec import json

from bot.chat.card import Card
from bot.chat.codec import encode
from bot.chat.request import User
from bot.domain.reminder import ReminderKind
from bot.failpoint import reach
from bot.store import drafts, heap, search
from bot.store.blanking import Blanker, Traces, owner_of, quoted
from bot.store.rows import instant, ms
from bot.store.tx import LISTED, Tx, listed

EMPTY = encode(Card(""))
PEOPLE_PER_SLICE, IDS_PER_SLICE = 100, 2_000
ROWS_PER_SLICE = 50
"""Check-ins, focuses or lines, of which each stands on pages of its own."""

SMALL_ROWS_PER_SLICE = 500

NEIGHBOURS, STRANGERS, FORMS, ROWS, WORDS, FILE = range(6)
"""The steps, as they are stored."""

MERGING = "merging"

TO_GROUPS = "person_id IS NULL AND (key < 'line/' OR key >= 'line0')"
"""Posts to groups that are no lines of check-ins: the condition of an index."""

WITH_A_PERSON = [kind.value for kind in ReminderKind] + ["snoozed"]
"""Beginnings of keys that have a group and a person in them: `nudge/7/31/2026-11-22`."""

SCATTERED = {
    "uploads": ("id", 1),
    "results_members": ("group_id, week, person_id", SMALL_ROWS_PER_SLICE),
    "day_totals": ("person_id, day", SMALL_ROWS_PER_SLICE),
    "weeks": ("person_id, monday", SMALL_ROWS_PER_SLICE),
}
"""Tables in which a person may have many rows: their keys, and how many rows go in a slice."""

NOTE = f"UPDATE erasures SET slices = slices + 1 WHERE step = {FILE}"
"""The change that `Store.wipe` commits with each slice."""

_traces = json.Decoder(Traces)


class Erasure(NamedTuple):
    """A row: `position` is where the step goes on, and `answer` what takes the place of others' answers."""

    id: int
    person_id: int
    step: int
    position: str
    traces: str
    answer: str


def add(tx: Tx, person_id: int, traces: Traces, answer: str, now: datetime) -> None:
    """Promise that the rest of a person goes, too; `answer` takes the place of answers to others that name them."""
    tx.run(
        """INSERT INTO erasures (person_id, step, position, traces, answer, owed_since, slices)
           VALUES (:id, :step, '', :traces, :answer, :now, 0)""",
        id=person_id,
        answer=answer,
        step=NEIGHBOURS,
        traces=json.encode(traces).decode(),
        now=ms(now),
    )


def find_oldest(tx: Tx) -> datetime | None:
    """Return since when the oldest erase is owed that has not come to its end; None where none is."""
    row = tx.one("SELECT min(owed_since) FROM erasures")
    return None if row is None or row[0] is None else instant(row[0])


def work_off(tx: Tx) -> bool:
    """Do one slice in the tables. Return False where none is left to be done there."""
    tx.lock(f"SELECT id FROM erasures WHERE step < {FILE} ORDER BY id")
    row = tx.one(
        f"""SELECT id, person_id, step, position, traces, answer FROM erasures
           WHERE step < {FILE} ORDER BY step, position DESC, id LIMIT 1"""
    )
    if row is None:
        return False
    erasure = Erasure(*row)
    if erasure.step == WORDS:
        _merge_words(tx, is_first=not erasure.position)
    else:
        position = SLICES[erasure.step](tx, erasure)
        step = erasure.step if position is not None else erasure.step + 1
        _save(tx, erasure.id, step, position or "")
    reach("erasing")
    return True


def list_in_file(tx: Tx) -> list[int]:
    """Return the ids of erases of which nothing is left but what their rows have left in the file."""
    return [row[0] for row in tx.all(f"SELECT id FROM erasures WHERE step = {FILE} ORDER BY id")]


def settle(tx: Tx, ids: list[int], *, owes_heap: bool = False) -> None:
    """Forget erases of which nothing is left; where it `owes_heap`, their tables are still to be rewritten."""
    if owes_heap:
        heap.add_debts(tx, ids)
    tx.run(f"DELETE FROM erasures WHERE id IN {LISTED}", ids=listed(ids))


def blank_posts(tx: Tx, rows: list[tuple[str, str]], blanker: Blanker) -> None:
    """Take a person out of posts, each a key and its card."""
    changed = [(key, blanked) for key, card in rows if (blanked := blanker.blank(card)) != card]
    tx.many("UPDATE outbox SET card = :card WHERE key = :key", [{"key": key, "card": card} for key, card in changed])


def delete_lines(tx: Tx, group_ids: list[int], checkin_ids: list[int]) -> None:
    """Delete the posts that are lines of check-ins."""
    tx.many(
        "DELETE FROM outbox WHERE key > :first AND key < :last",
        [
            {"first": f"line/{group_id}/{checkin_id}/", "last": f"line/{group_id}/{checkin_id}0"}
            for group_id in group_ids
            for checkin_id in checkin_ids
        ],
    )


def _save(tx: Tx, erasure_id: int, step: int, position: str) -> None:
    """Save where an erase goes on. Its traces are forgotten with the last step that needs them."""
    tx.run(
        f"""UPDATE erasures SET step = :step, position = :position,
               traces = CASE WHEN :step < {WORDS} THEN traces ELSE '{{}}' END WHERE id = :id""",
        step=step,
        position=position,
        id=erasure_id,
    )


def _merge_words(tx: Tx, *, is_first: bool) -> None:
    """Take the words of deleted entries out of the search's index, for all erases that have come so far."""
    if is_first:
        tx.run(f"UPDATE erasures SET position = '{MERGING}' WHERE step = {WORDS}")
    if not search.merge_slice(tx, is_first=is_first):
        tx.run(f"UPDATE erasures SET step = {FILE}, position = '' WHERE step = {WORDS} AND position = '{MERGING}'")


def _neighbours(tx: Tx, erasure: Erasure) -> str | None:
    """Take the person out of what is stored of some members and organisers of a group of theirs, and of its posts."""
    traces = _traces.decode(erasure.traces)
    at, after = map(int, erasure.position.split("/")) if erasure.position else (0, 0)
    if at >= len(traces.groups):
        return None
    group_id = traces.groups[at]
    ids = [
        row[0]
        for row in tx.all(
            """SELECT person_id FROM members WHERE group_id = :group AND person_id > :after
               ORDER BY person_id LIMIT :size""",
            group=group_id,
            after=after,
            size=PEOPLE_PER_SLICE,
        )
    ]
    last = ids[-1] if ids else 0
    if not after:
        ids += [row[0] for row in tx.all("SELECT person_id FROM organisers WHERE group_id = :group", group=group_id)]
        tx.run(
            f"UPDATE outbox SET card = :empty WHERE group_id = :group AND {TO_GROUPS} AND settled_at IS NOT NULL",
            empty=EMPTY,
            group=group_id,
        )
    _take_out(tx, ids, erasure, traces)
    return f"{at}/{last}" if last else f"{at + 1}/0"


def _strangers(tx: Tx, erasure: Erasure) -> str | None:
    """Do the same for some people in no group, such as who manages a server; others never saw the name."""
    traces = _traces.decode(erasure.traces)
    after = int(erasure.position or 0)
    row = tx.one("SELECT max(id) FROM people")
    if row is None or row[0] is None or after >= row[0]:
        return None
    until = after + IDS_PER_SLICE
    ids = [
        row[0]
        for row in tx.all(
            """SELECT id FROM people WHERE id > :after AND id <= :until AND id <> :id
               AND NOT EXISTS (SELECT 1 FROM members m WHERE m.person_id = people.id)""",
            after=after,
            until=until,
            id=erasure.person_id,
        )
    ]
    _take_out(tx, ids, erasure, traces)
    return str(until)


def _take_out(tx: Tx, person_ids: list[int], erasure: Erasure, traces: Traces) -> None:
    """Take the person out of answers and posts to some others; an answer that names them says so no more."""
    if not person_ids:
        return
    blanker = Blanker(traces)
    answers = tx.all(f"SELECT id, answer FROM requests WHERE person_id IN {LISTED}", ids=listed(person_ids))
    for key, answer in answers:
        if blanker.names_them(answer):
            tx.run("UPDATE requests SET answer = :erased WHERE id = :key", erased=erasure.answer, key=key)
    posts = tx.all(f"SELECT key, card FROM outbox WHERE person_id IN {LISTED}", ids=listed(person_ids))
    blank_posts(tx, [(key, card) for key, card in posts], blanker)


def _forms(tx: Tx, erasure: Erasure) -> str | None:
    """Delete forms: what adapters remember of the person's accounts, and drafts for a whole group that name them."""
    traces = _traces.decode(erasure.traces)
    at, _, after = erasure.position.partition("/")
    if at != "drafts":
        memory = tx.all(
            "SELECT key, value FROM memory WHERE key > :after ORDER BY key LIMIT :size",
            after=after,
            size=SMALL_ROWS_PER_SLICE,
        )
        for key, value in memory:
            if _is_form_of(key, value, traces):
                tx.run("DELETE FROM memory WHERE key = :key", key=key)
        return f"memory/{memory[-1][0]}" if memory else "drafts/0"
    group_ids = [None, *traces.groups]
    if int(after) >= len(group_ids):
        return None
    _erase_drafts(tx, group_ids[int(after)], traces)
    return f"drafts/{int(after) + 1}"


def _is_form_of(key: str, value: str, traces: Traces) -> bool:
    return any(
        key.startswith((f"{platform}/", f"{platform}.")) and f'"{quoted(user)}"' in value and owner_of(value) == user
        for platform, _, user in traces.accounts
    )


def _erase_drafts(tx: Tx, group_id: int | None, traces: Traces) -> None:
    """Delete drafts without an owner: those of a group that name the person, or by None those of their accounts."""
    whose = "group_id IS NULL" if group_id is None else "group_id = :group"
    params = {} if group_id is None else {"group": group_id}
    rows = tx.all(f"SELECT id, options FROM drafts WHERE person_id IS NULL AND {whose}", **params)
    accounts = [quoted(drafts.account_of(User(*account, ""))) for account in traces.accounts]
    blanker = Blanker(traces)
    for number, options in rows:
        is_theirs = any(account in options for account in accounts)
        if is_theirs or (group_id is not None and blanker.names_them(options)):
            tx.run("DELETE FROM drafts WHERE id = :number", number=number)


def _rows(tx: Tx, erasure: Erasure) -> str | None:
    """Delete some rows of the person's; their own row comes last, and takes all with it that is little."""
    traces, person_id = _traces.decode(erasure.traces), erasure.person_id
    group_ids = traces.groups
    if _delete_focuses(tx, person_id, group_ids) or _delete_checkins(tx, person_id, group_ids):
        return "checkins"
    for table, (key, size) in SCATTERED.items():
        chosen = f"SELECT {key} FROM {table} WHERE person_id = :id ORDER BY {key} LIMIT :size"
        if tx.run(f"DELETE FROM {table} WHERE person_id = :id AND ({key}) IN ({chosen})", id=person_id, size=size):
            return table
    _delete_posts(tx, person_id, traces)
    tx.run("DELETE FROM people WHERE id = :id", id=person_id)
    return None


def _delete_focuses(tx: Tx, person_id: int, group_ids: list[int]) -> bool:
    ids = _list_ids(tx, "focuses", person_id)
    tx.many(
        "DELETE FROM outbox WHERE key = :key",
        [{"key": f"focus/{group_id}/{number}"} for group_id in group_ids for number in ids],
    )
    search.delete_many(tx, (-number for number in ids))
    return tx.run(f"DELETE FROM focuses WHERE id IN {LISTED}", ids=listed(ids)) > 0 if ids else False


def _delete_checkins(tx: Tx, person_id: int, group_ids: list[int]) -> bool:
    ids = _list_ids(tx, "checkins", person_id)
    tx.many(
        """DELETE FROM lines WHERE group_id = :group AND checkin_id = :id
           AND made_at = (SELECT created_at FROM checkins WHERE id = :id)""",
        [{"group": group_id, "id": number} for group_id in group_ids for number in ids],
    )
    delete_lines(tx, group_ids, ids)
    search.delete_many(tx, ids)
    return tx.run(f"DELETE FROM checkins WHERE id IN {LISTED}", ids=listed(ids)) > 0 if ids else False


def _list_ids(tx: Tx, table: str, person_id: int) -> list[int]:
    """Return the ids of some check-ins or focuses of a person, the oldest first."""
    rows = tx.all(
        f"SELECT id FROM {table} WHERE person_id = :id ORDER BY number LIMIT :size", id=person_id, size=ROWS_PER_SLICE
    )
    return [number for (number,) in rows]


def _delete_posts(tx: Tx, person_id: int, traces: Traces) -> None:
    """Delete what was posted to the person alone, and what was left out."""
    tx.run("DELETE FROM outbox WHERE person_id = :id", id=person_id)
    welcomes = [f"welcome/{platform}/{team}/{user}" for platform, team, user in traces.accounts]
    skipped = [f"{kind}/{group_id}/{person_id}" for kind in WITH_A_PERSON for group_id in (0, *traces.groups)]
    for table, beginnings in (("outbox", welcomes), ("skipped", skipped)):
        tx.many(
            f"DELETE FROM {table} WHERE key > :first AND key < :last",
            [{"first": f"{beginning}/", "last": f"{beginning}0"} for beginning in beginnings],
        )


SLICES: dict[int, Callable[[Tx, Erasure], str | None]] = {
    NEIGHBOURS: _neighbours,
    STRANGERS: _strangers,
    FORMS: _forms,
    ROWS: _rows,
}
"""Functions that do a slice of a step, and return where it goes on: None at its end."""
