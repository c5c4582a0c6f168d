import pytest

from bot.chat.chart import AreaRow, BoardBars, BoardRow, GroupWeek, HeatmapWeek, WeekKept


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


@pytest.mark.parametrize(
    ("streak", "freeze_in", "words", "freeze"),
    [
        (0, 3, "", ""),
        (1, 3, "Streak: 1 week", "3 more earn a freeze"),
        (7, 1, "Streak: 7 weeks", "1 more earns a freeze"),
        (1040, 0, "Streak: 1,040 weeks", ""),
    ],
)
def test_the_streak_of_a_kept_week(streak: int, freeze_in: int, words: str, freeze: str) -> None:
    chart = WeekKept("5–11 Jan", (600,), streak, freeze_in)
    assert (chart.streak_words, chart.freeze_words) == (words, freeze)


@pytest.mark.parametrize(
    ("kept", "studied", "words"),
    [
        (0, 0, ("", "")),
        (1, 0, ("1 kept the week", "")),
        (0, 1, ("", "1 studied")),
        (23, 21, ("23 kept the week", "21 more studied")),
    ],
)
def test_the_members_of_a_groups_week(kept: int, studied: int, words: tuple[str, str]) -> None:
    chart = GroupWeek("5–11 Jan", 6000, 6000, 31_380, kept, studied, ())
    assert (chart.kept_words, chart.studied_words) == words


@pytest.mark.parametrize(
    ("week", "share", "to_go"),
    [
        (HeatmapWeek("open", 430, 600), 43 / 60, 170),
        (HeatmapWeek("open", 660, 600), 1, 0),
        (HeatmapWeek("open", -5, 600), 0, 600),
        (HeatmapWeek("missed", 300, 600), 0.5, 0),
        (HeatmapWeek(None, 300, 0), 1, 0),
    ],
)
def test_the_share_of_a_week_in_a_heatmap(week: HeatmapWeek, share: float, to_go: int) -> None:
    assert week.share == pytest.approx(share)
    assert week.to_go == to_go


def test_a_groups_goal_and_its_weeks() -> None:
    chart = GroupWeek("5–11 Jan", 6000, 6000, 31_380, 1, 0, (1, 2))
    assert (chart.goal_words, chart.weeks_words) == ("of 523 h, together", "Kept in the last 2 weeks")
    alone = GroupWeek("5–11 Jan", 6000, 6000, 0, 1, 0, (1,))
    assert (alone.goal_words, alone.weeks_words) == ("together", "")
    assert GroupWeek("", 0, 0, 0, 0, 0, (1,) * 20).weeks_words == "Kept in the last 12 weeks"


def test_a_board_names_a_goal_that_is_another_than_the_usual_one() -> None:
    ada, bo, cy = BoardRow(1, "Ada", 600, 600), BoardRow(1, "Bo", 310, 300), BoardRow(3, "Cy", 0, 600)
    board = BoardBars("", "", (ada, bo, cy))
    assert (board.usual_goal, board.logged) == (600, (ada, bo))
    assert [board.goal_words(row) for row in board.rows] == ["", "of 5 h", ""]
    assert [BoardBars("", "", (ada, bo), goal=300).goal_words(row) for row in (ada, bo)] == ["of 10 h", ""]
    assert BoardBars("", "", ()).usual_goal == 0
    assert BoardBars("", "", (ada,)).goal_words(BoardRow(1, "Di", 60, 0)) == ""


def test_only_a_goal_can_be_reached() -> None:
    assert BoardRow(1, "Ada", 600, 600).is_kept
    assert not BoardRow(1, "Ada", 599, 600).is_kept
    assert not BoardRow(1, "Ada", 600, 0).is_kept
