"""Occurrences against models that look at every date, in all zones and through every kind of clock change."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from itertools import pairwise, product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.schedule import Moment, Occurrence, latest_occurrence, next_occurrence, occurrence_on
from bot.domain.week import Week
from bot.domain.zones import zone_names

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
FIRST_MONDAY, LAST_SUNDAY = date(2024, 1, 1), date(2030, 12, 29)
MONDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = 0, 3, 4, 5, 6
TRICKY = (
    "Africa/Cairo",
    "America/Havana",
    "America/New_York",
    "America/Santiago",
    "America/St_Johns",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Pacific/Kwajalein",
)

zones = st.sampled_from([*TRICKY, *zone_names()]).map(ZoneInfo)
times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
early_times = st.builds(time, st.integers(0, 3), st.sampled_from([0, 1, 15, 30, 45]))
weekly_moments = st.builds(Moment, st.integers(0, 6), early_times | times)
daily_moments = st.builds(Moment, st.none(), early_times | times)
moments = weekly_moments | daily_moments


def dates_of(moment: Moment, first: date, last: date) -> list[date]:
    """Return every date from `first` to `last` on which the moment comes, by looking at all of them."""
    dates = (first + n * DAY for n in range((last - first).days + 1))
    return [day for day in dates if moment.weekday in (None, day.weekday())]


def walk(moment: Moment, zone: ZoneInfo) -> Iterator[Occurrence]:
    """Yield the occurrences from 2024 to 2030, each asked for when the one before it is due."""
    now, done = datetime(2023, 12, 20, tzinfo=UTC), FIRST_MONDAY - DAY
    while done < LAST_SUNDAY:
        occurrence = next_occurrence(moment, zone, now, done)
        if occurrence.day > LAST_SUNDAY:
            return
        yield occurrence
        now, done = occurrence.due_at, occurrence.day


def is_first_instant(occurrence: Occurrence, at: time, zone: ZoneInfo) -> bool:
    """Return True if it is due at the first instant that shows that local time or, in a gap, a later one.

    Judged from instants to local times only, a direction in which nothing is ambiguous.
    """
    wanted = datetime.combine(occurrence.day, at)
    reached = occurrence.due_at.astimezone(zone)
    if reached.replace(tzinfo=None) == wanted:
        return reached.fold == 0
    before = (occurrence.due_at - SECOND).astimezone(zone)
    return before.replace(tzinfo=None) < wanted < reached.replace(tzinfo=None)


def check_seven_years(moment: Moment, zone: ZoneInfo, dates: list[date]) -> None:
    occurrences = list(walk(moment, zone))
    due = [occurrence.due_at for occurrence in occurrences]
    assert [occurrence.day for occurrence in occurrences] == dates
    assert all(earlier < later for earlier, later in pairwise(due))
    assert all(is_first_instant(occurrence, moment.at, zone) for occurrence in occurrences)


@given(zones, weekly_moments)
def test_one_occurrence_in_each_week_of_seven_years(zone: ZoneInfo, moment: Moment) -> None:
    check_seven_years(moment, zone, dates_of(moment, FIRST_MONDAY, LAST_SUNDAY))


@pytest.mark.slow
@given(zones, daily_moments)
def test_one_occurrence_on_each_date_of_seven_years(zone: ZoneInfo, moment: Moment) -> None:
    check_seven_years(moment, zone, dates_of(moment, FIRST_MONDAY, LAST_SUNDAY))


def names_with_rules_of_their_own() -> list[str]:
    """Return one name for each set of rules: links, which are another name for the same file, are left out."""
    rules = {(files("tzdata") / "zoneinfo" / name).read_bytes(): name for name in reversed(zone_names())}
    return sorted(rules.values())


@pytest.mark.slow
@pytest.mark.parametrize("name", names_with_rules_of_their_own())
def test_one_occurrence_in_each_week_in_every_zone_at_every_quarter_of_the_hours_that_shift(name: str) -> None:
    zone = ZoneInfo(name)
    for weekday in range(7):
        dates = dates_of(Moment(weekday, time()), FIRST_MONDAY, LAST_SUNDAY)
        for hour, minute in product(range(4), (0, 15, 30, 45)):
            check_seven_years(Moment(weekday, time(hour, minute)), zone, dates)


@pytest.mark.parametrize(
    ("zone", "moment", "day", "due"),
    [
        ("America/New_York", Moment(SUNDAY, time(2, 30)), date(2024, 3, 10), "2024-03-10T07:00Z"),
        ("America/New_York", Moment(SUNDAY, time(1, 30)), date(2024, 3, 10), "2024-03-10T06:30Z"),
        ("America/New_York", Moment(SUNDAY, time(1, 30)), date(2024, 11, 3), "2024-11-03T05:30Z"),
        ("America/Havana", Moment(SUNDAY, time(0, 0)), date(2024, 3, 10), "2024-03-10T05:00Z"),
        ("America/Havana", Moment(SUNDAY, time(0, 30)), date(2024, 11, 3), "2024-11-03T04:30Z"),
        ("Africa/Cairo", Moment(FRIDAY, time(0, 0)), date(2024, 4, 26), "2024-04-25T22:00Z"),
        ("Africa/Cairo", Moment(THURSDAY, time(23, 30)), date(2024, 10, 31), "2024-10-31T20:30Z"),
        ("America/Santiago", Moment(SUNDAY, time(0, 0)), date(2024, 9, 8), "2024-09-08T04:00Z"),
        ("America/Santiago", Moment(SATURDAY, time(23, 30)), date(2024, 4, 6), "2024-04-07T02:30Z"),
        ("Asia/Beirut", Moment(SUNDAY, time(0, 0)), date(2024, 3, 31), "2024-03-30T22:00Z"),
        ("Australia/Lord_Howe", Moment(SUNDAY, time(2, 15)), date(2024, 10, 6), "2024-10-05T15:30Z"),
        ("Australia/Lord_Howe", Moment(SUNDAY, time(1, 45)), date(2024, 4, 7), "2024-04-06T14:45Z"),
        ("America/St_Johns", Moment(SUNDAY, time(0, 0)), date(2010, 11, 7), "2010-11-07T02:30Z"),
        ("Pacific/Apia", Moment(FRIDAY, time(20, 0)), date(2011, 12, 30), "2011-12-30T10:00Z"),
        ("Pacific/Apia", Moment(None, time(20, 0)), date(2011, 12, 30), "2011-12-30T10:00Z"),
        ("Asia/Kathmandu", Moment(THURSDAY, time(18, 0)), date(2024, 1, 4), "2024-01-04T12:15Z"),
        ("Pacific/Kiritimati", Moment(MONDAY, time(0, 0)), date(2024, 1, 1), "2023-12-31T10:00Z"),
    ],
)
def test_a_time_in_the_gap_comes_just_after_it_and_a_repeated_one_once(
    zone: str, moment: Moment, day: date, due: str
) -> None:
    info, wanted = ZoneInfo(zone), Occurrence(datetime.fromisoformat(due), day)
    assert occurrence_on(day, moment, info) == wanted
    assert latest_occurrence(moment, info, wanted.due_at) == wanted
    assert latest_occurrence(moment, info, wanted.due_at - SECOND).day < day
    assert next_occurrence(moment, info, wanted.due_at - SECOND) == wanted
    period = DAY if moment.weekday is None else 7 * DAY
    assert next_occurrence(moment, info, wanted.due_at, day).day == day + period


@pytest.mark.parametrize("zone", TRICKY)
@pytest.mark.parametrize("at", [time(0, 0), time(0, 30), time(1, 30), time(2, 15), time(2, 30), time(23, 30)])
@pytest.mark.parametrize("weekday", [THURSDAY, FRIDAY, SUNDAY])
def test_zones_that_shift_at_odd_times_have_one_occurrence_in_each_week(zone: str, at: time, weekday: int) -> None:
    moment = Moment(weekday, at)
    check_seven_years(moment, ZoneInfo(zone), dates_of(moment, FIRST_MONDAY, LAST_SUNDAY))


@pytest.mark.parametrize("zone", ["America/Santiago", "Pacific/Apia"])
def test_zones_that_shift_at_odd_times_have_one_daily_occurrence_on_each_date(zone: str) -> None:
    moment = Moment(None, time(0, 30))
    check_seven_years(moment, ZoneInfo(zone), dates_of(moment, FIRST_MONDAY, LAST_SUNDAY))


def test_the_day_that_apia_never_had_is_not_made_up_for_twice() -> None:
    zone, moment = ZoneInfo("Pacific/Apia"), Moment(FRIDAY, time(20, 0))
    lost = next_occurrence(moment, zone, datetime(2011, 12, 24, tzinfo=UTC), date(2011, 12, 23))
    assert lost == Occurrence(datetime(2011, 12, 30, 10, tzinfo=UTC), date(2011, 12, 30))
    assert next_occurrence(moment, zone, lost.due_at, lost.day).day == date(2012, 1, 6)


@st.composite
def situations(draw: st.DrawFn) -> tuple[Moment, ZoneInfo, list[Occurrence], datetime]:
    """Draw a moment, a zone, its occurrences in three years, and an instant in the middle one, often close to one."""
    moment, zone, year = draw(moments), draw(zones), draw(st.integers(1985, 2034))
    days = dates_of(moment, date(year - 1, 1, 1), date(year + 1, 12, 31))
    known = [occurrence_on(day, moment, zone) for day in days]
    middle = [occurrence.due_at for occurrence in known if occurrence.day.year == year]
    near = draw(st.sampled_from([timedelta(0), SECOND, timedelta(hours=1), timedelta(hours=23)]))
    now = draw(st.sampled_from(middle)) + draw(st.sampled_from([-1, 1])) * near
    return moment, zone, known, now


def period_of(moment: Moment, day: date) -> tuple[int, ...]:
    return (day.toordinal(),) if moment.weekday is None else day.isocalendar()[:2]


@given(situations())
def test_the_latest_occurrence_is_the_last_one_of_all_that_are_due(
    situation: tuple[Moment, ZoneInfo, list[Occurrence], datetime],
) -> None:
    moment, zone, known, now = situation
    assert latest_occurrence(moment, zone, now) == [occurrence for occurrence in known if occurrence.due_at <= now][-1]


@given(situations(), st.none() | st.integers(-30, 30))
def test_the_following_occurrence_is_the_first_of_all_that_is_still_to_come(
    situation: tuple[Moment, ZoneInfo, list[Occurrence], datetime], done_after: int | None
) -> None:
    moment, zone, known, now = situation
    done = None if done_after is None else now.date() + done_after * DAY
    expected = next(
        occurrence
        for occurrence in known
        if occurrence.due_at > now and (done is None or period_of(moment, occurrence.day) > period_of(moment, done))
    )
    assert next_occurrence(moment, zone, now, done) == expected


def test_who_flies_back_and_forth_on_a_sunday_is_called_once() -> None:
    moment = Moment(SUNDAY, time(15, 0))
    east, west = ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Pacific/Honolulu")
    called = latest_occurrence(moment, east, datetime(2024, 7, 14, 1, 0, tzinfo=UTC))
    assert called.day == date(2024, 7, 14)
    now = called.due_at + timedelta(hours=1)
    assert occurrence_on(called.day, moment, west).due_at > now  # there it is not yet three o'clock
    assert next_occurrence(moment, west, now, called.day).day == date(2024, 7, 21)
    assert next_occurrence(moment, east, now, called.day).day == date(2024, 7, 21)


@given(st.lists(st.tuples(zones, weekly_moments, st.integers(-400, 400)), min_size=1, max_size=20))
def test_no_change_of_zone_moment_or_clock_brings_two_in_one_week(
    changes: list[tuple[ZoneInfo, Moment, int]],
) -> None:
    now, done = datetime(2024, 3, 1, tzinfo=UTC), date(2024, 2, 29)
    for zone, moment, hours in changes:
        occurrence = next_occurrence(moment, zone, now, done)
        assert Week.of(occurrence.day) > Week.of(done)
        now, done = occurrence.due_at + timedelta(hours=hours), occurrence.day


@pytest.mark.parametrize("moment", [Moment(SUNDAY, time(0, 0)), Moment(None, time(0, 0))])
def test_what_was_due_stays_the_latest_while_the_clock_shows_the_day_before_again(moment: Moment) -> None:
    zone, now = ZoneInfo("America/St_Johns"), datetime(2010, 11, 7, 2, 35, tzinfo=UTC)
    assert now.astimezone(zone).date() == date(2010, 11, 6)
    assert latest_occurrence(moment, zone, now).day == date(2010, 11, 7)
    assert next_occurrence(moment, zone, now).day > date(2010, 11, 7)


@pytest.mark.parametrize("moment", [Moment(MONDAY, time(9, 0)), Moment(None, time(9, 0))])
@pytest.mark.parametrize(
    ("now", "done"),
    [
        (datetime(9000, 1, 6, 12, tzinfo=UTC), date(2024, 1, 1)),
        (datetime(2024, 1, 1, 12, tzinfo=UTC), date(9000, 1, 6)),
        (datetime(9000, 1, 6, 12, tzinfo=UTC), None),
    ],
)
def test_nothing_walks_through_the_years(
    moment: Moment, now: datetime, done: date | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    zone, looked_at = ZoneInfo("Europe/Berlin"), list[date]()

    def look(day: date, moment: Moment, zone: ZoneInfo) -> Occurrence:
        looked_at.append(day)
        return occurrence_on(day, moment, zone)

    monkeypatch.setattr("bot.domain.schedule.occurrence_on", look)
    next_occurrence(moment, zone, now, done)
    latest_occurrence(moment, zone, now)
    assert len(looked_at) <= 6
