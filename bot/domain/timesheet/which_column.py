"""Columns whose title leaves open what they mean: which of several dates counts, and whether names are people."""

from collections.abc import Sequence

from bot.domain.names import quoted
from bot.domain.pattern import compile_on_use
from bot.domain.timesheet.answers import About, Question
from bot.domain.timesheet.columns import ColumnFinder, Columns
from bot.domain.timesheet.shapes import DATED, Shape
from bot.domain.timesheet.table import Cells
from bot.domain.timesheet.titles import Meaning

MOST_DAYS = 4
MOST_NAMES = 40
SHOWN_NAMES = 3
_PERSON = compile_on_use(r"[^\W\d_][^\W\d_'.-]+(?: [^\W\d_][\w'.-]*){0,2}")
_NAME_TITLES = (("name",), ("names",), ("nom",))


def ask_which_day(finder: ColumnFinder, columns: Columns, sample: Sequence[Cells]) -> Question | None:
    """Return the question which of several columns has the day; None where one is called so, or all say the same."""
    if columns.start >= 0 and finder.shapes[columns.start].is_mostly(Shape.MOMENT, Shape.EPOCH):
        return None
    places = [
        at
        for at, title in enumerate(finder.titles)
        if title.means(Meaning.DAY)
        and not any(title.means(other) for other in (Meaning.START, Meaning.END, Meaning.BESIDE))
        and finder.shapes[at].filled
        and finder.shapes[at].is_mostly(*DATED)
    ]
    alone = [at for at in places if len(finder.titles[at].words) == 1]
    if columns.day not in places or len(places) < 2 or len(alone) == 1:
        return None
    if all(len({cells[at].strip() for at in places if at < len(cells)}) == 1 for cells in sample):
        return None
    names = [finder.titles[at].text.strip() for at in places][:MOST_DAYS]
    text = f"Several columns have a date: {', '.join(map(quoted, names))}. Which one is the day of study?"
    proposed = finder.titles[columns.day].text.strip()
    return Question(About.COLUMN, text, tuple(f"day={name}" for name in names), f"day={proposed}")


def ask_about_names(finder: ColumnFinder, columns: Columns, sample: Sequence[Cells]) -> Question | None:
    """Return the question whether a column of names has people or subjects; None where it is clear."""
    at = next((at for at in columns.notes if finder.titles[at].words in _NAME_TITLES), -1)
    if at < 0 or columns.members:
        return None
    cells = [cells[at].strip() for cells in sample if at < len(cells) and cells[at].strip()]
    names = list(dict.fromkeys(cells))
    is_repeated = 2 <= len(names) <= max(2, min(MOST_NAMES, len(cells) // 2))
    if not is_repeated or not all(_PERSON.fullmatch(name) and name.istitle() for name in names):
        return None
    title = finder.titles[at].text.strip()
    listed = ", ".join(map(quoted, names[:SHOWN_NAMES]))
    text = f"Does {quoted(title)}, with {listed}, say whose time it was, or what it was about?"
    return Question(About.COLUMN, text, (f"member={title}", f"note={title}"), f"member={title}")
