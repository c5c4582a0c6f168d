"""Options and specs of `mydata import` and of the buttons that it shows."""

from msgspec.structs import replace

from bot.chat.command import Option, OptionKind, Reading, Spec
from bot.commands.shared.options import AREA, choice_option, hidden_option
from bot.domain.names import clean, cut
from bot.domain.timesheet.answers import UNITS
from bot.domain.timesheet.order import DateOrder

FILE_NAME_LIMIT = 60
TITLE_LIMIT = 80
PROJECTS_LIMIT = 3000


def _read_name(text: str, _reading: Reading) -> str:
    return cut(clean(text.replace("\\", "/").rpartition("/")[2], FILE_NAME_LIMIT), FILE_NAME_LIMIT)


def read_projects(text: str, _reading: Reading) -> tuple[str, ...]:
    """Return the lines that are not empty: a project each, with “= area” behind it if it has one of its own."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _read_title(text: str, _reading: Reading) -> str:
    return text.strip()[:TITLE_LIMIT]


def _title_option(name: str, summary: str, hint: str, question: str, description: str = "") -> Option[str]:
    return Option(
        name,
        OptionKind.TEXT,
        summary,
        _read_title,
        hint=hint,
        longest=TITLE_LIMIT,
        question=question,
        description=description,
    )


FILE = Option(
    "file",
    OptionKind.FILE,
    "what a time tracker exports, a spreadsheet, a calendar, or any table",
    _read_name,
    hint="toggl.csv",
    longest=400,
    question="Which file?",
    description="A time tracker's export, a spreadsheet, a calendar or a table. You see it before it comes in.",
)
DATES = choice_option(
    "dates",
    "what comes first in 03/04/2026",
    *DateOrder,
    question="What comes first in 03/04/2026?",
    description="Leave it empty, and I'll ask if the file doesn't say.",
)
IMPORT_AREA = replace(AREA, description="All of it counts there. You can also leave it empty and give areas later.")
PROJECTS: Option[tuple[str, ...]] = Option(
    "projects",
    OptionKind.LONG,
    "the projects to bring in, one a line",
    read_projects,
    hint="ML course = Machine Learning",
    longest=PROJECTS_LIMIT,
    question="Which projects come in?",
    description="One a line, with “= area” behind it if it has one. Delete what isn't study.",
)
SHEET, ORDER, NEW = hidden_option("sheet"), hidden_option("order"), hidden_option("new")
UNIT_SAID, YEAR_SAID, TWINS_SAID = hidden_option("unit"), hidden_option("year"), hidden_option("twins")
MEMBER_SAID, COLUMNS_SAID = hidden_option("member"), hidden_option("columns")
RUN, SURE = hidden_option("run"), hidden_option("sure")
ANSWERS = (SHEET, ORDER, UNIT_SAID, YEAR_SAID, TWINS_SAID, MEMBER_SAID, COLUMNS_SAID)
"""Hidden options by which buttons carry a file, and what was said of it."""

DAY_COLUMN = _title_option("day", "the column with the day", "Date", "Which column has the day?")
LENGTH_COLUMN = _title_option("length", "the column with the time", "Duration", "Which column has the time?")
PROJECT_COLUMN = _title_option("project", "the column with the project", "Subject", "Which column has the project?")
NOTE_COLUMN = _title_option("note", "the column with a note", "Description", "Which column has notes?")
UNIT = choice_option("in", "what bare numbers in it are", *UNITS, question="What are numbers without a unit?")
WHOSE = _title_option(
    "whose", "your name in the file", "Kim Berg", "What's your name in the file?", "Only rows with it come in."
)

SPEC = Spec(
    "mydata import",
    "bring in history from a time tracker, or take an import back",
    (FILE, IMPORT_AREA, DATES, NEW),
    group="Your data",
    title="Import",
    submit="Look at it",
    shows_form=True,
    examples=("/mydata import toggl.csv area: Statistics",),
)
CHOSEN = (PROJECTS, IMPORT_AREA, *ANSWERS)
LOOK_SPEC = Spec("mydata look", "what is in the file", CHOSEN, is_button_only=True)
CHOOSE_SPEC = Spec(
    "mydata choose",
    "which projects",
    CHOSEN,
    title="Choose projects",
    submit="Look at it",
    shows_form=True,
    is_button_only=True,
)
COLUMNS_SPEC = Spec(
    "mydata columns",
    "what the columns mean",
    (DAY_COLUMN, LENGTH_COLUMN, UNIT, PROJECT_COLUMN, NOTE_COLUMN, *ANSWERS),
    title="What the columns mean",
    submit="Look at it",
    shows_form=True,
    is_button_only=True,
)
WHOSE_SPEC = Spec(
    "mydata whose",
    "whose time to take",
    (WHOSE, *ANSWERS),
    title="Whose time is yours?",
    submit="Look at it",
    shows_form=True,
    is_button_only=True,
)
BRING_SPEC = Spec("mydata bring", "bring it in", CHOSEN, is_button_only=True)
TAKE_BACK_SPEC = Spec("mydata takeback", "take an import back", (RUN, SURE), is_button_only=True)
AREAS_SPEC = Spec(
    "mydata areas",
    "the areas of an import",
    (
        replace(
            PROJECTS,
            question="Which area does each project have?",
            description="One a line, with “= area” behind it. The hours stay as they are.",
        ),
        RUN,
    ),
    title="Areas of an import",
    submit="Save",
    shows_form=True,
    is_button_only=True,
)
