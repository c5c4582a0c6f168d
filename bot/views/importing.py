"""What an import would bring and what it brought: the same words in a chat and on the command line."""

from collections.abc import Iterable, Sequence

from bot.chat.card import Actions, Align, Block, Button, Card, Column, Line, Note, Table, Tone
from bot.chat.text import Bold
from bot.domain.duration import say
from bot.domain.names import cut
from bot.domain.timesheet.choice import ImportedEntry, ProjectTotal, sum_by_week
from bot.domain.timesheet.outcome import ImportOutcome
from bot.domain.timesheet.sheet import BadRow, Sheet
from bot.views import words

MOST_PROJECTS = 12
MOST_BAD = 5
PROJECT_WIDTH = 40
COLUMNS = (Column("project"), Column("entries", Align.RIGHT), Column("time", Align.RIGHT))
RULE = "Imported time counts as hours, for areas, horizon, history and journal; never for weeks, streaks or boards."


def preview(
    name: str, sheet: Sheet, projects: Sequence[ProjectTotal], done: ImportOutcome, buttons: Sequence[Button]
) -> Card:
    """What is in the file, before anything is written."""
    blocks: list[Block] = [Line((f"A {sheet.kind} with {_entries(len(sheet.rows))}.",))]
    if projects:
        blocks.append(_projects(projects))
    blocks += [Line((f"To bring in: {_sum(done.added)}.",)) if done.added else Line((_nothing(sheet, done),))]
    blocks += [*_weeks(done.added), *_left_out(sheet, done), Note((RULE,)), Actions(tuple(buttons))]
    return Card(f"What is in {name}" if name else "What is in the file", tuple(blocks))


def imported(sheet: Sheet, done: ImportOutcome) -> Card:
    """What has come in, what was here already, and what was left out, with the reason."""
    if not done.added:
        return Card("", (Line((_nothing(sheet, done),)), *_left_out(sheet, done)))
    blocks: list[Block] = [Line((Bold("Imported: "), f"{_sum(done.added)}."))]
    return Card("", (*blocks, *_weeks(done.added), *_left_out(sheet, done), Note((RULE,))), Tone.GOOD)


def which_order(example: str, buttons: Sequence[Button]) -> Card:
    """Dates that can be read both ways are asked about, never guessed."""
    text = f"Dates such as {example} can be read both ways. What comes first in them, the day or the month?"
    return words.question("", (text,), *buttons)


def hours_by_week(kept: Iterable[ImportedEntry]) -> Card:
    """Hours by week, for those who look before they import."""
    rows = tuple((f"{week} {week.sunday.year}", say(minutes)) for week, minutes in sum_by_week(kept))
    return Card("", (Table((Column("week"), Column("time", Align.RIGHT)), rows),))


def _projects(projects: Sequence[ProjectTotal]) -> Table:
    rows = [(cut(each.name, PROJECT_WIDTH), f"{each.entries:,}", say(each.minutes)) for each in projects]
    more = rows[MOST_PROJECTS:]
    if more:
        rest = projects[MOST_PROJECTS:]
        others = sum(each.entries for each in rest), sum(each.minutes for each in rest)
        rows = [*rows[:MOST_PROJECTS], (f"{len(more):,} more", f"{others[0]:,}", say(others[1]))]
    return Table(COLUMNS, tuple(rows))


def _entries(count: int) -> str:
    return words.plural(count, "entry", "entries")


def _sum(kept: Sequence[ImportedEntry]) -> str:
    first, last = min(each.entry.day for each in kept), max(each.entry.day for each in kept)
    total = say(sum(each.entry.minutes for each in kept))
    return f"{_entries(len(kept))}, {total}, from {first} to {last}"


def _weeks(kept: Sequence[ImportedEntry]) -> list[Block]:
    found = sum_by_week(kept)
    if not found:
        return []
    best, most = max(found, key=lambda item: item[1])
    mean = sum(minutes for _, minutes in found) // len(found)
    span = words.plural(len(found), "week")
    return [Line((f"{span} with study, {say(mean)} on average; most in {best} {best.sunday.year}: {say(most)}.",))]


def _nothing(sheet: Sheet, done: ImportOutcome) -> str:
    if done.known:
        return f"Nothing new: {_entries(done.known)} of it {'is' if done.known == 1 else 'are'} here already."
    return "There is nothing in it to bring in." if sheet.bad or done.bad or not sheet.rows else "Nothing was chosen."


def _left_out(sheet: Sheet, done: ImportOutcome) -> list[Block]:
    known = f"{_entries(done.known)} {'was' if done.known == 1 else 'were'} here already."
    blocks: list[Block] = [Note((known,))] if done.known and done.added else []
    bad = sorted([*sheet.bad, *done.bad], key=lambda each: each.number)
    if bad:
        said = "; ".join(map(_bad, bad[:MOST_BAD])) + (
            f"; and {len(bad) - MOST_BAD:,} more" if len(bad) > MOST_BAD else ""
        )
        blocks.append(Note((f"Left out: {words.plural(len(bad), 'row')}. {said}.",)))
    return [*blocks, Note((sheet.note,))] if sheet.note else blocks


def _bad(each: BadRow) -> str:
    return f"row {each.number}: {each.why}"
