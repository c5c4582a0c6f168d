import pytest

from bot.chat.chart import AreaRow


@pytest.mark.parametrize(
    ("weeks", "words"),
    [
        (None, "never"),
        (-1, "this week"),
        (0, "this week"),
        (1, "last week"),
        (2, "2 weeks ago"),
        (1040, "1,040 weeks ago"),
    ],
)
def test_when_an_area_was_touched_last(weeks: int | None, words: str) -> None:
    assert AreaRow("Statistics", 60, weeks).since == words
