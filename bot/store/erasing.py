"""Erasing a person: one transaction hides them and forgets who they are, and owes the rest.

From then on nobody sees them, and who comes again begins anew. What stays for a while has no name: the row of a person,
to which their check-ins belong until the slices of `erasures` have deleted them.
"""

from datetime import datetime

from bot.chat.codec import encode
from bot.chat.request import Answer
from bot.domain.person import Person
from bot.domain.stored_of_person import StoredOfPerson
from bot.store import erasures, names, people, sessions
from bot.store.blanking import Blanker, Traces, beginnings
from bot.store.rows import ms
from bot.store.tx import Tx

AT_ONCE = (
    *("identities", "names", "former_names", "members", "organisers", "reminders", "schedules", "timers"),
    *("intentions", "pauses", "freezes", "milestones", "area_totals", "goals", "zones"),
    *("sessions", "sign_in_links", "feeds"),
    *("partner_settings", "partner_blocks", "partner_questions", "recalls"),
)
"""Tables by which a person is known, seen, reminded or judged, and others in which they have few rows."""

BY_OTHER_COLUMNS = (
    *(("partner_pairs", "first_id"), ("partner_pairs", "second_id")),
    *(("partner_invitations", "sender_id"), ("partner_invitations", "invited_id"), ("partner_notes", "reader_id")),
)
"""The like, with the column in which the person stands."""

NEWEST_LINES = 300
"""A person's newest check-ins, among which are all whose lines can still wait to be posted."""

NEXT_POSTS = 500
"""Posts to people that are sent next; by the time these are sent, the slices have dealt with the others."""


def summarize(tx: Tx, person_id: int) -> StoredOfPerson:
    """Return what an erase would take."""
    row = tx.one(
        """SELECT (SELECT count(*) FROM checkins WHERE person_id = :id), (SELECT count(*) FROM focuses
           WHERE person_id = :id), (SELECT count(*) FROM members WHERE person_id = :id AND left_at IS NULL)""",
        id=person_id,
    )
    assert row is not None
    orphaned = tx.all(
        """SELECT g.name FROM organisers o JOIN groups g ON g.id = o.group_id WHERE o.person_id = :id AND NOT EXISTS
           (SELECT 1 FROM organisers x WHERE x.group_id = o.group_id AND x.person_id <> :id) ORDER BY g.name""",
        id=person_id,
    )
    checkins, focuses, groups = row
    return StoredOfPerson(checkins, focuses, groups, tuple(name for (name,) in orphaned))


def erase(tx: Tx, person: Person, erased: Answer, now: datetime) -> None:
    """Hide a person, forget who they are, and owe the rest.

    `erased` is what their requests are answered from now on when they come again.
    """
    traces = _find_traces(tx, person)
    answer = encode(erased)
    tx.run("UPDATE requests SET answer = :erased, person_id = NULL WHERE person_id = :id", erased=answer, id=person.id)
    tx.run("DELETE FROM drafts WHERE person_id = :id", id=person.id)
    sessions.forget_outcomes(tx)
    _stop_posts(tx, person.id, traces)
    for table, column in (*((table, "person_id") for table in AT_ONCE), *BY_OTHER_COLUMNS):
        tx.run(f"DELETE FROM {table} WHERE {column} = :id", id=person.id)
    tx.run(
        "DELETE FROM partner_notes WHERE checkin_id IN (SELECT id FROM checkins WHERE person_id = :id)", id=person.id
    )
    tx.run("UPDATE partner_settings SET news_about = NULL WHERE news_about = :id", id=person.id)
    tx.run(
        """UPDATE people SET name = '', zone = 'UTC', zone_source = 'group', why = NULL, first_week = NULL,
               last_checkin_at = NULL, checkins = 0, total_minutes = 0, created_at = :now, closed_week = NULL,
               closed_tally = NULL, streak = 0, recent = '', kept = 0, closes_at = NULL, freezes_told = 0, away = 0,
               recall_on = NULL, recall_refused_on = NULL
           WHERE id = :id""",
        now=ms(now),
        id=person.id,
    )
    erasures.add(tx, person.id, traces, answer, now)


def _find_traces(tx: Tx, person: Person) -> Traces:
    """Return by what others may know a person."""
    groups = tx.all(
        """SELECT group_id FROM members WHERE person_id = :id UNION
           SELECT group_id FROM organisers WHERE person_id = :id ORDER BY 1""",
        id=person.id,
    )
    shared = tx.all(
        """SELECT learned FROM (SELECT learned, is_shared FROM checkins WHERE person_id = :id
           ORDER BY number DESC LIMIT :newest) AS newest WHERE is_shared AND learned IS NOT NULL""",
        id=person.id,
        newest=NEWEST_LINES,
    )
    return Traces(
        sorted({person.name, *names.list_all(tx, person.id)}),
        people.list_identities(tx, person.id),
        [group_id for (group_id,) in groups],
        beginnings(line for (line,) in shared),
    )


def _stop_posts(tx: Tx, person_id: int, traces: Traces) -> None:
    """Let nothing more be posted to the person or of them: not to their groups, and not to others."""
    newest = tx.all(
        "SELECT id FROM checkins WHERE person_id = :id ORDER BY number DESC LIMIT :size",
        id=person_id,
        size=NEWEST_LINES,
    )
    erasures.delete_lines(tx, traces.groups, [number for (number,) in newest])
    tx.run("DELETE FROM outbox WHERE person_id = :id", id=person_id)
    blanker = Blanker(traces)
    for group_id in traces.groups:
        waiting = tx.all(
            f"SELECT key, card FROM outbox WHERE group_id = :group AND {erasures.TO_GROUPS} AND settled_at IS NULL",
            group=group_id,
        )
        erasures.blank_posts(tx, [(key, card) for key, card in waiting], blanker)
    for platform in sorted({platform for platform, _, _ in traces.accounts}):
        following = tx.all(
            """SELECT key, card FROM outbox WHERE platform = :platform AND next_at IS NOT NULL AND person_id IS NOT NULL
               ORDER BY next_at, key LIMIT :size""",
            platform=platform,
            size=NEXT_POSTS,
        )
        erasures.blank_posts(tx, [(key, card) for key, card in following], blanker)
