"""The outcome of an import that is done in parts."""

from datetime import date

from bot.domain.checkin import Entry
from bot.domain.duration import Minutes
from bot.domain.timesheet.choice import ImportedEntry
from bot.domain.timesheet.outcome import ImportOutcome
from bot.domain.timesheet.sheet import BadRow


def test_parts_of_an_import_add_up_in_their_order() -> None:
    first, second = (ImportedEntry(n, Entry(date(2026, 1, n), Minutes(60)), str(n)) for n in (1, 2))
    bad = BadRow(3, "it lasts longer than a day")
    whole = ImportOutcome([first], 1).plus(ImportOutcome([second], 2, [bad]))
    assert whole == ImportOutcome([first, second], 3, [bad])
