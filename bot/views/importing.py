"""Cards of an import, before and after it: the same words in a chat and on the command line."""

from collections.abc import Iterable, Sequence

from bot.chat.card import Actions, Align, Block, Button, Card, Column, Line, Note, Table, Tone
from bot.chat.text import Bold
from bot.domain.duration import say
from bot.domain.names import cut
from bot.domain.timesheet.choice import ImportedEntry, ProjectTotal, sum_by_week
from bot.domain.timesheet.outcome import ImportOutcome
from bot.domain.timesheet.sheet import Sheet
from bot.views import words

MAX_PROJECTS = 12
MAX_BAD_ROWS = 5
MAX_NAME_CHARACTERS = 40
COLUMNS = (Column("project"), Column("entries", Align.RIGHT), Column("time", Align.RIGHT))
RULE = "Imported time counts as hours, for areas, horizon, history and journal; never for weeks, streaks or boards."


def preview(
    name: str, sheet: Sheet, projects: Sequence[ProjectTotal], done: ImportOutcome, buttons: Sequence[Button]
) -> Card:
    """Show what is in the file, before anything is written."""
    blocks: list[Block] = [Line((f"A {sheet.kind} with {_say_entries(len(sheet.rows))}.",))]
    if projects:
        blocks.append(_projects(projects))
    blocks += [Line((f"To bring in: {_say_sum(done.added)}.",)) if done.added else Line((_say_nothing(sheet, done),))]
    blocks += [*_say_weeks(done.added), *_say_left_out(sheet, done), Note((RULE,)), Actions(tuple(buttons))]
    return Card(f"What is in {name}" if name else "What is in the file", tuple(blocks))


def imported(sheet: Sheet, done: ImportOutcome) -> Card:
    """Say what has come in, what was here already, and what was left out, with the reason."""
    if not done.added:
        return Card("", (Line((_say_nothing(sheet, done),)), *_say_left_out(sheet, done)))
    blocks: list[Block] = [Line((Bold("Imported: "), f"{_say_sum(done.added)}."))]
    return Card("", (*blocks, *_say_weeks(done.added), *_say_left_out(sheet, done), Note((RULE,))), Tone.GOOD)


def which_order(example: str, buttons: Sequence[Button]) -> Card:
    """Ask about dates that can be read both ways; they are never guessed."""
    text = f"Dates such as {example} can be read both ways. What comes first in them, the day or the month?"
    return words.question("", (text,), *buttons)


def hours_by_week(checkins: Iterable[ImportedEntry]) -> Card:
    """Show hours by week, for those who look before they import."""
    rows = tuple((f"{week} {week.sunday.year}", say(minutes)) for week, minutes in sum_by_week(checkins))
    return Card("", (Table((Column("week"), Column("time", Align.RIGHT)), rows),))


def _projects(projects: Sequence[ProjectTotal]) -> Table:
    rows = [
        (cut(project.name, MAX_NAME_CHARACTERS), f"{project.entries:,}", say(project.minutes)) for project in projects
    ]
    rest = projects[MAX_PROJECTS:]
    if rest:
        entries, minutes = sum(project.entries for project in rest), sum(project.minutes for project in rest)
        rows = [*rows[:MAX_PROJECTS], (f"{len(rest):,} more", f"{entries:,}", say(minutes))]
    return Table(COLUMNS, tuple(rows))


def _say_entries(count: int) -> str:
    return words.plural(count, "entry", "entries")


def _say_sum(checkins: Sequence[ImportedEntry]) -> str:
    days = [checkin.entry.day for checkin in checkins]
    first, last = min(days), max(days)
    total = say(sum(checkin.entry.minutes for checkin in checkins))
    return f"{_say_entries(len(checkins))}, {total}, from {first} to {last}"


def _say_weeks(checkins: Sequence[ImportedEntry]) -> list[Block]:
    weeks = sum_by_week(checkins)
    if not weeks:
        return []
    best, most = max(weeks, key=lambda item: item[1])
    mean = sum(minutes for _, minutes in weeks) // len(weeks)
    span = words.plural(len(weeks), "week")
    return [Line((f"{span} with study, {say(mean)} on average; most in {best} {best.sunday.year}: {say(most)}.",))]


def _say_nothing(sheet: Sheet, done: ImportOutcome) -> str:
    if done.known:
        return f"Nothing new: {_say_entries(done.known)} of it {'is' if done.known == 1 else 'are'} here already."
    return "There is nothing in it to bring in." if sheet.bad or done.bad or not sheet.rows else "Nothing was chosen."


def _say_left_out(sheet: Sheet, done: ImportOutcome) -> list[Block]:
    known = f"{_say_entries(done.known)} {'was' if done.known == 1 else 'were'} here already."
    blocks: list[Block] = [Note((known,))] if done.known and done.added else []
    bad = sorted([*sheet.bad, *done.bad], key=lambda row: row.number)
    if bad:
        reasons = [f"row {row.number}: {row.why}" for row in bad[:MAX_BAD_ROWS]]
        if len(bad) > MAX_BAD_ROWS:
            reasons.append(f"and {len(bad) - MAX_BAD_ROWS:,} more")
        blocks.append(Note((f"Left out: {words.plural(len(bad), 'row')}. {'; '.join(reasons)}.",)))
    return [*blocks, Note((sheet.note,))] if sheet.note else blocks
