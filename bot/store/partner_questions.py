"""The questions that partners were asked, one row for each person and week: marks belong to whom they are about."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from bot.domain.partner_question import Asked, Mark
from bot.domain.week import Week
from bot.store.rows import monday, ms, week
from bot.store.tx import LISTED, Tx, listed


class AskedQuestion(NamedTuple):
    """A person's question of a week: their own mark, and the advice of a partner."""

    partnership_id: int
    week: Week
    question: str
    mark: Mark | None
    advice: Mark | None


def add(tx: Tx, partnership_id: int, person_ids: Iterable[int], current: Week, question: str) -> None:
    """Ask the partners of a partnership a question in a week; asked already, nothing changes."""
    tx.many(
        """INSERT INTO partner_questions (person_id, week, partnership_id, question)
           VALUES (:person, :week, :id, :question) ON CONFLICT DO NOTHING""",
        [
            {"person": person_id, "week": monday(current), "id": partnership_id, "question": question}
            for person_id in person_ids
        ],
    )


def find(tx: Tx, person_id: int, partnership_id: int) -> AskedQuestion | None:
    """Return the newest question of a person in a partnership; None before the first."""
    row = tx.one(
        """SELECT week, question, mark, advice FROM partner_questions
           WHERE person_id = :person AND partnership_id = :id ORDER BY week DESC LIMIT 1""",
        person=person_id,
        id=partnership_id,
    )
    return None if row is None else _question(partnership_id, *row)


def list_of_person(tx: Tx, person_id: int) -> list[AskedQuestion]:
    """Return all questions of a person, the newest first."""
    rows = tx.all(
        """SELECT partnership_id, week, question, mark, advice FROM partner_questions
           WHERE person_id = :id ORDER BY week DESC, partnership_id""",
        id=person_id,
    )
    return [_question(*row) for row in rows]


def list_asked(tx: Tx, person_ids: Iterable[int], current: Week) -> dict[int, list[Asked]]:
    """Return by person what each was asked before the week, with their own marks."""
    rows = tx.all(
        f"""SELECT person_id, question, week, mark FROM partner_questions WHERE person_id IN {LISTED} AND week < :week
            ORDER BY person_id, week, partnership_id""",
        ids=listed(person_ids),
        week=monday(current),
    )
    asked: dict[int, list[Asked]] = {}
    for person_id, question, asked_week, mark in rows:
        weeks_ago = week(asked_week).weeks_to(current)
        asked.setdefault(person_id, []).append(Asked(question, weeks_ago, _mark(mark)))
    return asked


def save_mark(tx: Tx, person_id: int, asked: AskedQuestion, mark: Mark, now: datetime) -> None:
    """Save how well a person explained it by their own mark."""
    tx.run(
        """UPDATE partner_questions SET mark = :mark, marked_at = :now
           WHERE person_id = :person AND partnership_id = :id AND week = :week""",
        person=person_id,
        id=asked.partnership_id,
        week=monday(asked.week),
        mark=mark,
        now=ms(now),
    )


def save_advice(tx: Tx, person_id: int, asked: AskedQuestion, mark: Mark) -> None:
    """Save how well a person explained it by a partner's mark; it is no sign of the person themselves."""
    tx.run(
        """UPDATE partner_questions SET advice = :mark
           WHERE person_id = :person AND partnership_id = :id AND week = :week""",
        person=person_id,
        id=asked.partnership_id,
        week=monday(asked.week),
        mark=mark,
    )


def save_told(tx: Tx, person_id: int, current: Week) -> None:
    """Save that a card has told the person of the week's question."""
    tx.run(
        "UPDATE partner_questions SET is_told = 1 WHERE person_id = :id AND week = :week",
        id=person_id,
        week=monday(current),
    )


def _question(
    partnership_id: int, asked_week: str, question: str, mark: str | None, advice: str | None
) -> AskedQuestion:
    return AskedQuestion(partnership_id, week(asked_week), question, _mark(mark), _mark(advice))


def _mark(value: str | None) -> Mark | None:
    return None if value is None else Mark(value)
