"""All that a card may say about partners, in one statement: a check-in waits for it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from bot.domain.partner import INVITATION_LASTS, Partner, PartnerNews
from bot.domain.partner_streak import PairTally, StudyWeeks
from bot.domain.week import Week
from bot.store import partners
from bot.store.rows import monday, ms
from bot.store.tx import Tx

MINE = """WITH mine AS (SELECT first_id, second_id, partnership_id, started_week, decided_week, streak, best
        FROM partner_pairs WHERE ended_at IS NULL AND (first_id = :id OR second_id = :id)),
    both_of AS (SELECT first_id AS id FROM mine UNION SELECT second_id FROM mine),
    since AS (SELECT min(coalesce(decided_week, started_week)) AS week FROM mine)"""
"""The pairs of a person, everybody in them, and the first week that may still matter to any of them."""

OF_ALL = "IN (SELECT id FROM both_of)"
SINCE = "(SELECT week FROM since)"
WORDS = f"""{MINE}
    SELECT 'word', i.id, coalesce(t.shows_days, 0) + coalesce(so.shows_days, 0), 0, 0, 0, 0, 0,
            t.news, a.name, im.name, CAST(NULL AS TEXT)
        FROM partner_settings t
        LEFT JOIN members a ON a.group_id = t.news_in AND a.person_id = t.news_about
        LEFT JOIN partner_invitations i ON i.id = (SELECT min(w.id) FROM partner_invitations w
            WHERE w.invited_id = t.person_id AND w.state = 'open' AND w.sent_at > :since)
        LEFT JOIN members im ON im.group_id = i.group_id AND im.person_id = i.sender_id
        LEFT JOIN partner_settings so ON so.person_id = i.sender_id
        WHERE t.person_id = :id
    UNION ALL SELECT 'pair', p.first_id, p.second_id, p.partnership_id, s.group_id, p.streak, p.best,
            coalesce(own.shows_days, 0) + coalesce(o.shows_days, 0),
            p.started_week, p.decided_week, om.name, q.question
        FROM mine p JOIN partnerships s ON s.id = p.partnership_id
        JOIN members om ON om.group_id = s.group_id AND om.person_id = p.first_id + p.second_id - :id
        LEFT JOIN partner_settings own ON own.person_id = :id
        LEFT JOIN partner_settings o ON o.person_id = p.first_id + p.second_id - :id
        LEFT JOIN partner_questions q ON q.person_id = :id AND q.week = :week
            AND q.partnership_id = p.partnership_id AND q.is_told = 0
    UNION ALL SELECT 'days', person_id, count(*), 0, 0, 0, 0, 0, '', '', '', '' FROM day_totals
        WHERE person_id {OF_ALL} AND person_id <> :id AND day >= :week AND day <= :sunday AND minutes > 0
        GROUP BY person_id
    UNION ALL SELECT 'week', person_id, counted, goal, 0, 0, 0, 0, monday, '', '', '' FROM weeks
        WHERE person_id {OF_ALL} AND monday >= {SINCE}
    UNION ALL SELECT 'saved', person_id, 0, 0, 0, 0, 0, 0, week, '', '', '' FROM freezes
        WHERE person_id {OF_ALL} AND week >= {SINCE}
    UNION ALL SELECT 'away', person_id, 0, 0, 0, 0, 0, 0, from_day, coalesce(announced_until, until_day), '', ''
        FROM pauses WHERE person_id {OF_ALL} AND coalesce(announced_until, until_day) >= {SINCE}
    UNION ALL SELECT 'person', id, 0, 0, 0, 0, 0, 0, coalesce(first_week, ''), coalesce(closed_week, ''), '', ''
        FROM people WHERE id {OF_ALL}"""
"""Rows of a kind, seven numbers and four texts: what waits to be told, each pair, and what decides their weeks."""


class PairNow(NamedTuple):
    """A partner with the streak of two as it stands, and their minutes that count this week and days studied in it."""

    partner: Partner
    tally: PairTally
    minutes: int
    days: int


class PartnerWords(NamedTuple):
    """What a card may tell: news about somebody (None: who is gone), an invitation by its id and sender, a question.

    `is_by_days` says that either of an invitation wishes days to be seen in the place of hours; `partnership_id` is
    that which is asked the question, `pairs` are the partners.
    """

    news: PartnerNews | None
    about: str | None
    invitation_id: int | None
    sender: str
    is_by_days: bool
    question: str | None
    partnership_id: int | None
    pairs: tuple[PairNow, ...]


def find(tx: Tx, person_id: int, current: Week, now: datetime) -> PartnerWords | None:
    """Return what there is to tell a person in the week `current`; None where there is nothing."""
    rows: dict[str, list[Sequence[Any]]] = {}
    params = {"id": person_id, "week": monday(current), "sunday": current.sunday.isoformat()}
    for kind, *values in tx.all(WORDS, **params, since=ms(now - INVITATION_LASTS)):
        rows.setdefault(kind, []).append(values)
    if "word" not in rows:
        return None
    [(invitation_id, by_days, *_, news, about, sender, _)] = rows["word"]
    pairs = rows.get("pair", [])
    if news is None and invitation_id is None and not pairs:
        return None
    question, partnership_id = next(((row[10], row[2]) for row in pairs if row[10] is not None), (None, None))
    kind = None if news is None else PartnerNews(news)
    studied = _study_weeks(rows)
    days = {row[0]: row[1] for row in rows.get("days", [])}
    together = (_pair_now(row, person_id, studied, days, current) for row in pairs)
    in_order = tuple(sorted(together, key=lambda pair: (pair.partner.pair.started_week, pair.partner.pair.ids)))
    return PartnerWords(kind, about, invitation_id, sender or "", by_days > 0, question, partnership_id, in_order)


def _pair_now(
    row: Sequence[Any], person_id: int, studied: dict[int, StudyWeeks], days: dict[int, int], current: Week
) -> PairNow:
    """Return a pair as it stands by its row."""
    first_id, second_id, partnership_id, group_id, streak, best, shows_days, started, decided, name, _ = row
    pair = partners.pair_of((first_id, second_id, partnership_id, group_id, started, decided, streak, best))
    other = pair.other(person_id)
    minutes, _goal = studied[other].counted.get(current, (0, 0))
    partner = Partner(other, name, pair, shows_days > 0)
    return PairNow(partner, partners.streak_of(pair, studied).now, minutes, days.get(other, 0))


def _study_weeks(rows: dict[str, list[Sequence[Any]]]) -> dict[int, StudyWeeks]:
    """Return what decides the weeks of everybody in the pairs."""

    def facts() -> Iterable[Sequence[Any]]:
        for row in rows.get("week", []):
            yield "week", row[0], row[7], "", row[1], row[2]
        for kind in ("saved", "away", "person"):
            for row in rows.get(kind, []):
                yield kind, row[0], row[7], row[8], 0, 0

    return partners.study_weeks(facts())
