"""Entries of the journal as they are shown: under the names that areas have now."""

from dataclasses import replace

from bot.context import Context
from bot.domain.journal_entry import JournalEntry, JournalNote


def with_present_areas(context: Context, entries: list[JournalEntry]) -> list[JournalEntry]:
    """Return the entries under the names that their areas have now."""
    renamed = context.renamed_areas()
    return [
        replace(entry, area=renamed[entry.area]) if isinstance(entry, JournalNote) and entry.area in renamed else entry
        for entry in entries
    ]
