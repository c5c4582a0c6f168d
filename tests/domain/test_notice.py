"""When results come too early for a member far away."""

from datetime import UTC, datetime, time

import pytest

from bot.domain.notice import LATER_RESULTS, is_too_early
from bot.domain.schedule import Moment

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
MONDAY_NINE = Moment(0, time(9))


@pytest.mark.parametrize(
    ("zone", "members", "is_early"),
    [
        ("UTC", ["UTC"], False),
        ("UTC", ["America/Los_Angeles"], False),
        ("UTC", ["UTC", "Pacific/Honolulu"], True),
        ("Europe/Berlin", ["America/Los_Angeles"], True),
        ("America/Los_Angeles", ["Europe/Berlin"], True),
        ("UTC", [], False),
    ],
)
def test_more_than_eight_hours_are_far(zone: str, members: list[str], is_early: bool) -> None:
    assert is_too_early(MONDAY_NINE, zone, members, NOW) is is_early
    assert not is_too_early(LATER_RESULTS, zone, members, NOW)
