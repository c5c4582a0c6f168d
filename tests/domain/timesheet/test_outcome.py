"""What becomes of sessions that are nearly here already, and of totals that have shrunk."""

import json
from datetime import UTC, date

from bot.domain.timesheet.answers import Answers, Twins
from bot.domain.timesheet.choice import Chooser, ImportChoice
from bot.domain.timesheet.known import KnownSessions, StoredSession
from bot.domain.timesheet.outcome import LEFT_AS_TWIN, SMALLER, Importer, NewSession
from bot.domain.timesheet.plan import make_plan
from bot.domain.timesheet.read import read_text

NINE = 9 * 60


def bring(text: str, stored: list[StoredSession], twins: Twins | None = None) -> tuple[list[NewSession], Importer]:
    plan = make_plan(read_text(text), Answers(), UTC, date(2026, 1, 5))
    importer = Importer(plan, Chooser(ImportChoice(())), KnownSessions(stored), {}, twins)
    return list(importer.go_through()), importer


def test_twins_that_are_not_wanted_are_left_out_and_counted_beyond_their_examples() -> None:
    days = [f"2025-03-0{number}" for number in range(1, 5)]
    stored = [StoredSession(day, NINE, 45, 1, "", f"{day}T{NINE}/45#1", False, False) for day in days]
    text = "date,start,end\n" + "".join(f"{day},09:00,10:00\n" for day in days)
    new, importer = bring(text, stored, Twins.LEAVE)
    outcome = importer.outcome
    assert new == []
    assert outcome.twin_count == 4
    assert [(twin.day.isoformat(), twin.minutes, twin.known_minutes) for twin in outcome.twins] == [
        (day, 60, 45) for day in days[:3]
    ]
    assert {reason: (left.rows, left.ms) for reason, left in outcome.left_out.items()} == {
        LEFT_AS_TWIN: (4, 4 * 3_600_000)
    }


def test_a_total_of_a_day_never_shrinks() -> None:
    text = json.dumps({"days": [{"date": "2025-03-04", "projects": [{"name": "x", "total_seconds": 600}]}]})
    stored = [StoredSession("2025-03-04", None, 20, 1, "x", "2025-03-04=20=x", True, False)]
    new, importer = bring(text, stored)
    assert new == []
    assert {reason: left.rows for reason, left in importer.outcome.left_out.items()} == {SMALLER: 1}
