"""A group's last call: hours together and how many are close, without names; none where there is nothing to say."""

import pytest

from bot.domain.leaderboard import Total
from bot.domain.week import Week
from bot.views import posts
from tests.delivery.town import Town
from tests.talk import MONDAY_MORNING

SUNDAY_3PM = "2026-01-11T15:00"
SUNDAY = Week.of(MONDAY_MORNING.date()).sunday
ENDS = "The week ends on Sunday night, your own time."


def said(total: Total) -> list[str]:
    return [str(block.text[0]) for block in posts.group_call(total, SUNDAY).blocks if hasattr(block, "text")]


@pytest.mark.parametrize(
    ("total", "lines"),
    [
        (
            Total(18_600, 18_600, 31_800, 9, 53, studied=30, near=7),
            [f"{ENDS} Together 310 of 530 hours; 9 have kept it and 7 more are within 2 hours."],
        ),
        (
            Total(1200, 1200, 1800, 1, 3, studied=1, near=1),
            [f"{ENDS} Together 20 of 30 hours; 1 has kept it and 1 more is within 2 hours."],
        ),
        (Total(1200, 1200, 3000, 0, 5, studied=4, near=2), [f"{ENDS} Together 20 of 50 hours; 2 are within 2 hours."]),
        (Total(60, 60, 600, 0, 1, studied=1), [f"{ENDS} Together 1 of 10 hours."]),
        (Total(180, 0, 0, 0, 0, studied=2), [f"{ENDS} Together 3 hours."]),
        (Total(1300, 1200, 1200, 2, 2), ["Everyone has kept the week 🎉", "Together 21 of 20 hours."]),
        (
            Total(1300, 1200, 1200, 2, 2, studied=1, near=0),
            [f"{ENDS} Together 21 of 20 hours; 2 have kept it."],
        ),
    ],
)
def test_it_says_what_is_true_of_everybody(total: Total, lines: list[str]) -> None:
    assert said(total) == lines


async def test_its_buttons_are_for_whoever_reads_it(town: Town) -> None:
    await town.say("ada", "/checkin 9h")
    [call] = await town.until(SUNDAY_3PM)
    assert [button.label for button in call.card.buttons()] == ["Check in", "Remind me", "Join"]
    assert "Ada" not in call.text


async def test_there_is_none_when_nobody_has_logged(town: Town) -> None:
    await town.say("ada", "/checkin 10h")
    await town.until("2026-01-12T10:00")
    await town.until("2026-01-19T08:00")
    assert town.keys("groupcall") == ["groupcall/1/2026-01-11"]


async def test_organisers_hear_once_that_all_rest_where_results_are_off(town: Town) -> None:
    await town.say("ada", "/group schedule results off")
    await town.say("ada", "/checkin 1h")
    await town.until("2026-03-02T10:00")
    assert town.keys("notice/resting") == ["notice/resting/1/2026-02-08/1"]
