"""The query for entries of a journal."""

from bot.domain.journal_entry import JournalQuery
from bot.domain.period import ALL
from bot.domain.person import Person, ZoneSource

ADA = Person(1, "Ada", "UTC", ZoneSource.OWN, None, None, 0, None, 0)


def test_an_area_is_looked_for_under_all_names_that_it_had() -> None:
    assert JournalQuery(ADA, ALL, area="DevOps", formerly=("Ops",)).area_names == ("DevOps", "Ops")
    assert JournalQuery(ADA, ALL, formerly=("Ops",)).area_names == ()
