"""The days of an absence as people type them, seen from a Wednesday."""

from datetime import date

import pytest

from bot.domain.absence import Absence, read_absence
from bot.errors import Refused, Understood

WEDNESDAY = date(2026, 12, 2)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("sun", None, "2026-12-06"),
        ("today", None, "2026-12-02"),
        ("until the 20th", None, "2026-12-20"),
        ("Freitag", None, "2026-12-04"),
        ("for two weeks", None, "2026-12-15"),
        ("a day", None, "2026-12-02"),
        ("3 Tage", None, "2026-12-04"),
        ("2 weeks from now", None, "2026-12-16"),
        ("yesterday", None, "2026-12-01"),
        ("this week", "2026-12-02", "2026-12-06"),
        ("next week", "2026-12-07", "2026-12-13"),
        ("the weekend", "2026-12-05", "2026-12-06"),
        ("this month", "2026-12-02", "2026-12-31"),
        ("next month", "2027-01-01", "2027-01-31"),
        ("fri to mon", "2026-12-04", "2026-12-07"),
        ("mon fri", "2026-12-07", "2026-12-11"),
        ("mon to mon", "2026-12-07", "2026-12-14"),
        ("tomorrow until sunday", "2026-12-03", "2026-12-06"),
        ("yesterday to friday", "2026-12-01", "2026-12-04"),
        ("from friday for 3 days", "2026-12-04", "2026-12-06"),
        ("2 weeks from monday", "2026-12-07", "2026-12-20"),
        ("7-13 Dec", "2026-12-07", "2026-12-13"),
        ("dec 7-13", "2026-12-07", "2026-12-13"),
        ("7.-13.12.", "2026-12-07", "2026-12-13"),
        ("7.12.-13.12.", "2026-12-07", "2026-12-13"),
        ("24 dec - 2 jan", "2026-12-24", "2027-01-02"),
        ("2026-12-07 - 2026-12-13", "2026-12-07", "2026-12-13"),
        ("du lundi au vendredi", "2026-12-07", "2026-12-11"),
    ],
)
def test_days_away_are_read(text: str, first: str | None, last: str) -> None:
    absence = Absence(date.fromisoformat(first) if first else None, date.fromisoformat(last))
    assert read_absence(text, WEDNESDAY) == absence


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("fri", "2026-12-07", "2026-12-11"),
        ("7 dec", "2026-12-13", "2027-12-07"),
        ("for 2 weeks", "2026-12-07", "2026-12-20"),
        ("next friday", "2026-12-07", "2026-12-11"),
    ],
)
def test_the_end_is_read_from_the_beginning(text: str, first: str, last: str) -> None:
    assert read_absence(text, WEDNESDAY, date.fromisoformat(first)).last == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("next friday", ["Fri 4 Dec", "Fri 11 Dec"]),
        ("wed to fri", ["Today to Fri 4 Dec", "Wed 9 Dec to Fri 11 Dec"]),
        ("next weekend", ["Sat 5 Dec to Sun 6 Dec", "Sat 12 Dec to Sun 13 Dec"]),
    ],
)
def test_several_absences_are_asked_about(text: str, labels: list[str]) -> None:
    with pytest.raises(Understood) as asked:
        read_absence(text, WEDNESDAY)
    assert [offer.label for offer in asked.value.offers] == labels
    assert all(read_absence(offer.words, WEDNESDAY).last >= WEDNESDAY for offer in asked.value.offers)


def test_on_a_saturday_the_next_weekend_is_the_one_to_come() -> None:
    assert read_absence("next weekend", date(2026, 12, 5)) == Absence(date(2026, 12, 12), date(2026, 12, 13))


@pytest.mark.parametrize("text", ["", "flu", "from friday", "0 days", "2 weeks from flu", "x" * 65])
def test_what_names_no_days_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_absence(text, WEDNESDAY)


@pytest.mark.parametrize("text", ["30 feb", "999 weeks from 9998-01-01"])
def test_days_that_do_not_exist_are_refused(text: str) -> None:
    with pytest.raises(Understood, match="no calendar has"):
        read_absence(text, WEDNESDAY)
