"""Study partners: pairs and their streak of two, one row for each two of a partnership; who ended one stays unsaid."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import combinations
from typing import Any, NamedTuple

from bot.domain.partner import Ending, Pair, Partner, PartnerNews
from bot.domain.partner_streak import PairStreak, PairTally, StudyWeeks, pair_streak
from bot.domain.pause import Pause
from bot.domain.week import Week
from bot.store import partner_invitations, partner_notes, partner_settings, people
from bot.store.rows import instant, maybe_week, monday, ms, week
from bot.store.tx import LISTED, Tx, listed

COLUMNS = """p.first_id, p.second_id, p.partnership_id, s.group_id, p.started_week, p.decided_week, p.streak, p.best"""
PAIRS = f"SELECT {COLUMNS} FROM partner_pairs p JOIN partnerships s ON s.id = p.partnership_id"
OF_PERSON = "(p.first_id = :id OR p.second_id = :id)"
ORDER = "ORDER BY p.started_week, p.first_id, p.second_id"

STUDY_WEEKS = f"""SELECT 'week', person_id, monday, '', counted, goal FROM weeks
        WHERE person_id IN {LISTED} AND monday > :since
    UNION ALL SELECT 'saved', person_id, week, '', 0, 0 FROM freezes WHERE person_id IN {LISTED} AND week > :since
    UNION ALL SELECT 'away', person_id, from_day, coalesce(announced_until, until_day), 0, 0 FROM pauses
        WHERE person_id IN {LISTED} AND coalesce(announced_until, until_day) > :since
    UNION ALL SELECT 'person', id, coalesce(first_week, ''), coalesce(closed_week, ''), 0, 0 FROM people
        WHERE id IN {LISTED}"""
"""All that decides the weeks after the Monday `since` of many people, in one statement."""


class _Row(NamedTuple):
    """A row of `COLUMNS`."""

    first_id: int
    second_id: int
    partnership_id: int
    group_id: int
    started_week: str
    decided_week: str | None
    streak: int
    best: int


WIDTH = len(_Row._fields)


def pair_of(values: Iterable[Any]) -> Pair:
    """Return the pair in a row of `COLUMNS`."""
    row = _Row._make(values)
    tally = PairTally(row.streak, row.best, maybe_week(row.decided_week))
    return Pair(row.first_id, row.second_id, row.partnership_id, row.group_id, week(row.started_week), tally)


def list_pairs(tx: Tx, person_id: int) -> list[Pair]:
    """Return the pairs that a person is in now, the oldest first."""
    return [pair_of(row) for row in tx.all(f"{PAIRS} WHERE {OF_PERSON} AND p.ended_at IS NULL {ORDER}", id=person_id)]


def list_of_group(tx: Tx, group_id: int) -> list[Pair]:
    """Return the pairs of a group that have not ended."""
    rows = tx.all(f"{PAIRS} WHERE s.group_id = :id AND p.ended_at IS NULL {ORDER}", id=group_id)
    return [pair_of(row) for row in rows]


def list_partners(tx: Tx, person_id: int) -> list[Partner]:
    """Return those with whom a person studies now, by the names that the pair's group has for them."""
    rows = tx.all(
        f"""SELECT {COLUMNS}, m.name, coalesce(o.shows_days, 0) + coalesce(own.shows_days, 0)
            FROM partner_pairs p JOIN partnerships s ON s.id = p.partnership_id
            JOIN members m ON m.group_id = s.group_id AND m.person_id = p.first_id + p.second_id - :id
            LEFT JOIN partner_settings o ON o.person_id = p.first_id + p.second_id - :id
            LEFT JOIN partner_settings own ON own.person_id = :id
            WHERE {OF_PERSON} AND p.ended_at IS NULL {ORDER}""",
        id=person_id,
    )
    return [
        Partner(pair.other(person_id), name, pair, shows_days > 0)
        for *values, name, shows_days in rows
        for pair in [pair_of(values)]
    ]


def find_named(tx: Tx, group_ids: Iterable[int], week: Week) -> dict[int, list[tuple[Pair, int]]]:
    """Return by group the pairs that both want to be named in results, with the weeks they have together after one."""
    rows = tx.all(
        f"""{PAIRS} JOIN partner_settings a ON a.person_id = p.first_id AND a.in_results = 1
            JOIN partner_settings b ON b.person_id = p.second_id AND b.in_results = 1
            WHERE s.group_id IN {LISTED} AND p.ended_at IS NULL {ORDER}""",
        ids=listed(group_ids),
    )
    pairs = [pair_of(row) for row in rows]
    named: dict[int, list[tuple[Pair, int]]] = defaultdict(list)
    if pairs:
        since = min(first_undecided(pair) for pair in pairs).plus(-1).monday.isoformat()
        weeks = load_study_weeks(tx, {one for pair in pairs for one in pair.ids}, since)
        for pair in pairs:
            named[pair.group_id].append((pair, streak_of(pair, weeks, week).now.streak))
    return named


def start(tx: Tx, group_id: int, members: Iterable[int], current: Week, now: datetime) -> None:
    """Begin a partnership of two or three; what two had before it stays their best."""
    row = tx.one(
        "INSERT INTO partnerships (group_id, started_at) VALUES (:group, :now) RETURNING id",
        group=group_id,
        now=ms(now),
    )
    assert row is not None
    members = sorted(members)
    tx.many(
        """INSERT INTO partner_pairs (first_id, second_id, partnership_id, started_week)
           VALUES (:first, :second, :id, :week)
           ON CONFLICT (first_id, second_id) DO UPDATE SET partnership_id = excluded.partnership_id, ending = NULL,
               started_week = excluded.started_week, ended_at = NULL, decided_week = NULL, streak = 0""",
        [
            {"first": first, "second": second, "id": row[0], "week": monday(current)}
            for first, second in combinations(members, 2)
        ],
    )
    for person_id in members:
        partner_settings.stop_waiting(tx, person_id)
        partner_settings.set_active(tx, person_id)
        partner_invitations.withdraw(tx, person_id)


def end(tx: Tx, pairs: Iterable[Pair], ending: Ending, now: datetime) -> None:
    """End pairs, settled as they stand."""
    pairs = list(pairs)
    streaks = load_streaks(tx, pairs, {})
    partner_notes.forget(tx, [pair.ids for pair in pairs])
    tx.many(
        """UPDATE partner_pairs SET ended_at = :now, ending = :ending, best = :best
           WHERE first_id = :first AND second_id = :second""",
        [
            {
                "now": ms(now),
                "ending": ending,
                "best": streaks[pair.ids].now.best,
                "first": pair.first_id,
                "second": pair.second_id,
            }
            for pair in pairs
        ],
    )


def load_study_weeks(tx: Tx, person_ids: Iterable[int], since: str) -> dict[int, StudyWeeks]:
    """Return what decides the weeks of some people after the Monday `since` (an ISO date, or "" for all)."""
    return study_weeks(tx.all(STUDY_WEEKS, ids=listed(person_ids), since=since))


def study_weeks(facts: Iterable[Sequence[Any]]) -> dict[int, StudyWeeks]:
    """Return what decides weeks, by person, from rows of `STUDY_WEEKS`."""
    counted: dict[int, dict[Week, tuple[int, int]]] = defaultdict(dict)
    saved: dict[int, set[Week]] = defaultdict(set)
    pauses: dict[int, list[Pause]] = defaultdict(list)
    ends: dict[int, tuple[str, str]] = {}
    for kind, person_id, first, last, minutes, goal in facts:
        if kind == "week":
            counted[person_id][week(first)] = (minutes, goal)
        elif kind == "saved":
            saved[person_id].add(week(first))
        elif kind == "away":
            pauses[person_id].append(people.pause_of(first, last, None))
        else:
            ends[person_id] = (first, last)
    return {
        person_id: StudyWeeks(
            counted[person_id],
            tuple(pauses[person_id]),
            frozenset(saved[person_id]),
            maybe_week(first or None),
            maybe_week(closed or None),
        )
        for person_id, (first, closed) in ends.items()
    }


def load_streaks(tx: Tx, pairs: Iterable[Pair], known: Mapping[int, StudyWeeks]) -> dict[tuple[int, int], PairStreak]:
    """Return the streaks of two, by the ids of each pair; `known` are study weeks that are at hand."""
    pairs = list(pairs)
    if not pairs:
        return {}
    since = min(first_undecided(pair) for pair in pairs).plus(-1)
    weeks = known or load_study_weeks(tx, {one for pair in pairs for one in pair.ids}, since.monday.isoformat())
    return {pair.ids: streak_of(pair, weeks) for pair in pairs}


def first_undecided(pair: Pair) -> Week:
    """Return the first week that may still change what two have together."""
    return pair.tally.decided.plus(1) if pair.tally.decided else pair.started_week


def streak_of(pair: Pair, weeks: Mapping[int, StudyWeeks], until: Week | None = None) -> PairStreak:
    """Return the streak of two by what decides their weeks since the first that is undecided, up to `until`."""
    one, other = weeks[pair.first_id], weeks[pair.second_id]
    first = first_undecided(pair)
    if until is not None:
        return pair_streak(one, other, first.until(until), pair.tally)
    last = max((first, *one.counted, *other.counted, *(end for end in (one.closed_week, other.closed_week) if end)))
    return pair_streak(one, other, first.until(last), pair.tally)


def settle(tx: Tx, person_ids: Iterable[int]) -> None:
    """Save what weeks that have closed for both made of the streaks of some people."""
    rows = tx.all(
        f"{PAIRS} WHERE (p.first_id IN {LISTED} OR p.second_id IN {LISTED}) AND p.ended_at IS NULL {ORDER}",
        ids=listed(person_ids),
    )
    pairs = [pair_of(row) for row in rows]
    streaks = load_streaks(tx, pairs, {})
    tx.many(
        """UPDATE partner_pairs SET decided_week = :week, streak = :streak, best = :best
           WHERE first_id = :first AND second_id = :second""",
        [
            {
                "week": monday(settled.decided),
                "streak": settled.streak,
                "best": settled.best,
                "first": pair.first_id,
                "second": pair.second_id,
            }
            for pair in pairs
            if (settled := streaks[pair.ids].settled) != pair.tally
        ],
    )


def list_ended(tx: Tx, person_id: int) -> list[tuple[Pair, datetime]]:
    """Return the pairs of a person that have ended, with when; who ended them is told to nobody."""
    rows = tx.all(
        f"""SELECT p.ended_at, {COLUMNS} FROM partner_pairs p JOIN partnerships s ON s.id = p.partnership_id
            WHERE {OF_PERSON} AND p.ended_at IS NOT NULL {ORDER}""",
        id=person_id,
    )
    return [(pair_of(values), instant(ended_at)) for ended_at, *values in rows]


def part(tx: Tx, pairs: Iterable[Pair], person_id: int, ending: Ending, now: datetime) -> None:
    """End pairs of a person, and let each other's next card say so in words that hurt nobody."""
    pairs = list(pairs)
    end(tx, pairs, ending, now)
    for pair in pairs:
        partner_settings.tell(tx, pair.other(person_id), PartnerNews.ENDED, about=person_id, group_id=pair.group_id)


def leave_group(tx: Tx, group_id: int, person_id: int, now: datetime) -> None:
    """End what a person has with partners in a group: pairs, waiting, and invitations, which nobody sees any more."""
    pairs = [pair for pair in list_pairs(tx, person_id) if pair.group_id == group_id]
    part(tx, pairs, person_id, Ending.GROUP, now)
    hide(tx, group_id, person_id)


def hide(tx: Tx, group_id: int, person_id: int) -> None:
    """Let a hidden member be invited and matched no more; a pair that there is goes on."""
    partner_settings.stop_waiting_in(tx, person_id, group_id)
    partner_invitations.withdraw(tx, person_id, group_id=group_id)


def end_group(tx: Tx, group_id: int, now: datetime) -> None:
    """End all pairs of a group that ends, and let both be told."""
    pairs = list_of_group(tx, group_id)
    end(tx, pairs, Ending.GROUP, now)
    for pair in pairs:
        for person_id in pair.ids:
            about = pair.other(person_id)
            partner_settings.tell(tx, person_id, PartnerNews.ENDED, about=about, group_id=group_id)
    tx.run("UPDATE partner_settings SET waits_in = NULL, left_over = 0 WHERE waits_in = :id", id=group_id)
    tx.run("UPDATE partner_invitations SET state = 'unseen' WHERE state = 'open' AND group_id = :id", id=group_id)
