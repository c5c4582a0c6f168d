"""Areas of study: hours, share and when each was touched last, and a friendly word on the one that waits."""

from bot.chat.card import Actions, Align, Block, Card, Column, Line, Note, Picture, Table
from bot.chat.chart import AreaBars, AreaRow
from bot.chat.text import Bold, Code
from bot.domain.coverage import AreaTime, NeglectedArea, say_share
from bot.domain.duration import say, say_total, say_total_in_full
from bot.domain.names import cut
from bot.domain.person import Person
from bot.domain.week import Week
from bot.views import words

COLUMNS = (Column("Area"), Column("Hours", Align.RIGHT), Column("Share", Align.RIGHT), Column("Last"))
TITLE = "Your areas"
MAX_ROWS = 30
MAX_NAME_CHARACTERS = 32
MAX_NAMED = 6
"""Areas in the alternative words of the picture; the table has all that were studied."""


def areas(person: Person, times: list[AreaTime], waiting: NeglectedArea | None, current: Week) -> Card:
    """Show in a table those that were studied, the others in a line, the one that waited longest, and the picture."""
    actions = Actions((words.CHECK_IN,))
    total = sum(time.minutes for time in times)
    if not total:
        return Card("", (*_say_nothing_yet(times), actions))
    rows = tuple(AreaRow(time.area, time.minutes, time.weeks_since(current)) for time in _shorten(times))
    blocks: list[Block] = [Table(COLUMNS, tuple(_row(row, total) for row in rows if row.minutes))]
    untouched = [cut(row.name, MAX_NAME_CHARACTERS) for row in rows if not row.minutes]
    if untouched:
        blocks.append(Line((f"Nothing yet: {', '.join(untouched)}.",)))
    if waiting is not None:
        blocks.append(say_neglected(waiting))
    rest = person.total_minutes - total
    if rest > 0:
        blocks.append(Note((f"{say(rest)} more without an area.",)))
    return Card(TITLE, (*blocks, _picture(rows, total), actions))


def say_neglected(waiting: NeglectedArea) -> Line:
    """Return a friendly word on the area that has waited longest."""
    weeks = words.plural(waiting.weeks, "week")
    if waiting.was_touched:
        return Line((Bold(waiting.area), f" has waited for {weeks}; half an hour would bring it back."))
    return Line((Bold(waiting.area), f" is still untouched after {weeks}; half an hour would be a start."))


def _say_nothing_yet(times: list[AreaTime]) -> tuple[Block, ...]:
    example = f"/checkin 45m {times[0].area}" if times else "/checkin 45m"
    return (
        Line(("Your hours by area will stand here. Name one when you check in: ", Code(example), ".")),
        Line((f"There are {', '.join(time.area for time in times)}.",)),
    )


def _shorten(times: list[AreaTime]) -> list[AreaTime]:
    """Return at most `MAX_ROWS` of them; the smallest beyond are summed up in one."""
    if len(times) <= MAX_ROWS:
        return times
    rest = times[MAX_ROWS - 1 :]
    last = max((time.last for time in rest if time.last is not None), default=None)
    return [*times[: MAX_ROWS - 1], AreaTime(f"{len(rest)} others", sum(time.minutes for time in rest), last)]


def _row(row: AreaRow, total: int) -> tuple[str, ...]:
    return (
        cut(row.name, MAX_NAME_CHARACTERS),
        say(row.minutes),
        say_share(row.minutes, total),
        row.since,
    )


def _picture(rows: tuple[AreaRow, ...], total: int) -> Picture:
    named = [
        f"{cut(row.name, MAX_NAME_CHARACTERS)} {say_share(row.minutes, total).replace('<', 'less than ')}"
        for row in rows[:MAX_NAMED]
        if row.minutes
    ]
    alt = ", ".join(named)
    words_in_full = f"{say_total_in_full(total)} by area: {alt}."
    return Picture(AreaBars(TITLE, f"{say_total(total)} in all", rows), words_in_full)
