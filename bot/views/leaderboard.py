"""The leaderboard: everyone who kept the week is first, and nobody is singled out at the bottom.

A week by share is a picture with the names beside it; any other board is a table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bot.chat.card import Align, Block, Card, Column, Controls, Line, Note, Picture, Table
from bot.chat.chart import BoardBars, BoardRow
from bot.chat.text import Bold, Code, Text
from bot.domain.duration import say, say_in_full
from bot.domain.group import Group
from bot.domain.leaderboard import LeaderboardPage, LeaderboardPeriod, RankBy, Row, Span, Total
from bot.domain.names import capitalize, cut
from bot.domain.streak import RECENT_WEEKS
from bot.views import words
from bot.views.group_total import say_total

MAX_NAME_CHARACTERS = 28
GAP = "…"
RANKED_BY = {
    RankBy.SHARE: "share of each one's own goal, 100 % at most",
    RankBy.HOURS: "hours",
    RankBy.STREAK: "streak",
    RankBy.CONSISTENCY: f"weeks kept of the last {RECENT_WEEKS}",
}


@dataclass(frozen=True, slots=True)
class Board:
    """A group's leaderboard for one reader (`me`, None: everyone).

    `total` is that of one week; `absence` says why the reader is not on the board ("" if they are).
    """

    group: Group
    period: LeaderboardPeriod
    by: RankBy
    span: Span
    today: date
    page: LeaderboardPage
    total: Total | None
    me: int | None
    absence: Text


def leaderboard(board: Board, controls: Sequence[Controls]) -> Card:
    """Show who has studied, first of all the reader; with the group's total where the board is of one week."""
    if not board.page.members:
        return Card("", (Line((_say_nobody(board),)), *_remarks(board), *controls))
    show = _bars if board.period.is_one_week and board.by is RankBy.SHARE else _table
    return Card(_title(board), (*show(board), *_remarks(board), *controls))


def no_week_yet(board_starts: date, controls: Sequence[Controls]) -> Card:
    """Say that the first Monday of a month or year is still to come."""
    text = f"This board starts with its first Monday, {board_starts.day} {board_starts:%B}."
    return Card("", (Line((text,)), *controls))


def say_hidden(group: Group) -> Text:
    """Say to a hidden member why they are on no board."""
    return (f"You're hidden in {group.name}, so you stand on no board. ", Code("/group show"), " lets others see you.")


def say_resting() -> Text:
    """Say to a resting member why they are on no board."""
    return ("You've been resting since your last check-in, more than four weeks ago. The next one brings you back.",)


def say_joined_later() -> Text:
    """Say to somebody who joined after a period why they are not on its board."""
    return ("You aren't on this board: it has the weeks that began after you joined.",)


def say_nothing_logged(period: LeaderboardPeriod) -> Text:
    """Say to somebody who has logged nothing in a period why they are not on its board."""
    if period is LeaderboardPeriod.LAST_WEEK:
        return ("You logged nothing last week.",)
    return ("You aren't on this board yet: a check-in puts you there.",)


def _title(board: Board) -> str:
    """Return the reader's own week where that is what the board shows, else whose board it is."""
    mine = _find_row(board)
    if mine is None or not board.period.is_one_week or board.by is not RankBy.SHARE:
        return f"{board.group.name} · {_say_period(board)}"
    when = "" if board.period is LeaderboardPeriod.WEEK else " last week"
    if _has_kept(mine):
        return f"{say(mine.minutes)}{when}, kept ✓"
    return f"{say(mine.minutes)}{when}, {say(mine.goal - mine.minutes)} {'short' if when else 'to go'}"


def _say_period(board: Board) -> str:
    """Return `23–29 Nov`, `January 2026`, `2026`, `all time`: words that stay true where the board is posted."""
    if board.period.is_one_week:
        return words.say_week(board.span.last, board.today)
    match board.period:
        case LeaderboardPeriod.MONTH | LeaderboardPeriod.LAST_MONTH:
            return f"{board.span.first.monday:%B %Y}"
        case LeaderboardPeriod.YEAR | LeaderboardPeriod.LAST_YEAR:
            return f"{board.span.first.monday.year}"
        case period:
            return period.value


def _say_sorted(board: Board) -> str:
    """Say how the rows are sorted, and which weeks are in them where the title does not say it."""
    by = f"Sorted by {RANKED_BY[board.by]}"
    if board.period.is_one_week:
        return f"{by}."
    weeks = "since each one joined" if board.period is LeaderboardPeriod.ALL else f"that began in {_say_period(board)}"
    return f"{by}. It has the weeks {weeks}."


def _say_nobody(board: Board) -> str:
    if board.period is LeaderboardPeriod.WEEK:
        return "Nobody has logged time this week yet. The first check-in opens the board."
    if board.period is LeaderboardPeriod.LAST_WEEK:
        return "Nobody logged time last week."
    return f"Nobody has logged time in the weeks of this board: {_say_period(board)}."


def _bars(board: Board) -> list[Block]:
    """Show a week as a picture, with those who kept it and those on their way by name."""
    blocks: list[Block] = [_picture(board), *_together(board)]
    kept, others = list[str](), list[str]()
    for before, row in pairwise([*_rows(board.page)[:1], *_rows(board.page)]):
        if row is not None:
            gap = "" if before is not None else f"{GAP} "
            names, said = (kept, _say_kept(board, row)) if _has_kept(row) else (others, _say_on_the_way(board, row))
            names.append(f"{gap}{said}")
    if board.page.rest:
        (others or kept)[-1] += f" and {board.page.rest:,} more"
    doing = "On the way" if board.period is LeaderboardPeriod.WEEK else "Also studied" if kept else "Studied"
    if kept:
        blocks.append(Line((Bold("Kept ✓"), f" {', '.join(kept)}")))
    if others:
        blocks.append(Line((Bold(f"{doing}:"), f" {', '.join(others)}")))
    return blocks


def _together(board: Board) -> list[Block]:
    """Say what the group has done together, where the board is of one week."""
    if board.total is None:
        return []
    return [Line((Bold(say_total(board.total, is_open=board.period is LeaderboardPeriod.WEEK)), "."))]


def _say_kept(board: Board, row: Row) -> str:
    """Return a name, with the goal where the week was kept by fewer hours than the group's: `Sam (5 h 10 of 5 h)`."""
    return _name(board, row) + (f" ({say(row.minutes)} of {say(row.goal)})" if row.goal < board.group.goal else "")


def _say_on_the_way(board: Board, row: Row) -> str:
    """Return a name and its hours, with the goal where that is not the group's: `Bo 3 h of 4 h`."""
    return f"{_name(board, row)} {_say_time(board, row)}"


def _say_time(board: Board, row: Row) -> str:
    """Return `3 h of 4 h`, or `7 h 10` where the goal is the group's; `5 h 10 of 5 h ✓` with a goal below it."""
    if _has_kept(row):
        return f"{say(row.minutes)}{f' of {say(row.goal)}' if row.goal < board.group.goal else ''} ✓"
    return say(row.minutes) + (f" of {say(row.goal)}" if row.goal != board.group.goal else "")


def _name(board: Board, row: Row) -> str:
    return "you" if row.person_id == board.me else cut(row.name, MAX_NAME_CHARACTERS)


def _has_kept(row: Row) -> bool:
    return row.share >= 1


def _picture(board: Board) -> Picture:
    rows = [row for row in _rows(board.page) if row is not None]
    bars = tuple(BoardRow(row.rank, row.name, row.minutes, row.goal) for row in rows)
    mine = next((index for index, row in enumerate(rows) if row.person_id == board.me), None)
    week, group = _say_period(board), board.group
    title, subtitle = (
        (group.name, week) if board.me is None else (capitalize(board.period.value), f"{group.name} · {week}")
    )
    alt = f"{title}, {week}: {'; '.join(_say_bar(row, group) for row in rows)}."
    return Picture(BoardBars(title, subtitle, bars, mine, group.goal), alt)


def _say_bar(row: Row, group: Group) -> str:
    """Return `1. Sam, 5 hours 10 minutes of 5 hours, kept`, for those who hear the picture."""
    goal = f" of {say_in_full(row.goal)}" if row.goal != group.goal else ""
    return f"{row.rank}. {row.name}, {say_in_full(row.minutes)}{goal}{', kept' if _has_kept(row) else ''}"


def _table(board: Board) -> list[Block]:
    """Show any other board as rows, with how they are sorted."""
    rows = _rows(board.page)
    own = (index for index, row in enumerate(rows) if row and row.person_id == board.me)
    columns = _columns(board)
    cells = tuple(_cells(board, row) if row else (GAP, *[""] * (len(columns) - 1)) for row in rows)
    return [*_together(board), Line((_say_sorted(board),)), Table(columns, cells, next(own, None))]


def _columns(board: Board) -> tuple[Column, ...]:
    figures = {
        RankBy.SHARE: ("Share", "Hours"),
        RankBy.HOURS: ("Hours", "Share"),
        RankBy.STREAK: ("Streak", "Hours"),
        RankBy.CONSISTENCY: ("Kept", "Hours"),
    }
    return (Column("Name"), *(Column(title, Align.RIGHT) for title in figures[board.by]))


def _cells(board: Board, row: Row) -> tuple[str, ...]:
    hours = _say_time(board, row) if board.period.is_one_week else say(row.minutes)
    share = f"{_percent(row)} % of {say(row.goal)}"
    figures = {
        RankBy.SHARE: (share, hours),
        RankBy.HOURS: (hours, share),
        RankBy.STREAK: (f"{row.streak}{f' · {row.away} away' if row.away and row.streak else ''}", hours),
        RankBy.CONSISTENCY: (f"{row.kept_of_recent} of {RECENT_WEEKS}", hours),
    }
    return (f"{row.rank}. {cut(row.name, MAX_NAME_CHARACTERS)}", *figures[board.by])


def _percent(row: Row) -> int:
    """Return the share in percent, rounded down, so that 100 stands only where the goal was reached."""
    return int(row.share * 100 + 1e-6)


def _remarks(board: Board) -> list[Block]:
    """Say to the reader alone why they are not on the board, and how many have logged nothing yet."""
    remarks: list[Block] = [Note(board.absence)] if board.absence else []
    unlogged = board.total.unlogged if board.total is not None and board.me is not None else 0
    if unlogged and board.period is LeaderboardPeriod.WEEK and board.page.members:
        others = "hasn't" if unlogged == 1 else "haven't"
        remarks.append(Note((f"{unlogged:,} {others} logged yet. Only you see this line.",)))
    return remarks


def _rows(page: LeaderboardPage) -> list[Row | None]:
    """Return the rows from top to bottom, None where some between are left out."""
    return [
        *page.before,
        *([None] if page.has_gap_before else []),
        *page.rows,
        *([None] if page.has_gap_after else []),
        *page.after,
    ]


def _find_row(board: Board) -> Row | None:
    return next((row for row in _rows(board.page) if row and row.person_id == board.me), None)
