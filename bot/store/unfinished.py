"""People for whom a migration left something to be done: each kind has a table of them, as long as there are any."""

from collections.abc import Callable

from bot.store.tx import Tx


def exists(tx: Tx, table: str) -> bool:
    """Return whether somebody is left."""
    return tx.has_table(table)


def do_slice(tx: Tx, table: str, most: int, do: Callable[[int], object]) -> bool:
    """Do it for `most` people, and leave them out from then on. Return whether there are more."""
    if not exists(tx, table):
        return False
    people = [row[0] for row in tx.all(f"SELECT person_id FROM {table} ORDER BY person_id LIMIT :most", most=most)]
    if not people:
        tx.run(f"DROP TABLE {table}")
        return False
    for person_id in people:
        do(person_id)
    tx.many(f"DELETE FROM {table} WHERE person_id = :id", [{"id": person_id} for person_id in people])
    return True
