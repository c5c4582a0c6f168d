"""The file of `mydata import`: stored for a while, looked at, and imported when its button is pressed."""

from bot.chat.card import Button, Style
from bot.chat.command import Given
from bot.chat.request import Answer, Reply, Upload, Via
from bot.commands.shared.handler import about
from bot.commands.shared.import_specs import BRING_SPEC, CHOOSE_SPEC, DATES, FILE, LOOK_SPEC, PROJECTS, SHEET
from bot.commands.shared.options import AREA, parse_number
from bot.context import Context
from bot.domain.timesheet.choice import ImportChoice, ImportedEntry, choose_entries, sum_by_project
from bot.domain.timesheet.order import DateOrder
from bot.domain.timesheet.read import decode, is_json, read_text
from bot.domain.timesheet.sheet import OrderUnclear, Sheet
from bot.errors import Refused
from bot.store import imports, uploads
from bot.views import importing as view

MAX_MEGABYTES = uploads.MAX_BYTES // 1024**2
MAX_ROWS = 10_000
"""Five sessions a day for five years; importing more at once would let everybody else wait."""
TOO_OLD = "That file is not kept any more; please send it again."


def receive(context: Context, given: Given) -> Answer:
    """Store the file for a while, and show a preview; nothing is imported yet."""
    upload = context.request.files.get(FILE.name)
    with about(FILE):
        if upload is None:
            raise Refused("I got no file with that; please send the export itself.")
        if len(upload.content) > uploads.MAX_BYTES:
            raise Refused(f"That file has more than {MAX_MEGABYTES} MB; export a shorter time and bring it in parts.")
        text = decode(upload.content)
        if not is_json(text[:100]):
            _check_rows(text.count("\n"))  # before any of them is read
    number = uploads.save(context.tx, context.person.id, Upload(given.need(FILE), upload.content), context.now)
    carried = {SHEET.name: str(number), "order": given[DATES] or "", "area": given.raw.get("area", "")}
    with about(FILE):
        return look(context, given, {name: value for name, value in carried.items() if value})


def look(context: Context, given: Given, carried: dict[str, str]) -> Answer:
    """Show a preview of the file that was sent a moment ago, by what was chosen since."""
    in_place = context.request.via is Via.BUTTON
    upload = _find_upload(context, carried)
    try:
        sheet, entries = _read_entries(context, given, upload, carried)
    except OrderUnclear as unclear:
        buttons = [Button(order.capitalize(), LOOK_SPEC.name, {**carried, "order": order}) for order in DateOrder]
        return Reply(view.which_order(unclear.example, buttons), in_place=in_place)
    outcome = imports.sort_out(context.tx, context.person.id, entries)
    import_buttons = [Button("Import it", BRING_SPEC.name, carried, Style.PRIMARY)] if outcome.added else []
    form_options = {name: value for name, value in carried.items() if name in (SHEET.name, "order")}
    choose = Button("Choose projects…", CHOOSE_SPEC.name, form_options, opens_form=True)
    card = view.preview(upload.name, sheet, sum_by_project(sheet.rows), outcome, [*import_buttons, choose])
    return Reply(card, in_place=in_place)


def bring(context: Context, given: Given) -> Answer:
    """Import the file's entries, and delete the file."""
    upload = _find_upload(context, given.raw)
    sheet, entries = _read_entries(context, given, upload, given.raw)
    outcome = imports.save(context.tx, context.person, entries, context.now)
    uploads.delete(context.tx, int(given.raw[SHEET.name]), context.person.id)
    return Reply(view.imported(sheet, outcome), in_place=context.request.via is Via.BUTTON)


def project_lines(context: Context, raw: dict[str, str]) -> dict[str, str]:
    """Return the form's lines of all projects of the file, from which the unwanted are struck out."""
    text = decode(_find_upload(context, raw).content)
    order = DateOrder.DAY_FIRST if raw.get("order") not in tuple(DateOrder) else DateOrder(raw["order"])
    lines = ""
    for project in sum_by_project(read_text(text, context.today, order).rows):
        if len(lines) + len(project.name) < PROJECTS.longest:
            lines += f"{project.name}\n"
    return {PROJECTS.name: lines.rstrip()}


def _find_upload(context: Context, carried: dict[str, str]) -> Upload:
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


def _read_entries(
    context: Context, given: Given, upload: Upload, carried: dict[str, str]
) -> tuple[Sheet, list[ImportedEntry]]:
    """Return what is in the file, and the entries of it that are chosen. Raises `OrderUnclear` and `Refused`."""
    order = DateOrder(carried["order"]) if carried.get("order") in tuple(DateOrder) else None
    sheet = read_text(decode(upload.content), context.today, order)
    _check_rows(len(sheet.rows))
    return sheet, choose_entries(sheet, ImportChoice(context.areas(), given[AREA], given[PROJECTS] or None))
