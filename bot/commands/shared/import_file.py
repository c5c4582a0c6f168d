"""The file of `mydata import`: stored for a while, looked at, asked about, and imported when its button is pressed.

A file is read before its transaction, on a snapshot: whoever checks in meanwhile waits for no file.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.chat.card import Button, Style
from bot.chat.command import Given
from bot.chat.request import Answer, Ask, Reply, Upload, Via
from bot.commands.shared.handler import about
from bot.commands.shared.import_plan import (
    Chosen,
    FileOwner,
    PlannedImport,
    ask_about_twins,
    plan_import,
    read_columns,
    require_readable,
)
from bot.commands.shared.import_specs import (
    ANSWERS,
    BRING_SPEC,
    CHOOSE_SPEC,
    COLUMNS_SPEC,
    DATES,
    FILE,
    LOOK_SPEC,
    PROJECTS,
    SHEET,
    SPEC,
    TAKE_BACK_SPEC,
    UNIT,
    WHOSE,
    WHOSE_SPEC,
)
from bot.commands.shared.options import parse_number
from bot.context import Context
from bot.domain.names import cut
from bot.domain.timesheet.answers import UNITS, About, Answers, Question, Twins
from bot.domain.timesheet.choice import ALL_OTHERS, sum_by_project
from bot.domain.timesheet.known import KnownSessions
from bot.domain.timesheet.order import DateOrder
from bot.domain.timesheet.outcome import ImportOutcome, NewSession
from bot.domain.timesheet.plan import Plan
from bot.domain.timesheet.sessions import read_sessions
from bot.domain.timesheet.table import Table
from bot.errors import Refused
from bot.store import imports, uploads
from bot.tracker_files.deadline import Deadline
from bot.tracker_files.opening import open_content
from bot.views import importing as view
from bot.views.forms import form

MAX_MEGABYTES = uploads.MAX_BYTES // 1024**2
MAX_ROWS = 10_000
"""Five sessions a day for five years; importing more at once would let everybody else wait."""
MAX_SECONDS = 10
MOST_BUTTONS = 4
LABEL_LIMIT = 34
TOO_OLD = "That file is not kept any more; please send it again."
COLUMN_FIELDS = ("day", "length", "project", "note")
LABELS = {
    "hh:mm": "Hours and minutes",
    "mm:ss": "Minutes and seconds",
    Twins.REPLACE: "Replace the old ones",
    Twins.BOTH: "Keep both",
    Twins.LEAVE: "Leave them out",
}


@dataclass(frozen=True, slots=True)
class Work:
    """What is worked out of a file before anything is written: what it comes to, or the question that is open."""

    planned: PlannedImport
    outcome: ImportOutcome
    sessions: list[NewSession]
    questions: tuple[Question, ...]
    newest_run: int


def prepare(context: Context, given: Given) -> Work | Refused:
    """Read the file of a request on a snapshot; a refusal is returned, to be raised when it is answered."""
    try:
        return _work(context, given, carry(given), _content(context, given))
    except Refused as refused:
        return refused


def receive(context: Context, given: Given) -> Answer:
    """Store the file for a while, and show a preview; nothing is imported yet."""
    upload = context.request.files.get(FILE.name)
    if upload is None:
        if context.request.via is Via.FORM:
            with about(FILE):
                raise Refused("I got no file with that; please send the export itself.")
        return Ask(form(SPEC, {**given.raw, "new": "yes"}, context.reading))
    with about(FILE):
        work = _require(context, given, _content(context, given))
        name = given[FILE] or ""
        number = uploads.save(context.tx, context.person.id, Upload(name, upload.content), context.now)
        return _show(context, name, work, {**carry(given), SHEET.name: str(number)})


def look(context: Context, given: Given) -> Answer:
    """Show a preview of the file that was sent a moment ago, by what was chosen and answered since."""
    upload = _find_upload(context, given.raw)
    return _show(context, upload.name, _require(context, given, upload.content), carry(given))


def bring(context: Context, given: Given) -> Answer:
    """Import the file's entries, and delete the file."""
    upload = _find_upload(context, given.raw)
    work = _require(context, given, upload.content)
    if work.questions:
        return _show(context, upload.name, work, carry(given))
    person_id, buttons = context.person.id, []
    if work.sessions:
        run_id = imports.begin_run(
            context.tx, person_id, upload.name, str(work.planned.plan.table.kind), work.newest_run, context.now
        )
        imports.add(context.tx, person_id, run_id, work.sessions, context.now)
        number = imports.list_runs(context.tx, person_id)[0].number
        buttons = [Button("Take it back", TAKE_BACK_SPEC.name, {"run": str(number)})]
    uploads.delete(context.tx, int(given.raw[SHEET.name]), person_id)
    in_place = context.request.via is Via.BUTTON
    return Reply(view.imported(work.planned.plan, work.outcome, buttons), in_place=in_place)


def project_lines(context: Context, raw: Mapping[str, str]) -> dict[str, str]:
    """Return the form's lines of the projects of the file, from which the unwanted are struck out.

    Those that have no room stand in one line, which keeps them unless it is struck out.
    """
    given = Given({}, dict(raw))
    plan = _plan(context, given, carry(given), _find_upload(context, raw).content).plan
    lines: list[str] = []
    names = [total.name for total in sum_by_project(read_sessions(plan)())]
    length = 0
    for name in names:
        length += len(name) + 1
        if length > PROJECTS.longest - len(ALL_OTHERS) - 1:
            lines.append(ALL_OTHERS)
            break
        lines.append(name)
    return {PROJECTS.name: "\n".join(lines)}


def column_fields(context: Context, raw: Mapping[str, str]) -> dict[str, str]:
    """Return what stands in the form about columns: what the likeliest reading takes."""
    given = Given({}, dict(raw))
    plan = _plan(context, given, carry(given), _find_upload(context, raw).content).plan
    titles, columns = plan.table.titles, plan.columns
    places = (columns.day, columns.length, columns.project, columns.notes[0] if columns.notes else -1)
    return {name: titles[at] for name, at in zip(COLUMN_FIELDS, places, strict=True) if at >= 0}


def carry(given: Given) -> dict[str, str]:
    """Return the options that buttons carry on: the file, and what was said of it in whatever way."""
    carried = {option.name: given.raw[option.name] for option in ANSWERS if given.raw.get(option.name)}
    said = {name: text for name in COLUMN_FIELDS if (text := given.raw.get(name, "").strip())}
    if said:
        carried["columns"] = "\n".join(f"{name}={title}" for name, title in said.items())
    for option, name in ((WHOSE, "member"), (UNIT, "unit"), (DATES, "order")):
        if given.raw.get(option.name):
            carried[name] = given[option] or given.raw[option.name]
    carried |= {name: given.raw[name] for name in ("projects", "area") if given.raw.get(name)}
    return carried


def _answers(carried: Mapping[str, str]) -> Answers:
    """Return the answers that a button carries; nonsense is none, since it may be forged."""
    order, year, unit, twins = (carried.get(name, "") for name in ("order", "year", "unit", "twins"))
    order = order.replace("-", " ")
    return Answers(
        unit if unit in UNITS else None,
        DateOrder(order) if order in tuple(DateOrder) else None,
        int(year) if len(year) == 4 and year.isascii() and year.isdigit() else None,
        carried.get("member") or None,
        read_columns(carried.get("columns", "").splitlines()),
        Twins(twins) if twins in tuple(Twins) else None,
    )


def _content(context: Context, given: Given) -> bytes:
    """Return the bytes of the file that came, or of the one that a button names. Raises `Refused` without one."""
    upload = context.request.files.get(FILE.name)
    if upload is not None:
        if len(upload.content) > uploads.MAX_BYTES:
            raise Refused(f"That file has more than {MAX_MEGABYTES} MB; export a shorter time and bring it in parts.")
        return upload.content
    return _find_upload(context, given.raw).content


def _require(context: Context, given: Given, content: bytes) -> Work:
    """Return what was prepared; for someone new nothing was. Raises the `Refused` of the reading."""
    work = context.prepared if context.prepared is not None else _work(context, given, carry(given), content)
    if isinstance(work, Refused):
        raise work
    assert isinstance(work, Work)
    return work


def _work(context: Context, given: Given, carried: Mapping[str, str], content: bytes) -> Work:
    planned = _plan(context, given, carried, content)
    plan, twins = planned.plan, _answers(carried).twins
    newest = imports.find_newest_run(context.tx, context.person.id)
    if plan.questions:
        known, totals = KnownSessions(), dict[str, int]()
    else:
        known = imports.load_known(context.tx, context.person.id)
        totals = imports.load_day_totals(context.tx, context.person.id)
    importer = planned.importer(known, totals, twins)
    sessions = list(importer.go_through()) if plan.is_readable else []
    _check_rows(importer.outcome.rows)
    if not plan.questions:
        require_readable(importer.outcome)
    asked = ask_about_twins(importer.outcome) if twins is None else None
    return Work(planned, importer.outcome, sessions, plan.questions or ((asked,) if asked else ()), newest)


def _plan(context: Context, given: Given, carried: Mapping[str, str], content: bytes) -> PlannedImport:
    table = _open(content, context)
    projects = given[PROJECTS] or tuple(carried.get("projects", "").splitlines())
    owner = FileOwner(context.today, context.person.zone, context.areas())
    return plan_import(table, _answers(carried), Chosen(carried.get("area", ""), projects), owner)


def _open(content: bytes, context: Context) -> Table:
    _check_rows(content.count(b"\n"))
    return open_content(content, context.today, Deadline(MAX_SECONDS))


def _show(context: Context, name: str, work: Work, carried: dict[str, str]) -> Answer:
    in_place = context.request.via is Via.BUTTON
    if work.questions:
        question = work.questions[0]
        buttons = _answer_buttons(question, work.planned.plan, carried)
        card = view.ask(question, work.outcome.samples, buttons, len(work.questions))
        return Reply(card, in_place=in_place)
    buttons = [Button("Import it", BRING_SPEC.name, carried, Style.PRIMARY)] if work.outcome.sessions else []
    answers = {name: text for name, text in carried.items() if name not in ("projects", "area")}
    buttons.append(Button("Choose projects…", CHOOSE_SPEC.name, answers, opens_form=True))
    return Reply(view.preview(name, work.planned.plan, work.outcome, buttons), in_place=in_place)


def _answer_buttons(question: Question, plan: Plan, carried: dict[str, str]) -> list[Button]:
    """Return a button for each answer, or one that opens a form where they do not fit."""
    name = {About.ORDER: "order", About.COLUMN: "columns"}.get(question.about, question.about.value)
    if question.about is About.COLUMN and not plan.table.has_titles:
        return [Button("Say what they mean…", COLUMNS_SPEC.name, carried, opens_form=True)]
    if question.about is About.MEMBER and len(question.choices) > MOST_BUTTONS:
        return [Button("Say who you are…", WHOSE_SPEC.name, carried, opens_form=True)]
    said = carried.get("columns", "")
    buttons = [
        Button(_label(question, choice), LOOK_SPEC.name, {**carried, name: _carried_answer(question, choice, said)})
        for choice in question.choices[: MOST_BUTTONS - 1 if question.about is About.COLUMN else MOST_BUTTONS]
    ]
    if question.about is About.COLUMN:
        buttons.append(Button("Another column…", COLUMNS_SPEC.name, carried, opens_form=True))
    return buttons


def _carried_answer(question: Question, choice: str, said: str) -> str:
    if question.about is About.COLUMN:
        return f"{said}\n{choice}".strip()
    return choice.replace("-", " ") if question.about is About.ORDER else choice


def _label(question: Question, choice: str) -> str:
    if choice in LABELS:
        return LABELS[choice]
    text = choice.partition("=")[2] if question.about is About.COLUMN else choice
    if question.about in (About.MEMBER, About.COLUMN):
        return cut(text, LABEL_LIMIT)
    return text.replace("-", " ").capitalize()


def _find_upload(context: Context, carried: Mapping[str, str]) -> Upload:
    """Return the file that a button names. Raises `Refused` unless it is stored and the person's own."""
    number = parse_number(carried.get(SHEET.name, ""))
    upload = None if number is None else uploads.find(context.tx, number, context.person.id, context.now)
    if upload is None:
        raise Refused(TOO_OLD, "/mydata import")
    return upload


def _check_rows(rows: int) -> None:
    """Raise `Refused` for more rows than are brought in beside a conversation."""
    if rows > MAX_ROWS:
        many = f"That file has about {rows:,} rows, and {MAX_ROWS:,} fit here."
        raise Refused(f"{many} Bring it in by years, or ask whoever runs the bot to use `tenhours import`.")
