"""Weeks that close for many at once are judged as they are one by one."""

from datetime import timedelta

from msgspec import json

from bot.store import closing, people
from bot.store import progress as stored_progress
from bot.store.sqlite import Tx
from tests.talk import Talk

WHO = ("ada", "bo", "cy", "di")


async def lived(talk: Talk) -> None:
    """Five weeks of four people: one keeps all, one comes back, one is away, one moves and changes the goal."""
    for week in range(5):
        for who, hours in (("ada", "10h"), ("bo", "10h" if week in (0, 4) else "1h"), ("cy", "2h"), ("di", "6h")):
            await talk(who, f"/checkin {hours}")
        if week == 1:
            await talk("cy", "/pause until: 2026-01-25")
            await talk("di", "/goal 5")
            await talk("di", "/timezone Pacific/Auckland")
        talk.advance(weeks=1)


def stored(tx: Tx) -> list[tuple[object, ...]]:
    sql = "SELECT name, closed_week, closed_tally, streak, recent, kept, closes_at FROM people ORDER BY id"
    freezes = "SELECT person_id, week FROM freezes ORDER BY 1, 2"
    return [tuple(row) for row in [*tx.all(sql), *tx.all(freezes)]]


async def test_many_stand_where_each_of_them_stands(talk: Talk) -> None:
    await lived(talk)
    now = talk.clock.now()

    def both(tx: Tx) -> tuple[object, object]:
        known = [people.find(tx, talk.user(who)) for who in WHO]
        alone = [stored_progress.of_person(tx, person.id, now) for person in known if person is not None]
        return stored_progress.of_people(tx, [each.person.id for each in alone], now), alone

    together, alone = await talk.store.read(both)
    assert together == alone


async def test_closing_together_keeps_what_closing_one_by_one_keeps(talk: Talk) -> None:
    await lived(talk)
    later = talk.clock.now() + timedelta(weeks=2)

    def both(tx: Tx) -> tuple[object, object]:
        tx.run("SAVEPOINT before")
        for who in WHO:
            person = people.find(tx, talk.user(who))
            assert person is not None
            stored_progress.refresh(tx, person.id, later)
        alone = stored(tx)
        tx.run("ROLLBACK TO before")
        assert closing.close_due(tx, later) == len(WHO)
        assert not closing.is_anyone_due(tx, later)
        return stored(tx), alone

    together, alone = await talk.store.write(both)
    assert together == alone


async def test_who_came_back_is_known_from_the_checkpoint(talk: Talk) -> None:
    await lived(talk)
    later = talk.clock.now() + timedelta(days=3)
    await talk.store.write(lambda tx: closing.close_due(tx, later))
    bo = await talk.person("bo")
    found = await talk.store.read(lambda tx: stored_progress.checkpoints(tx, [bo.id]))
    last, tally = found[bo.id]
    assert (str(last), tally.came_back, tally.missed_run) == ("2–8 Feb", True, 0)


async def test_a_tally_that_was_kept_by_names_counts_as_it_did(talk: Talk) -> None:
    await lived(talk)
    now = talk.clock.now()

    def both(tx: Tx) -> tuple[object, object]:
        ids = [row[0] for row in tx.all("SELECT id FROM people ORDER BY id")]
        closing.close_due(tx, now)
        before = stored_progress.checkpoints(tx, ids)
        for person_id, (_, tally) in before.items():
            kept = json.encode(tally._asdict()).decode()
            tx.run("UPDATE people SET closed_tally = :kept WHERE id = :id", id=person_id, kept=kept)
        return stored_progress.checkpoints(tx, ids), before

    by_names, as_lists = await talk.store.write(both)
    assert by_names == as_lists
