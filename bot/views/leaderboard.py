"""The leaderboard: everyone who kept the week is first, and nobody is singled out at the bottom."""

from dataclasses import dataclass
from datetime import date

from bot.chat.card import Actions, Align, Block, Card, Column, Line, Note, Picture, Table
from bot.chat.chart import BoardBars, BoardRow
from bot.chat.text import Bold
from bot.domain.duration import say
from bot.domain.leaderboard import LeaderboardPage, LeaderboardPeriod, RankBy, Row, Span, Total
from bot.domain.names import cut
from bot.domain.streak import RECENT_WEEKS
from bot.views import words
from bot.views.posts import say_total

MAX_NAME_CHARACTERS = 28
GAP = "…"
TITLES = {
    LeaderboardPeriod.WEEK: "This week",
    LeaderboardPeriod.LAST_WEEK: "Last week",
    LeaderboardPeriod.ALL: "All time",
}
RANKED_BY = {
    RankBy.SHARE: "by share of one's own goal, capped at 100 %",
    RankBy.HOURS: "by hours",
    RankBy.STREAK: "by streak",
    RankBy.CONSISTENCY: f"by weeks kept of the last {RECENT_WEEKS}",
}


@dataclass(frozen=True, slots=True)
class Board:
    """A group's leaderboard for one reader (`me`, None: everyone); `missing` says why they are not on it."""

    group: str
    period: LeaderboardPeriod
    by: RankBy
    span: Span
    today: date
    page: LeaderboardPage
    total: Total | None
    me: int | None
    missing: str


def leaderboard(board: Board, actions: tuple[Actions, ...]) -> Card:
    """Show the group's total, the rows, and the rows as bars."""
    page = board.page
    blocks: list[Block] = []
    if board.total is not None and board.total.members:
        blocks.append(Line((Bold(f"{say_total(board.total)}."),)))
    blocks.append(Note((f"{board.group} · {_when(board)} · {RANKED_BY[board.by]}",)))
    blocks.append(_table(board) if page.rows else Line((_say_nobody(board),)))
    if any(row.minutes for row in page.rows) and board.by in (RankBy.SHARE, RankBy.HOURS):
        blocks.append(_picture(board))
    if board.missing:
        blocks.append(Note((board.missing,)))
    return Card(f"Leaderboard · {_title(board)}", (*blocks, *actions))


def no_week_yet(period: LeaderboardPeriod, today: date) -> Card:
    """Say that the first Monday of a month or year is still to come."""
    name = f"{today:%B}" if period is LeaderboardPeriod.MONTH else f"{today.year}"
    text = f"No week has begun in {name} yet: its board begins with its first Monday."
    return Card("", (Line((text,)),))


def _title(board: Board) -> str:
    if board.period is LeaderboardPeriod.MONTH:
        return f"{board.today:%B} {board.today.year}"
    return str(board.today.year) if board.period is LeaderboardPeriod.YEAR else TITLES[board.period]


def _when(board: Board) -> str:
    if board.period.is_one_week:
        return words.say_week(board.span.last, board.today)
    return "weeks that began in it" if board.period is not LeaderboardPeriod.ALL else "every week since joining"


def _say_nobody(board: Board) -> str:
    if board.period.is_one_week:
        return "There is nobody on this board: who joined later, hides or rests is left out."
    return "There is nobody on this board yet: it holds the weeks that begin while one is a member."


def _table(board: Board) -> Table:
    page = board.page
    rows: list[Row | None] = [
        *page.before,
        *([None] if page.has_gap_before else []),
        *page.rows,
        *([None] if page.has_gap_after else []),
        *page.after,
    ]
    cells = tuple(_row(row, board.by) if row else _gap(board.by) for row in rows)
    own = (index for index, row in enumerate(rows) if row and row.person_id == board.me)
    return Table(_columns(board.by), cells, next(own, None))


def _columns(by: RankBy) -> tuple[Column, ...]:
    kept = (Column("Kept", Align.RIGHT),) if by is RankBy.CONSISTENCY else ()
    return (
        Column("#", Align.RIGHT),
        Column("Name"),
        *kept,
        Column("Share", Align.RIGHT),
        Column("Hours", Align.RIGHT),
        Column("Streak", Align.RIGHT),
    )


def _row(row: Row, by: RankBy) -> tuple[str, ...]:
    kept = (f"{row.kept_of_recent} of {RECENT_WEEKS}",) if by is RankBy.CONSISTENCY else ()
    return (
        str(row.rank),
        cut(row.name, MAX_NAME_CHARACTERS),
        *kept,
        f"{_percent(row)} % of {say(row.goal)}",
        say(row.minutes),
        str(row.streak),
    )


def _gap(by: RankBy) -> tuple[str, ...]:
    return (GAP, GAP, *([""] * (len(_columns(by)) - 2)))


def _percent(row: Row) -> int:
    """Return the share in percent, rounded down, so that 100 stands only where the goal was reached."""
    return int(row.share * 100 + 1e-6)


def _picture(board: Board) -> Picture:
    is_week = board.period.is_one_week
    by_share = board.by is RankBy.SHARE
    rows = tuple(
        BoardRow(
            row.rank,
            row.name,
            row.minutes if is_week or not by_share else round(row.share * row.goal),
            row.goal if is_week or by_share else 0,
        )
        for row in board.page.rows
    )
    own = next((index for index, row in enumerate(board.page.rows) if row.person_id == board.me), None)
    values = [f"{row.name} {f'{_percent(row)} %' if by_share else say(row.minutes)}" for row in board.page.rows]
    when = words.say_week(board.span.last, board.today) if is_week else "a week" if by_share else "in all"
    return Picture(BoardBars(_title(board), f"{board.group} · {when}", rows, own), f"As bars: {', '.join(values)}.")
