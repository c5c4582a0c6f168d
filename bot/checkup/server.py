"""A database on a PostgreSQL server: reached, of the right schema, and neither bloated nor held up."""

from bot.checkup.database import SUBJECT, marks, schema
from bot.checkup.line import Line, counted, warning, well, wrong
from bot.errors import ForeignDatabase, TenHoursError
from bot.location import ServerDatabase
from bot.store import migrate, server_inspection
from bot.store.postgres import open_snapshot
from bot.store.tx import Tx

BLOAT, REPLICATION, TRANSACTIONS = "dead rows", "replication", "transactions"
BYTES_BEHIND = 64 << 20
"""Changes that a replica may be behind: some seconds of work."""

FEW_CONNECTIONS = 5


def look(location: ServerDatabase) -> tuple[list[Line], bool]:
    """Return what the server tells, and if there is anything in the database."""
    try:
        of_schema = marks(location)
        if any(line.subject == "restore" for line in of_schema):
            return of_schema, False
        of_schema.append(schema(location))
        with open_snapshot(location) as tx:
            of_server = [_state(tx, location), *_bloat(tx), *_replication(tx), *_transactions(tx)]
        return [*of_schema, *of_server], migrate.read_revision(location) is not None
    except ForeignDatabase as error:
        return [wrong(SUBJECT, str(error).partition(". ")[0], "name another database in [database] url")], False
    except TenHoursError as error:
        what_to_do = "check that the server runs, that it lets this user in, and [database] url"
        return [wrong(SUBJECT, str(error).rstrip("."), what_to_do)], False


def _state(tx: Tx, location: ServerDatabase) -> Line:
    state = server_inspection.find_state(tx)
    words = f"{location}, PostgreSQL {state.version}, {state.size / (1 << 20):.1f} MiB"
    if state.is_standby:
        return wrong(SUBJECT, f"{words}: it takes no writes", "name the primary in [database] url")
    free_connections = state.most_connections - state.connections
    if free_connections < FEW_CONNECTIONS:
        free = counted(max(0, free_connections), "free connection")
        what_to_do = "raise max_connections of the server, or lower [database] connections"
        return warning(SUBJECT, f"{words}: {free}", what_to_do)
    return well(SUBJECT, words)


def _bloat(tx: Tx) -> list[Line]:
    tables = server_inspection.list_bloated_tables(tx)
    if not tables:
        return []
    listed = ", ".join(f"{table} ({rows:,})" for table, rows in tables)
    return [
        warning(BLOAT, f"more than living ones in {listed}", "see that autovacuum runs, or type: vacuumdb --analyze")
    ]


def _replication(tx: Tx) -> list[Line]:
    replication = server_inspection.find_replication(tx)
    if not replication.replicas:
        return []
    replicas = counted(replication.replicas, "replica")
    if replication.bytes_behind is None:
        return [well(REPLICATION, f"{replicas}; how far behind is only shown to a member of pg_monitor")]
    words = f"{replicas}, at most {replication.bytes_behind / (1 << 20):.1f} MiB behind"
    if replication.bytes_behind > BYTES_BEHIND:
        return [warning(REPLICATION, words, "look at the replica and the network between the two")]
    return [well(REPLICATION, words)]


def _transactions(tx: Tx) -> list[Line]:
    long = server_inspection.find_long_transactions(tx)
    if not long.transactions:
        return []
    words = f"{counted(long.transactions, 'transaction')} open for long, the longest for {long.seconds // 60} minutes"
    return [warning(TRANSACTIONS, words, "end what holds it open: a dump, a console, or a program that hangs")]
