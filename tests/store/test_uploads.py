"""Uploaded files: each is its owner's alone, the newest of an hour, and there is room for so many."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.request import Upload, User
from bot.domain.person import ZoneSource
from bot.store import drafts, people, uploads
from bot.store.database import Store
from bot.store.tx import Tx

NOW = datetime(2026, 1, 7, 12, tzinfo=UTC)
FILE = Upload("toggl.csv", b"\xef\xbb\xbfdate\x00,hours")


def add_person(tx: Tx, name: str) -> int:
    return people.add(tx, User("console", "", name, name), name, "UTC", ZoneSource.OWN, NOW).id


async def test_a_file_is_found_by_its_owner_alone_until_it_is_deleted(store: Store) -> None:
    def unit(tx: Tx) -> None:
        ada, bo = add_person(tx, "ada"), add_person(tx, "bo")
        number = uploads.save(tx, ada, FILE, NOW)
        assert uploads.find(tx, number, ada, NOW) == FILE
        assert uploads.find(tx, number, bo, NOW) is None
        uploads.delete(tx, number, bo)
        assert uploads.find(tx, number, ada, NOW) == FILE
        uploads.delete(tx, number, ada)
        assert uploads.find(tx, number, ada, NOW) is None

    await store.write(unit)


async def test_a_file_is_stored_for_an_hour(store: Store) -> None:
    def unit(tx: Tx) -> None:
        ada = add_person(tx, "ada")
        number = uploads.save(tx, ada, FILE, NOW)
        hour = NOW + timedelta(hours=1)
        uploads.prune(tx, hour)
        assert uploads.find(tx, number, ada, hour) == FILE
        assert uploads.find(tx, number, ada, hour + timedelta(seconds=1)) is None
        uploads.save(tx, ada, FILE, hour + timedelta(seconds=1))
        assert [row[0] for row in tx.all("SELECT count(*) FROM uploads")] == [1]

    await store.write(unit)


async def test_a_new_file_of_a_person_takes_the_place_of_their_last(store: Store) -> None:
    def unit(tx: Tx) -> None:
        ada, bo = add_person(tx, "ada"), add_person(tx, "bo")
        other = uploads.save(tx, bo, FILE, NOW)
        numbers = [uploads.save(tx, ada, Upload(str(n), b""), NOW + timedelta(minutes=n)) for n in range(3)]
        files = [uploads.find(tx, number, ada, NOW) for number in numbers]
        assert files == [None, None, Upload("2", b"")]
        assert uploads.find(tx, other, bo, NOW) == FILE

    await store.write(unit)


async def test_a_file_beyond_the_room_for_all_takes_the_place_of_the_oldest(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 30)

    def unit(tx: Tx) -> None:
        people = [add_person(tx, str(n)) for n in range(4)]
        numbers = [uploads.save(tx, person, Upload("x", b"x" * 10), NOW) for person in people]
        assert [uploads.find_name(tx, *of, NOW) for of in zip(numbers, people, strict=True)] == [None, "x", "x", "x"]
        uploads.save(tx, people[0], Upload("y", b"y" * 25), NOW)
        assert [row[0] for row in tx.all("SELECT name FROM uploads")] == ["y"]

    await store.write(unit)


async def test_no_two_files_of_one_instant_have_one_number_nor_that_of_a_draft(store: Store) -> None:
    def unit(tx: Tx) -> None:
        ada = add_person(tx, "ada")
        bo, cy = add_person(tx, "bo"), add_person(tx, "cy")
        sent = [(ada, NOW), (bo, NOW), (cy, NOW - timedelta(minutes=1))]
        numbers = [uploads.save(tx, person, FILE, at) for person, at in sent]
        assert len(set(numbers)) == 3
        assert min(numbers) > 1_000_000_000_000 > drafts.add(tx, "checkin", {}, NOW, ada)

    await store.write(unit)


async def test_files_go_with_their_owner(store: Store) -> None:
    def unit(tx: Tx) -> None:
        ada, bo = add_person(tx, "ada"), add_person(tx, "bo")
        uploads.save(tx, ada, FILE, NOW)
        uploads.save(tx, bo, FILE, NOW)
        tx.run("DELETE FROM people WHERE id = :id", id=ada)
        assert [row[0] for row in tx.all("SELECT person_id FROM uploads")] == [bo]

    await store.write(unit)
