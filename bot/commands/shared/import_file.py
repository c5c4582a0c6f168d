"""The file of `mydata import`: stored for a while, looked at, asked about, and imported when its button is pressed.

A file is read before its transaction (`import_work`), and stored a few entries at a time: whoever checks in meanwhile
waits for no file.
"""

from collections.abc import Mapping

from bot.chat.card import Button, Style
from bot.chat.command import Given
from bot.chat.refusal import too_large
from bot.chat.request import UPLOAD_BYTES, Answer, Ask, Reply, Upload, Via
from bot.commands.shared.handler import about
from bot.commands.shared.import_plan import Chosen, FileOwner, read_columns
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
from bot.commands.shared.import_work import ImportJob, ImportWork, pack, unpack_sessions
from bot.commands.shared.options import parse_number
from bot.context import Context
from bot.domain.names import cut
from bot.domain.timesheet.answers import UNITS, About, Answers, Question, Twins
from bot.domain.timesheet.choice import ALL_OTHERS
from bot.domain.timesheet.order import DateOrder
from bot.domain.timesheet.plan import Plan
from bot.errors import Refused
from bot.store import imports, uploads
from bot.views import importing as view
from bot.views.forms import form

MOST_BUTTONS = 4
LABEL_LIMIT = 34
TOO_OLD = "I don't have that file any more. Send it once more."
COLUMN_FIELDS = ("day", "length", "project", "note")
MEANING_LABELS = {"member": "Whose time it was", "note": "What it was about"}
"""Labels of answers that take the same column for one thing or another."""
LABELS = {
    "hh:mm": "Hours and minutes",
    "mm:ss": "Minutes and seconds",
    Twins.REPLACE: "Replace the old ones",
    Twins.BOTH: "Keep both",
    Twins.LEAVE: "Leave them out",
}


def prepare(context: Context, given: Given, *, wants_sessions: bool = False, wants_projects: bool = False) -> ImportJob:
    """Return the job that reads a request's file, with all that it has to know. Raises `Refused` without a file."""
    content, carried = _content(context, given), carry(given)
    projects = given[PROJECTS] or tuple(carried.get("projects", "").splitlines())
    person_id = context.person.id
    return ImportJob(
        content,
        _answers(carried),
        Chosen(carried.get("area", ""), projects),
        FileOwner(context.today, context.person.zone, context.areas()),
        tuple(pack(imports.list_known(context.tx, person_id))),
        imports.load_day_totals(context.tx, person_id),
        imports.find_newest_run(context.tx, person_id),
        wants_sessions,
        wants_projects,
    )


def receive(context: Context, given: Given) -> Answer:
    """Store the file for a while, and show a preview; nothing is imported yet."""
    upload = context.request.files.get(FILE.name)
    if upload is None:
        if context.request.via is Via.FORM:
            with about(FILE):
                raise Refused("No file came with that. Add the export itself.")
        return Ask(form(SPEC, {**given.raw, "new": "yes"}, context.reading))
    with about(FILE):
        work = _require(context, given)
        name = given[FILE] or ""
        number = uploads.save(context.tx, context.person.id, Upload(name, upload.content), context.now)
        return _show(context, name, work, {**carry(given), SHEET.name: str(number)})


def look(context: Context, given: Given) -> Answer:
    """Show a preview of the file that was sent a moment ago, by what was chosen and answered since."""
    work = _require(context, given)
    return _show(context, _find_name(context, given.raw), work, carry(given))


def bring_piece(context: Context, given: Given) -> bool:
    """Store the next few of the file's entries; return True while there are more."""
    work, name, person_id = _require(context, given), _find_name(context, given.raw), context.person.id
    if not work.pieces:
        return False
    if work.run_id:
        imports.require_newest(context.tx, person_id, work.run_id)
    else:
        kind = str(work.plan.table.kind)
        work.run_id = imports.begin_run(context.tx, person_id, name, kind, work.newest_run, context.now)
    sessions = unpack_sessions(work.pieces[work.stored])
    imports.add(context.tx, person_id, work.run_id, sessions, context.now)
    work.stored += 1
    return work.stored < len(work.pieces)


def bring(context: Context, given: Given) -> Answer:
    """Say what was imported, and delete the file; what is still open is asked instead."""
    work, name = _require(context, given), _find_name(context, given.raw)
    if work.questions:
        return _show(context, name, work, carry(given))
    person_id, buttons = context.person.id, []
    if work.run_id:
        number = imports.list_runs(context.tx, person_id)[0].number
        buttons = [Button("Take it back", TAKE_BACK_SPEC.name, {"run": str(number)})]
    uploads.delete(context.tx, int(given.raw[SHEET.name]), person_id)
    in_place = context.request.via is Via.BUTTON
    return Reply(view.imported(work.plan, work.outcome, buttons), in_place=in_place)


def project_lines(context: Context, raw: Mapping[str, str]) -> dict[str, str]:
    """Return the form's lines of the projects of the file, from which the unwanted are struck out.

    Those that have no room stand in one line, which keeps them unless it is struck out.
    """
    lines: list[str] = []
    length = 0
    for name in _require(context, Given({}, dict(raw))).projects:
        length += len(name) + 1
        if length > PROJECTS.longest - len(ALL_OTHERS) - 1:
            lines.append(ALL_OTHERS)
            break
        lines.append(name)
    return {PROJECTS.name: "\n".join(lines)}


def column_fields(context: Context, raw: Mapping[str, str]) -> dict[str, str]:
    """Return what stands in the form about columns: what the likeliest reading takes."""
    plan = _require(context, Given({}, dict(raw))).plan
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
        if len(upload.content) > UPLOAD_BYTES:
            raise too_large()
        return upload.content
    number = _number(given.raw)
    stored = None if number is None else uploads.find(context.tx, number, context.person.id, context.now)
    if stored is None:
        raise _too_old()
    return stored.content


def _require(context: Context, given: Given) -> ImportWork:
    """Return what was worked out before the transaction. Raises the `Refused` of the reading."""
    match context.prepared:
        case ImportWork() as work:
            return work
        case Refused() as refused:
            raise refused
        case _:
            _content(context, given)  # says why nothing was worked out
            raise Refused("I couldn't read that file just now. Send it again.", "/mydata import")


def _show(context: Context, name: str, work: ImportWork, carried: dict[str, str]) -> Answer:
    in_place = context.request.via is Via.BUTTON
    if work.questions:
        question = work.questions[0]
        buttons = _answer_buttons(question, work.plan, carried)
        card = view.ask(question, work.outcome.samples, buttons, len(work.questions))
        return Reply(card, in_place=in_place)
    buttons = [Button("Import it", BRING_SPEC.name, carried, Style.PRIMARY)] if work.outcome.sessions else []
    answers = {name: text for name, text in carried.items() if name not in ("projects", "area")}
    buttons.append(Button("Choose projects…", CHOOSE_SPEC.name, answers, opens_form=True))
    return Reply(view.preview(name, work.plan, work.outcome, buttons), in_place=in_place)


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
    meaning, _, title = choice.partition("=")
    is_of_one_column = question.about is About.COLUMN and {part.partition("=")[2] for part in question.choices} == {
        title
    }
    if is_of_one_column and meaning in MEANING_LABELS:
        return MEANING_LABELS[meaning]
    text = title if question.about is About.COLUMN else choice
    if question.about in (About.MEMBER, About.COLUMN):
        return cut(text, LABEL_LIMIT)
    return text.replace("-", " ").capitalize()


def _find_name(context: Context, carried: Mapping[str, str]) -> str:
    """Return the name of the file that a button names. Raises `Refused` unless it is stored and the person's own."""
    number = _number(carried)
    name = None if number is None else uploads.find_name(context.tx, number, context.person.id, context.now)
    if name is None:
        raise _too_old()
    return name


def _number(carried: Mapping[str, str]) -> int | None:
    return parse_number(carried.get(SHEET.name, ""))


def _too_old() -> Refused:
    return Refused(TOO_OLD, "/mydata import")
