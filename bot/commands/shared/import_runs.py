"""The imports of a person: listed, taken back whole, and given areas afterwards."""

from collections.abc import Mapping

from bot.chat.card import Button, Style
from bot.chat.command import Given
from bot.chat.request import Answer, Reply, Via
from bot.commands.shared.import_specs import AREAS_SPEC, PROJECTS, RUN, SPEC, SURE, TAKE_BACK_SPEC
from bot.commands.shared.options import parse_number, read_area
from bot.context import Answered, Context
from bot.domain.timesheet.choice import NO_PROJECT, ProjectLine, ProjectTotal, match_projects
from bot.domain.timesheet.import_run import ImportRun
from bot.errors import Refused
from bot.store import imports
from bot.views import importing as view

MOST_ENTRIES = 20_000
"""More are taken back from the command line, where nobody waits for an answer."""
ENTRIES_PER_PIECE = 50
"""Entries that are taken back in one transaction: nobody waits noticeably for so many."""
BRING_ANOTHER = Button("Bring in a file…", SPEC.name, {"new": "yes"}, Style.PRIMARY, opens_form=True)


def show_runs(context: Context, raw: Mapping[str, str]) -> dict[str, str]:
    """Raise `Answered` with the imports of a person instead of the form for a file, unless there are none."""
    runs = imports.list_runs(context.tx, context.person.id)
    if runs and not raw.get("new"):
        raise Answered(Reply(view.runs(runs, [BRING_ANOTHER, *_buttons(runs)])))
    return {}


def prepare(context: Context, given: Given) -> ImportRun | None:
    """Return the import that is surely to be taken back; None where it is only asked about. Raises `Refused`."""
    return _find(context, given.raw.get(RUN.name, "")) if given[SURE] else None


def take_piece_back(context: Context, _given: Given) -> bool:
    """Take a few entries of the import back; return True while there are more."""
    run = context.prepared
    if not isinstance(run, ImportRun) or run.entries > MOST_ENTRIES:
        return False
    return imports.take_back(context.tx, context.person.id, run.id, ENTRIES_PER_PIECE, context.now) > 0


def take_back(context: Context, given: Given) -> Answer:
    """Ask; when it is sure, say that the import was taken back whole, as it was piece by piece before."""
    in_place = context.request.via is Via.BUTTON
    run = context.prepared if isinstance(context.prepared, ImportRun) else _find(context, given.raw.get(RUN.name, ""))
    if not given[SURE]:
        sure = Button("Take it back", TAKE_BACK_SPEC.name, {"run": str(run.number), "sure": "yes"}, Style.DANGER)
        return Reply(view.ask_to_take_back(run, [sure]), in_place=in_place)
    if run.entries > MOST_ENTRIES:
        raise Refused(
            f"That import has {run.entries:,} entries. Ask whoever runs the bot to use `tenhours import --take-back`."
        )
    return Reply(view.taken_back(run), in_place=in_place)


def area_lines(context: Context, raw: Mapping[str, str]) -> dict[str, str]:
    """Return the form's lines: the projects of an import, each with its area."""
    run = _find(context, raw.get(RUN.name, ""))
    lines: dict[str, str] = {}
    for project, area, _ in imports.list_projects(context.tx, context.person.id, run.id):
        lines.setdefault(project or NO_PROJECT, f"{project or NO_PROJECT} = {area}" if area else project or NO_PROJECT)
    text = ""
    for line in lines.values():
        if len(text) + len(line) < PROJECTS.longest:
            text += f"{line}\n"
    return {PROJECTS.name: text.rstrip()}


def set_areas(context: Context, given: Given) -> Answer:
    """Put the projects of an import under the areas that stand behind them; one without keeps what it has."""
    run = _find(context, given.raw.get(RUN.name, ""))
    stored = {
        project or NO_PROJECT: project for project, _, _ in imports.list_projects(context.tx, context.person.id, run.id)
    }
    totals = [ProjectTotal(name, 0, 0) for name in stored]
    chosen = match_projects([ProjectLine(line) for line in given[PROJECTS] or ()], totals)
    names = {name.casefold(): name for name in stored}
    areas: dict[str, str | None] = {
        stored[names[name.casefold()]]: read_area(area, context.reading)
        for name, area in chosen
        if area and name.casefold() in names
    }
    changed = imports.set_areas(context.tx, context.person.id, run.id, areas)
    return Reply(view.areas_set(run, changed))


def _buttons(runs: list[ImportRun]) -> list[Button]:
    newest = runs[0]
    return [
        Button(f"Areas of #{newest.number}…", AREAS_SPEC.name, {"run": str(newest.number)}, opens_form=True),
        *(Button(f"Take back #{run.number}", TAKE_BACK_SPEC.name, {"run": str(run.number)}) for run in runs[:2]),
    ]


def _find(context: Context, text: str) -> ImportRun:
    """Return the import that a button names. Raises `Refused` unless it is there and the person's own."""
    number = parse_number(text)
    run = None if number is None else imports.find_run(context.tx, context.person.id, number)
    if run is None:
        raise Refused("That import is not here any more.", "/mydata import")
    return run
