"""Cities to pick a zone from: by their time of day, from west to east, with one's own among them."""

from datetime import UTC, datetime

from bot.domain.cities import CLOCKS, MOST_CLOCKS, Cities, cities_at

NOON = datetime(2025, 1, 15, 12, 0, tzinfo=UTC)


def test_cities_are_listed_by_their_time_from_west_to_east() -> None:
    shown = cities_at(NOON, "Europe/Berlin")
    assert len(shown) == len(CLOCKS)
    assert shown[0] == ("04:00", Cities("America/Los_Angeles", "Los Angeles, Vancouver"))
    assert shown[-1] == ("23:00", Cities("Australia/Sydney", "Sydney, Melbourne"))


def test_a_zone_that_is_none_of_the_large_ones_has_a_line_of_its_own_at_its_place() -> None:
    shown = cities_at(NOON, "America/Port_of_Spain")
    assert len(shown) == MOST_CLOCKS
    at = shown.index(("08:00", Cities("America/Port_of_Spain", "Port of Spain")))
    assert shown[at - 1][0] == "07:00"
    assert shown[at + 1][0] == "09:00"
