"""All that a card may say about partners, in two statements: a check-in waits for them."""

from datetime import date, datetime
from typing import NamedTuple

from bot.domain.partner import INVITATION_LASTS, Partner, PartnerNews
from bot.domain.partner_streak import PairTally, StudyWeeks
from bot.domain.week import Week
from bot.store import partners
from bot.store.rows import monday, ms
from bot.store.tx import LISTED, Tx, listed

WORDS = f"""SELECT t.news, a.name, i.id, im.name, q.question, om.name,
        coalesce(t.shows_days, 0) + coalesce(o.shows_days, 0), {partners.COLUMNS}
    FROM partner_settings t
    LEFT JOIN members a ON a.group_id = t.news_in AND a.person_id = t.news_about
    LEFT JOIN partner_invitations i ON i.id = (SELECT min(w.id) FROM partner_invitations w
        WHERE w.invited_id = t.person_id AND w.state = 'open' AND w.sent_at > :since)
    LEFT JOIN members im ON im.group_id = i.group_id AND im.person_id = i.sender_id
    LEFT JOIN partner_pairs p ON p.ended_at IS NULL AND (p.first_id = t.person_id OR p.second_id = t.person_id)
    LEFT JOIN partnerships s ON s.id = p.partnership_id
    LEFT JOIN members om ON om.group_id = s.group_id AND om.person_id = p.first_id + p.second_id - t.person_id
    LEFT JOIN partner_settings o ON o.person_id = p.first_id + p.second_id - t.person_id
    LEFT JOIN partner_questions q ON q.person_id = t.person_id AND q.week = :week
        AND q.partnership_id = p.partnership_id AND q.is_told = 0
    WHERE t.person_id = :id ORDER BY p.started_week, p.first_id, p.second_id"""
"""A row for each pair of the person, one with no pair where they have none; none where they chose nothing ever."""


class PartnerWords(NamedTuple):
    """What a card may tell: news about somebody (None: who is gone), an invitation by its id and sender, a question."""

    news: PartnerNews | None
    about: str | None
    invitation_id: int | None
    sender: str
    question: str | None
    partnership_id: int | None
    """The partnership that was asked the question."""
    partners: tuple[Partner, ...]


def find(tx: Tx, person_id: int, current: Week, now: datetime) -> PartnerWords | None:
    """Return what there is to tell a person; None where there is nothing."""
    rows = tx.all(WORDS, id=person_id, week=monday(current), since=ms(now - INVITATION_LASTS))
    pairs = []
    for *_, name, shows_days, first_id, second_id, together_id, group_id, started, decided, streak, best in rows:
        if first_id is not None:
            values = (first_id, second_id, together_id, group_id, started, decided, streak, best)
            pair = partners.pair_of(values)
            pairs.append(Partner(pair.other(person_id), name, pair, shows_days > 0))
    for news, about, invitation_id, sender, *_ in rows[:1]:
        question, partnership_id = next(((row[4], row[9]) for row in rows if row[4] is not None), (None, None))
        if news is not None or invitation_id is not None or pairs:
            kind = None if news is None else PartnerNews(news)
            return PartnerWords(kind, about, invitation_id, sender or "", question, partnership_id, tuple(pairs))
    return None


class PairNow(NamedTuple):
    """A partner with the streak of two as it stands, and their minutes that count this week."""

    partner: Partner
    tally: PairTally
    minutes: int
    days: int


def load_now(tx: Tx, of_person: int, together: tuple[Partner, ...], current: Week) -> list[PairNow]:
    """Return how it stands with each partner; the days studied only where they are shown in the place of hours."""
    pairs = [partner.pair for partner in together]
    since = min(current, *map(partners.first_undecided, pairs)).plus(-1)
    ids = {of_person, *(partner.person_id for partner in together)}
    weeks = partners.load_study_weeks(tx, ids, since.monday.isoformat())
    by_days = [partner.person_id for partner in together if partner.shows_days]
    days = _count_days(tx, by_days, current.monday, current.sunday) if by_days else {}
    return [
        PairNow(
            partner,
            partners.streak_of(partner.pair, weeks).now,
            _minutes(weeks[partner.person_id], current),
            days.get(partner.person_id, 0),
        )
        for partner in together
    ]


def _minutes(weeks: StudyWeeks, current: Week) -> int:
    minutes, _ = weeks.counted.get(current, (0, 0))
    return minutes


def _count_days(tx: Tx, person_ids: list[int], first: date, last: date) -> dict[int, int]:
    """Return on how many days some people have studied."""
    rows = tx.all(
        f"""SELECT person_id, count(*) FROM day_totals WHERE person_id IN {LISTED} AND minutes > 0
            AND day >= :first AND day <= :last GROUP BY person_id""",
        ids=listed(person_ids),
        first=first.isoformat(),
        last=last.isoformat(),
    )
    return dict(map(tuple, rows))
