"""What `mydata import` does with a file: kept as a draft, looked at, and brought in when its button is pressed."""

import zlib
from base64 import b85decode, b85encode

from bot.chat.card import Button, Style
from bot.chat.command import Given
from bot.chat.request import Answer, Reply, Via
from bot.commands.shared.handler import about
from bot.commands.shared.import_specs import BRING_SPEC, CHOOSE_SPEC, DATES, FILE, LOOK_SPEC, PROJECTS, SHEET, SPEC
from bot.commands.shared.options import AREA, parse_number
from bot.context import Context
from bot.domain.timesheet.choice import ImportChoice, ImportedEntry, choose_entries, sum_by_project
from bot.domain.timesheet.order import DateOrder
from bot.domain.timesheet.read import decode, is_json, read_text
from bot.domain.timesheet.sheet import OrderUnclear, Sheet
from bot.errors import Refused
from bot.store import drafts, imports
from bot.views import importing as view

MOST_MEGABYTES = 4
MOST_ROWS = 10_000
"""Five sessions a day for five years; bringing in more at once would let everybody else wait."""
TOO_OLD = "That file is not kept any more; please send it again."


def receive(context: Context, given: Given) -> Answer:
    """Keep the file for a while, and say what is in it; nothing is brought in yet."""
    upload = context.request.files.get(FILE.name)
    with about(FILE):
        if upload is None:
            raise Refused("I got no file with that; please send the export itself.")
        if len(upload.content) > MOST_MEGABYTES * 1024**2:
            raise Refused(f"That file has more than {MOST_MEGABYTES} MB; export a shorter time and bring it in parts.")
        text = decode(upload.content)
        if not is_json(text[:100]):
            _check_rows(text.count("\n"))  # before any of them is read
    packed = b85encode(zlib.compress(text.encode())).decode()
    options = {"name": given.need(FILE), "text": packed}
    number = drafts.add(context.tx, SPEC.name, options, context.now, context.person.id)
    carried = {"sheet": str(number), "order": given[DATES] or "", "area": given.raw.get("area", "")}
    with about(FILE):
        return look(context, given, {name: said for name, said in carried.items() if said})


def look(context: Context, given: Given, carried: dict[str, str]) -> Answer:
    """Say what is in the file that was sent a moment ago, by what was chosen since."""
    in_place = context.request.via is Via.BUTTON
    name, text = _kept(context, carried)
    try:
        sheet, brought = _taken(context, given, text, carried)
    except OrderUnclear as unclear:
        buttons = [Button(order.capitalize(), LOOK_SPEC.name, {**carried, "order": order}) for order in DateOrder]
        return Reply(view.which_order(unclear.example, buttons), in_place=in_place)
    done = imports.sort_out(context.tx, context.person.id, brought)
    bring_it = [Button("Import it", BRING_SPEC.name, carried, Style.PRIMARY)] if done.added else []
    asked = {name: said for name, said in carried.items() if name in ("sheet", "order")}
    choose = Button("Choose projects…", CHOOSE_SPEC.name, asked, opens_form=True)
    return Reply(view.preview(name, sheet, sum_by_project(sheet.rows), done, [*bring_it, choose]), in_place=in_place)


def bring(context: Context, given: Given) -> Answer:
    """Bring it in, and forget the file."""
    _, text = _kept(context, given.raw)
    sheet, brought = _taken(context, given, text, given.raw)
    done = imports.keep(context.tx, context.person, brought, context.now)
    drafts.delete(context.tx, int(given.raw[SHEET.name]))
    return Reply(view.imported(sheet, done), in_place=context.request.via is Via.BUTTON)


def project_lines(context: Context, raw: dict[str, str]) -> dict[str, str]:
    """All projects of the file, for what is not wanted to be struck out."""
    _, text = _kept(context, raw)
    order = DateOrder.DAY_FIRST if raw.get("order") not in tuple(DateOrder) else DateOrder(raw["order"])
    lines = ""
    for project in sum_by_project(read_text(text, context.today, order).rows):
        if len(lines) + len(project.name) < PROJECTS.longest:
            lines += f"{project.name}\n"
    return {PROJECTS.name: lines.rstrip()}


def _kept(context: Context, carried: dict[str, str]) -> tuple[str, str]:
    """Name and text of the file that was sent; one's own alone, whatever number a button carries."""
    number = parse_number(carried.get("sheet", ""))
    draft = None if number is None else drafts.find(context.tx, number, context.person.id)
    if draft is None or draft[0] != SPEC.name:
        raise Refused(TOO_OLD, "/mydata import")
    return draft[1]["name"], zlib.decompress(b85decode(draft[1]["text"])).decode()


def _check_rows(rows: int) -> None:
    """Raise `Refused` for more rows than are brought in beside a conversation."""
    if rows > MOST_ROWS:
        many = f"That file has about {rows:,} rows, and {MOST_ROWS:,} fit here."
        raise Refused(f"{many} Bring it in by years, or ask whoever runs the bot to use `tenhours import`.")


def _taken(context: Context, given: Given, text: str, carried: dict[str, str]) -> tuple[Sheet, list[ImportedEntry]]:
    order = DateOrder(carried["order"]) if carried.get("order") in tuple(DateOrder) else None
    sheet = read_text(text, context.today, order)
    _check_rows(len(sheet.rows))
    return sheet, choose_entries(sheet, ImportChoice(context.areas(), given[AREA], given[PROJECTS] or None))
