"""Running sums are what adding up the weeks gives, whatever is logged or taken back, and whatever the goal."""

from hypothesis import given
from hypothesis import strategies as st

from bot.store import running_sums
from bot.store.running_sums import WHOLE_SHARE
from tests.talk import Talk

WEEKS = "SELECT counted, goal, counted_sum, share_sum FROM weeks ORDER BY person_id, monday"
DEEDS = st.sampled_from(
    ["/checkin 2h", "/checkin 11h", "/checkin 1h day: last sunday", "/undo", "/goal 5", "/goal 20", "/goal 10", "week"]
)


@given(st.lists(DEEDS, min_size=3, max_size=15))
async def test_sums_are_those_of_the_weeks(talk: Talk, deeds: list[str]) -> None:
    await talk("ada", "/checkin 3h")
    for deed in deeds:
        talk.advance(minutes=3)
        if deed == "week":
            talk.advance(days=7)
        else:
            await talk("ada", deed)
    counted_sum = share_sum = 0
    for row in await talk.rows(WEEKS):
        counted, goal, *sums = map(int, map(str, row))
        counted_sum += counted
        share_sum += WHOLE_SHARE * min(counted, goal) // goal
        assert sums == [counted_sum, share_sum]


def test_a_whole_share_is_exact() -> None:
    assert WHOLE_SHARE * 260 / WHOLE_SHARE / 260 == 1.0
    assert str(WHOLE_SHARE) in running_sums.SHARE
