"""A group's areas as they are kept: whatever is added, retired and renamed, no name leads nowhere."""

import shutil
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.request import Channel
from bot.domain.area import add_area, remove_area, rename_area
from bot.errors import Refused
from bot.store import areas, groups, sqlite
from bot.store.sqlite import SqliteTx
from bot.store.tx import Tx

NOW = datetime(2026, 1, 7, 12, tzinfo=UTC)
names = st.sampled_from(("Maths", "maths", "Chance", "Logic", "DevOps"))
changes = st.lists(st.tuples(st.sampled_from(("add", "remove", "rename")), names, names), max_size=12)


def change(tx: Tx, group_id: int, what: str, name: str, new: str) -> None:
    """As `group areas` does it."""
    before, retired = areas.list_names(tx, group_id), areas.list_retired(tx, group_id)
    if what == "add":
        areas.use(tx, group_id, add_area(before, name, retired), NOW)
    elif name in before and what == "remove":
        areas.use(tx, group_id, remove_area(before, name), NOW)
    elif name in before:
        wanted = rename_area(before, name, new, retired)
        areas.use(tx, group_id, wanted, NOW)
        areas.rename(tx, group_id, name, wanted[before.index(name)])


@given(changes)
def test_every_old_name_leads_to_one_that_stands_for_itself(
    empty_database: Path, tmp_path: Path, done: list[tuple[str, str, str]]
) -> None:
    path = Path(shutil.copy(empty_database, tmp_path / "areas.db"))
    with closing(sqlite.connect(path, read_only=False)) as connection:
        tx = SqliteTx(connection)
        group = groups.add(tx, Channel("console", "", "owls"), "Owls", "UTC", 600, NOW)
        areas.use(tx, group.id, ("Maths", "DevOps"), NOW)
        known = {*areas.list_names(tx, group.id), *areas.list_retired(tx, group.id)}
        for what, name, new in done:
            was_in_use = name in areas.list_names(tx, group.id)
            try:
                change(tx, group.id, what, name, new)
            except Refused:
                continue
            in_use, present_names = areas.list_names(tx, group.id), areas.list_renamed(tx, group.id)
            known |= set(in_use)
            assert not set(present_names) & set(in_use)
            assert not set(present_names.values()) & set(present_names)
            assert set(in_use) | set(areas.list_retired(tx, group.id)) == known
            if what == "rename" and was_in_use and name not in in_use:
                assert present_names[name] in in_use
