"""Zones as people name them, the completion of their names, and the zone that a week closes in."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.week import Week
from bot.domain.zones import ZoneChange, closes_at, closing_from, read_zone, suggest_zones, zone_names
from bot.errors import Refused

THIS_WEEK = Week(date(2024, 7, 8))


def refusal_of(text: str) -> Refused:
    with pytest.raises(Refused) as refused:
        read_zone(text)
    return refused.value


def test_every_name_is_a_zone_and_reads_as_itself() -> None:
    names = zone_names()
    assert len(names) > 500
    assert list(names) == sorted(set(names))
    for name in names:
        assert read_zone(name).key == name or "/" not in name
        assert ZoneInfo(name).key == name


def test_names_are_places_and_utc() -> None:
    names = set(zone_names())
    assert names <= available_timezones()
    assert {"UTC", "Europe/Berlin", "US/Eastern", "Asia/Calcutta", "America/Argentina/Ushuaia"} <= names
    left_out = available_timezones() - names
    assert {"CET", "EST", "EST5EDT", "Etc/GMT+2", "Factory", "GMT", "Zulu"} <= left_out
    assert not [name for name in names if name.startswith(("posix", "right/", "Etc/")) or name == "localtime"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        (" europe / BERLIN ", "Europe/Berlin"),
        ("Berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("america/new york", "America/New_York"),
        ("São Paulo", "America/Sao_Paulo"),
        ("port au prince", "America/Port-au-Prince"),
        ("buenos aires", "America/Argentina/Buenos_Aires"),
        ("istanbul", "Europe/Istanbul"),
        ("singapore", "Asia/Singapore"),
        ("utc", "UTC"),
        ("Etc/UTC", "UTC"),
        ("us/eastern", "US/Eastern"),
        ("asia/calcutta", "Asia/Calcutta"),
        ("egypt", "Egypt"),
    ],
)
def test_a_zone_is_read_by_name_or_city(text: str, name: str) -> None:
    assert read_zone(text).key == name


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("GMT+2", "Europe/Berlin"),
        *((text, "Europe/Berlin") for text in ("utc -5", "UTC\u22125", "+05:30", "+0530", "Etc/GMT+2")),
        *((text, "Europe/Berlin") for text in ("GMT", "GMT0", "Etc/Zulu")),
        ("CET", "Europe/Berlin"),
        ("est", "America/New_York"),
        ("EST5EDT", "America/New_York"),
        ("PST", "America/Los_Angeles"),
        ("IST", "Asia/Kolkata"),
    ],
)
def test_an_offset_is_answered_with_a_place(text: str, place: str) -> None:
    refused = refusal_of(text)
    assert refused.sentence == f"I read “{text}” as an offset, but I need a place, which says when its clocks change."
    assert refused.example == place


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Berln", "Europe/Berlin"),
        ("Europe/Berln", "Europe/Berlin, Europe/Dublin or Europe/Belfast"),
        ("nwe york", "America/New_York"),
        ("calcutta", "Asia/Calcutta"),
        ("eastern", "Canada/Eastern or US/Eastern"),
        ("samoa", "Pacific/Apia, Pacific/Pago_Pago or Pacific/Samoa"),
        ("germany", "Europe/Berlin or Europe/Busingen"),
        ("London, England", "Europe/London"),
    ],
)
def test_who_is_close_is_told_what_is_near(text: str, meant: str) -> None:
    refused = refusal_of(text)
    assert refused.sentence == f"I don't know a time zone “{text}”. Did you mean {meant}?"
    assert refused.example == meant.partition(" or ")[0].partition(",")[0]


@pytest.mark.parametrize("text", ["munich", "123", "Factory", "posixrules", "../../etc/passwd", "/etc/localtime"])
def test_who_is_far_off_is_asked_for_a_large_city(text: str) -> None:
    refused = refusal_of(text)
    assert refused.sentence == f"I don't know a time zone “{text}”. Name the largest city in your region."
    assert refused.example == "Europe/Berlin"


@pytest.mark.parametrize("text", ["", "   ", "_", "\n", "..", "🦊"])
def test_nothing_is_no_zone(text: str) -> None:
    assert refusal_of(text).sentence == "Name a large city near you."


@pytest.mark.parametrize(
    "text",
    [
        "../Europe/Berlin",
        "Europe/../Europe/Berlin",
        "/usr/share/zoneinfo/Europe/Berlin",
        "posix/Europe/Berlin",
        "right/Europe/Berlin",
        "Europe//Berlin",
        "C:\\Europe\\Berlin",
        "tzdata.zi",
        "Europe",
    ],
)
def test_no_path_is_a_zone(text: str) -> None:
    assert refusal_of(text).sentence.startswith("I don't know a time zone ")


def test_a_long_text_is_refused_unread() -> None:
    assert refusal_of("Berlin" + " " * 59).sentence == "No time zone has a name of 65 characters."
    assert refusal_of("x" * 1_000_000).sentence == "No time zone has a name of 1,000,000 characters."


@given(st.text(max_size=80) | st.text("./\\-+:0123 berlinutcgm", max_size=20))
@example("ﷺ" * 64)
def test_whatever_is_typed_is_a_known_zone_or_refused_with_one(text: str) -> None:
    try:
        zone = read_zone(text)
    except Refused as refused:
        assert "\n" not in refused.sentence
        assert len(refused.sentence) < 250
        assert read_zone(refused.example).key in zone_names()
    else:
        assert zone.key in zone_names()


@pytest.mark.parametrize(
    ("text", "begins_with"),
    [
        ("Berlin", ("Europe/Berlin",)),
        ("ber", ("Atlantic/Bermuda", "Europe/Berlin")),
        ("NEW Y", ("America/New_York",)),
        ("europe/b", ("Europe/Belgrade", "Europe/Berlin", "Europe/Bratislava")),
        ("jap", ("Japan", "Asia/Tokyo")),
        ("japan", ("Asia/Tokyo", "Japan")),
        ("united st", ("America/Adak", "America/Anchorage", "America/Boise")),
        ("samoa", ("Pacific/Apia", "Pacific/Pago_Pago", "Pacific/Samoa")),
        ("est", ("America/New_York",)),
        ("utc", ("UTC",)),
        ("", ("Pacific/Honolulu", "America/Los_Angeles")),
    ],
)
def test_completion_begins_with_what_is_most_likely_meant(text: str, begins_with: tuple[str, ...]) -> None:
    assert suggest_zones(text)[: len(begins_with)] == begins_with


@pytest.mark.parametrize("text", ["xyzzy", "🦊", "../", "x" * 100_000])
def test_completion_of_what_is_no_zone_is_empty(text: str) -> None:
    assert suggest_zones(text) == ()


@given(st.sampled_from(["", "a", "e", "america", "est", "n", "ing"]) | st.text(max_size=10), st.integers(0, 30))
def test_completion_keeps_to_its_limit_and_says_nothing_twice(text: str, limit: int) -> None:
    suggested = suggest_zones(text, limit)
    assert len(suggested) <= limit
    assert len(set(suggested)) == len(suggested)
    assert set(suggested) <= set(zone_names())
    assert suggest_zones(text, 30)[:limit] == suggested


def test_a_name_typed_in_full_is_suggested_first_unless_it_is_a_city_or_country_too() -> None:
    for name in zone_names():
        suggested = suggest_zones(name.upper().replace("_", " "), 4)
        assert suggested[0] == name if "/" in name else name in suggested


def test_completion_of_nothing_is_spread_around_the_world() -> None:
    spread = suggest_zones("")
    assert len(set(spread)) == 25
    assert {name.partition("/")[0] for name in spread} >= {
        "Africa",
        "America",
        "Asia",
        "Australia",
        "Europe",
        "Pacific",
    }


WEDNESDAY = datetime(2024, 7, 10, 12, tzinfo=UTC)
"""In the middle of `THIS_WEEK`."""


def taken(zone: str, at: datetime, changes: Sequence[ZoneChange]) -> list[ZoneChange]:
    """Return the changes after a zone was taken, as the store saves them."""
    current = Week.of(at.astimezone(ZoneInfo(changes[-1].zone)).date())
    return [*changes, ZoneChange(zone, closing_from(changes, current), at)]


def moved(*zones: str, at: datetime = WEDNESDAY) -> list[ZoneChange]:
    """Return the changes of somebody who lived in the first zone and took each of the others, a minute apart."""
    changes = [ZoneChange(zones[0], None)]
    for minutes, zone in enumerate(zones[1:]):
        changes = taken(zone, at + timedelta(minutes=minutes), changes)
    return changes


def wednesday(zone: str, weeks: int = 0) -> datetime:
    return THIS_WEEK.plus(weeks).closes_at(ZoneInfo(zone))


def test_a_week_closes_at_midnight_of_the_one_zone_that_was_held() -> None:
    assert closes_at(moved("Europe/Berlin"), THIS_WEEK) == datetime(2024, 7, 16, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zones", "this_week", "next_week"),
    [
        (("Europe/Berlin", "Asia/Tokyo"), "Europe/Berlin", "Asia/Tokyo"),
        (("Asia/Tokyo", "Europe/Berlin"), "Europe/Berlin", "Europe/Berlin"),
        (("Europe/Berlin", "America/Lima", "Asia/Tokyo"), "America/Lima", "Asia/Tokyo"),
        (("America/Lima", "Asia/Tokyo", "Europe/Berlin"), "America/Lima", "Europe/Berlin"),
    ],
)
def test_an_open_week_closes_in_the_zone_that_ends_it_last(
    zones: tuple[str, ...], this_week: str, next_week: str
) -> None:
    assert closes_at(moved(*zones), THIS_WEEK) == wednesday(this_week)
    assert closes_at(moved(*zones), THIS_WEEK.plus(1)) == wednesday(next_week, 1)


def test_a_week_that_has_closed_stays_closed() -> None:
    at_closing = wednesday("Asia/Tokyo")
    assert closes_at(moved("Asia/Tokyo", "America/Lima", at=at_closing), THIS_WEEK) == at_closing
    just_before = at_closing - timedelta(minutes=1)
    assert closes_at(moved("Asia/Tokyo", "America/Lima", at=just_before), THIS_WEEK) == wednesday("America/Lima")


def test_a_week_that_began_in_the_east_is_open_although_it_is_still_to_come_in_the_west() -> None:
    monday_in_auckland = datetime(2024, 7, 7, 18, tzinfo=UTC)
    changes = moved("Pacific/Auckland", "Pacific/Honolulu", "Europe/Berlin", at=monday_in_auckland)
    assert closes_at(changes, THIS_WEEK) == wednesday("Pacific/Honolulu")


Moves = list[tuple[int, str]]
MOVES: st.SearchStrategy[Moves] = st.lists(
    st.tuples(
        st.integers(0, 40 * 24),
        st.sampled_from(
            ["UTC", "Europe/Berlin", "Pacific/Auckland", "America/Lima", "Pacific/Honolulu", "Asia/Kolkata"]
        ),
    ),
    min_size=1,
    max_size=6,
).map(sorted)
"""The hours after which somebody takes a zone, from the second week before `THIS_WEEK` on."""

BEGIN = datetime(2024, 6, 24, tzinfo=UTC)


def changes_of(moves: Moves) -> list[ZoneChange]:
    changes = [ZoneChange(moves[0][1], None)]
    for hours, zone in moves[1:]:
        changes = taken(zone, BEGIN + timedelta(hours=hours), changes)
    return changes


def naive_closing(moves: Moves, week: Week) -> datetime:
    """Walk through the moves, and look at each whether the week has begun by then, and whether it is still open."""
    zone, has_begun = moves[0][1], False
    closing = week.closes_at(ZoneInfo(zone))
    for hours, new_zone in moves[1:]:
        at = BEGIN + timedelta(hours=hours)
        has_begun = has_begun or at.astimezone(ZoneInfo(zone)).date() >= week.monday
        own = week.closes_at(ZoneInfo(new_zone))
        if not has_begun:
            closing = own
        elif at < closing:
            closing = max(closing, own)
        zone = new_zone
    return closing


@given(MOVES, st.integers(-2, 5).map(THIS_WEEK.plus))
def test_a_week_closes_where_a_walk_through_the_moves_ends_it(moves: Moves, week: Week) -> None:
    assert closes_at(changes_of(moves), week) == naive_closing(moves, week)


@given(MOVES, st.integers(-2, 5).map(THIS_WEEK.plus))
def test_no_move_makes_an_open_week_close_earlier_or_before_its_tuesday_is_over(moves: Moves, week: Week) -> None:
    changes = changes_of(moves)
    for count in range(1, len(changes)):
        at, before = changes[count].taken_at, closes_at(changes[:count], week)
        begun = any(
            later.taken_at.astimezone(ZoneInfo(held.zone)).date() >= week.monday
            for held, later in pairwise(changes[: count + 1])
        )
        if at < before:
            after = closes_at(changes[: count + 1], week)
            assert after >= week.closes_at(ZoneInfo(changes[count].zone))
            assert after >= before or not begun
        else:
            assert closes_at(changes[: count + 1], week) == before
