"""Loading the records that people are judged by, and saving what became of them, for one person as for thousands.

Thousands of weeks close at one midnight; read one by one they would hold up everybody who checks in meanwhile. So all
that judging needs is read in one statement for each table.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from msgspec import json

from bot.domain.duration import Minutes
from bot.domain.goal import GoalChange
from bot.domain.progress import (
    NO_MINUTES,
    Checkpoint,
    Progress,
    Settled,
    StudyRecord,
    WeekTotals,
    progress_of,
    recall_weeks,
    settle,
    totals_needed_from,
)
from bot.domain.streak import Judged, Tally, WeekOutcome
from bot.domain.week import Week
from bot.domain.zones import ZoneChange
from bot.store import milestones, people
from bot.store.rows import Params, instant, maybe_instant, maybe_week, monday, ms, week
from bot.store.tx import LISTED, Tx, listed

RECORDS = f"""SELECT p.closed_week, p.closed_tally, p.closes_at, z.zone, z.closing_from, z.set_at,
        EXISTS (SELECT 1 FROM pauses WHERE pauses.person_id = p.id),
        EXISTS (SELECT 1 FROM milestones WHERE milestones.person_id = p.id AND NOT is_greeted),
        EXISTS (SELECT 1 FROM partner_settings t WHERE t.person_id = p.id AND t.is_active = 1), {people.COLUMNS}
    FROM people p JOIN zones z ON z.person_id = p.id WHERE p.id IN {LISTED} ORDER BY p.id, z.id"""
"""A row for each zone that a person took, of which there is one at least."""
GOALS = f"SELECT person_id, minutes, from_week, is_for_one_week FROM goals WHERE person_id IN {LISTED} ORDER BY id"
PAUSES = f"""SELECT person_id, from_day, until_day, announced_until FROM pauses
    WHERE person_id IN {LISTED} AND coalesce(announced_until, until_day) >= :since ORDER BY from_day, id"""
WEEKS = f"SELECT person_id, monday, minutes, counted FROM weeks WHERE person_id IN {LISTED} AND monday >= :since"

ELSEWHERE = """SELECT counted_week, sum(minutes) FROM checkins
    WHERE person_id = :id AND undone_at IS NULL AND day >= :monday AND day <= :sunday AND counted_week < :monday
    GROUP BY counted_week ORDER BY counted_week"""
"""Read only where hours of the current week do not count in it."""

SAVE = """UPDATE people SET closed_week = :week, closed_tally = :closed, streak = :streak, away = :away,
    recent = :recent, kept = :kept, closes_at = :closes_at WHERE id = :id"""
SAVE_CHECKIN = """UPDATE people SET checkins = checkins + 1, last_checkin_at = :last, first_week = :first,
    total_minutes = :total, closed_week = :week, closed_tally = :closed, streak = :streak, away = :away,
    recent = :recent, kept = :kept, recall_on = :recall_on WHERE id = :id"""
SAVE_CHECKIN_AND_CLOSING = SAVE_CHECKIN.replace("kept = :kept", "kept = :kept, closes_at = :closes_at")
"""The index by `closes_at` is written only where that has changed: once a week."""
SAVED_WEEKS = "SELECT week FROM freezes WHERE person_id = :id AND week >= :since"
SPEND = "INSERT INTO freezes (person_id, week) VALUES (:id, :week) ON CONFLICT DO NOTHING"

_tallies = json.Decoder(Tally)


def load(
    tx: Tx, person_ids: Iterable[int], *, from_start: bool = False, since: Week | None = None
) -> list[StudyRecord]:
    """Return the records of some people, by id. With `from_start` their checkpoints are left aside.

    They have all pauses that judging needs, and those that reach the week `since`.
    """
    ids = listed(person_ids)
    goals: dict[int, list[GoalChange]] = defaultdict(list)
    for person_id, minutes, from_week, is_for_one_week in tx.all(GOALS, ids=ids):
        goals[person_id].append(GoalChange(Minutes(minutes), maybe_week(from_week), bool(is_for_one_week)))
    records: dict[int, StudyRecord] = {}
    with_pauses: list[int] = []
    for (
        closed_week,
        closed_tally,
        closes_at,
        zone,
        closing_from,
        set_at,
        has_pauses,
        is_owed,
        has_words,
        *person,
    ) in tx.all(RECORDS, ids=ids):
        change = ZoneChange(zone, maybe_week(closing_from), instant(set_at))
        known = records.get(person[0])
        if known is not None:
            known.zones.append(change)
            continue
        if has_pauses:
            with_pauses.append(person[0])
        records[person[0]] = StudyRecord(
            people.person_of(person),
            goals[person[0]],
            [change],
            [],
            Checkpoint() if from_start else checkpoint_of(closed_week, closed_tally),
            maybe_instant(closes_at),
            bool(is_owed),
            bool(has_words),
        )
    _add_pauses(tx, records, with_pauses, since)
    return list(records.values())


def judge_people(tx: Tx, person_ids: Iterable[int], now: datetime) -> list[Progress]:
    """Return the progress of some people at `now`, by id; reads only."""
    return _judged(tx, load(tx, person_ids), now)


def judge_person(tx: Tx, person_id: int, now: datetime) -> Progress:
    """Return the progress of one person at `now`; reads only."""
    [progress] = judge_people(tx, [person_id], now)
    return progress


def judge_from_start(tx: Tx, person_id: int, now: datetime) -> Progress:
    """Return the progress of one person with all weeks from the first, judged from the start; reads only."""
    [progress] = _judged(tx, load(tx, [person_id], from_start=True), now)
    return progress


def judge_since(tx: Tx, person_id: int, since: Week, now: datetime) -> tuple[list[WeekOutcome], Progress]:
    """Return the weeks of one person from `since` on as `judge_history` has them, and their progress; reads only.

    However long somebody has been here, it costs as much as these weeks.
    """
    [record] = load(tx, [person_id], since=since)
    totals = _totals(tx, [record], now, since)[person_id]
    saved = {week(starts) for (starts,) in tx.all(SAVED_WEEKS, id=person_id, since=monday(since))}
    progress = _with_elsewhere(tx, progress_of(record, totals, now), totals)
    return recall_weeks(progress, totals, saved, since), progress


def judge_history(tx: Tx, person_id: int, now: datetime) -> list[Judged]:
    """Return every week from the person's first to the current one, judged from the start; reads only."""
    return judge_from_start(tx, person_id, now).weeks


def load_checkpoints(tx: Tx, person_ids: Iterable[int]) -> dict[int, Checkpoint]:
    """Return the checkpoints of some people, by id."""
    rows = tx.all(f"SELECT id, closed_week, closed_tally FROM people WHERE id IN {LISTED}", ids=listed(person_ids))
    return {person_id: checkpoint_of(closed_week, tally) for person_id, closed_week, tally in rows}


def checkpoint_of(closed_week: str | None, closed_tally: str | None) -> Checkpoint:
    """Return the checkpoint in a person's row."""
    return (
        Checkpoint(week(closed_week), _tallies.decode(closed_tally)) if closed_week and closed_tally else Checkpoint()
    )


def refresh(tx: Tx, person_id: int, now: datetime) -> Progress:
    """Judge a person again after a change, and save the result."""
    [record] = load(tx, [person_id])
    return refresh_record(tx, record, now)


def refresh_record(tx: Tx, record: StudyRecord, now: datetime) -> Progress:
    """Judge by a record that is at hand, and save the result."""
    [progress] = _judged(tx, [record], now)
    save(tx, [progress], now)
    return progress


def refresh_after_checkin(tx: Tx, record: StudyRecord, now: datetime) -> Progress:
    """Judge by a record after a new check-in, and save the result with what the check-in changed in the person."""
    [progress] = _judged(tx, [record], now)
    settled, person = settle(progress), record.person
    assert person.last_checkin_at is not None
    tx.run(
        SAVE_CHECKIN if settled.judged_next_at == record.judged_next_at else SAVE_CHECKIN_AND_CLOSING,
        **_params(progress, settled),
        last=ms(person.last_checkin_at),
        first=monday(person.first_week),
        total=person.total_minutes,
        recall_on=person.recall_on.isoformat() if person.recall_on else None,
    )
    _spend(tx, _frozen_weeks(progress, settled))
    return progress


def save(tx: Tx, people_progress: Iterable[Progress], now: datetime) -> None:
    """Save how people are doing, with the freezes that closed weeks have spent and milestones that became certain."""
    rows, frozen = [], []
    for progress in people_progress:
        settled = settle(progress)
        rows.append(_params(progress, settled))
        frozen += _frozen_weeks(progress, settled)
        if settled.milestones:  # nobody is there to be greeted for them yet
            milestones.reach(tx, progress.person.id, settled.milestones, now, is_greeted=False)
    tx.many(SAVE, rows)
    _spend(tx, frozen)


def _judged(tx: Tx, records: list[StudyRecord], now: datetime) -> list[Progress]:
    totals = _totals(tx, records, now)
    judged = [progress_of(record, totals[record.person.id], now) for record in records]
    return [_with_elsewhere(tx, progress, totals[progress.person.id]) for progress in judged]


def _with_elsewhere(tx: Tx, progress: Progress, totals: WeekTotals) -> Progress:
    """Return the progress with what was moved into the current week, where anything was."""
    minutes, counted = totals.get(progress.current, NO_MINUTES)
    if minutes == counted:
        return progress
    starts, ends = monday(progress.current), progress.current.sunday.isoformat()
    rows = tx.all(ELSEWHERE, id=progress.person.id, monday=starts, sunday=ends)
    return progress._replace(elsewhere=tuple((week(counted_in), minutes) for counted_in, minutes in rows))


def _totals(tx: Tx, records: list[StudyRecord], now: datetime, since: Week | None = None) -> dict[int, WeekTotals]:
    """Return the totals of people since the first week that any of them needs, or `since`; older ones do no harm."""
    needed = {record.person.id: first for record in records if (first := totals_needed_from(record, now))}
    totals: dict[int, dict[Week, tuple[int, int]]] = defaultdict(dict)
    if needed:
        first = min(needed.values())
        for person_id, starts, minutes, counted in tx.all(
            WEEKS, ids=listed(needed), since=monday(min(first, since or first))
        ):
            totals[person_id][week(starts)] = (minutes, counted)
    return {record.person.id: totals[record.person.id] for record in records}


def _add_pauses(tx: Tx, records: dict[int, StudyRecord], person_ids: list[int], since: Week | None) -> None:
    """Add to each record the pauses that reach its last closed week, or a later one; or the week `since`."""
    if not person_ids:
        return
    needed = {person_id: _pauses_needed_from(records[person_id], since) for person_id in person_ids}
    for person_id, from_day, until_day, announced_until in tx.all(
        PAUSES, ids=listed(person_ids), since=min(needed.values())
    ):
        if (announced_until or until_day) >= needed[person_id]:
            records[person_id].pauses.append(people.pause_of(from_day, until_day, announced_until))


def _pauses_needed_from(record: StudyRecord, since: Week | None) -> str:
    closed = record.checkpoint.week
    return "" if closed is None else monday(min(closed, since) if since else closed) or ""


def _params(progress: Progress, settled: Settled) -> Params:
    checkpoint = settled.checkpoint
    return {
        "id": progress.person.id,
        "week": monday(checkpoint.week),
        "closed": json.encode(checkpoint.tally).decode() if checkpoint.week else None,
        "streak": progress.tally.streak,
        "away": progress.tally.away_in_streak,
        "recent": progress.tally.recent,
        "kept": progress.tally.kept,
        "closes_at": ms(settled.judged_next_at) if settled.judged_next_at else None,
    }


def _frozen_weeks(progress: Progress, settled: Settled) -> list[Params]:
    return [{"id": progress.person.id, "week": monday(frozen)} for frozen in settled.frozen]


def _spend(tx: Tx, rows: list[Params]) -> None:
    if rows:
        tx.many(SPEND, rows)
