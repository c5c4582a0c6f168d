"""`mydata import`: history from a time tracker's file, looked at first and imported by a button; and all imports.

What reads timesheets is imported where it is needed: it is a tenth of all commands to load, and rare.
"""

from bot.chat.command import Given
from bot.chat.request import Answer
from bot.commands.shared.handler import Command
from bot.commands.shared.import_specs import (
    AREAS_SPEC,
    BRING_SPEC,
    CHOOSE_SPEC,
    COLUMNS_SPEC,
    FILE,
    LOOK_SPEC,
    SPEC,
    TAKE_BACK_SPEC,
    WHOSE_SPEC,
)
from bot.context import Context


def prepare(context: Context, given: Given) -> object:
    """Return the job of reading the file, so that nobody waits for it; None where there is no file."""
    if FILE.name not in context.request.files and not given.raw.get("sheet"):
        return None
    from bot.commands.shared import import_file  # noqa: PLC0415

    return import_file.prepare(context, given)


def prepare_projects(context: Context, given: Given) -> object:
    """Return the job of reading the file and the names of its projects."""
    from bot.commands.shared import import_file  # noqa: PLC0415

    return import_file.prepare(context, given, wants_projects=True)


def prepare_sessions(context: Context, given: Given) -> object:
    """Return the job of reading the file and all that is to be stored of it."""
    from bot.commands.shared import import_file  # noqa: PLC0415

    return import_file.prepare(context, given, wants_sessions=True)


def run(context: Context, given: Given) -> Answer:
    """Store the file for a while, and show a preview; nothing is imported yet."""
    from bot.commands.shared import import_file  # noqa: PLC0415

    return import_file.receive(context, given)


def look(context: Context, given: Given) -> Answer:
    """Show a preview of the file that was sent a moment ago, by other choices."""
    from bot.commands.shared import import_file  # noqa: PLC0415

    return import_file.look(context, given)


def bring_piece(context: Context, given: Given) -> bool:
    """Store a few of the file's entries; return True while there are more."""
    from bot.commands.shared import import_file  # noqa: PLC0415

    return import_file.bring_piece(context, given)


def bring(context: Context, given: Given) -> Answer:
    """Say what was imported, and delete the file."""
    from bot.commands.shared import import_file  # noqa: PLC0415

    return import_file.bring(context, given)


def prepare_taking_back(context: Context, given: Given) -> object:
    """Return the import that is to be taken back, as it was before; None where it is only asked about."""
    from bot.commands.shared import import_runs  # noqa: PLC0415

    return import_runs.prepare(context, given)


def take_piece_back(context: Context, given: Given) -> bool:
    """Take a few entries of an import back; return True while there are more."""
    from bot.commands.shared import import_runs  # noqa: PLC0415

    return import_runs.take_piece_back(context, given)


def take_back(context: Context, given: Given) -> Answer:
    """Ask, then take an import back whole."""
    from bot.commands.shared import import_runs  # noqa: PLC0415

    return import_runs.take_back(context, given)


def set_areas(context: Context, given: Given) -> Answer:
    """Put the projects of an import under other areas."""
    from bot.commands.shared import import_runs  # noqa: PLC0415

    return import_runs.set_areas(context, given)


def _list(context: Context, raw: dict[str, str]) -> dict[str, str]:
    from bot.commands.shared import import_runs  # noqa: PLC0415

    return import_runs.show_runs(context, raw)


def _projects(context: Context, raw: dict[str, str]) -> dict[str, str]:
    from bot.commands.shared import import_file  # noqa: PLC0415

    return import_file.project_lines(context, raw)


def _columns(context: Context, raw: dict[str, str]) -> dict[str, str]:
    from bot.commands.shared import import_file  # noqa: PLC0415

    return import_file.column_fields(context, raw)


def _areas(context: Context, raw: dict[str, str]) -> dict[str, str]:
    from bot.commands.shared import import_runs  # noqa: PLC0415

    return import_runs.area_lines(context, raw)


COMMAND = Command(SPEC, run, _list, prepare=prepare)
LOOK = Command(LOOK_SPEC, look, prepare=prepare)
CHOOSE = Command(CHOOSE_SPEC, look, _projects, prepare=prepare_projects)
COLUMNS = Command(COLUMNS_SPEC, look, _columns, prepare=prepare)
WHOSE = Command(WHOSE_SPEC, look, prepare=prepare)
BRING = Command(BRING_SPEC, bring, prepare=prepare_sessions, run_piece=bring_piece)
TAKE_BACK = Command(TAKE_BACK_SPEC, take_back, prepare=prepare_taking_back, run_piece=take_piece_back)
AREAS = Command(AREAS_SPEC, set_areas, _areas)
