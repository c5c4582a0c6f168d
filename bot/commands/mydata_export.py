"""`mydata export`: everything that is kept of a person, in one file for them alone."""

import io
import zipfile
from datetime import datetime

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Attachment, Reply
from bot.commands.shared.handler import Command
from bot.context import Context
from bot.store import export, journal
from bot.views import checkin_table, journal_document
from bot.views import mydata as view

SPEC = Spec(
    "mydata export",
    "get everything the bot keeps about you, as a file",
    group="Your data",
    is_read_only=True,
    is_for_known=True,
    also="download takeout",
)


def run(context: Context, _given: Given) -> Answer:
    """Answer with a zip of what `tenhours export` prints, a table of the check-ins, and the journal as a document."""
    document = export.export(context.tx, context.person, context.now)
    entries = journal.list_all(context.tx, context.person)
    files = {
        "ten-hours.json": export.format_json(document) + "\n",
        "checkins.csv": checkin_table.table(document["checkins"]),
        "journal.md": journal_document.document(context.person.name, entries, context.today),
    }
    content = _zip(files, context.now.astimezone(context.person.zone))
    attachment = Attachment(f"ten-hours-{context.today}.zip", "application/zip", content)
    return Reply(view.exported(len(document["checkins"]), len(entries)), attachment=attachment)


def _zip(files: dict[str, str], local: datetime) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, local.timetuple()[:6]), text, zipfile.ZIP_DEFLATED)
    return content.getvalue()


COMMAND = Command(SPEC, run)
