"""`tenhours setup database`: what is in the database of today is offered to be copied to the other one."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from bot.config import DatabaseSettings, Settings
from bot.errors import NotSaved
from bot.location import ServerDatabase
from bot.store import migrate, moved
from bot.store.moved import MOVED
from bot.verbs.setup import later
from bot.verbs.setup.conversation import Script
from tests.store.every_table import dump, fill


class Answering(Script):
    """Somebody who says yes or no to every question."""

    def __init__(self, answer: bool, answers: Mapping[tuple[str, str], str] | None = None) -> None:
        super().__init__(answers or {})
        self.answer = answer
        self.asked: list[str] = []
        self.said: list[str] = []

    def say(self, *lines: str) -> None:
        self.said += lines

    async def confirm(self, words: str, *, is_advised: bool = True) -> bool:
        del is_advised
        self.asked.append(words)
        return self.answer


def settings(url: str) -> Settings:
    return Settings(database=DatabaseSettings(url))


@pytest.fixture
def bare(emptied_server_database: ServerDatabase):  # type: ignore[no-untyped-def]
    """A database on a server in which there is not even a table."""
    with closing(psycopg.connect(emptied_server_database.url, autocommit=True)) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    yield emptied_server_database
    if migrate.read_revision(emptied_server_database) is None:
        migrate.create(emptied_server_database)


@pytest.mark.parametrize("answer", [True, False])
async def test_it_is_copied_if_that_is_wanted(database: Path, bare: ServerDatabase, answer: bool) -> None:
    fill(database)
    talk = Answering(answer)
    await later.offer_to_copy(settings(f"sqlite:///{database}"), settings(bare.url), talk)
    assert talk.asked == [f"Copy everything from {database} there?"]
    assert (moved.find_at(database, MOVED) is not None) == answer
    assert (migrate.read_revision(bare) is not None) == answer
    if answer:
        assert dump(bare)["people"] == dump(database)["people"]


async def test_nothing_is_offered_where_nothing_can_be_copied(
    database: Path, emptied_server_database: ServerDatabase, tmp_path: Path
) -> None:
    talk, file, server = Answering(True), f"sqlite:///{database}", emptied_server_database.url
    await later.offer_to_copy(settings(file), settings(f"sqlite:///{tmp_path}/other.db"), talk)
    await later.offer_to_copy(settings(file), settings(server), talk)
    await later.offer_to_copy(settings(f"sqlite:///{tmp_path}/none.db"), settings(server), talk)
    assert talk.asked == []


async def test_a_database_in_use_is_refused_and_stays(database: Path, bare: ServerDatabase) -> None:
    with psycopg.connect(bare.url) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(7473110505)")
        with pytest.raises(NotSaved, match="can't be filled"):
            await later.offer_to_copy(settings(f"sqlite:///{database}"), settings(bare.url), Answering(True))
        connection.rollback()
    moved.require_here(database)
