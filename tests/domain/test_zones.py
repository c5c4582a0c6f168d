"""Zones as people name them, the completion of their names, and the zone that a week closes in."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.week import Week
from bot.domain.zones import ZoneChange, closes_at, closing_zone, read_zone, suggest_zones, zone_names
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
    assert refused.sentence == f"I know no time zone “{text}”; did you mean {meant}?"
    assert refused.example == meant.partition(" or ")[0].partition(",")[0]


@pytest.mark.parametrize(
    "text", ["munich", "123", "..", "Factory", "🦊", "posixrules", "../../etc/passwd", "/etc/localtime"]
)
def test_who_is_far_off_is_asked_for_a_large_city(text: str) -> None:
    refused = refusal_of(text)
    assert refused.sentence == f"I know no time zone “{text}”; name the largest city of your region."
    assert refused.example == "Europe/Berlin"


@pytest.mark.parametrize("text", ["", "   ", "_", "\n"])
def test_nothing_is_no_zone(text: str) -> None:
    assert refusal_of(text).sentence == "I read no time zone at all; name a large city near you."


@pytest.mark.parametrize(
    "text",
    [
        "../Europe/Berlin",
        "Europe/../Europe/Berlin",
        "/usr/share/zoneinfo/Europe/Berlin",
        "posix/Europe/Berlin",
        "right/Europe/Berlin",
        "Europe/Berlin\0",
        "Europe//Berlin",
        "C:\\Europe\\Berlin",
        "tzdata.zi",
        "Europe",
    ],
)
def test_no_path_is_a_zone(text: str) -> None:
    assert refusal_of(text).sentence.startswith("I know no time zone ")


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


def test_a_zone_closes_weeks_from_the_one_after_its_change() -> None:
    changes = [ZoneChange("Europe/Berlin", None), ZoneChange("Asia/Tokyo", THIS_WEEK.plus(1))]
    assert closing_zone(changes, THIS_WEEK).key == "Europe/Berlin"
    assert closing_zone(changes, THIS_WEEK.plus(1)).key == "Asia/Tokyo"
    assert closing_zone(changes, THIS_WEEK.plus(50)).key == "Asia/Tokyo"


def test_of_two_changes_in_one_week_the_later_holds() -> None:
    changes = [
        ZoneChange("Europe/Berlin", None),
        ZoneChange("Asia/Tokyo", THIS_WEEK.plus(1)),
        ZoneChange("America/Lima", THIS_WEEK.plus(1)),
    ]
    assert closing_zone(changes, THIS_WEEK).key == "Europe/Berlin"
    assert closing_zone(changes, THIS_WEEK.plus(1)).key == "America/Lima"


def test_a_week_closes_at_midnight_of_the_zone_that_holds_by_then() -> None:
    changes = [ZoneChange("Europe/Berlin", None), ZoneChange("Asia/Tokyo", THIS_WEEK.plus(1))]
    assert closes_at(changes[:1], THIS_WEEK) == datetime(2024, 7, 16, 22, tzinfo=UTC)
    assert closes_at(changes, THIS_WEEK) == datetime(2024, 7, 16, 22, tzinfo=UTC)
    assert closes_at(changes, THIS_WEEK.plus(1)) == datetime(2024, 7, 23, 15, tzinfo=UTC)


def test_a_week_before_every_change_closes_in_the_first_zone_known() -> None:
    changes = [ZoneChange("Asia/Tokyo", THIS_WEEK), ZoneChange("America/Lima", THIS_WEEK.plus(3))]
    assert closing_zone(changes, THIS_WEEK.plus(-1)).key == "Asia/Tokyo"


def naive_closing_zone(changes: list[ZoneChange], week: Week) -> str:
    closes_in = changes[0].zone
    for change in changes:
        if change.closing_from is None or not change.closing_from > week:
            closes_in = change.zone
    return closes_in


@given(
    st.lists(
        st.builds(
            ZoneChange,
            st.sampled_from(["UTC", "Europe/Berlin", "Asia/Tokyo", "America/Lima"]),
            st.none() | st.integers(-5, 5).map(THIS_WEEK.plus),
        ),
        min_size=1,
        max_size=6,
    ),
    st.integers(-6, 6).map(THIS_WEEK.plus),
)
def test_the_last_change_that_holds_by_then_wins(changes: list[ZoneChange], week: Week) -> None:
    assert closing_zone(changes, week).key == naive_closing_zone(changes, week)
