"""The weekly card: what a group has studied in one week, in one message that is edited in place."""

from bot.chat.card import Actions, Bar, Block, Card, Line, Tone
from bot.chat.text import Bold
from bot.domain.duration import say, say_hours
from bot.domain.group import Group
from bot.domain.leaderboard import Total
from bot.domain.names import cut
from bot.domain.week import Week
from bot.domain.weekly_card import WeekRow
from bot.views import words
from bot.views.group import JOIN_TOO
from bot.views.group_total import say_total
from bot.views.posts import IN_THIS_WEEK, say_dates

MAX_NOTE_CHARACTERS = 80


def weekly_card(group: Group, week: Week, total: Total, rows: list[WeekRow], count: int) -> Card:
    """Show who has studied in a week, with their hours, those who checked in last first; `count` are all of them."""
    bar = Bar(total.counted, total.goal, f"{say_hours(total.minutes)} of {say_hours(total.goal)}")
    blocks: list[Block] = [bar if total.goal else Line((f"{say_total(total)}.",))]
    blocks += [Line(_row(row, group)) for row in rows]
    if not rows:
        blocks.append(Line(("Nothing is logged for this week any more.",)))
    if count > len(rows):
        blocks.append(Line((f"and {count - len(rows)} more",)))
    blocks.append(Actions((words.CHECK_IN, IN_THIS_WEEK, JOIN_TOO)))
    return Card(f"{group.name} · {say_dates(week)}", tuple(blocks), Tone.NEUTRAL, is_framed=True)


def _row(row: WeekRow, group: Group) -> tuple[Bold | str, ...]:
    """Return “**Ada** 7 h 10 · chain rule”, “**Sam** 5 h 10 of 5 h ✓”: a goal below the group's stands beside its ✓."""
    of_goal = f" of {say(row.goal)}" if row.is_kept and row.goal < group.goal else ""
    note = f" · {cut(' '.join(row.note.split()), MAX_NOTE_CHARACTERS)}" if row.note else ""
    return (Bold(row.name), f" {say(row.minutes)}{of_goal}{' ✓' if row.is_kept else ''}{note}")
