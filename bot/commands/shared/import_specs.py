"""Options and specs of `mydata import` and of the buttons that it shows."""

from bot.chat.command import Option, OptionKind, Reading, Spec
from bot.commands.shared.options import AREA, choice_option, hidden_option, read_area
from bot.domain.names import clean, cut
from bot.domain.timesheet.order import DateOrder

FILE_NAME_LIMIT = 60


def _read_name(text: str, _reading: Reading) -> str:
    return cut(clean(text.replace("\\", "/").rpartition("/")[2], FILE_NAME_LIMIT), FILE_NAME_LIMIT)


def read_projects(text: str, reading: Reading) -> dict[str, str | None]:
    """Read a project a line, with “= area” behind it if it has one of its own. Raises `Refused` for an unknown area.

    Return the area (or None) by project.
    """
    areas: dict[str, str | None] = {}
    for line in text.splitlines():
        before, equals, after = line.rpartition("=")
        name, area = (before, after.strip()) if equals else (line, "")
        if name.strip():
            areas[clean(name, 1000)] = read_area(area, reading) if area else None
    return areas


FILE = Option(
    "file",
    OptionKind.FILE,
    "an export of Toggl, Clockify, WakaTime, or any table",
    _read_name,
    hint="toggl.csv",
    longest=400,
    is_required=True,
)
DATES = choice_option("dates", "what comes first in 03/04/2026", *DateOrder)
PROJECTS = Option(
    "projects",
    OptionKind.LONG,
    "the projects to bring in, one a line",
    read_projects,
    hint="ML course = Machine Learning",
    longest=3000,
)
SHEET, ORDER = hidden_option("sheet"), hidden_option("order")

SPEC = Spec(
    "mydata import",
    "bring in history from a time tracker",
    (FILE, AREA, DATES),
    group="Your data",
    title="Import",
    submit="Look at it",
    examples=("/mydata import toggl.csv area: Statistics",),
)
CHOSEN = (PROJECTS, AREA, SHEET, ORDER)
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
BRING_SPEC = Spec("mydata bring", "bring it in", CHOSEN, is_button_only=True)
